"""Moves questions: steps the shared machine, stores the new state, carries out its commands.

Everything here happens inside one unit of the writer, so a step and all its effects (offers,
timers, feed events) are one transaction (DEL-12).
"""

from typing import assert_never

from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import PersonId, QuestionId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import (
    OfferClosed,
    OfferEnd,
    OfferMade,
    QuestionCancelled,
    QuestionParked,
    SessionReleased,
    SessionSolved,
    WaveStarted,
)
from samebox_shared.session import commands as do
from samebox_shared.session.events import AnyQuestionEvent, CompanyFound, OfferDeclined
from samebox_shared.session.machine import Refused, step

from samebox_server.core.checking import one_line
from samebox_server.core.routing.hours import day
from samebox_server.live import board, company, credit, waves
from samebox_server.live.work import Work
from samebox_server.store import offers, questions, sessions
from samebox_server.store.questions import Overtaken, StoredQuestion, Told
from samebox_server.store.sessions import SessionEnd, StoredSession
from samebox_server.store.timers import TimerKind

_SessionCommand = (
    do.OpenSession
    | do.FindCompany
    | do.TellJoinAsked
    | do.JoinSession
    | do.LetGo
    | do.ChangeHelper
    | do.ReleaseSession
    | do.CloseSession
)


def move(work: Work, question_id: QuestionId, event: AnyQuestionEvent) -> ErrorCode | None:
    """One step of this question with all that follows from it; or why it is refused."""
    question = questions.load(work.connection, question_id)
    if question is None:
        return ErrorCode.NOT_FOUND
    stepped = step(question.state, event, work.now)
    if isinstance(stepped, Refused):
        return stepped.code
    state, commands = stepped
    if state != question.state:
        questions.advance(work.connection, question_id, question.state, state)
    for command in commands:
        _carry_out(work, question, command)
    return None


def sweep(work: Work, person_id: PersonId) -> None:
    """This person can be asked now: offers them the oldest waiting question that fits, and IT as
    many as a round of IT asks, so that nobody coming back meets a pile."""
    if work.is_shared:  # what they wish may have been told to another server
        work.whereabouts.refresh(work.connection, (person_id,), work.now)
    room = waves.room_of(work, person_id)
    for waiting in questions.waiting(work.connection) if room else ():
        if not waves.may_fit(work, waiting, person_id):
            continue
        question = questions.load(work.connection, waiting.question_id)
        came = waves.comer(work, question, person_id) if question else None
        if came is not None:
            move(work, waiting.question_id, came)
            room -= 1
            if not room:
                break


def sweep_freed(work: Work) -> None:
    """Sweeps for everyone this unit has freed."""
    for person_id in dict.fromkeys(work.freed):
        sweep(work, person_id)


def _carry_out(work: Work, question: StoredQuestion, command: do.AnyQuestionCommand) -> None:
    match command:
        case do.FindHelpers():
            move(work, question.question_id, waves.next_wave(work, question))
        case do.MakeOffers():
            _make_offers(work, question, command)
        case do.CloseOffers():
            _close_offers(work, command)
        case do.StartTimer(wave, due):
            work.start_timer(TimerKind.WAVE, question.question_id, wave, due)
        case do.TellWave() | do.TellParked() | do.TellCancelled():
            _tell_asker(work, question, command)
        case do.TellSolved(fixed_by):
            board.tell_solved(work, question, fixed_by)
        case do.RecordAnswer():
            board.record(work, question, command)
        case do.RecordMessage():
            raise LookupError("conversation.py keeps messages itself: only it knows the text")
        case _:
            _about_session(work, question, command)


def _about_session(
    work: Work,
    question: StoredQuestion,
    command: _SessionCommand,
) -> None:
    match command:
        case do.OpenSession():
            _open_session(work, question, command)
        case do.FindCompany(part):
            _find_company(work, question, part)
        case do.TellJoinAsked():
            company.tell_asked(work, command)
        case do.JoinSession():
            _withdraw_offers(work, company.join(work, question, command))
        case do.LetGo():
            company.let_go(work, command)
        case do.ChangeHelper():
            company.change_helper(work, command)
        case do.ReleaseSession():
            _release_session(work, question, command)
        case do.CloseSession():
            _close_session(work, question, command)
        case _:
            assert_never(command)


def _make_offers(work: Work, question: StoredQuestion, made: do.MakeOffers) -> None:
    offers.make(work.connection, question.question_id, made, work.now)
    is_parked = question.state.parked > 0
    if is_parked:
        _count_told(work, question, made)
    for offer in made.offers:
        work.touched.add(offer.helper)
        work.whereabouts.directory.asked(offer.helper, work.now, is_parked=is_parked)
        event = OfferMade(
            offer_id=offer.offer_id,
            question_id=question.question_id,
            device_type=question.device_type,
            line=one_line(question.text),
            ring=offer.ring,
            until=offer.until or made.until,
            why=offer.why,
            topic=question.topic,
            part=offer.part,
        )
        work.tell((offer.helper,), event)


