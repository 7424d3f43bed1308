"""The page of a draft before it is handed over: what would leave, and what was taken out (J8)."""

import pytest
from msgspec.structs import replace
from samebox_agent.core import draft_intents as wants
from samebox_agent.core import intents
from samebox_agent.presenters import draft
from samebox_agent.presenters.views import DraftRow, DraftView, Run, Switch
from samebox_shared.model.articles import DraftState
from samebox_shared.protocol.events import DraftMoved, DraftWritten, SessionSolved

from tests.support.builders import (
    ANA,
    BO,
    QUESTION,
    SESSION,
    an_article,
    joined_state,
    posted,
    session_opened,
)
from tests.support.playbook import Playbook

FIXED_BY = "Bo says: ask 192.168.1.7.\nThe password is hunter2."


def solved(fixed_by: str = FIXED_BY, *, mine: bool = True) -> Playbook:
    asker, helper = (ANA, BO) if mine else (BO, ANA)
    play = Playbook(joined_state()).feed(session_opened(asker, helper)).feed(posted("Hello"))
    return play.feed(
        SessionSolved(session_id=SESSION, question_id=QUESTION, thanks=True, fixed_by=fixed_by)
    )


def view(play: Playbook) -> DraftView:
    shown = draft.present(play.state, play.question)
    assert shown is not None
    return shown


def test_it_says_what_goes_to_whom_and_that_nothing_has_left() -> None:
    shown = view(solved())
    assert "This draft of it is only on your laptop" in shown.intro
    assert "Bo, who helped, and then to a moderator" in shown.intro
    assert [pill.text for pill in shown.pills] == ["Only on this laptop"]
    assert shown.heading == (Run("My disk is full"),)
    assert shown.fits == ("Windows · ThinkPad T14 Gen 3 · worked on version 11",)
    assert [button.label for button in (*shown.buttons, *shown.links)] == [
        "Hand over for review",
        "Not now",
        "Never for this one",
    ]


def test_without_somebody_who_helped_it_goes_to_a_moderator() -> None:
    play = solved()
    alone = replace(play.question, company=())
    shown = draft.present(play.state, alone)
    assert shown is not None
    assert "goes to a moderator" in shown.intro


def test_every_step_shows_what_is_missing_and_can_be_left_out() -> None:
    written = "Bo says: ask 192.168.1.7."
    assert view(solved()).steps[0] == DraftRow(
        (
            Run("name", gone=True),
            Run(" says: ask "),
            Run("network address", gone=True),
            Run("."),
        ),
        1,
        Switch(
            "Step 1 goes along",
            True,
            wants.LeaveOut(SESSION, written, out=False),
            wants.LeaveOut(SESSION, written, out=True),
            detail="[name] says: ask [network address].",
        ),
    )


def test_what_was_taken_out_is_listed_and_only_a_secret_has_no_way_back() -> None:
    shown = view(solved())
    assert shown.taken_heading == "Taken out: 1 secret, 1 network address and 1 name"
    assert [(row.text, row.detail) for row in shown.taken] == [
        ("Bo", "Name"),
        ("192.168.1.7", "Network address"),
        ("••••••", "A secret. It can never be put back"),
    ]
    assert shown.taken[0].button is not None
    assert shown.taken[0].button.hint == "Puts “Bo” back"
    assert [row.button.intent if row.button else None for row in shown.taken] == [
        wants.PutBack(SESSION, "Bo", back=True),
        wants.PutBack(SESSION, "192.168.1.7", back=True),
        None,
    ]


def test_a_number_of_a_person_has_no_way_back_either() -> None:
    (row,) = view(solved("Employee number 48213 was locked.")).taken
    assert (row.text, row.button) == ("48213", None)
    assert row.detail == "Number of a person. It can never be put back"


def test_what_was_put_back_can_be_taken_out_again() -> None:
    shown = view(solved("Ask Bo.") >> wants.PutBack(SESSION, "Bo", back=True))
    (row,) = shown.taken
    assert row.button is not None
    assert (shown.taken_heading, row.button.label) == ("Put back by you", "Take out")
    assert view(solved("Restart.")).taken_heading == "Nothing personal was found"


@pytest.mark.parametrize(
    ("play", "title"),
    [
        (solved("Bo!"), "There is no step in it"),
        (
            solved("Wait.") >> wants.LeaveOut(SESSION, "Wait.", out=True),
            "Too much is left out",
        ),
    ],
)
def test_what_cannot_be_handed_over_says_why(play: Playbook, title: str) -> None:
    shown = view(play)
    assert shown.banner is not None
    assert shown.banner.title == title
    assert not shown.buttons[0].enabled


