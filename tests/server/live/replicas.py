"""Two real servers on a private PostgreSQL and a private Redis, and their people."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from samebox_server.starter import starter_files
from samebox_shared.protocol.acts import PostMessage
from samebox_shared.protocol.events import MessagePosted, MessagesRead, SessionOpened
from samebox_shared.protocol.messages import Done

from tests.server.running import Person, RunningServer, join, running, set_up
from tests.server.scripted import ScriptedAgent


@dataclass
class Replicas:
    """Two servers that share the work, and the owner who joined through the first."""

    first: RunningServer
    second: RunningServer
    owner: Person
    has_bus: bool

    def mend(self) -> None:
        """Both run again after what a test did."""
        for server in (self.first, self.second):
            if server.process is None:
                server.start()

    def invite(self, name: str, *roles: str, at: RunningServer | None = None) -> Person:
        """Somebody who joined through one server and now uses `at`."""
        person = join(self.first, self.owner.invite(name, *roles))
        return using(person, at or self.first)


def using(person: Person, server: RunningServer) -> Person:
    """The same person with the same device, at another server."""
    return Person(server, person.joined, person.token)


@contextmanager
def two_servers(place: Path, database_url: str, **environment: str) -> Iterator[Replicas]:
    """Both from nothing, one after the other."""
    shared = {"SAMEBOX_DATABASE_URL": database_url, "SAMEBOX_REPLICAS": "2"} | environment
    with ExitStack() as stack:
        servers = []
        for name in ("first", "second"):
            (place / name).mkdir()
            servers.append(stack.enter_context(running(place / name / "data", **shared)))
        has_bus = "SAMEBOX_REDIS_URL" in shared
        yield Replicas(servers[0], servers[1], set_up(servers[0]), has_bus)


def take_in_article(server: RunningServer, name: str) -> None:
    """As `samebox-server articles import` does it."""
    key = json.loads((server.data / "local.json").read_bytes())["key"]
    text = next(iter(starter_files().values()))
    renamed = re.sub("^id: .*$", f"id: {name}", text, flags=re.MULTILINE)
    body = {"files": [{"source": "a.md", "text": renamed}]}
    answer = server.post("/api/local/articles/import", body, key)
    assert answer.json()["verdicts"][0]["intake"] == "new", answer.text


def delivered(message: MessagePosted) -> Callable[[MessagesRead], bool]:
    """Whether this tells that the message has arrived."""
    return lambda read: read.delivered == message.message_id


def says(text: str) -> Callable[[MessagePosted], bool]:
    """Whether a message has these words."""
    return lambda message: message.text == text


async def say(agent: ScriptedAgent, opened: SessionOpened, text: str) -> None:
    """Once, whatever happens to the connection meanwhile."""
    post = PostMessage(session_id=opened.session_id, fence=opened.fence, text=text)
    assert isinstance(await agent.do_surely(post), Done)


EACH = 30
"""Messages between one fault and the next."""


class Talk:
    """Two people who talk without pause, until they are told to stop."""

    def __init__(self, opened: SessionOpened, *agents: ScriptedAgent) -> None:
        self._opened = opened
        self._agents = agents
        self.is_over = False
        self.said: dict[ScriptedAgent, list[str]] = {agent: [] for agent in agents}
        self._talking = [asyncio.create_task(self._go_on(agent)) for agent in agents]

    async def more(self) -> None:
        """Waits until enough was said on both sides."""
        enough = self.count + EACH
        async with asyncio.timeout(60):
            while self.count < enough:
                for failed in (task for task in self._talking if task.done()):
                    await failed
                await asyncio.sleep(0.01)

    async def end(self) -> None:
        """Both stop talking; then: nothing is lost, nothing came twice, and everyone saw the same
        in the same order."""
        self.is_over = True
        await asyncio.gather(*self._talking)
        for agent in self._agents:
            await agent.reconnect()
            await self._has_everything(agent)
        heard = [[message.text for message in one.all(MessagePosted)] for one in self._agents]
        assert heard[0] == heard[1]
        for agent in self._agents:
            name = agent.person.joined.person.name
            assert [text for text in heard[0] if text.startswith(name)] == self.said[agent]

    async def _go_on(self, agent: ScriptedAgent) -> None:
        """This one says one thing after the other."""
        while not self.is_over:
            text = f"{agent.person.joined.person.name} {len(self.said[agent])}"
            await say(agent, self._opened, text)
            self.said[agent].append(text)

    @property
    def count(self) -> int:
        return sum(len(texts) for texts in self.said.values())

    async def _has_everything(self, agent: ScriptedAgent) -> None:
        await agent.until(lambda: len(agent.all(MessagePosted)) >= self.count or None)
