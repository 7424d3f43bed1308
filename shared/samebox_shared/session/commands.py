"""What has to be done after a step: the commands `machine.step` gives, as orders."""

from dataclasses import dataclass

from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import OfferId, SessionId
from samebox_shared.protocol.events import OfferEnd, ReleaseReason
from samebox_shared.session.events import Offered


@dataclass(frozen=True)
class FindHelpers:
    """Choose the next wave and come back with `HelpersFound`."""


@dataclass(frozen=True)
class MakeOffers:
    """Ask these people, in this wave."""

    offers: tuple[Offered, ...]
    wave: int
    until: float


@dataclass(frozen=True)
class StartTimer:
    """Come back with `WaveEnded(wave)` at `due`."""

    wave: int
    due: float


@dataclass(frozen=True)
class TellWave:
    """Tell the asker whom we are asking, and why."""

    wave: int
    ring: Ring
    asked: int
    until: float


@dataclass(frozen=True)
class CloseOffers:
    """These offers are over; tell their helpers how."""

    offers: tuple[OfferId, ...]
    end: OfferEnd


@dataclass(frozen=True)
class OpenSession:
    """The claim is won; bring the two together."""

    session_id: SessionId
    won: Offered
    fence: int


@dataclass(frozen=True)
class RecordMessage:
    """Keep what was written and show it to both."""


@dataclass(frozen=True)
class ReleaseSession:
    """The helper is gone; tell both."""

    session_id: SessionId
    reason: ReleaseReason


@dataclass(frozen=True)
class CloseSession:
    """Solved; tell both."""

    session_id: SessionId
    thanks: bool
    fixed_by: str


@dataclass(frozen=True)
class WriteDraft:
    """Make a draft article of what was said."""

    session_id: SessionId


@dataclass(frozen=True)
class TellCancelled:
    """Tell the asker's devices that the question is withdrawn."""


AnyQuestionCommand = (
    FindHelpers
    | MakeOffers
    | StartTimer
    | TellWave
    | CloseOffers
    | OpenSession
    | RecordMessage
    | ReleaseSession
    | CloseSession
    | WriteDraft
    | TellCancelled
)
