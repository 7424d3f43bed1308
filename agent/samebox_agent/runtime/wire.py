"""What the core wants from the server: the one connection, and requests over HTTP."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from samebox_shared.protocol.http import InviteRequest, JoinRequest
from samebox_shared.protocol.messages import Ack, Away, Do, Event, Hello, ServerFrame, Typing
from samebox_shared.protocol.versions import PROTOCOL

from samebox_agent import __version__
from samebox_agent.core import commands as c
from samebox_agent.core.events import (
    AgentEvent,
    BoardArrived,
    BoardMissed,
    FeedGrew,
    InviteFailed,
    InviteMade,
    JoinFailed,
    JoinSucceeded,
    LinkClosed,
    ServerSaid,
    StoreFailed,
    TokenKept,
)
from samebox_agent.core.state import Problem, Trouble
from samebox_agent.net.address import BadAddress, parse_invitation, socket_url
from samebox_agent.net.closing import Closed
from samebox_agent.net.connection import Connection
from samebox_agent.net.failures import Failure
from samebox_agent.net.http import Http
from samebox_agent.runtime import failures, portal, shared_log
from samebox_agent.runtime.article_sync import ArticleSync
from samebox_agent.runtime.memory import Memory, in_core_words
from samebox_agent.storage import settings
from samebox_agent.storage.feed import FeedGap
from samebox_agent.storage.token_store import Found, Kept, NotKept, NoToken, TokenPlace
from samebox_agent.storage.trouble import StorageTrouble

log = logging.getLogger(__name__)

SERVICE = "samebox"
GOODBYE_SECONDS = 1.0

SocketCommand = c.Connect | c.Disconnect | c.SendAct | c.SendTyping | c.SendAway
RequestCommand = c.JoinServer | c.FetchArticles | c.FetchBoard | c.MakeInviteFor | c.OpenPortalAt
Spawn = Callable[[Coroutine[Any, Any, None]], None]
Tell = Callable[[AgentEvent], None]


class Tokens(Protocol):
    """Keeps the device's key; both calls may block for a while."""

    def save(self, service: str, account: str, token: str) -> Kept | NotKept: ...
    def load(self, service: str, account: str) -> Found | NoToken: ...


