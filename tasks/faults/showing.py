"""An event of the feed as a line of the history: what the checker wants to know of it."""

from dataclasses import dataclass

from samebox_shared.protocol.events import (
    AnyEvent,
    MessagePosted,
    OfferClosed,
    OfferMade,
    QuestionAsked,
    QuestionCancelled,
    QuestionParked,
    SessionOpened,
    SessionReleased,
    SessionSolved,
    WaveStarted,
)
from samebox_shared.protocol.messages import Event

from tasks.faults.history import Got


@dataclass(frozen=True)
class _About:
    subject: str = ""
    label: str = ""
    number: int = 0
    until: float = 0.0
    question: str = ""
    helper: str = ""


def shown(person: str, epoch: str, event: Event, at: float) -> Got:
    """The line."""
    about = _about(event.body)
    return Got(
        at,
        person,
        epoch,
        event.seq,
        event.event_id,
        str(event.body.__struct_config__.tag),
        about.subject,
        about.label,
        about.number,
        event.at,
        about.until,
        about.question,
        about.helper,
    )


def _about(body: AnyEvent) -> _About:
    match body:
        case MessagePosted(session_id=session, text=text):
            return _About(session, text)
        case SessionOpened(session_id=session, question_id=question, fence=fence, helper=helper):
            return _About(session, number=fence, question=question, helper=helper.person_id)
        case SessionReleased() | SessionSolved():
            return _About(body.session_id, question=body.question_id)
        case OfferMade(offer_id=offer, question_id=question, until=until):
            return _About(offer, until=until, question=question)
        case OfferClosed(offer_id=offer, end=end):
            return _About(offer, label=end)
        case _:
            return _about_question(body)


def _about_question(body: AnyEvent) -> _About:
    match body:
        case WaveStarted(question_id=question, wave=wave, until=until, asked=asked):
            return _About(question, str(asked), wave, until, question)
        case QuestionParked(question_id=question, again_at=again_at):
            return _About(question, until=again_at, question=question)
        case QuestionAsked() | QuestionCancelled():
            return _About(body.question_id, question=body.question_id)
        case _:
            return _About()
