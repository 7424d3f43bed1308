"""The process that matches words with articles: begun with the window, ended when nobody types.

What it needs (the encoder, numpy, vectors) is some 75 MB that an idle laptop does not keep. Until
it answers, and where it cannot run, the words alone have answered already (storage/articles.py).
"""

import asyncio
import logging
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any

from samebox_shared.model.articles import AppliesTo, Article
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import ArticleId

from samebox_agent.core.events import AgentEvent, SearchDone
from samebox_agent.matching.dialogue import Answered, Asked, FromAgent, Ready, Shelf, line, to_agent
from samebox_agent.matching.documents import Document

log = logging.getLogger(__name__)

LINGER_SECONDS = 30.0
"""How long after the last key it stays: the next one finds it warm."""
TRIES = 2
"""A damaged index is made again by the second process; what fails again is not tried any more."""
LONGEST_LINE = 1_000_000

Spawn = Callable[[Coroutine[Any, Any, None]], None]
Tell = Callable[[AgentEvent], None]
Later = Callable[[float, Callable[[], None]], asyncio.TimerHandle]


class Matching:
    """Belongs to the engine's thread. `command` starts the process."""

    def __init__(self, command: tuple[str, ...], spawn: Spawn, tell: Tell, later: Later) -> None:
        self._command = command
        self._spawn = spawn
        self._tell = tell
        self._later = later
        self._process: Process | None = None
        self._starting = False
        self._failed = 0
        self._ready = False
        self._unanswered: Asked | None = None
        self._shelf: Mapping[ArticleId, Article] | None = None
        self._waiting: tuple[Asked | None, Mapping[ArticleId, Article]] | None = None
        self._leave: asyncio.TimerHandle | None = None

    def prepare(self, articles: Mapping[ArticleId, Article]) -> None:
        """Somebody may type soon: the first key would wait a fifth of a second for the process."""
        self._begin(None, articles)

    def search(self, text: str, articles: Mapping[ArticleId, Article], here: DeviceType) -> None:
        """Ask; SearchDone answers, unless a newer text was asked for meanwhile."""
        self._begin(Asked(text, (here.system,) if here.system else ()), articles)

    def _begin(self, asked: Asked | None, articles: Mapping[ArticleId, Article]) -> None:
        if self._failed >= TRIES:
            return
        if self._leave is not None:
            self._leave.cancel()
        self._leave = self._later(LINGER_SECONDS, self._end_if_idle)
        if self._process is None:
            if asked is not None or self._waiting is None:
                self._waiting = (asked, articles)
            if not self._starting:
                self._starting = True
                self._spawn(self._run())
        else:
            self._ask(asked, articles)

    def _end_if_idle(self) -> None:
        """Not while it still encodes: the next one would begin where this one stopped."""
        if self._ready:
            self.end()
        else:
            self._leave = self._later(LINGER_SECONDS, self._end_if_idle)

    def end(self) -> None:
        """Let the process go: it ends as soon as nobody writes to it."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
        self._process = None

    def _ask(self, asked: Asked | None, articles: Mapping[ArticleId, Article]) -> None:
        if articles is not self._shelf:
            self._shelf, self._ready = articles, False
            self._write(Shelf(tuple(document_of(each) for each in articles.values())))
        if asked is not None:
            self._unanswered = asked
            self._write(asked)

    def _write(self, said: FromAgent) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(line(said))

    async def _run(self) -> None:
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE
            )
        except OSError as error:
            self._failed = TRIES
            log.warning("only words are matched: %s", error)
            return
        finally:
            self._starting = False
        self._process, self._shelf = process, None
        try:
            waiting, self._waiting = self._waiting, None
            if waiting is not None:
                self._ask(*waiting)
            await self._listen(process)
        finally:
            await self._ended(process)

    async def _listen(self, process: Process) -> None:
        assert process.stdout is not None
        async for said in process.stdout:
            match to_agent.decode(said):
                case Answered(text=text, found=found):
                    self._unanswered = None
                    self._tell(SearchDone(text, tuple(ArticleId(each.id) for each in found)))
                case Ready():
                    self._ready = True
                    if self._unanswered is not None:
                        self._write(self._unanswered)

    async def _ended(self, process: Process) -> None:
        """Also when the agent ends: no process outlives it."""
        if self._process is process:
            self._process = None
        self._ready = True
        if process.stdin is not None:
            process.stdin.close()
        code = await process.wait()
        if code:
            self._failed += 1
            log.warning("the process that matches ended with %d", code)


def document_of(article: Article) -> Document:
    """An article as it is looked for: its symptoms are earlier questions."""
    return Document(
        id=article.article_id,
        title=article.title,
        body=article.summary,
        fix=" ".join(step.text for step in article.steps),
        examples=article.symptoms,
        applies_to=tuple(dict.fromkeys(_for_whom(each) for each in article.applies_to)),
        area=article.topic,
    )


def _for_whom(applies_to: AppliesTo) -> str:
    words = (applies_to.system or "", applies_to.vendor, applies_to.family, applies_to.model)
    return " ".join(filter(None, words))


def command_of(own: tuple[str, ...], file: Path) -> tuple[str, ...]:
    """How this program is started to match."""
    return (*own, "--match", str(file))
