"""A solved session becomes a draft on the laptop: the right words in the right places, nobody's
name, and nothing that was left out."""

import pytest
from msgspec.structs import replace
from samebox_agent.core.draft_state import Choices
from samebox_agent.core.drafts import (
    Paper,
    Told,
    article,
    may_put_back,
    paper,
    title_of,
)
from samebox_agent.core.redaction import Known
from samebox_agent.core.redaction_rules import Kind
from samebox_shared.model.article_limits import NO_UNDO
from samebox_shared.model.articles import AppliesTo, Article, Risk, Step
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId
from samebox_shared.model.topics import Topic

T14 = DeviceType(
    system=System.WINDOWS,
    system_version="11",
    vendor="Lenovo",
    family="ThinkPad T14",
    model="ThinkPad T14 Gen 3",
)
KNOWN = Known(("Bo Jansen", "Ana de Vries"))


def told(
    question: str = "My screen stays black. It is docked.",
    fixed_by: str = "Unplug the dock. Wait.",
    messages: tuple[str, ...] = (),
    device_type: DeviceType = T14,
) -> Told:
    return Told(question, fixed_by, messages, device_type, Topic.DISPLAY, "nl")


NONE: frozenset[str] = frozenset()


def drawn(
    said: Told | None = None,
    known: Known = KNOWN,
    left_out: frozenset[str] = NONE,
    put_back: frozenset[str] = NONE,
) -> Paper:
    return paper(said or told(), known, Choices(left_out=left_out, put_back=put_back))


def draft(
    said: Told | None = None,
    left_out: frozenset[str] = NONE,
    put_back: frozenset[str] = NONE,
) -> Article:
    said = said or told()
    found = drawn(said, left_out=left_out, put_back=put_back)
    return article(found, said, ArticleId("d1"))


def steps_of(found: Article) -> tuple[str, ...]:
    return tuple(step.text for step in found.steps)


def test_a_session_becomes_a_whole_draft() -> None:
    found = draft()
    assert found.title == "My screen stays black"
    assert found.symptoms == ("My screen stays black.", "It is docked.")
    assert found.steps == (Step(text="Unplug the dock."), Step(text="Wait."))
    assert found.applies_to == (
        AppliesTo(
            system=System.WINDOWS,
            vendor="Lenovo",
            family="ThinkPad T14",
            model="ThinkPad T14 Gen 3",
        ),
    )
    assert found.summary == (
        "Een collega kreeg dit opgelost op een ThinkPad T14 Gen 3 met Windows 11."
    )
    assert draft(replace(told(), language="en")).summary == (
        "A colleague solved this on a ThinkPad T14 Gen 3 with Windows 11."
    )
    assert (found.risk, found.undo, found.version) == (Risk.REVERSIBLE, NO_UNDO, 1)
    assert (found.topic, found.language) == ("displays", "nl")
    assert (found.condition, found.reason) == ("", "")


def test_an_unknown_device_type_leaves_the_draft_open() -> None:
    found = draft(told(device_type=DeviceType(vendor="Lenovo")))
    assert found.applies_to == ()
    assert found.summary == "Een collega kreeg dit opgelost op een laptop."
    assert draft(replace(told(device_type=DeviceType()), language="fr")).summary == (
        "A colleague solved this on a laptop."
    )


def test_the_lines_of_what_fixed_it_become_steps() -> None:
    found = draft(told(fixed_by="1. Open it\n2) Close it. then wait\n\n - Restart!\n* Done\nDone"))
    assert steps_of(found) == ("Open it", "Close it. then wait", "Restart!", "Done")


def test_without_what_fixed_it_the_last_messages_of_the_helper_are_taken() -> None:
    found = draft(told(fixed_by="  ", messages=("hello", "one", "two", "three", "four", "five")))
    assert steps_of(found) == ("one", "two", "three", "four", "five")


@pytest.mark.parametrize(
    ("question", "fixed_by"),
    [(" \u200b", "Wait."), ("It is black.", ""), ("It is black.", "Ana de Vries, +31 6 1234 5678")],
)
def test_without_a_problem_or_a_step_there_is_nothing_to_hand_over(
    question: str, fixed_by: str
) -> None:
    assert not drawn(told(question, fixed_by)).is_whole


def test_what_is_left_of_a_sentence_without_words_is_told_all_the_same() -> None:
    found = drawn(told(fixed_by="Ana, +31 6 1234 5678\nWait."))
    assert [one.written for one in found.steps] == ["Wait."]
    assert [span.kind for span in found.taken_out] == [Kind.NAME, Kind.TELEPHONE]