class Wire:
    """The connection and the requests. Belongs to the engine's thread."""

    def __init__(
        self,
        memory: Memory,
        tokens: Tokens,
        spawn: Spawn,
        tell: Tell,
        *,
        allow_http: bool,
    ) -> None:
        self._memory = memory
        self._tokens = tokens
        self._spawn = spawn
        self._tell = tell
        self._allow_http = allow_http
        self._connection: Connection | None = None
        self._ended = asyncio.Event()
        self._ended.set()
        self._token = ""
        self._grown: list[Event] = []
        self._joining: dict[str, str] = {}
        self._fetching = self._fetch_again = False
        self._articles = ArticleSync(memory, tell)

    def carry_out(self, command: SocketCommand) -> None:
        """A command for the socket. A socket that is gone drops it; the outbox remembers."""
        match command:
            case c.Connect():
                if self._ended.is_set():
                    self._ended.clear()
                    self._spawn(self._connect())
            case c.Disconnect():
                if self._connection is not None:
                    self._connection.close()
            case c.SendAct():
                self._send_act(command)
            case c.SendTyping(session_id=session_id):
                if self._connection is not None:
                    self._connection.send(Typing(session_id=session_id))
            case c.SendAway(away=away):
                if self._connection is not None:
                    self._connection.send(Away(away=away))

    def ask(self, command: RequestCommand) -> None:
        """A command for HTTP; answered by an event."""
        match command:
            case c.JoinServer(invite=invite):
                self._spawn(self._join(invite))
            case c.FetchArticles():
                self._fetch_again = True
                if not self._fetching:
                    self._fetching = True
                    self._spawn(self._fetch_articles())
            case c.FetchBoard():
                self._spawn(self._fetch_board())
            case c.MakeInviteFor(name=name):
                self._spawn(self._make_invite(name))
            case c.OpenPortalAt(to=to):
                self._spawn(portal.open_portal(self._server(), to, self._load_token, self._tell))

    async def goodbye(self) -> None:
        """Close the socket with what is queued, in a moment."""
        if self._connection is None:
            return
        self._connection.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), GOODBYE_SECONDS)

    # The socket.

    async def _connect(self) -> None:
        """Whatever goes wrong, the core hears that the connection ended and can try again."""
        try:
            await self._connect_once()
        except Exception as error:
            log.exception("the connection broke")
            if isinstance(error, StorageTrouble):
                self._tell(StoreFailed(in_core_words(error)))
        finally:
            self._connection = None
            if not self._ended.is_set():
                self._ended.set()
                self._tell(LinkClosed(None))

    async def _connect_once(self) -> None:
        token = await self._load_token()
        if isinstance(token, Trouble):
            self._ended.set()
            self._tell(LinkClosed(token, for_good=True))
            return
        epoch, seq = self._memory.store.feed.position()
        self._connection = Connection(
            socket_url(self._server()),
            token,
            Hello(protocol=PROTOCOL, agent_version=__version__, epoch=epoch, acked_seq=seq),
            on_frame=self._on_frame,
            on_closed=self._on_closed,
        )
        await self._connection.run()

    def _on_frame(self, frame: ServerFrame) -> None:
        """Events are gathered and stored together once the socket has nothing more at hand."""
        if isinstance(frame, Event):
            if not self._grown:
                asyncio.get_running_loop().call_soon(self._store_grown)
            self._grown.append(frame)
            return
        self._store_grown()
        self._tell(ServerSaid(frame))
        if self._connection is not None and isinstance(frame, failures.BEATS):
            self._ack()

    def _store_grown(self) -> None:
        """To the disk first, then to the screen, then acknowledged (DEL-4)."""
        grown, self._grown = self._grown, []
        if not grown:
            return
        try:
            fresh = self._memory.grow(grown)
        except (FeedGap, StorageTrouble) as trouble:
            self._cannot_grow(trouble)
            return
        for event in fresh:
            self._tell(FeedGrew(event))
        self._ack()

    def _cannot_grow(self, trouble: FeedGap | StorageTrouble) -> None:
        """Nothing was acknowledged: coming back asks for the same events again."""
        log.warning("events were not stored: %s", trouble)
        if isinstance(trouble, StorageTrouble):
            self._tell(StoreFailed(in_core_words(trouble)))
        if self._connection is not None:
            self._connection.close()

    def _ack(self) -> None:
        if self._connection is not None:
            self._connection.send(Ack(seq=self._memory.store.feed.position().seq))

    def _on_closed(self, closed: Closed) -> None:
        self._store_grown()
        self._connection = None
        log.info("connection closed: %s %s", closed.why, closed.reason)
        self._ended.set()
        trouble, for_good = failures.of_closed(closed)
        self._tell(LinkClosed(trouble, for_good))

    def _send_act(self, command: c.SendAct) -> None:
        if self._connection is None:
            return
        frame = Do(txn_id=command.txn_id, act=command.act)
        try:
            shared_log.record(self._memory, self._server(), command.act)
        except StorageTrouble as trouble:
            self._tell(StoreFailed(in_core_words(trouble)))
            return
        self._connection.send(frame)

    # Requests.

    async def _join(self, invite: str) -> None:
        found = parse_invitation(invite, allow_http=self._allow_http)
        if isinstance(found, BadAddress):
            self._tell(JoinFailed(failures.of_address(found)))
            return
        http = Http(found.base_url)
        about = await http.about()
        if isinstance(about, Failure):
            self._tell(JoinFailed(failures.of_request(about)))
            return
        token = self._joining.setdefault(found.code, secrets.token_urlsafe(32))
        joined = await http.join(
            JoinRequest(code=found.code, device_token=token, agent_version=__version__)
        )
        if isinstance(joined, Failure):
            self._tell(JoinFailed(failures.of_request(joined)))
            return
        trouble = await self._keep_token(found.base_url, token)
        self._tell(JoinSucceeded(found.base_url, joined))
        self._tell(TokenKept(trouble))

    async def _keep_token(self, server: str, token: str) -> Trouble | None:
        self._token = token
        kept = await asyncio.to_thread(self._tokens.save, SERVICE, server, token)
        match kept:
            case Kept(where=TokenPlace.KEYRING):
                return None
            case Kept():
                return Trouble(Problem.NO_KEY_STORE)
            case NotKept(sentence=sentence):
                return Trouble(Problem.KEY_NOT_KEPT, sentence)

    async def _load_token(self) -> str | Trouble:
        if self._token:
            return self._token
        match await asyncio.to_thread(self._tokens.load, SERVICE, self._server()):
            case Found(token=token):
                self._token = token
                return token
            case NoToken(sentence=sentence):
                return Trouble(Problem.SIGNED_OUT, sentence)

    async def _fetch_articles(self) -> None:
        """A hint that comes meanwhile is heard: it may be about more than the last page."""
        try:
            while self._fetch_again:
                self._fetch_again = False
                await self._articles.run(Http(self._server()), self._token)
        finally:
            self._fetching = False

    async def _make_invite(self, name: str) -> None:
        made = await Http(self._server()).make_invite(self._token, InviteRequest(name=name))
        if isinstance(made, Failure):
            self._tell(InviteFailed(failures.of_request(made)))
        else:
            self._tell(InviteMade(made))

    async def _fetch_board(self) -> None:
        board = await Http(self._server()).board(self._token)
        if isinstance(board, Failure):
            self._tell(BoardMissed(failures.of_request(board)))
        else:
            self._tell(BoardArrived(board))

    def _server(self) -> str:
        return self._memory.store.settings.get(settings.SERVER_ADDRESS)
