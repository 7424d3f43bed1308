"""The state machine of a question and its session: `step(state, event, now)`, nothing else.

The diagram and the reasons stand in this package's docstring. Every transition is one small
function; `_TABLE` says which (phase, event) leads to which. A pair that is not in the table is
answered by `_NO_SUCH_STEP`, so a late or repeated event is refused or does nothing, never more.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import OfferId, SessionId
from samebox_shared.model.topics import Part, Why
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import OfferEnd, ReleaseReason
from samebox_shared.session import commands as do
from samebox_shared.session import events as on
from samebox_shared.session.commands import AnyQuestionCommand
from samebox_shared.session.events import AnyQuestionEvent, Offered


class Phase(StrEnum):
    """Where a question stands. A released session is a question that is asking again."""

    ASKING = "asking"
    LIVE = "live"
    PARKED = "parked"
    SOLVED = "solved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class QuestionState:
    """All that decides what may happen next. `offers` are the open ones; the session is the
    live one, with `won` the offer of its helper and `others` those of everyone who was brought in,
    in the order they came. `until` is when the timer of this wave fires; `parked` how often
    nobody was there."""

    phase: Phase = Phase.ASKING
    fence: int = 0
    wave: int = 0
    ring: Ring = Ring.SAME_MODEL
    offers: tuple[Offered, ...] = ()
    session_id: SessionId | None = None
    won: Offered | None = None
    others: tuple[Offered, ...] = ()
    until: float = 0.0
    parked: int = 0


GOES_ON = (Part.SECOND, Part.IT)
"""Who can be asked for in a session, and who goes on when its helper is gone."""


@dataclass(frozen=True)
class Refused:
    """The event is not allowed now; nothing changed."""

    code: ErrorCode


Stepped = tuple[QuestionState, tuple[AnyQuestionCommand, ...]]
Transition = Callable[[QuestionState, Any, float], Stepped | Refused]
E = TypeVar("E")


def step(state: QuestionState, event: AnyQuestionEvent, now: float) -> Stepped | Refused:
    """The next state and what to do about it, or why not."""
    transition = _TABLE.get((state.phase, type(event)))
    if transition is not None:
        return transition(state, event, now)
    code = _NO_SUCH_STEP[state.phase].get(type(event))
    return (state, ()) if code is None else Refused(code)


def _posted(state: QuestionState, _: on.QuestionPosted, __: float) -> Stepped:
    return state, (do.FindHelpers(),)


def _found(state: QuestionState, event: on.HelpersFound, now: float) -> Stepped:
    """A new wave beside the offers that still stand; the others are over."""
    standing = _standing(state, now)
    closing = _close(_without(state.offers, standing), OfferEnd.EXPIRED)
    offers = (*standing, *event.offers)
    after, opening = _open_wave(state, event.ring, event.offers, offers, event.until)
    return after, (*closing, *opening)


def _nobody(state: QuestionState, event: on.NobodyThere, now: float) -> Stepped:
    """Nobody else is there: while an offer still stands that person may come, then it is parked.
    The last ring is noted as asked, so that whoever comes stands in it or nearer."""
    standing = _standing(state, now)
    closing = _close(_without(state.offers, standing), OfferEnd.EXPIRED)
    if standing:
        until = max(offer.until for offer in standing)
        waiting, opening = _open_wave(state, state.ring, (), standing, until)
        return waiting, (*closing, *opening)
    after = replace(
        state,
        phase=Phase.PARKED,
        wave=state.wave + 1,
        ring=Ring.IT,
        offers=(),
        until=event.again_at,
        parked=state.parked + 1,
    )
    return after, (
        *closing,
        do.StartTimer(after.wave, event.again_at),
        do.TellParked(event.again_at),
    )


def _came(state: QuestionState, event: on.HelperCame, _: float) -> Stepped:
    """Ask one more person. The wave starts afresh, so that they have the full time to answer."""
    offers = (*state.offers, event.offer)
    ring = state.ring if state.offers else event.offer.ring
    return _open_wave(state, ring, (event.offer,), offers, event.until)


def _wave_ended(state: QuestionState, event: on.WaveEnded, _: float) -> Stepped:
    if event.wave != state.wave:
        return state, ()
    return state, (do.FindHelpers(),)


def _nobody_joined(state: QuestionState, event: on.WaveEnded, _: float) -> Stepped:
    """The time for those who were asked to join is over."""
    if event.wave != state.wave:
        return state, ()
    after = replace(state, offers=())
    return after, (*_close(state.offers, OfferEnd.EXPIRED), *_tell_given_up(state, after))


def _accepted(state: QuestionState, event: on.OfferAccepted, _: float) -> Stepped | Refused:
    won = _offer(state, event.offer_id)
    if won is None:
        return Refused(ErrorCode.OFFER_OVER)
    others = tuple(offer for offer in state.offers if offer is not won)
    after = replace(
        state,
        phase=Phase.LIVE,
        fence=state.fence + 1,
        offers=(),
        session_id=event.session_id,
        won=won,
    )
    return after, (
        *_close((won,), OfferEnd.ACCEPTED),
        *_close(others, OfferEnd.TAKEN),
        do.OpenSession(event.session_id, won, after.fence),
        do.FindCompany(Part.WATCHER),
    )


def _joined(state: QuestionState, event: on.OfferAccepted, _: float) -> Stepped | Refused:
    """One of those who were asked to join as this part has come; that is enough."""
    joined = _offer(state, event.offer_id)
    if joined is None or state.session_id is None:
        return Refused(ErrorCode.ALREADY_TAKEN)
    same = tuple(offer for offer in state.offers if offer.part is joined.part)
    left = tuple(offer for offer in state.offers if offer.part is not joined.part)
    after = replace(state, offers=left, others=(*state.others, joined))
    return after, (
        *_close((joined,), OfferEnd.ACCEPTED),
        *_close(tuple(offer for offer in same if offer is not joined), OfferEnd.TAKEN),
        do.JoinSession(state.session_id, joined, state.fence),
    )


def _declined(state: QuestionState, event: on.OfferDeclined, _: float) -> Stepped | Refused:
    """When everybody said Not now the next ring is asked at once; the last ring waits."""
    offer = _offer(state, event.offer_id)
    if offer is None:
        return Refused(ErrorCode.OFFER_OVER)
    left = tuple(other for other in state.offers if other is not offer)
    next_command: AnyQuestionCommand = _tell_wave(state.wave, state.ring, left, state.until)
    if not left and state.ring is not Ring.IT:
        next_command = do.FindHelpers()
    return replace(state, offers=left), (*_close((offer,), event.end), next_command)


def _declined_to_join(state: QuestionState, event: on.OfferDeclined, _: float) -> Stepped | Refused:
    offer = _offer(state, event.offer_id)
    if offer is None:
        return Refused(ErrorCode.OFFER_OVER)
    after = replace(state, offers=tuple(other for other in state.offers if other is not offer))
    return after, (*_close((offer,), event.end), *_tell_given_up(state, after))


def _cancelled(state: QuestionState, _: on.AskerCancelled, __: float) -> Stepped:
    closing = _close(state.offers, OfferEnd.WITHDRAWN)
    return replace(state, phase=Phase.CANCELLED, offers=()), (*closing, do.TellCancelled())


def _asker_left(state: QuestionState, _: on.AskerLeft, __: float) -> Stepped:
    """Whoever helps or is asked is told; the asker no longer can be."""
    closing = _close(state.offers, OfferEnd.WITHDRAWN)
    after = replace(state, phase=Phase.CANCELLED, fence=state.fence + 1, offers=(), others=())
    if state.session_id is None:
        return after, closing
    release = do.ReleaseSession(state.session_id, ReleaseReason.ASKER_LEFT)
    return replace(after, session_id=None, won=None), (*closing, release)


def _found_it(state: QuestionState, event: on.AskerFoundIt, _: float) -> Stepped:
    closing = _close(state.offers, OfferEnd.WITHDRAWN)
    solved = replace(state, phase=Phase.SOLVED, offers=())
    return solved, (*closing, do.TellSolved(event.fixed_by))


def _answered(state: QuestionState, event: on.Answered, _: float) -> Stepped | Refused:
    """Somebody who is still typing when the question is asked again has not typed in vain."""
    if not state.parked:
        return Refused(ErrorCode.NOT_FOUND)
    return state, (do.RecordAnswer(event.answer_id, event.author, event.text),)


def _written(state: QuestionState, event: on.MessageWritten, _: float) -> Stepped | Refused:
    if event.fence != state.fence:
        return Refused(ErrorCode.STALE_FENCE)
    return state, (do.RecordMessage(),)


def _gone(state: QuestionState, event: on.HelperGone, _: float) -> Stepped | Refused:
    if event.fence != state.fence or state.session_id is None:
        return Refused(ErrorCode.STALE_FENCE)
    heir = next((one for one in state.others if one.part in GOES_ON), None)
    if heir is not None:
        others = tuple(one for one in state.others if one is not heir)
        after = replace(state, fence=state.fence + 1, won=heir, others=others)
        change = do.ChangeHelper(state.session_id, heir, after.fence, event.reason)
        return after, (change,)
    after = replace(
        state,
        phase=Phase.ASKING,
        fence=state.fence + 1,
        offers=(),
        session_id=None,
        won=None,
        others=(),
    )
    return after, (
        *_close(state.offers, OfferEnd.WITHDRAWN),
        do.ReleaseSession(state.session_id, event.reason),
        do.FindHelpers(),
    )


def _company_wanted(state: QuestionState, event: on.CompanyWanted, _: float) -> Stepped | Refused:
    if event.fence != state.fence:
        return Refused(ErrorCode.STALE_FENCE)
    if event.part not in GOES_ON:
        return Refused(ErrorCode.MALFORMED)
    if any(offer.part is event.part for offer in state.offers):
        return Refused(ErrorCode.ALREADY_ASKING)
    if not _has_room(state, event.seats):
        return Refused(ErrorCode.TOO_MANY)
    return state, (do.FindCompany(event.part),)


def _company_found(state: QuestionState, event: on.CompanyFound, _: float) -> Stepped:
    """The time starts afresh for whoever is asked to join already. Nobody is told that no watcher
    was found, as nobody asked for one."""
    is_asked = any(offer.part is event.part for offer in state.offers)
    if state.session_id is None or is_asked or not _has_room(state, event.seats):
        return state, ()
    asked = len(event.offers)
    telling = do.TellJoinAsked(state.session_id, event.part, asked, event.until)
    told = (telling,) if event.part in GOES_ON else ()
    if not event.offers:
        return state, told
    wave = state.wave + 1
    after = replace(state, wave=wave, offers=(*state.offers, *event.offers), until=event.until)
    return after, (
        do.MakeOffers(event.offers, wave, event.until),
        do.StartTimer(wave, event.until),
        *told,
    )


def _person_gone(state: QuestionState, event: on.PersonGone, _: float) -> Stepped | Refused:
    if event.fence != state.fence or state.session_id is None:
        return Refused(ErrorCode.STALE_FENCE)
    left = tuple(one for one in state.others if one.helper != event.person_id)
    if left == state.others:
        return Refused(ErrorCode.NOT_FOUND)
    return replace(state, others=left), (do.LetGo(state.session_id, event.person_id),)


def _solved(state: QuestionState, event: on.AskerSolved, _: float) -> Stepped | Refused:
    if state.session_id is None:
        return Refused(ErrorCode.SESSION_OVER)
    return replace(state, phase=Phase.SOLVED, offers=()), (
        *_close(state.offers, OfferEnd.WITHDRAWN),
        do.CloseSession(state.session_id, event.thanks, event.fixed_by),
    )


def _open_wave(
    state: QuestionState,
    ring: Ring,
    new: tuple[Offered, ...],
    offers: tuple[Offered, ...],
    until: float,
) -> Stepped:
    wave = state.wave + 1
    making = (do.MakeOffers(new, wave, until),) if new else ()
    after = replace(state, phase=Phase.ASKING, wave=wave, ring=ring, offers=offers, until=until)
    return after, (
        *making,
        do.StartTimer(wave, until),
        _tell_wave(wave, ring, offers, until),
    )


def _has_room(state: QuestionState, seats: int) -> bool:
    """Whether one more may be asked to join: asker, helper, everyone who came, and one for each
    part that somebody is asked for."""
    asked_for = {offer.part for offer in state.offers}
    return 2 + len(state.others) + len(asked_for) < seats


def _tell_given_up(before: QuestionState, after: QuestionState) -> tuple[AnyQuestionCommand, ...]:
    """Tells the session for which parts nobody is asked any longer, and nobody came."""
    asked_for = {offer.part for offer in after.offers}
    given_up = {offer.part for offer in before.offers} - asked_for
    if before.session_id is None:
        return ()
    return tuple(
        do.TellJoinAsked(before.session_id, part, 0, before.until)
        for part in GOES_ON
        if part in given_up
    )


def _tell_wave(wave: int, ring: Ring, offers: tuple[Offered, ...], until: float) -> do.TellWave:
    shared = (why for why in Why if offers and all(why in offer.why for offer in offers))
    return do.TellWave(wave, ring, len(offers), until, tuple(shared))


def _standing(state: QuestionState, now: float) -> tuple[Offered, ...]:
    """The open offers that stand longer than their wave."""
    return tuple(offer for offer in state.offers if offer.until > now)


def _without(offers: tuple[Offered, ...], some: tuple[Offered, ...]) -> tuple[Offered, ...]:
    return tuple(offer for offer in offers if offer not in some)


def _close(offers: tuple[Offered, ...], end: OfferEnd) -> tuple[AnyQuestionCommand, ...]:
    ids = tuple(offer.offer_id for offer in offers)
    return (do.CloseOffers(ids, end),) if ids else ()


def _offer(state: QuestionState, offer_id: OfferId) -> Offered | None:
    return next((offer for offer in state.offers if offer.offer_id == offer_id), None)


_TABLE: dict[tuple[Phase, type], Transition] = {
    (Phase.ASKING, on.QuestionPosted): _posted,
    (Phase.ASKING, on.HelpersFound): _found,
    (Phase.ASKING, on.NobodyThere): _nobody,
    (Phase.ASKING, on.HelperCame): _came,
    (Phase.ASKING, on.WaveEnded): _wave_ended,
    (Phase.ASKING, on.OfferAccepted): _accepted,
    (Phase.ASKING, on.OfferDeclined): _declined,
    (Phase.ASKING, on.Answered): _answered,
    (Phase.ASKING, on.AskerFoundIt): _found_it,
    (Phase.ASKING, on.AskerCancelled): _cancelled,
    (Phase.ASKING, on.AskerLeft): _asker_left,
    (Phase.PARKED, on.HelpersFound): _found,
    (Phase.PARKED, on.NobodyThere): _nobody,
    (Phase.PARKED, on.HelperCame): _came,
    (Phase.PARKED, on.WaveEnded): _wave_ended,
    (Phase.PARKED, on.Answered): _answered,
    (Phase.PARKED, on.AskerFoundIt): _found_it,
    (Phase.PARKED, on.AskerCancelled): _cancelled,
    (Phase.PARKED, on.AskerLeft): _asker_left,
    (Phase.LIVE, on.AskerLeft): _asker_left,
    (Phase.LIVE, on.MessageWritten): _written,
    (Phase.LIVE, on.CompanyWanted): _company_wanted,
    (Phase.LIVE, on.CompanyFound): _company_found,
    (Phase.LIVE, on.WaveEnded): _nobody_joined,
    (Phase.LIVE, on.OfferAccepted): _joined,
    (Phase.LIVE, on.OfferDeclined): _declined_to_join,
    (Phase.LIVE, on.PersonGone): _person_gone,
    (Phase.LIVE, on.HelperGone): _gone,
    (Phase.LIVE, on.AskerSolved): _solved,
}

_NO_SESSION: dict[type, ErrorCode] = {
    on.MessageWritten: ErrorCode.SESSION_OVER,
    on.CompanyWanted: ErrorCode.SESSION_OVER,
    on.PersonGone: ErrorCode.SESSION_OVER,
    on.HelperGone: ErrorCode.SESSION_OVER,
    on.AskerSolved: ErrorCode.SESSION_OVER,
}
_NO_OFFER: dict[type, ErrorCode] = {
    on.OfferAccepted: ErrorCode.OFFER_OVER,
    on.OfferDeclined: ErrorCode.OFFER_OVER,
}
_OVER: dict[type, ErrorCode] = {
    **_NO_SESSION,
    **_NO_OFFER,
    on.Answered: ErrorCode.SESSION_OVER,
    on.AskerFoundIt: ErrorCode.SESSION_OVER,
    on.AskerCancelled: ErrorCode.SESSION_OVER,
}

# Events that are not listed (timers, routing) change nothing and refuse nothing: nobody waits
# for their answer.
_NO_SUCH_STEP: dict[Phase, dict[type, ErrorCode]] = {
    Phase.ASKING: _NO_SESSION,
    Phase.PARKED: {**_NO_SESSION, **_NO_OFFER},
    Phase.LIVE: {
        on.Answered: ErrorCode.ALREADY_TAKEN,
        on.AskerFoundIt: ErrorCode.ALREADY_TAKEN,
        on.AskerCancelled: ErrorCode.ALREADY_TAKEN,
    },
    Phase.SOLVED: _OVER,
    Phase.CANCELLED: _OVER,
}