def _count_told(work: Work, question: StoredQuestion, made: do.MakeOffers) -> None:
    colleagues = sum(offer.ring is not Ring.IT for offer in made.offers)
    if colleagues:
        today = day(work.now)
        told = Told(today, question.told.on(today) + colleagues)
        questions.note_told(work.connection, question.question_id, told)


def _close_offers(work: Work, closing: do.CloseOffers) -> None:
    """An offer that is accepted here and was closed by another server meanwhile wins nothing."""
    closed = offers.close(work.connection, closing.offers, closing.end)
    if closing.end is OfferEnd.ACCEPTED and not closed:
        raise Overtaken(*closing.offers)
    for offer_id, helper in closed:
        _note_end(work, helper, closing.end)
        work.tell((helper,), OfferClosed(offer_id=offer_id, end=closing.end))


def _note_end(work: Work, helper: PersonId, end: OfferEnd) -> None:
    """What the end of an offer says about its helper."""
    work.touched.add(helper)
    directory = work.whereabouts.directory
    match end:
        case OfferEnd.DECLINED:
            directory.declined(helper, work.now)
        case OfferEnd.EXPIRED:
            directory.missed(helper)
        case OfferEnd.ACCEPTED | OfferEnd.TAKEN | OfferEnd.WITHDRAWN:
            directory.answered(helper)
        case _:
            assert_never(end)


def _tell_asker(
    work: Work,
    question: StoredQuestion,
    command: do.TellWave | do.TellParked | do.TellCancelled,
) -> None:
    match command:
        case do.TellWave(wave, ring, asked, until, why):
            event: WaveStarted | QuestionParked | QuestionCancelled = WaveStarted(
                question_id=question.question_id,
                wave=wave,
                ring=ring,
                asked=asked,
                until=until,
                why=why,
                usual_seconds=work.whereabouts.usual.seconds(question.device_type),
            )
        case do.TellParked(again_at):
            event = QuestionParked(question_id=question.question_id, again_at=again_at)
        case do.TellCancelled():
            event = QuestionCancelled(question_id=question.question_id)
        case _:
            assert_never(command)
    work.tell((question.asker,), event)


def _open_session(work: Work, question: StoredQuestion, opening: do.OpenSession) -> None:
    opened = StoredSession(
        session_id=opening.session_id,
        question_id=question.question_id,
        offer_id=opening.won.offer_id,
        asker=question.asker,
        helper=opening.won.helper,
        fence=opening.fence,
        ring=opening.won.ring,
    )
    sessions.open_session(work.connection, opened, work.now)
    credit.came(work, opened.helper)
    waited = work.now - question.asked_at
    work.claimed.append(waited)
    if opened.fence == 1:
        work.whereabouts.usual.note(question.device_type, waited)
    event = company.opened(work, question, opened, opening.won)
    work.tell(opened.people, event)
    _withdraw_offers(work, opened.helper)


def is_full(work: Work, person_id: PersonId) -> bool:
    """Whether this person helps in as many sessions as they can have."""
    helper = work.whereabouts.directory.get(person_id)
    at_once = helper.at_once(work.rules.routing.limits) if helper else 1
    return sessions.helping_in(work.connection, person_id).get(person_id, 0) >= at_once


def _withdraw_offers(work: Work, person_id: PersonId) -> None:
    """This person is in one more session now."""
    if not is_full(work, person_id):
        return
    for offer_id, other in offers.open_for(work.connection, person_id):
        move(work, other, OfferDeclined(offer_id, OfferEnd.WITHDRAWN))


def _find_company(work: Work, question: StoredQuestion, part: Part) -> None:
    """Asks for somebody to join the session that has just opened, or that is live already."""
    current = questions.load(work.connection, question.question_id)
    if current is None or current.state.session_id is None:
        return
    inside = company.inside(work, current.state.session_id)
    found = waves.company(work, current, part, inside)
    until = work.now + work.rules.join_seconds
    move(work, question.question_id, CompanyFound(part, found, until, work.rules.seats))


def _release_session(work: Work, question: StoredQuestion, gone: do.ReleaseSession) -> None:
    released = sessions.existing(work.connection, gone.session_id)
    credit.went(work, released, released.helpers)
    sessions.close(work.connection, released.session_id, SessionEnd.RELEASED, work.now)
    event = SessionReleased(
        session_id=released.session_id, question_id=question.question_id, reason=gone.reason
    )
    work.tell(released.people, event)


def _close_session(work: Work, question: StoredQuestion, closing: do.CloseSession) -> None:
    closed = sessions.existing(work.connection, closing.session_id)
    credit.went(work, closed, closed.helpers)
    credit.solved(work, question, closed)
    sessions.close(
        work.connection,
        closed.session_id,
        SessionEnd.SOLVED,
        work.now,
        thanks=closing.thanks,
        fixed_by=closing.fixed_by,
    )
    event = SessionSolved(
        session_id=closed.session_id,
        question_id=question.question_id,
        thanks=closing.thanks,
        fixed_by=closing.fixed_by,
    )
    work.tell(closed.people, event)
