"""A draft's way on the laptop: nothing leaves before the asker hands it over, and then what was
shown; those who helped say whether it is right (J8)."""

import msgspec
import pytest
from msgspec.structs import replace
from samebox_agent.core import draft_intents as wants
from samebox_agent.core import drafting, intents
from samebox_agent.core.commands import KeepAct, KeepText
from samebox_agent.core.draft_state import Choices, Drafts
from samebox_agent.core.events import ActNotKept, LinkClosed
from samebox_agent.core.intents import Page
from samebox_agent.core.state import Companion, Problem, Trouble
from samebox_shared.model.article_limits import NO_UNDO, WHY_LIMIT
from samebox_shared.model.articles import Article, DraftState
from samebox_shared.model.ids import SessionId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import AgreeToDraft, AnyAct, ProposeArticle
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import DraftMoved, DraftWritten, SessionSolved
from samebox_shared.protocol.messages import Refused

from tests.support.builders import (
    ANA,
    BO,
    IRIS,
    QUESTION,
    SESSION,
    an_article,
    ana_here,
    joined_state,
    posted,
    session_opened,
    started,
    welcome,
)
from tests.support.playbook import Playbook

FIXED_BY = "Bo says: ask 192.168.1.7.\nThe password is hunter2."
SOLVED = SessionSolved(session_id=SESSION, question_id=QUESTION, thanks=True, fixed_by=FIXED_BY)
WRITTEN = DraftWritten(session_id=SESSION, draft=an_article("draft-1"))


def solved(*, mine: bool = True, end: SessionSolved = SOLVED) -> Playbook:
    asker, helper = (ANA, BO) if mine else (BO, ANA)
    play = Playbook(joined_state()).feed(session_opened(asker, helper))
    return play.feed(posted("Turn it off and on.")).feed(end)


def acts(play: Playbook) -> list[AnyAct]:
    return [item.act for item in play.state.outbox]


def proposed(play: Playbook) -> Article:
    (act,) = acts(play)
    assert isinstance(act, ProposeArticle)
    return act.draft


def moved(state: DraftState, words: str = "") -> DraftMoved:
    waits_for = (ANA.person_id,) if state is DraftState.LOOKING else ()
    return DraftMoved(session_id=SESSION, state=state, words=words, waits_for=waits_for)


LOOKING = moved(DraftState.LOOKING)
"""Ana looks, whose laptop it is."""


def test_hearing_that_it_is_solved_sends_nothing() -> None:
    play = solved()
    assert (acts(play), play.commands) == ([], ())
    assert drafting.is_to_decide(play.state, play.question)


def test_what_is_handed_over_is_what_is_shown() -> None:
    play = solved() >> intents.ShowDraft(SESSION)
    shown = drafting.paper_of(play.state, play.question)
    assert shown is not None
    play >> wants.HandOver(SESSION)
    found = proposed(play)
    assert play.commands[0] == KeepAct(
        play.txn, ProposeArticle(session_id=SESSION, draft=found), play.wall
    )
    assert [step.text for step in found.steps] == [one.redacted.text for one in shown.steps]
    assert [step.text for step in found.steps] == [
        "[name] says: ask [network address].",
        "The password is [secret]",
    ]
    sent = msgspec.json.encode(found).decode()
    assert not any(word in sent for word in ("Bo", "192.168", "hunter2"))


def test_without_what_fixed_it_the_helpers_words_are_the_steps() -> None:
    play = solved(end=replace(SOLVED, fixed_by=" "))
    play >> wants.HandOver(SESSION)
    assert [step.text for step in proposed(play).steps] == ["Turn it off and on."]


def test_choices_change_what_is_handed_over_and_are_kept() -> None:
    play = solved() >> wants.LeaveOut(SESSION, "The password is hunter2.", out=True)
    play >> wants.PutBack(SESSION, "192.168.1.7", back=True)
    (keep,) = play.commands
    assert isinstance(keep, KeepText)
    assert keep.place == "draft:s1"
    play >> wants.PutBack(SESSION, "Bo", back=True) >> wants.PutBack(SESSION, "Bo", back=False)
    play >> wants.HandOver(SESSION)
    assert [step.text for step in proposed(play).steps] == ["[name] says: ask 192.168.1.7."]


def test_choices_outlive_a_restart() -> None:
    play = solved() >> wants.LeaveOut(SESSION, "The password is hunter2.", out=True)
    (keep,) = play.commands
    assert isinstance(keep, KeepText)
    again = Playbook() >> started(ana_here(), texts=((keep.place, keep.text), ("draft:s9", "{")))
    assert again.state.drafts.of(SESSION).left_out == {"The password is hunter2."}
    assert again.state.drafts.choices[SessionId("s9")] == Choices()


