"""What happened to a question, one quiet line each."""

import pytest
from msgspec.structs import replace
from samebox_agent.core.state import Companion, Conversation, Line
from samebox_agent.presenters import happened
from samebox_shared.model.articles import DraftState
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import AnswerId, ArticleId, PersonId
from samebox_shared.model.people import Participant
from samebox_shared.model.topics import Part
from samebox_shared.protocol.events import (
    AnyEvent,
    DraftMoved,
    DraftWritten,
    HelperChanged,
    HelpingChanged,
    JoinAsked,
    PersonJoined,
    PersonLeft,
    QuestionAnswered,
    QuestionCancelled,
    QuestionParked,
    QuestionSolved,
    ReleaseReason,
    SessionReleased,
    SessionSolved,
    WaveStarted,
)

from tests.support.builders import (
    ANA,
    BO,
    DISK,
    IRIS,
    NOW,
    QUESTION,
    SESSION,
    a_live_conversation,
    an_article,
    session_opened,
)

MINE = a_live_conversation()
THEIRS = a_live_conversation(mine=False)
LEFT, SILENT = ReleaseReason.LEFT, ReleaseReason.NO_SIGN_OF_LIFE


def wave(asked: int) -> WaveStarted:
    return WaveStarted(question_id=QUESTION, wave=1, ring=Ring.IT, asked=asked, until=NOW)


def joined(part: Part) -> PersonJoined:
    return PersonJoined(session_id=SESSION, who=Participant(person=IRIS, part=part))


def asked(part: Part, count: int) -> JoinAsked:
    return JoinAsked(session_id=SESSION, part=part, asked=count, until=NOW)


def changed(reason: ReleaseReason) -> HelperChanged:
    return HelperChanged(session_id=SESSION, helper=IRIS, fence=2, reason=reason)


def released(reason: ReleaseReason) -> SessionReleased:
    return SessionReleased(session_id=SESSION, question_id=QUESTION, reason=reason)


def solved(*, thanks: bool) -> SessionSolved:
    return SessionSolved(session_id=SESSION, question_id=QUESTION, thanks=thanks, fixed_by="x")


WITH_IRIS = replace(MINE, company=(*MINE.company, Companion(IRIS, Part.SECOND)))
THEIRS_WITH_IRIS = replace(THEIRS, company=(*THEIRS.company, Companion(IRIS, Part.HELPER)))


FIRST_DRAFT = DraftWritten(session_id=SESSION, draft=an_article())


def way(state: DraftState) -> DraftMoved:
    return DraftMoved(session_id=SESSION, state=state)


@pytest.mark.parametrize(
    ("item", "event", "said"),
    [
        (MINE, wave(0), "Nobody is there right now; the question stays open"),
        (MINE, wave(1), "Asked 1 person of IT"),
        (
            MINE,
            QuestionParked(question_id=QUESTION, again_at=NOW),
            "Nobody could answer; the question stands on the board now",
        ),
        (
            MINE,
            QuestionAnswered(
                question_id=QUESTION, answer_id=AnswerId("a"), author=BO, text="Off and on"
            ),
            "Bo answered on the board",
        ),
        (MINE, solved(thanks=True), "Solved, with thanks"),
        (MINE, solved(thanks=False), "Solved"),
        (MINE, QuestionSolved(question_id=QUESTION, fixed_by=""), "Solved without a conversation"),
        (
            MINE,
            DraftWritten(session_id=SESSION, draft=an_article()),
            "You handed over a draft article of this",
        ),
        (
            THEIRS,
            DraftWritten(session_id=SESSION, draft=an_article()),
            "Bo handed over a draft article of this",
        ),
        (
            replace(MINE, lines=(Line("d", NOW, event=FIRST_DRAFT),)),
            FIRST_DRAFT,
            "You handed over a draft article of this",
        ),
        (
            replace(MINE, lines=(Line("d", NOW, event=FIRST_DRAFT),)),
            DraftWritten(session_id=SESSION, draft=an_article(title="Other words")),
            "The words of the draft were changed",
        ),
        (MINE, way(DraftState.LOOKING), ""),
        (MINE, way(DraftState.WITHDRAWN), "The draft was taken back"),
        (MINE, way(DraftState.SENT_BACK), "The draft was sent back"),
        (THEIRS, way(DraftState.PUBLISHED), "The draft is an article now"),
        (MINE, QuestionCancelled(question_id=QUESTION), "Withdrawn"),
        (MINE, HelpingChanged(helping=True), ""),
        (MINE, session_opened(), "Bo accepted"),
        (
            MINE,
            joined(Part.IT),
            "Iris of IT joined. Everything said so far is theirs to read, too.",
        ),
        (
            MINE,
            joined(Part.SECOND),
            "Iris joined. Everything said so far is theirs to read, too.",
        ),
        (
            MINE,
            joined(Part.WATCHER),
            "Iris reads along, to help a newcomer if it is needed",
        ),
        (MINE, asked(Part.SECOND, 0), "No second helper is there right now"),
        (MINE, asked(Part.IT, 0), "Nobody of IT is there right now"),
        (MINE, asked(Part.IT, 2), ""),
        (WITH_IRIS, PersonLeft(session_id=SESSION, person_id=IRIS.person_id), "Iris left"),
        (MINE, PersonLeft(session_id=SESSION, person_id=PersonId("ana")), "You left"),
        (
            WITH_IRIS,
            changed(LEFT),
            "Your helper handed over; Iris goes on and knows everything said so far",
        ),
        (
            WITH_IRIS,
            changed(SILENT),
            "Your helper is gone; Iris goes on and knows everything said so far",
        ),
        (
            THEIRS_WITH_IRIS,
            changed(LEFT),
            "The helper handed over; Iris goes on and knows everything said so far",
        ),
        (THEIRS, changed(SILENT), "The helper is gone; you go on"),
        (MINE, released(LEFT), "Your helper handed back; asking again"),
        (MINE, released(SILENT), "Your helper is gone; asking again"),
        (THEIRS, released(LEFT), "You handed back"),
        (THEIRS, released(SILENT), "You were away too long; others are asked"),
    ],
)
def test_everything_that_happens_has_its_sentence(
    item: Conversation, event: AnyEvent, said: str
) -> None:
    assert happened.in_words(item, event, {}) == said


def test_who_comes_is_told_what_they_came_to() -> None:
    opened = session_opened(asker=BO, helper=ANA)
    said = happened.in_words(THEIRS, opened, {})
    assert said == "You accepted; Bo sees your name and what you write"
    second = replace(
        session_opened(asker=BO, helper=IRIS),
        part=Part.SECOND,
    )
    said = happened.in_words(THEIRS, second, {})
    assert said == "You joined Bo and Iris; everything said so far follows"


def test_what_was_tried_is_told_to_the_helper() -> None:
    opened = replace(session_opened(asker=BO, helper=ANA), tried=(DISK, ArticleId("gone")))
    known = happened.in_words(THEIRS, opened, {DISK: an_article()})
    assert known == "You accepted. Tried already: Make room on a full disk"
    assert happened.in_words(THEIRS, opened, {}) == "You accepted. Tried already: other fixes"
