"""A solved session becomes a draft: the right words in the right places, and nobody's name."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from samebox_server.core.articles import parse, render
from samebox_server.core.drafts import NO_QUESTION, NO_STEPS, NO_UNDO, draft_from_session
from samebox_shared.model.articles import AppliesTo, Article, Risk, Step
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId

T14 = DeviceType(
    system=System.WINDOWS,
    system_version="11",
    vendor="Lenovo",
    family="ThinkPad T14",
    model="ThinkPad T14 Gen 3",
)
NAMES = ("Bo Jansen", "Ana de Vries")


def draft(
    question: str = "My screen stays black. It is docked.",
    fixed_by: str = "Unplug the dock. Wait.",
    messages: tuple[str, ...] = (),
    device_type: DeviceType = T14,
    names: tuple[str, str] = NAMES,
) -> Article:
    return draft_from_session(
        question=question,
        device_type=device_type,
        fixed_by=fixed_by,
        helper_messages=messages,
        names=names,
        article_id=ArticleId("d1"),
    )


def steps_of(article: Article) -> tuple[str, ...]:
    return tuple(step.text for step in article.steps)


def test_a_session_becomes_a_whole_draft() -> None:
    article = draft()
    assert article.title == "My screen stays black"
    assert article.symptoms == ("My screen stays black.", "It is docked.")
    assert article.steps == (Step(text="Unplug the dock."), Step(text="Wait."))
    assert article.applies_to == (
        AppliesTo(
            system=System.WINDOWS,
            vendor="Lenovo",
            family="ThinkPad T14",
            model="ThinkPad T14 Gen 3",
        ),
    )
    assert "on a ThinkPad T14 Gen 3 with Windows" in article.summary
    assert (article.risk, article.undo, article.version) == (Risk.REVERSIBLE, NO_UNDO, 1)
    assert (article.condition, article.reason) == ("", "")


def test_an_unknown_device_type_leaves_the_draft_open() -> None:
    article = draft(device_type=DeviceType(vendor="Lenovo"))
    assert article.applies_to == ()
    assert "on a laptop." in article.summary


def test_the_lines_of_what_fixed_it_become_steps() -> None:
    article = draft(fixed_by="1. Open it\n2) Close it. then wait\n\n - Restart!\n* Done\nDone")
    assert steps_of(article) == ("Open it", "Close it. then wait", "Restart!", "Done")


def test_without_what_fixed_it_the_last_messages_of_the_helper_are_taken() -> None:
    article = draft(fixed_by="  ", messages=("hello", "one", "two", "three", "four", "five"))
    assert steps_of(article) == ("one", "two", "three", "four", "five")


def test_with_no_words_at_all_the_reviewer_is_told_what_is_missing() -> None:
    article = draft(question=" \u200b", fixed_by="")
    assert (article.title, article.symptoms) == (NO_QUESTION, (NO_QUESTION,))
    assert steps_of(article) == (NO_STEPS,)


def test_long_words_are_cut_to_the_limits_of_an_article() -> None:
    article = draft(question="word " * 60 + ". " + "A" * 300, fixed_by="go on " * 3_000)
    assert article.title.endswith(" word …")
    assert len(article.title) <= 120
    assert article.symptoms[1] == "A" * 198 + " …"
    assert len(article.steps) == 6
    assert all(len(step.text) <= 600 for step in article.steps)


def test_a_long_story_gives_no_more_symptoms_than_an_article_holds() -> None:
    article = draft(question=" ".join(f"Line {n}." for n in range(20)))
    assert article.symptoms == tuple(f"Line {n}." for n in range(12))


def test_a_long_answer_gives_no_more_steps_than_an_article_holds() -> None:
    assert len(steps_of(draft(fixed_by="\n".join(f"Do {n}." for n in range(30))))) == 20


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Thanks Ana de Vries!", "Thanks the helper!"),
        ("ana said: VRIES knows", "the helper said: the helper knows"),
        ("Bo's laptop", "the asker's laptop"),
        ("Box and banana are no names", "Box and banana are no names"),
        ("de knop", "de knop"),
        ("Mail ana.devries@example.com now", "Mail [removed] now"),
        ("Call +31 (0)6 1234-5678 now", "Call [removed] now"),
        ("Call 555-1234", "Call [removed]"),
        ("Call 06.12.34.56.78", "Call [removed]"),
        ("Windows 10.0.26100.2314 and KB5031455", "Windows 10.0.26100.2314 and KB5031455"),
        ("Error 0x80070005 at 192.168.1.1", "Error 0x80070005 at 192.168.1.1"),
        ("Wait 10 or 15 minutes", "Wait 10 or 15 minutes"),
    ],
)
def test_people_cannot_be_recognised(said: str, kept: str) -> None:
    article = draft(question=said, fixed_by=said)
    assert article.title == kept.rstrip(".")
    assert steps_of(article) == (kept,)


def test_a_person_without_a_name_removes_nothing() -> None:
    assert steps_of(draft(fixed_by="Ask Ana", names=("", "J"))) == ("Ask Ana",)


def test_accents_are_the_same_however_they_were_typed() -> None:
    article = draft(fixed_by="Ask Rene\u0301e", names=("Ren\u00e9e", "Ana"))
    assert steps_of(article) == ("Ask the asker",)


def test_a_draft_of_long_messages_can_still_be_read() -> None:
    words = " ".join(f"Sentence {number} is rather long, as people write." for number in range(180))
    article = draft(question=words[:2_400], fixed_by=words)
    assert sum(map(len, steps_of(article))) <= 4_000
    assert parse(render(article), source="draft") == article
    endless = draft(fixed_by="word " * 1_600)
    assert parse(render(endless), source="draft") == endless


@settings(deadline=None)
@example(".", "?", "", "")
@given(st.text(max_size=400), st.text(max_size=800), st.text(max_size=30), st.text(max_size=100))
def test_any_draft_is_a_file_that_can_be_read(
    question: str, fixed_by: str, name: str, model: str
) -> None:
    article = draft(
        question=question,
        fixed_by=fixed_by,
        names=(name, name[::-1]),
        device_type=DeviceType(system=System.LINUX, model=model),
    )
    assert parse(render(article), source="draft") == article