def test_a_question_of_which_nothing_is_left_says_so() -> None:
    play = solved("Wait.")
    shown = draft.present(play.state, replace(play.question, text="Bo!"))
    assert shown is not None
    assert shown.banner is not None
    assert (shown.banner.title, shown.heading) == ("There is no problem in it", ())


def test_endless_words_are_cut_and_it_says_so() -> None:
    shown = view(solved("\n".join(f"Do {n}." for n in range(300))))
    assert len(shown.steps) == 20
    assert "the rest stays here" in shown.footnote


def test_help_shows_what_waits_for_this_person() -> None:
    play = solved()
    (banner,) = draft.to_do(play.state)
    assert [each.intent for each in banner.buttons] == [intents.ShowDraft(SESSION)]
    assert draft.to_do((play >> wants.PutOff(SESSION)).state) == ()
    assert draft.button(play.state, play.question) != ()
    never = solved() >> wants.PutOff(SESSION, for_ever=True)
    assert (draft.button(never.state, never.question), draft.to_do(never.state)) == ((), ())
    assert draft.present(never.state, never.question) is None


def test_help_asks_whoever_helped() -> None:
    play = solved(mine=False)
    assert (draft.to_do(play.state), draft.present(play.state, play.question)) == ((), None)
    play.feed(DraftWritten(session_id=SESSION, draft=an_article()))
    looking = DraftMoved(session_id=SESSION, state=DraftState.LOOKING, waits_for=(ANA.person_id,))
    (banner,) = draft.to_do(play.feed(looking).state)
    assert banner.title == "Bo wrote down your answer. Is it right?"
    assert draft.to_do((play >> wants.SayRight(SESSION)).state) == ()


@pytest.mark.parametrize(
    ("mine", "to", "title"),
    [
        (True, DraftState.SENT_BACK, "Your draft was sent back"),
        (False, DraftState.SENT_BACK, ""),
        (True, DraftState.PUBLISHED, "Your draft is an article now"),
        (False, DraftState.PUBLISHED, "Your answer is an article now"),
        (True, DraftState.WITHDRAWN, ""),
    ],
)
def test_help_tells_what_became_of_it(mine: bool, to: DraftState, title: str) -> None:
    play = solved(mine=mine).feed(DraftWritten(session_id=SESSION, draft=an_article()))
    play.feed(DraftMoved(session_id=SESSION, state=to))
    told = draft.to_do(play.state)
    assert [banner.title for banner in told] == ([title] if title else [])
    assert all(intents.ShowDraft(SESSION) == banner.buttons[0].intent for banner in told)


def test_good_news_is_told_until_it_was_read() -> None:
    play = solved().feed(DraftWritten(session_id=SESSION, draft=an_article()))
    play.feed(DraftMoved(session_id=SESSION, state=DraftState.PUBLISHED))
    (banner,) = draft.to_do(play.state)
    assert banner.buttons[-1].intent == wants.NoteNews(SESSION)
    assert draft.to_do((play >> wants.NoteNews(SESSION)).state) == ()


def test_once_it_was_handed_over_its_way_is_shown() -> None:
    shown = view(solved() >> wants.HandOver(SESSION))
    assert (shown.banner, shown.taken) != (None, ())
    assert "This is what you handed over" in shown.intro


def test_a_question_without_a_session_has_none() -> None:
    play = solved()
    alone = replace(play.question, session_id=None)
    assert draft.present(play.state, alone) is None
    assert draft.button(play.state, alone) == ()


def test_a_field_asks_what_fixed_it_where_nobody_wrote_that() -> None:
    assert view(solved()).fixed is None
    silent = Playbook(joined_state()).feed(session_opened(ANA, BO))
    silent.feed(SessionSolved(session_id=SESSION, question_id=QUESTION, thanks=True, fixed_by=" "))
    shown = view(silent)
    assert shown.fixed is not None
    assert shown.banner is not None
    assert shown.banner.title == "Nobody wrote what fixed it"
    assert not shown.buttons[0].enabled
    shown = view(silent >> wants.TypeFixed(SESSION, "Turn it off."))
    assert (shown.banner, shown.buttons[0].enabled) == (None, True)
    assert shown.fixed is not None
    assert shown.fixed.text == "Turn it off."
