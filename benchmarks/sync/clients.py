"""Clients without a screen and a disk: they fetch and check articles as the agent does."""

import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
from samebox_agent.net.bundles import Opened, open_bundle
from samebox_shared.protocol import bundles
from samebox_shared.protocol.bundles import Asked
from samebox_shared.protocol.messages import ArticlesChanged, ServerFrame

from benchmarks.company.member import Member
from tasks.stage.server import Server

PATIENCE = 120.0


@dataclass
class Light:
    """A client without a screen and a disk: it fetches and checks what it is told of, as the agent
    does, and says when it had it."""

    member: Member
    key: str
    copy: Asked = field(default_factory=Asked)
    bytes_got: int = 0
    bytes_unpacked: int = 0

    def fetch(self, server: Server) -> list[Opened]:
        """All pages that are new to it."""
        found = []
        while True:
            opened = self._page(server)
            found.append(opened)
            head = opened.head
            self.copy = Asked(after=opened.page.head, scope=head.scope, epoch=head.epoch)
            if not opened.page.more:
                return found

    def _page(self, server: Server) -> Opened:
        bundle = bundle_of(server, self.member.token, self.copy)
        self.bytes_got += len(bundle)
        self.bytes_unpacked += len(bundles.opened(bundles.parted(bundle)[1])[1])
        opened = open_bundle(bundle, self.key, self.copy)
        if not isinstance(opened, Opened):
            raise ConnectionError(opened)
        return opened


class Listening(Member):
    """A member who is told of news."""

    on_news: Callable[[], None] = staticmethod(lambda: None)

    async def _on_frame(self, frame: ServerFrame) -> None:
        if isinstance(frame, ArticlesChanged):
            self.on_news()
        await super()._on_frame(frame)


def bundle_of(server: Server, token: str, asked: Asked) -> bytes:
    """One page as it comes."""
    query = urllib.parse.urlencode(msgspec.structs.asdict(asked))
    wanted = urllib.request.Request(
        f"{server.url}/api/articles?{query}", headers={"Authorization": f"Bearer {token}"}
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(wanted, timeout=PATIENCE) as answer:
        found: bytes = answer.read()
        return found
