"""Hand-written stand-ins for what the runtime calls."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from samebox_agent.core.events import AgentEvent

T = TypeVar("T", bound=AgentEvent)


class Told:
    """Writes down the events it is told."""

    def __init__(self) -> None:
        self.events: list[AgentEvent] = []

    def __call__(self, event: AgentEvent) -> None:
        self.events.append(event)

    def only(self, kind: type[T]) -> T:
        """The one event, which is of this kind; forgotten afterwards."""
        events, self.events = self.events, []
        assert len(events) == 1, events
        assert isinstance(events[0], kind)
        return events[0]


class Later:
    """Keeps what should happen later, until the test says that it is later."""

    def __init__(self) -> None:
        self.waiting: list[tuple[float, Callable[[], None]]] = []

    def __call__(self, seconds: float, what: Callable[[], None]) -> object:
        self.waiting.append((seconds, what))
        return None

    def comes(self) -> None:
        """Now it is later."""
        waiting, self.waiting = self.waiting, []
        for _, what in waiting:
            what()


class Spawned:
    """Keeps slow work, until the test awaits it."""

    def __init__(self) -> None:
        self.work: list[Coroutine[Any, Any, None]] = []

    def __call__(self, work: Coroutine[Any, Any, None]) -> None:
        self.work.append(work)

    async def finish(self) -> None:
        """Do all of it, and what it brings about."""
        while self.work:
            await self.work.pop(0)