def test_it_is_handed_over_once() -> None:
    play = solved() >> wants.HandOver(SESSION) >> wants.HandOver(SESSION)
    assert len(acts(play)) == 1
    play.state = replace(play.state, outbox=())
    play >> wants.HandOver(SESSION)
    assert acts(play) == []


def test_a_draft_without_a_step_stays() -> None:
    play = solved(end=replace(SOLVED, fixed_by="Bo!"))
    play >> wants.HandOver(SESSION)
    assert acts(play) == []


def test_somebody_elses_draft_cannot_be_handed_over() -> None:
    play = solved(mine=False) >> wants.HandOver(SESSION)
    assert acts(play) == []
    assert not drafting.is_to_decide(play.state, play.question)
    play >> wants.PutOff(SESSION)
    assert play.state.drafts.choices == {}


@pytest.mark.parametrize("for_ever", [False, True])
def test_not_now_and_never_send_nothing(for_ever: bool) -> None:
    play = solved() >> intents.ShowDraft(SESSION) >> wants.PutOff(SESSION, for_ever)
    assert acts(play) == []
    assert play.state.window.pages[-1] is not Page.DRAFT
    assert not drafting.is_to_decide(play.state, play.question)
    gone = drafting.paper_of(play.state, play.question) is None
    assert gone is for_ever


def test_a_draft_that_is_refused_can_be_handed_over_again() -> None:
    play = solved() >> wants.HandOver(SESSION)
    txn = play.keep()
    play.hear(Refused(txn_id=txn, code=ErrorCode.TOO_LARGE))
    assert play.state.trouble == Trouble(ErrorCode.TOO_LARGE)
    assert drafting.is_to_decide(play.state, play.question)
    play >> wants.HandOver(SESSION)
    assert len(acts(play)) == 1


def test_a_draft_that_the_disk_did_not_take_can_be_handed_over_again() -> None:
    play = solved() >> wants.HandOver(SESSION)
    play >> ActNotKept(play.txn, Trouble(Problem.DISK_FULL))
    assert drafting.is_to_decide(play.state, play.question)


def test_offline_it_waits_in_the_outbox() -> None:
    play = solved() >> LinkClosed(None) >> wants.HandOver(SESSION)
    assert drafting.handed_over(play.state, SESSION) == proposed(play)
    assert drafting.handed_over(play.state, SESSION) is not None


def test_the_server_tells_how_far_it_is() -> None:
    play = solved().feed(WRITTEN).feed(moved(DraftState.SENT_BACK, "Which one?"))
    assert drafting.handed_over(play.state, SESSION) == WRITTEN.draft
    assert play.state.drafts.ways[SESSION].words == "Which one?"
    assert not drafting.is_to_decide(play.state, play.question)


def test_a_new_feed_tells_it_again_and_the_choices_stay() -> None:
    play = solved() >> wants.LeaveOut(SESSION, "Wait.", out=True)
    play.feed(WRITTEN).feed(moved(DraftState.REVIEW))
    play.hear(welcome(epoch="e2", resync=True))
    drafts = play.state.drafts
    assert (dict(drafts.written), dict(drafts.ways)) == ({}, {})
    assert drafts.of(SESSION).left_out == {"Wait."}


def test_whoever_helped_says_it_is_right_once() -> None:
    play = solved(mine=False)
    assert not drafting.is_to_look_at(play.state, play.question)
    play.feed(WRITTEN).feed(LOOKING)
    assert drafting.is_to_look_at(play.state, play.question)
    play >> wants.SayRight(SESSION) >> wants.SayRight(SESSION)
    assert acts(play) == [AgreeToDraft(session_id=SESSION)]
    assert drafting.said_of(play.state, SESSION) is True


def test_what_is_wrong_goes_without_what_is_personal() -> None:
    play = solved(mine=False).feed(WRITTEN).feed(LOOKING) >> wants.StartDoubting(SESSION)
    play >> wants.SayWrong(SESSION)
    assert acts(play) == []
    play >> wants.TypeDoubt(SESSION, "Ask Bo at bo@example.com\nfirst") >> wants.SayWrong(SESSION)
    assert acts(play) == [
        AgreeToDraft(session_id=SESSION, agreed=False, why="Ask [name] at [e-mail address] first")
    ]
    assert not play.state.drafts.of(SESSION).doubting


def test_endless_words_are_cut() -> None:
    play = solved(mine=False).feed(WRITTEN).feed(LOOKING)
    play >> wants.TypeDoubt(SESSION, "Ana " * 5_000)
    play >> wants.SayWrong(SESSION)
    (act,) = acts(play)
    assert isinstance(act, AgreeToDraft)
    assert len(act.why) <= WHY_LIMIT


