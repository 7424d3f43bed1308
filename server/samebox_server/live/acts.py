"""Decides what people do: one function an act, and the one place that makes an act happen once."""

from typing import assert_never

from samebox_shared.model.ids import OfferId, SessionId, new_id
from samebox_shared.protocol.acts import (
    AcceptOffer,
    AddDevice,
    AgreeToDraft,
    AnswerQuestion,
    AnyAct,
    Ask,
    BlockPerson,
    BringIn,
    CancelQuestion,
    DeclineOffer,
    DeleteMessage,
    EditMessage,
    LeaveSession,
    ProposeArticle,
    RemoveDevice,
    ReportOutcome,
    SetHelping,
    SetVolunteering,
    SolveQuestion,
    SolveSession,
    TellDeviceType,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import (
    OfferEnd,
    QuestionAsked,
    ReleaseReason,
)
from samebox_shared.protocol.messages import Do, Done, Refused
from samebox_shared.session import events as on

from samebox_server.core.checking import check_ask, check_id, check_text
from samebox_server.live import about_self, board, corrections, drafts, outcomes, questions, talk
from samebox_server.live.work import Work
from samebox_server.store import acts, offers, people, sessions
from samebox_server.store import questions as stored_questions
from samebox_server.store.acts import Decided
from samebox_server.store.devices import Caller


def decide(work: Work, caller: Caller, asked: Do) -> Done | Refused:
    """Carries the act out, once: the same transaction id gets the same answer for ever (DEL-2)."""
    if talk.is_talk(asked):
        return talk.decide_all(work, [(caller, asked)])[0]
    if check_id(asked.txn_id) is not None:
        return Refused(txn_id=asked.txn_id, code=ErrorCode.MALFORMED)
    digest = talk.digest_of(asked)
    decision = talk.decided(work, caller, asked, digest)
    if decision is None:
        decision = Decided(_carry_out(work, caller, asked.act), digest)
        acts.record(work.connection, caller, asked.txn_id, decision, work.now)
        questions.sweep_freed(work)
    return talk.answer(asked, decision)


def _carry_out(work: Work, caller: Caller, act: AnyAct) -> ErrorCode | None:
    match act:
        case Ask() | CancelQuestion() | SolveQuestion() | AnswerQuestion():
            return _about_question(work, caller, act)
        case AcceptOffer() | DeclineOffer():
            return _about_offer(work, caller, act)
        case EditMessage():
            return corrections.edit(work, caller, act)
        case DeleteMessage():
            return corrections.delete(work, caller, act)
        case SolveSession() | BringIn() | LeaveSession():
            return _about_session(work, caller, act)
        case (
            SetHelping()
            | SetVolunteering()
            | TellDeviceType()
            | AddDevice()
            | RemoveDevice()
            | BlockPerson()
        ):
            return about_self.carry_out(work, caller, act)
        case ReportOutcome():
            return outcomes.report(work, caller, act)
        case ProposeArticle():
            return drafts.hand_over(work, caller, act)
        case AgreeToDraft():
            return drafts.say(work, caller, act)
        case _:
            return ErrorCode.NOT_ALLOWED


def _about_question(
    work: Work, caller: Caller, act: Ask | CancelQuestion | SolveQuestion | AnswerQuestion
) -> ErrorCode | None:
    if isinstance(act, Ask):
        return _ask(work, caller, act)
    question = stored_questions.load(work.connection, act.question_id)
    if isinstance(act, AnswerQuestion):
        refusal = board.refusal(work, caller, question, act)
        answered = on.Answered(act.answer_id, caller.person_id, act.text)
        return refusal or questions.move(work, act.question_id, answered)
    if question is None or question.asker != caller.person_id:
        return ErrorCode.NOT_FOUND
    match act:
        case CancelQuestion():
            return questions.move(work, act.question_id, on.AskerCancelled())
        case SolveQuestion(fixed_by=fixed_by):
            refusal = check_text(fixed_by) if fixed_by else None
            return refusal or questions.move(work, act.question_id, on.AskerFoundIt(fixed_by))
        case _:
            assert_never(act)


def _ask(work: Work, caller: Caller, ask: Ask) -> ErrorCode | None:
    refusal = check_ask(ask)
    if refusal is not None:
        return refusal
    people.lock(work.connection, caller.person_id)
    if not stored_questions.may_ask(work.connection, caller.person_id):
        return ErrorCode.ALREADY_ASKING
    if stored_questions.exists(work.connection, ask.question_id):
        return ErrorCode.MALFORMED
    stored_questions.add(work.connection, caller.person_id, ask, work.now)
    event = QuestionAsked(
        question_id=ask.question_id,
        text=ask.text,
        device_type=ask.device_type,
        facts=ask.facts,
        name_hidden=ask.name_hidden,
        topic=ask.topic,
    )
    work.tell((caller.person_id,), event)
    return questions.move(work, ask.question_id, on.QuestionPosted())


def _about_offer(work: Work, caller: Caller, act: AcceptOffer | DeclineOffer) -> ErrorCode | None:
    offer = offers.load(work.connection, act.offer_id)
    if offer is None or offer.helper != caller.person_id:
        return ErrorCode.NOT_FOUND
    if offer.end in (OfferEnd.TAKEN, OfferEnd.ACCEPTED):
        return ErrorCode.ALREADY_TAKEN
    if offer.end is not None:
        return ErrorCode.OFFER_OVER
    match act:
        case AcceptOffer(offer_id=offer_id):
            people.lock(work.connection, caller.person_id)
            if questions.is_full(work, caller.person_id):
                return ErrorCode.BUSY
            event: on.AnyQuestionEvent = _acceptance(offer_id)
        case DeclineOffer(offer_id=offer_id):
            event = on.OfferDeclined(offer_id)
        case _:
            assert_never(act)
    return questions.move(work, offer.question_id, event)


def _acceptance(offer_id: OfferId) -> on.OfferAccepted:
    return on.OfferAccepted(offer_id, SessionId(new_id()))


def _about_session(
    work: Work, caller: Caller, act: SolveSession | BringIn | LeaveSession
) -> ErrorCode | None:
    session = sessions.load(work.connection, act.session_id)
    if session is None or caller.person_id not in session.people:
        return ErrorCode.NOT_FOUND
    if session.end is not None:
        return ErrorCode.SESSION_OVER
    match act:
        case SolveSession(thanks=thanks, fixed_by=fixed_by):
            if caller.person_id != session.asker:
                return ErrorCode.NOT_ALLOWED
            refusal = check_text(fixed_by) if fixed_by else None
            if refusal is not None:
                return refusal
            event: on.AnyQuestionEvent = on.AskerSolved(thanks, fixed_by)
        case BringIn(fence=fence, part=part):
            event = on.CompanyWanted(fence, part, work.rules.seats)
        case LeaveSession(fence=fence):
            if caller.person_id == session.asker:
                return ErrorCode.NOT_ALLOWED
            event = on.PersonGone(fence, caller.person_id)
            if caller.person_id == session.helper:
                event = on.HelperGone(fence, ReleaseReason.LEFT)
        case _:
            assert_never(act)
    return questions.move(work, session.question_id, event)
