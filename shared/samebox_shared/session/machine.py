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
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import OfferEnd
from samebox_shared.session import commands as do
from samebox_shared.session import events as on
from samebox_shared.session.commands import AnyQuestionCommand
from samebox_shared.session.events import AnyQuestionEvent, Offered


class Phase(StrEnum):
    """Where a question stands. A released session is a question that is asking again."""

    ASKING = "asking"
    LIVE = "live"
    SOLVED = "solved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class QuestionState:
    """All that decides what may happen next. `offers` are the open ones; the session is the
    live one, with `won` the offer that opened it."""

    phase: Phase = Phase.ASKING
    fence: int = 0
    wave: int = 0
    ring: Ring = Ring.SAME_MODEL
    offers: tuple[Offered, ...] = ()
    session_id: SessionId | None = None
    won: Offered | None = None


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


def _found(state: QuestionState, event: on.HelpersFound, _: float) -> Stepped:
    """A new wave replaces the one before: whoever has not answered is not asked any longer."""
    closing = _close(state.offers, OfferEnd.EXPIRED)
    after, opening = _open_wave(state, event.ring, event.offers, event.offers, event.until)
    return after, (*closing, *opening)


def _came(state: QuestionState, event: on.HelperCame, _: float) -> Stepped:
    """Ask one more person. The wave starts afresh, so that they have the full time to answer."""
    offers = (*state.offers, event.offer)
    ring = state.ring if state.offers else event.offer.ring
    return _open_wave(state, ring, (event.offer,), offers, event.until)


def _wave_ended(state: QuestionState, event: on.WaveEnded, _: float) -> Stepped:
    if event.wave != state.wave:
        return state, ()
    return state, (do.FindHelpers(),)


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
    )


def _declined(state: QuestionState, event: on.OfferDeclined, _: float) -> Stepped | Refused:
    """When everybody said Not now the next ring is asked at once; the last ring waits."""
    offer = _offer(state, event.offer_id)
    if offer is None:
        return Refused(ErrorCode.OFFER_OVER)
    left = tuple(other for other in state.offers if other is not offer)
    is_over = not left and state.ring is not Ring.IT
    closing = _close((offer,), event.end)
    return replace(state, offers=left), (*closing, *((do.FindHelpers(),) if is_over else ()))


def _cancelled(state: QuestionState, _: on.AskerCancelled, __: float) -> Stepped:
    closing = _close(state.offers, OfferEnd.WITHDRAWN)
    return replace(state, phase=Phase.CANCELLED, offers=()), (*closing, do.TellCancelled())


def _written(state: QuestionState, event: on.MessageWritten, _: float) -> Stepped | Refused:
    if event.fence != state.fence:
        return Refused(ErrorCode.STALE_FENCE)
    return state, (do.RecordMessage(),)


def _gone(state: QuestionState, event: on.HelperGone, _: float) -> Stepped | Refused:
    if event.fence != state.fence or state.session_id is None:
        return Refused(ErrorCode.STALE_FENCE)
    after = replace(state, phase=Phase.ASKING, fence=state.fence + 1, session_id=None, won=None)
    return after, (do.ReleaseSession(state.session_id, event.reason), do.FindHelpers())


def _solved(state: QuestionState, event: on.AskerSolved, _: float) -> Stepped | Refused:
    if state.session_id is None:
        return Refused(ErrorCode.SESSION_OVER)
    return replace(state, phase=Phase.SOLVED), (
        do.CloseSession(state.session_id, event.thanks, event.fixed_by),
        do.WriteDraft(state.session_id),
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
    return replace(state, wave=wave, ring=ring, offers=offers), (
        *making,
        do.StartTimer(wave, until),
        do.TellWave(wave, ring, len(offers), until),
    )


def _close(offers: tuple[Offered, ...], end: OfferEnd) -> tuple[AnyQuestionCommand, ...]:
    ids = tuple(offer.offer_id for offer in offers)
    return (do.CloseOffers(ids, end),) if ids else ()


def _offer(state: QuestionState, offer_id: OfferId) -> Offered | None:
    return next((offer for offer in state.offers if offer.offer_id == offer_id), None)


_TABLE: dict[tuple[Phase, type], Transition] = {
    (Phase.ASKING, on.QuestionPosted): _posted,
    (Phase.ASKING, on.HelpersFound): _found,
    (Phase.ASKING, on.HelperCame): _came,
    (Phase.ASKING, on.WaveEnded): _wave_ended,
    (Phase.ASKING, on.OfferAccepted): _accepted,
    (Phase.ASKING, on.OfferDeclined): _declined,
    (Phase.ASKING, on.AskerCancelled): _cancelled,
    (Phase.LIVE, on.MessageWritten): _written,
    (Phase.LIVE, on.HelperGone): _gone,
    (Phase.LIVE, on.AskerSolved): _solved,
}

_OVER: dict[type, ErrorCode] = {
    on.OfferAccepted: ErrorCode.OFFER_OVER,
    on.OfferDeclined: ErrorCode.OFFER_OVER,
    on.MessageWritten: ErrorCode.SESSION_OVER,
    on.HelperGone: ErrorCode.SESSION_OVER,
    on.AskerSolved: ErrorCode.SESSION_OVER,
    on.AskerCancelled: ErrorCode.SESSION_OVER,
}

# Events that are not listed (timers, routing) change nothing and refuse nothing: nobody waits
# for their answer.
_NO_SUCH_STEP: dict[Phase, dict[type, ErrorCode]] = {
    Phase.ASKING: {
        on.MessageWritten: ErrorCode.SESSION_OVER,
        on.HelperGone: ErrorCode.SESSION_OVER,
        on.AskerSolved: ErrorCode.SESSION_OVER,
    },
    Phase.LIVE: {
        on.OfferAccepted: ErrorCode.ALREADY_TAKEN,
        on.OfferDeclined: ErrorCode.OFFER_OVER,
        on.AskerCancelled: ErrorCode.ALREADY_TAKEN,
    },
    Phase.SOLVED: _OVER,
    Phase.CANCELLED: _OVER,
}
