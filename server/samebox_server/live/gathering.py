"""Answers many questions with one read or write: those that come while the last one runs go
together into the next. It is what makes ten thousand laptops coming back at once cheap."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Generic, TypeVar

GATHER_SECONDS = 0.01
"""How long a question waits for company. A read costs the same for one and for many, and nobody
who has just connected notices a hundredth of a second."""
MOST = 200
"""Questions answered at once; more would keep the loop from everything else for too long."""

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

_log = logging.getLogger(__name__)


class Gathering(Generic[Asked, Answer]):
    """`answer_all` gets what was asked, in order, and gives as many answers."""

    def __init__(
        self,
        answer_all: Callable[[list[Asked]], Awaitable[Sequence[Answer]]],
        spawn: Callable[[Coroutine[Any, Any, None]], None],
        gather_seconds: float = GATHER_SECONDS,
    ) -> None:
        self._gather_seconds = gather_seconds
        self._answer_all = answer_all
        self._spawn = spawn
        self._waiting: list[tuple[Asked, Callable[[Answer | Exception], None]]] = []
        self._is_running = False

    @property
    def is_idle(self) -> bool:
        """Whether everything that was asked is answered."""
        return not self._is_running and not self._waiting

    def ask(self, asked: Asked, then: Callable[[Answer | Exception], None]) -> None:
        """`then` gets the answer, or why there is none."""
        self._waiting.append((asked, then))
        if not self._is_running:
            self._is_running = True
            self._spawn(self._run())

    async def _run(self) -> None:
        try:
            while self._waiting:
                if len(self._waiting) < MOST:
                    await asyncio.sleep(self._gather_seconds)
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                answers = await self._answers([asked for asked, _ in batch])
                for (_, then), answer in zip(batch, answers, strict=True):
                    _tell(then, answer)
        finally:
            self._is_running = False

    async def _answers(self, asked: list[Asked]) -> Sequence[Answer | Exception]:
        try:
            return await self._answer_all(asked)
        except Exception as error:
            _log.exception("%d questions of sockets could not be answered", len(asked))
            return [error] * len(asked)


def _tell(then: Callable[[Answer | Exception], None], answer: Answer | Exception) -> None:
    """One that fails must not take the others' answers."""
    try:
        then(answer)
    except Exception:
        _log.exception("an answer for a socket could not be used")
