"""People on the wire: the agent's own protocol over its own sockets, without a laptop around it."""

import asyncio
import secrets
import urllib.request
from collections.abc import Callable
from typing import TypeVar

import msgspec
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import TxnId, new_id
from samebox_shared.protocol.acts import AnyAct
from samebox_shared.protocol.codec import decode_server_frame, encode
from samebox_shared.protocol.events import AnyEvent
from samebox_shared.protocol.http import Invite, InviteRequest, JoinRequest
from samebox_shared.protocol.messages import (
    Ack,
    AgentFrame,
    Do,
    Done,
    Event,
    Heartbeat,
    Hello,
    Refused,
    ServerFrame,
    TryLater,
    Welcome,
)
from samebox_shared.protocol.versions import PROTOCOL
from websockets.asyncio.client import ClientConnection, connect

from tasks.stage.server import Server

DEADLINE = 20.0

E = TypeVar("E", bound=AnyEvent)
Seen = Callable[[AnyEvent], None]


class Member:
    """Somebody who joined, with an open socket. Everything received is acknowledged at once."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.on_event: Seen = lambda _: None
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._answers: dict[TxnId, asyncio.Future[None]] = {}
        self._waiting: list[tuple[type[AnyEvent], asyncio.Future[AnyEvent]]] = []
        self._welcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def connect(self, url: str) -> None:
        """Open the socket as the agent does, and come as far as the welcome."""
        self._socket = await connect(
            url.replace("http", "ws", 1) + "/agent",
            additional_headers={"Authorization": f"Bearer {self.token}"},
            compression=None,
            ping_interval=None,
            proxy=None,
        )
        self._reader = asyncio.create_task(self._read(self._socket))
        await self._send(Hello(protocol=PROTOCOL, agent_version="0", epoch="", acked_seq=0))
        await asyncio.wait_for(asyncio.shield(self._welcome), DEADLINE)

    async def do(self, act: AnyAct) -> None:
        """Send an act and wait until it is committed. Raises RuntimeError when it was refused."""
        txn_id = new_id()
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._answers[TxnId(txn_id)] = done
        await self._send(Do(txn_id=TxnId(txn_id), act=act))
        await done

    def coming(self, kind: type[E]) -> "asyncio.Future[E]":
        """The next event of this kind, from now on."""
        future: asyncio.Future[E] = asyncio.get_running_loop().create_future()
        self._waiting.append((kind, future))  # type: ignore[arg-type]
        return future

    async def close(self) -> None:
        """Leave."""
        if self._socket is not None:
            await self._socket.close()
        if self._reader is not None:
            await asyncio.gather(self._reader, return_exceptions=True)

    async def _send(self, frame: AgentFrame) -> None:
        if self._socket is None:
            raise RuntimeError("not connected")
        await self._socket.send(encode(frame), text=True)

    async def _read(self, socket: ClientConnection) -> None:
        async for data in socket:
            await self._on_frame(decode_server_frame(data))

    async def _on_frame(self, frame: ServerFrame) -> None:
        match frame:
            case Event(body=body, seq=seq):
                self._on_event(body)
                await self._send(Ack(seq=seq))
            case Heartbeat(head_seq=seq):
                await self._send(Ack(seq=seq))
            case Done(txn_id=txn_id):
                self._answers.pop(txn_id).set_result(None)
            case Refused() | TryLater():
                refusal = RuntimeError(f"refused: {frame.code}")
                self._answers.pop(frame.txn_id).set_exception(refusal)
            case Welcome():
                self._welcome.set_result(None)
            case _:
                return

    def _on_event(self, body: AnyEvent) -> None:
        self.on_event(body)
        for waiting in [each for each in self._waiting if isinstance(body, each[0])]:
            self._waiting.remove(waiting)
            if not waiting[1].done():
                waiting[1].set_result(body)


def join(server: Server, invite: str, device_type: DeviceType) -> Member:
    """Use an invite link. The caller runs in the loop that the member will live in."""
    token = secrets.token_urlsafe(32)
    request = JoinRequest(
        code=invite.rsplit("/", 1)[1], device_token=token, device_type=device_type
    )
    server.request("POST", "/api/join", msgspec.json.encode(request))
    return Member(token)


def invited(server: Server, owner: Member, name: str) -> str:
    """An invite made by the owner over the API: quicker than the command for many."""
    body = msgspec.json.encode(InviteRequest(name=name))
    asked = urllib.request.Request(
        f"{server.url}/api/invites",
        data=body,
        headers={"Authorization": f"Bearer {owner.token}", "Content-Type": "application/json"},
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(asked, timeout=DEADLINE) as answer:
        return msgspec.json.decode(answer.read(), type=Invite).link
