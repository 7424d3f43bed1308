"""What Zendesk Guide hands out, whole and broken."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_server.core.zendesk_export import Record, read_export

SAMPLE = (Path(__file__).parent / "exports" / "zendesk_articles.json").read_text("utf-8")


def article(number: int = 1, **more: object) -> dict[str, Any]:
    return {"id": number, "title": "A", "body": "<p>B</p>", "locale": "en-us", **more}


def ids(text: str) -> list[int | str]:
    return [record.id for record in read_export(text).records]


def faults(text: str) -> list[str]:
    return read_export(text).faults


def test_the_sample_is_read_whole() -> None:
    export = read_export(SAMPLE)
    assert export.faults == []
    assert len(export.records) == 13
    first = export.records[0]
    assert (first.place, first.section) == ("article 1 (id 360001)", "Printing")
    assert first.label_names == ["printer offline", "print queue", "windows"]
    translation = export.records[-1]
    assert (translation.locale, translation.source_locale) == ("nl", "en-us")
    assert translation.place == "article 12 (id 360011) in nl"
    assert [record.is_original for record in (first, translation)] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([article(1), article(2)]),
        json.dumps([{"articles": [article(1)]}, {"articles": [article(2)]}]),
        json.dumps({"articles": [article(1)]}) + "\n" + json.dumps({"articles": [article(2)]}),
        json.dumps(article(1)) + "\n" + json.dumps(article(2)),
        json.dumps([{"article": article(1)}, {"article": article(2)}]),
    ],
)
def test_pages_lines_and_lists_are_read(text: str) -> None:
    assert ids(text) == [1, 2]
    assert faults(text) == []


def test_a_section_may_stand_on_a_line_of_its_own() -> None:
    lines = [{"id": 5, "name": "Network", "category_id": 1}, article(section_id=5)]
    (record,) = read_export("\n".join(map(json.dumps, lines))).records
    assert record.section == "Network"
    assert read_export(json.dumps([article(), {"category_id": 1}, {"x": 1}])).faults == []


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (article(2, title=7), "article 2 (id 2): Expected `str`, got `int` - at `$.title`"),
        ({"title": "A", "body": "B"}, "article 2: Object missing required field `id`"),
        (17, "article 2: This is no article but int."),
    ],
)
def test_a_broken_record_is_named_and_the_others_are_there(broken: object, said: str) -> None:
    text = json.dumps({"articles": [article(1), broken, article(3)], "sections": [1]})
    assert ids(text) == [1, 3]
    (fault,) = faults(text)
    assert fault.startswith(said)


def test_a_broken_translation_is_named() -> None:
    translations = [{"title": "x"}, {"locale": "nl"}, {"locale": "EN-US"}]
    text = json.dumps([article(translations=translations)])
    assert [record.locale for record in read_export(text).records] == ["en-us", "nl"]
    (fault,) = faults(text)
    assert fault.startswith("article 1 (id 1): A translation was left out (Object missing")


def test_letters_that_were_not_readable_are_named() -> None:
    (fault,) = faults(json.dumps([article(title="caf\ufffd")]))
    assert fault.startswith("article 1 (id 1): Some characters are not readable")


LISTED = json.dumps({"articles": [article(number) for number in range(1, 5)]}, indent=1)


def test_a_broken_place_is_named_by_its_line_and_the_rest_is_read() -> None:
    text = LISTED.replace('"id": 2,', '"id": 2')
    assert ids(text) == [1, 3, 4]
    (fault,) = faults(text)
    line = text[: text.index('"id": 2\n')].count("\n") + 2
    assert fault.startswith(f"line {line}: The JSON breaks here (Expecting ',' delimiter).")


def test_a_file_that_was_cut_off_gives_what_is_whole() -> None:
    text = LISTED[: LISTED.rindex("<p>")]
    assert ids(text) == [1, 2, 3]
    (fault,) = faults(text)
    assert fault.startswith(f"line {text.count(chr(10)) + 1}: The JSON breaks here (Unterminated")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "This is no JSON (Expecting value"),
        ("<html>", "This is no JSON (Expecting value"),
        ("[" * 200_000, "This is no JSON (maximum recursion depth"),
        ('{"a":' * 200_000, "line 1: The JSON breaks here (it is nested too deep)"),
        ("{}", 'There is no article in it: a list "articles" was looked for.'),
    ],
)
def test_what_is_no_export_is_refused(text: str, said: str) -> None:
    export = read_export(text)
    assert export.records == []
    assert export.faults[0].startswith(said)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["articles", "article", "id", "title", "body", "translations"])
            | st.sampled_from(["sections", "category_id", "locale", "name", "label_names"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(JSON, st.integers(0, 80), st.text(max_size=3))
def test_no_json_and_no_cut_makes_it_raise(value: object, cut: int, put: str) -> None:
    text = json.dumps(value)
    assert all(isinstance(one, Record) for one in read_export(text).records)
    read_export(text[:cut] + put + text[cut + 1 :])
