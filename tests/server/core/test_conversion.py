"""Records of another help desk become articles that can be read, and never imported unread."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samebox_server.core.article_files import doubt
from samebox_server.core.articles import parse, render
from samebox_server.core.conversion import Converted, choose, convert, name_of
from samebox_server.core.zendesk_export import Record, read_export
from samebox_shared.model.articles import AppliesTo, Article
from samebox_shared.model.devices import System

from tests.server.core.test_zendesk_export import SAMPLE

RECORD = Record(
    id=7,
    title="The sound is gone in Windows",
    body="<p>It is muted.</p><h2>Why no sound?</h2><ol><li>Unmute it.</ol>",
    place="article 1 (id 7)",
)


def changed(**fields: object) -> Record:
    return msgspec.structs.replace(RECORD, **fields)


def only(converted: Converted) -> Article:
    (article,) = converted.articles
    return article


def left_out(*records: Record, all_of_them: bool = False) -> list[str]:
    found = choose(records, with_drafts=all_of_them, with_restricted=all_of_them)
    return [line.partition(": ")[2] for line in found.left_out]


def test_a_record_becomes_an_article() -> None:
    article = only(convert(changed(label_names=["mute", "no sound"], section="Sound")))
    assert (article.article_id, article.language, article.topic) == ("zendesk-7", "en", "sound")
    assert article.symptoms == ("The sound is gone in Windows", "Why no sound?", "no sound")
    assert article.applies_to == (AppliesTo(system=System.WINDOWS),)
    assert [step.text for step in article.steps] == ["Unmute it."]


def test_every_article_of_the_sample_is_read_and_none_is_imported_unread() -> None:
    records = read_export(SAMPLE).records
    chosen = choose(records, with_drafts=True, with_restricted=True)
    names = [name_of(record) for record in chosen.records]
    articles = [one for record in chosen.records for one in convert(record, names).articles]
    assert len(articles) == 12
    for article in articles:
        assert parse(render(article), source="") == article
        verdict = doubt("a.md", render(article), article)
        assert verdict is not None
        assert "'Not written yet:' still stands here." in verdict.words


def test_a_translation_names_its_original_where_that_is_converted() -> None:
    dutch = changed(locale="nl-BE", source_locale="en-us")
    assert name_of(dutch) == "zendesk-7-nl-be"
    article = only(convert(dutch, ["zendesk-7"]))
    assert (article.language, article.translates) == ("nl", "zendesk-7")
    assert only(convert(dutch)).translates is msgspec.UNSET
    assert only(convert(RECORD, ["zendesk-7"])).translates is msgspec.UNSET


@pytest.mark.parametrize(
    ("record", "says"),
    [
        (changed(title=" \u200b"), "It has no title."),
        (changed(body=" "), "It has no text."),
        (changed(body=None), "It has no text."),
        (changed(locale="fil"), "“fil” is no language with two letters"),
        (changed(id="--"), "Its id has no letter"),
        (changed(draft=True), "It is a draft."),
        (changed(user_segment_id=4), "Only some people could read it"),
    ],
)
def test_what_is_not_for_everybody_is_left_out_and_named(record: Record, says: str) -> None:
    (said,) = left_out(record)
    assert said.startswith(says)


def test_drafts_and_what_only_some_could_read_come_in_when_asked_for_and_are_told() -> None:
    record = changed(draft=True, user_segment_id=4)
    assert left_out(record, all_of_them=True) == []
    asks = convert(record).asks
    assert "It was a draft there: nobody had published it." in asks
    assert "Only some people could read it there. May everybody?" in asks


def test_of_two_the_newer_one_is_taken() -> None:
    older, newer = changed(updated_at="2024-01-01"), changed(updated_at="2025-01-01", title="New")
    for pair in ((older, newer), (newer, older)):
        chosen = choose(pair, with_drafts=False, with_restricted=False)
        assert chosen.records == [newer]
        assert chosen.left_out == [
            "article 1 (id 7) “The sound is gone in Windows”: It is there twice; the newer one was "
            "taken."
        ]


def test_what_a_person_has_to_decide_is_asked() -> None:
    body = "<p>Call 020 555 01 42.</p><ol><li>Open regedit.</ol><img src=a alt=Menu>"
    asks = convert(changed(title="Odd", body=body)).asks
    assert "Decide the risk. 1 was put in; the words “regedit” may make it 2." in asks
    assert "The topic is a guess: general. No topic was found; choose one." in asks
    assert "It is said to fit every laptop. Narrow it where it fits fewer." in asks
    assert "It names people or numbers: 020 555 01 42." in asks
    assert "There was a picture “Menu”. Say in words what to look for." in asks


def test_too_many_steps_become_several_articles() -> None:
    body = "<p>Lead.</p><ol>" + "".join(f"<li>Step {number}</li>" for number in range(45)) + "</ol>"
    converted = convert(changed(title="T" * 118 + " end", body=body))
    names = [str(article.article_id) for article in converted.articles]
    assert names == ["zendesk-7", "zendesk-7-part-2", "zendesk-7-part-3"]
    assert [len(article.steps) for article in converted.articles] == [20, 20, 5]
    assert converted.articles[2].title == "T" * 111 + " (3 of 3)"
    assert converted.articles[2].symptoms == (converted.articles[2].title,)
    assert "It was too long and became 3 articles. Shorten it, or name each well." in converted.asks
    assert f"The title was cut: “{'T' * 118} end”" in converted.asks


def test_steps_that_are_too_long_for_one_file_become_several_articles() -> None:
    body = "<p>Lead.</p><ol>" + f"<li>{'a_b ' * 140}</li>" * 14 + "</ol>"
    articles = convert(changed(body=body)).articles
    assert len(articles) > 1
    assert sum(len(article.steps) for article in articles) == 14
    for article in articles:
        assert parse(render(article), source="a.md") == article


HTML = st.lists(
    st.sampled_from(["<ol>", "<li>", "</ol>", "<p>", "<h2>Windows</h2>", "<br>1. ", "<td>", "<ul>"])
    | st.text(st.characters(codec="utf-8"), max_size=40)
    | st.builds(str.__mul__, st.text(st.characters(codec="utf-8"), max_size=9), st.just(150)),
    max_size=40,
).map("".join)


@settings(deadline=None, max_examples=150)
@given(HTML, st.text(st.characters(codec="utf-8"), min_size=1, max_size=200), st.booleans())
def test_whatever_was_written_there_the_files_can_be_read(
    body: str, title: str, is_dutch: bool
) -> None:
    locale = "nl" if is_dutch else "en-us"
    record = changed(title=title, body=body, locale=locale, source_locale="en-us")
    chosen = choose([record], with_drafts=False, with_restricted=False)
    for one in chosen.records:
        for article in convert(one, ["zendesk-7"]).articles:
            assert parse(render(article), source="a.md") == article