def test_a_sentence_that_is_left_out_does_not_leave() -> None:
    found = draft(left_out=frozenset({"My screen stays black.", "Wait."}))
    assert (found.title, found.symptoms) == ("It is docked", ("It is docked.",))
    assert steps_of(found) == ("Unplug the dock.",)
    nothing = drawn(left_out=frozenset({"Unplug the dock.", "Wait."}))
    assert (len(nothing.steps), nothing.is_whole) == (2, False)


def test_with_everything_left_out_there_is_no_title() -> None:
    assert title_of(drawn(left_out=frozenset({"My screen stays black.", "It is docked."}))) is None


def test_words_are_put_back_when_the_person_wants_them() -> None:
    said = told(fixed_by="Ask Ana at 192.168.1.7.")
    assert steps_of(draft(said)) == ("Ask [name] at [network address].",)
    found = drawn(said, put_back=frozenset({"192.168.1.7", "elsewhere"}))
    assert found.steps[0].redacted.text == "Ask [name] at 192.168.1.7."
    assert [span.words for span in found.taken_out] == ["Ana"]
    assert found.put_back == ("192.168.1.7",)


def test_a_secret_is_never_put_back() -> None:
    said = told(fixed_by="The password is hunter2. Wait.")
    back = frozenset({"hunter2", "hunter2."})
    assert "hunter2" not in "".join(steps_of(draft(said, put_back=back)))
    assert not may_put_back(Kind.SECRET, "x")
    assert not may_put_back(Kind.ACCOUNT, "NL91 ABNA 0417 1643 00")
    assert not may_put_back(Kind.LINK, "x" * 600)
    assert may_put_back(Kind.NAME, "Ana")


def test_a_key_of_many_lines_is_taken_out_whole() -> None:
    key = "-----BEGIN PRIVATE KEY-----\nMIIEvQ\nIBADAN\n-----END PRIVATE KEY-----"
    assert steps_of(draft(told(fixed_by=f"Paste it: {key} here.\nWait."))) == (
        "Paste it: [secret] here.",
        "Wait.",
    )


def test_putting_back_does_not_move_what_was_left_out() -> None:
    """A choice is kept by the words as they were written, whatever stands in their place."""
    said = told(fixed_by="Ask Ana. Call 0612345678 now. " + "Ana or not " * 80 + ".")
    for back in (frozenset[str](), frozenset({"Ana", "0612345678"})):
        out = frozenset({"Call 0612345678 now."})
        found = drawn(said, left_out=out, put_back=back)
        assert [one.written for one in found.steps if not one.kept] == ["Call 0612345678 now."]
    plain = [one.written for one in drawn(said).steps]
    assert plain == [one.written for one in drawn(said, put_back=frozenset({"Ana"})).steps]


def test_long_words_are_cut_to_the_limits_of_an_article() -> None:
    endless = " ".join(f"go on to {n} then" for n in range(1_000))
    found = draft(told("word " * 60 + ". " + "A" * 300, endless))
    assert found.title.endswith(" word …")
    assert len(found.title) <= 120
    assert found.symptoms[1] == "A" * 198 + " …"
    assert len(found.steps) == 6
    assert all(len(step.text) <= 600 for step in found.steps)
    assert drawn(told(fixed_by=endless)).cut


def test_a_mark_is_never_cut_in_half() -> None:
    found = drawn(told("a" * 195 + " 0612345678 and more"))
    assert found.problem[0].redacted.text == "a" * 195 + "  …"


def test_a_long_story_gives_no_more_than_an_article_holds() -> None:
    found = draft(told(" ".join(f"Line {n}." for n in range(20))))
    assert found.symptoms == tuple(f"Line {n}." for n in range(12))
    assert len(steps_of(draft(told(fixed_by="\n".join(f"Do {n}." for n in range(30)))))) == 20


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Thanks Ana de Vries!", "Thanks [name]!"),
        ("Bo's laptop", "[name]'s laptop"),
        ("Box and banana are no names", "Box and banana are no names"),
        ("Mail ana.devries@example.com now", "Mail [e-mail address] now"),
        ("Call 555-1234", "Call [telephone number]"),
        ("Windows 10.0.26100.2314 and KB5031455", "Windows 10.0.26100.2314 and KB5031455"),
        ("Wait 10 or 15 minutes", "Wait 10 or 15 minutes"),
    ],
)
def test_people_cannot_be_recognised(said: str, kept: str) -> None:
    found = draft(told(said, said))
    assert found.title == kept.rstrip(".")
    assert steps_of(found) == (kept,)


def test_a_draft_of_long_messages_stays_within_a_file() -> None:
    words = " ".join(f"Sentence {number} is rather long, as people write." for number in range(180))
    assert sum(map(len, steps_of(draft(told(words[:2_400], words))))) <= 4_000
