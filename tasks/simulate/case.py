"""What the simulation knows of one question, and the words in which a desk answers."""

from dataclasses import dataclass, field
from typing import Protocol

from samebox_shared.model.devices import Ring

from tasks.simulate.company import Question


@dataclass(slots=True)
class Case:
    """A question on its way. `open` are the people with an offer on the screen; `pending` are
    answers still to come in a round too large to follow one by one."""

    question: Question
    asked: set[int] = field(default_factory=set)
    open: set[int] = field(default_factory=set)
    pending: list[tuple[float, int]] = field(default_factory=list)
    waves: int = 0
    it_rounds: int = 0
    parked: int = 0
    ring: Ring = Ring.SAME_MODEL
    offers: int = 0
    reached_it: bool = False
    is_over: bool = False
    claimed_by: int | None = None
    claimed_at: float = float("inf")
    claimed_ring: Ring | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether nobody helps and it was not given up."""
        return self.claimed_by is None and not self.is_over

    @property
    def wait(self) -> float:
        """Seconds until a human came."""
        return self.claimed_at - self.question.at


@dataclass(frozen=True, slots=True)
class Round:
    """Whom to ask now, how long the offers stand, and when to ask more people."""

    people: list[int]
    ring: Ring
    offer_seconds: float
    next_at: float


@dataclass(frozen=True, slots=True)
class Later:
    """Nobody is there; look again then."""

    at: float


class Desk(Protocol):
    """A way of choosing helpers. It hears everything that happens to people."""

    name: str

    def came(self, number: int) -> None: ...
    def went(self, number: int) -> None: ...
    def wave(self, case: Case, now: float) -> Round | Later: ...
    def sweep(self, number: int, now: float) -> list[tuple[Case, Round]]: ...
    def asked(self, number: int, now: float) -> None: ...
    def declined(self, number: int, now: float) -> None: ...
    def missed(self, number: int) -> None: ...
    def passed_over(self, number: int) -> None: ...
    def opened(self, number: int, case: Case) -> None: ...
    def closed(self, number: int, case: Case, now: float) -> None: ...
    def minutes(self, number: int, now: float) -> float: ...