def test_a_refusal_of_something_else_changes_no_draft() -> None:
    play = solved() >> intents.SetHelpingWish(True)
    play.hear(Refused(txn_id=play.keep(), code=ErrorCode.BUSY))
    assert play.state.drafts == Drafts()


def test_an_answer_that_is_refused_can_be_given_again() -> None:
    play = solved(mine=False).feed(WRITTEN).feed(LOOKING) >> wants.SayRight(SESSION)
    play.hear(Refused(txn_id=play.keep(), code=ErrorCode.NOT_ALLOWED))
    assert drafting.is_to_look_at(play.state, play.question)


def test_a_draft_that_came_back_is_looked_at_again() -> None:
    play = solved(mine=False).feed(WRITTEN).feed(LOOKING)
    play >> wants.SayRight(SESSION)
    play.feed(moved(DraftState.SENT_BACK)).feed(WRITTEN).feed(LOOKING)
    assert drafting.is_to_look_at(play.state, play.question)
    play >> wants.SayRight(SESSION)
    assert drafting.said_of(play.state, SESSION) is True


def test_the_asker_looks_again_when_somebody_changed_the_words() -> None:
    play = solved() >> wants.HandOver(SESSION)
    play.feed(WRITTEN).feed(replace(LOOKING, waits_for=(BO.person_id,)))
    assert not drafting.is_to_look_at(play.state, play.question)
    play.feed(moved(DraftState.REVIEW)).feed(WRITTEN).feed(LOOKING)
    assert drafting.is_to_look_at(play.state, play.question)
    play >> wants.SayRight(SESSION)
    assert acts(play)[-1] == AgreeToDraft(session_id=SESSION)
    assert not drafting.is_to_look_at(play.state, play.question)


def test_how_to_go_back_is_said_by_the_asker_and_goes_without_what_is_personal() -> None:
    play = solved() >> wants.TypeUndo(SESSION, "Ask Bo,\nor turn it on again.")
    play >> wants.HandOver(SESSION)
    assert proposed(play).undo == "Ask [name], or turn it on again."
    assert proposed(solved() >> wants.HandOver(SESSION)).undo == NO_UNDO


def test_whoever_only_reads_along_is_not_asked() -> None:
    play = solved(mine=False).feed(WRITTEN).feed(replace(LOOKING, waits_for=(BO.person_id,)))
    watcher = replace(play.question, part=Part.WATCHER)
    assert not drafting.is_to_look_at(play.state, watcher)
    company = (Companion(BO, Part.HELPER), Companion(IRIS, Part.WATCHER), Companion(ANA, None))
    lookers = drafting.lookers(replace(watcher, company=company))
    assert [who.person for who in lookers] == [BO]


def test_good_news_is_read_once_and_only_when_there_is_some() -> None:
    play = solved() >> wants.NoteNews(SESSION)
    assert not play.state.drafts.of(SESSION).noted
    play.feed(DraftWritten(session_id=SESSION, draft=an_article()))
    play.feed(DraftMoved(session_id=SESSION, state=DraftState.PUBLISHED))
    assert drafting.is_news(play.state, play.question)
    play >> wants.NoteNews(SESSION)
    assert not drafting.is_news(play.state, play.question)


def test_a_draft_of_nothing_known_changes_nothing() -> None:
    play = Playbook(joined_state()).feed(WRITTEN) >> wants.HandOver(SESSION)
    assert (play.state.drafts, acts(play)) == (Drafts(), [])


def test_the_laptop_knows_its_own_name_and_its_user() -> None:
    play = Playbook() >> started(ana_here(), hosts=("kestrel",), users=("anaruiz",))
    left = drafting.without_people(play.state, "on kestrel as anaruiz, says Ana")
    assert left.text == "on [computer] as [user], says [name]"


def test_where_nobody_wrote_what_fixed_it_the_asker_does() -> None:
    play = Playbook(joined_state()).feed(session_opened(ANA, BO)).feed(replace(SOLVED, fixed_by=""))
    assert drafting.is_unsaid(play.state, play.question)
    play >> wants.HandOver(SESSION)
    assert acts(play) == []
    play >> wants.TypeFixed(SESSION, "Turn it off.\nAsk Bo to turn it on.")
    assert drafting.is_unsaid(play.state, play.question)
    play >> wants.HandOver(SESSION)
    steps = [step.text for step in proposed(play).steps]
    assert steps == ["Turn it off.", "Ask [name] to turn it on."]
    assert not drafting.is_unsaid(solved().state, solved().question)
