"""What the HTTP routes work with, put together in app.py and handed to each."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from samebox_shared.model.ids import PersonId

from samebox_server.live.work import Work
from samebox_server.metrics import Metrics
from samebox_server.settings import Settings
from samebox_server.store.database import Database
from samebox_server.web.portal.pace import Pace
from samebox_server.web.seal import Seal

T = TypeVar("T")


class CarryOut(Protocol):
    """Carries out one unit and sends what it tells to whom it concerns, after the commit."""

    def __call__(self, job: Callable[[Work], T], /) -> Awaitable[T]: ...


@dataclass(frozen=True, kw_only=True)
class Site:
    """`public_url` has no slash at its end; `articles_changed` tells connected laptops; `joined`
    and `dismiss` say that a person is new, or has left."""

    database: Database
    settings: Settings
    public_url: str
    local_key: str
    seal: Seal
    now: Callable[[], float]
    articles_changed: Callable[[int], None]
    joined: Callable[[PersonId], None]
    dismiss: Callable[[PersonId], Awaitable[None]]
    carry_out: CarryOut
    pace: Pace
    metrics: Metrics
    is_going_down: Callable[[], bool]

    def join_link(self, code: str) -> str:
        """The link somebody pastes into Samebox."""
        return f"{self.public_url}/join/{code}"

    def setup_link(self, token: str) -> str:
        """The one-time page of the owner."""
        return f"{self.public_url}/setup/{token}"
