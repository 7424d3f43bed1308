"""Article files: read, refused with a line, and written back without loss."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samebox_server.core.article_body import LOOKING_REMEDIES
from samebox_server.core.articles import SETTINGS_KEYS, BrokenArticle, parse, render
from samebox_server.starter import starter_files
from samebox_shared.model.article_limits import without_hidden
from samebox_shared.model.articles import AppliesTo, Article, Audience, Risk, Step
from samebox_shared.model.devices import System
from samebox_shared.model.ids import ArticleId

FILE = """\
---
id: battery-worn
title: 'Battery: worn'
language: en
topic: battery
symptoms:
- My battery is empty soon
applies_to:
- system: windows
  versions: '>=10'
  vendor: Lenovo
  family: ThinkPad T14
  model: ThinkPad T14 Gen 3
condition: battery.wear_percent > 25.0
reason: It lost {battery.wear_percent}.
risk: 2
version: 4
---

It is worn.

## Steps

1. [Open power settings](settings:power) and look.
2. Save it.

## Undo

Choose the earlier setting.
"""

ARTICLE = Article(
    article_id=ArticleId("battery-worn"),
    version=4,
    title="Battery: worn",
    summary="It is worn.",
    language="en",
    topic="battery",
    symptoms=("My battery is empty soon",),
    applies_to=(
        AppliesTo(
            system=System.WINDOWS,
            versions=">=10",
            vendor="Lenovo",
            family="ThinkPad T14",
            model="ThinkPad T14 Gen 3",
        ),
    ),
    condition="battery.wear_percent > 25.0",
    reason="It lost {battery.wear_percent}.",
    steps=(Step(text="Open power settings and look.", settings="power"), Step(text="Save it.")),
    risk=Risk.RISKY,
    undo="Choose the earlier setting.",
)


def broken(text: str) -> BrokenArticle:
    result = parse(text, source="a.md")
    assert isinstance(result, BrokenArticle)
    assert result.source == "a.md"
    return result


def test_a_file_is_read_into_an_article() -> None:
    assert parse(FILE, source="a.md") == ARTICLE


def test_an_article_is_written_as_the_same_file() -> None:
    assert render(ARTICLE) == FILE


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_files_of_other_editors_are_read(ending: str) -> None:
    assert parse("\ufeff" + FILE.replace("\n", ending), source="a.md") == ARTICLE


def test_what_is_empty_is_not_written() -> None:
    bare = Article(
        article_id=ArticleId("a"),
        version=1,
        title="A",
        summary="B",
        topic="c",
        symptoms=("D",),
        applies_to=(AppliesTo(vendor="Dell"),),
        steps=(Step(text="E"),),
    )
    text = render(bare)
    assert parse(text, source="a.md") == bare
    assert "condition" not in text
    assert "Undo" not in text
    assert "system" not in text


def test_long_words_stay_on_one_line() -> None:
    reason = "It lost {battery.wear_percent} of its capacity, " + "and more " * 15 + "since then."
    assert f"\nreason: {reason}\n" in render(msgspec.structs.replace(ARTICLE, reason=reason))


def test_what_a_draft_has_taken_out_reads_as_it_looks() -> None:
    words = "Ask [name] in Settings > Privacy, [not](this)"
    changed = msgspec.structs.replace(ARTICLE, steps=(Step(text=words),))
    assert "1. Ask [name] in Settings > Privacy, [not\\](this)\n" in render(changed)
    assert parse(render(changed), source="x") == changed


def test_a_step_without_the_usual_words_is_linked_whole() -> None:
    article = Article(
        article_id=ArticleId("a"),
        version=1,
        title="A",
        summary="B",
        topic="c",
        symptoms=("D",),
        steps=(Step(text="Mute [it].", settings="sound"), Step(text="1. x_y & &lt;")),
    )
    text = render(article)
    assert "1. [Mute \\[it\\].](settings:sound)\n2. 1\\. x\\_y & \\&lt;\n" in text
    assert parse(text, source="a.md") == article


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Or let Samebox empty it, if you like.", "Or [let Samebox empty it]({}), if you like."),
        ("Laat Samebox hem legen.", "[Laat Samebox hem legen]({})."),
        ("Empty it.", "[Empty it.]({})"),
    ],
)
def test_a_remedy_is_linked_on_the_words_that_name_it(words: str, written: str) -> None:
    step = Step(text=words, remedy="empty_bin")
    article = msgspec.structs.replace(ARTICLE, steps=(step,))
    text = render(article)
    assert f"1. {written.format('remedy:empty_bin')}\n" in text
    assert parse(text, source="a.md") == article


def test_a_remedy_that_only_looks_may_stand_in_an_article_of_risk_0() -> None:
    text = FILE.replace("settings:power", "remedy:biggest_folders").replace("risk: 2", "risk: 0")
    assert isinstance(parse(text, source="a.md"), Article)


MISTAKES = [
    (FILE.removeprefix("---\n"), 1, "The head is missing"),
    ("", 1, "The head is missing"),
    (FILE.replace("---\n\nIt", "\nIt"), 1, "The head has no end"),
    (FILE + "a" * 8_000, 1, "Keep it within 8000: split it in two"),
    (FILE.replace("It is worn", "It\u200bis"), 20, "hidden character (U+200B)"),
    (FILE.replace("Lenovo", "Len\x01ovo"), 11, "hidden character (U+0001)"),
    (FILE.replace("risk: 2", "risk: 9"), 16, "Risk 9 is never published"),
    (FILE.replace("settings:power", "remedy:bios"), 24, "'bios' is no remedy"),
    (
        FILE.replace("settings:power", "remedy:empty_bin").replace("risk: 2", "risk: 0"),
        19,
        "The remedy empty_bin changes the laptop. Set risk 1",
    ),
    (FILE.replace("settings:power", "settings:bios"), 24, "'bios' is no settings page"),
    (FILE.split("## Undo")[0], 19, "Risk 2 needs '## Undo'"),
    (FILE.replace("risk: 2", "risk: 1").split("## Undo")[0], 19, "Risk 1 needs '## Undo'"),
    (FILE.replace("Choose the", "Nothing to do."), 27, "must say how to go back"),
    (FILE.replace("Choose the", "It cannot be undone:"), 27, "must say how to go back"),
]


@pytest.mark.parametrize(("text", "line", "says"), MISTAKES)
def test_a_mistake_is_a_value_with_its_line(text: str, line: int, says: str) -> None:
    mistake = broken(text)
    assert says in mistake.what
    assert mistake.line == line


def test_undo_is_free_to_say_nothing_below_risky() -> None:
    text = FILE.replace("risk: 2", "risk: 1").replace("Choose the", "Nothing to do.")
    assert isinstance(parse(text, source="a.md"), Article)


ANYTHING = st.text(st.characters(codec=None), max_size=300)


@settings(deadline=None)
@given(ANYTHING)
def test_no_text_makes_parse_raise(text: str) -> None:
    parse(text, source="a.md")


@settings(deadline=None)
@given(ANYTHING, ANYTHING)
def test_no_head_and_no_body_make_parse_raise(head: str, body: str) -> None:
    parse(f"---\n{head}\n---\n{body}", source="a.md")


@settings(deadline=None)
@given(
    st.integers(0, len(FILE)), st.integers(0, 60), ANYTHING | st.sampled_from("[{-#>`!&*:<'\"\t")
)
def test_no_change_of_a_good_file_makes_parse_raise(at: int, cut: int, put: str) -> None:
    result = parse(FILE[:at] + put + FILE[at + cut :], source="a.md")
    if isinstance(result, BrokenArticle):
        assert result.what.endswith((".", "…", "---", "3."))
        assert 1 <= result.line <= len((FILE[:at] + put + FILE[at + cut :]).splitlines()) + 1
    else:
        assert parse(render(result), source="a.md") == result


WORDS = st.text(max_size=60).map(without_hidden).filter(bool)
STEPS = st.builds(
    Step, text=WORDS, settings=st.sampled_from(["", *sorted(SETTINGS_KEYS)])
) | st.builds(Step, text=WORDS, remedy=st.sampled_from(sorted(LOOKING_REMEDIES)))
DEVICES = st.builds(
    AppliesTo, system=st.none() | st.sampled_from(System), vendor=WORDS, model=st.just("") | WORDS
)
ARTICLES = st.builds(
    Article,
    article_id=st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True).map(ArticleId),
    version=st.integers(1, 999),
    title=WORDS,
    summary=WORDS,
    language=st.sampled_from(["en", "nl-BE", "no"]),
    topic=st.sampled_from(["storage", "video-calls", "no"]),
    symptoms=st.lists(WORDS, min_size=1, max_size=4, unique=True).map(tuple),
    applies_to=st.lists(DEVICES, max_size=2).map(tuple),
    steps=st.lists(STEPS, min_size=1, max_size=4).map(tuple),
    risk=st.sampled_from([Risk.READ_ONLY, Risk.REVERSIBLE]),
    undo=WORDS,
)


@settings(deadline=None)
@given(ARTICLES)
def test_any_article_survives_being_written_and_read(article: Article) -> None:
    assert parse(render(article), source="a.md") == article


def test_an_audience_survives_reading_and_writing() -> None:
    text = starter_files()["battery-worn.md"].replace("\ntopic:", "\naudience: it\ntopic:")
    article = parse(text, source="test")
    assert isinstance(article, Article)
    assert article.audience is Audience.IT
    assert "\naudience: it\n" in render(article)
    assert parse(render(article), source="test") == article
