"""Ours: the agent's protocol over its socket. A message is an act in the pair's live session."""

from dataclasses import dataclass

import msgspec
from samebox_shared.protocol.versions import PROTOCOL

from benchmarks.load import websocket
from benchmarks.load.client import Client, text_of, token_of

AUTHOR_SEES_IT_TOO = "message_posted"


@dataclass(frozen=True)
class Seat:
    """What a seeded device needs to take part; without a session it only listens."""

    token: str
    epoch: str
    acked_seq: int = 0
    session_id: str = ""
    fence: int = 0


class Body(msgspec.Struct, tag_field=None):
    """The parts of an event that are looked at."""

    event: str = ""
    text: str = ""
    txn_id: str = ""
    offer_id: str = ""
    question_id: str = ""
    asked: int = 0


class Heard(msgspec.Struct):
    """The parts of a frame that are looked at."""

    type: str
    seq: int = 0
    txn_id: str = ""
    code: str = ""
    body: Body | None = None


_decoder = msgspec.json.Decoder(Heard)


class SameboxClient(Client):
    """A device that says hello, answers heartbeats, and acknowledges what it received once for
    each read, as the protocol allows."""

    def __init__(self, number: int, port: int, seat: Seat) -> None:
        super().__init__(number)
        self._seat = seat
        self._port = port
        self._has_upgraded = False
        self._acked = seat.acked_seq

    def greet(self) -> None:
        self.write(websocket.upgrade("/agent", self._port, f"Bearer {self._seat.token}"))

    def send(self, token: int) -> None:
        self.act(
            f"{token:032x}",
            {
                "act": "post_message",
                "session_id": self._seat.session_id,
                "fence": self._seat.fence,
                "text": text_of(token),
            },
        )

    def act(self, txn_id: str, act: dict[str, object]) -> None:
        """Ask for an act."""
        self._say({"type": "do", "txn_id": txn_id, "act": act})

    def take(self, data: bytes) -> bytes:
        if not self._has_upgraded:
            head, found, data = data.partition(b"\r\n\r\n")
            if not found:
                return head
            if not head.startswith(b"HTTP/1.1 101"):
                raise ConnectionError(head.partition(b"\r\n")[0].decode())
            self._has_upgraded = True
            self._say_hello()
        end, newest = 0, self._acked
        for frame in websocket.frames(data):
            end = frame.end
            if frame.opcode == websocket.TEXT:
                newest = max(newest, self._on_text(frame.payload))
            elif frame.opcode == websocket.PING:
                self.write(websocket.masked(frame.payload, websocket.PONG))
        if newest > self._acked:
            self._acked = newest
            self._say({"type": "ack", "seq": newest})
        return data[end:]

    def _on_text(self, text: bytes) -> int:
        """Tells what was heard; the number of the feed's entry, 0 for anything else."""
        heard = _decoder.decode(text)
        match heard.type:
            case "event" if heard.body is not None:
                self.on_event(heard.body)
                return heard.seq
            case "done":
                self.ear.on_ack(self, int(heard.txn_id, 16))
            case "refused" | "try_later":
                self.ear.on_refused(self, int(heard.txn_id, 16), heard.code)
            case "articles_changed":
                self.ear.on_notice(self)
            case "welcome":
                self.is_ready()
            case "heartbeat":
                self._say({"type": "ack", "seq": self._acked})
            case _:
                pass
        return 0

    def on_event(self, body: Body) -> None:
        """An entry of the feed."""
        if body.event == AUTHOR_SEES_IT_TOO:
            self.ear.on_received(self, token_of(body.text))

    def _say_hello(self) -> None:
        seat = self._seat
        hello = {"type": "hello", "protocol": PROTOCOL, "agent_version": "0"}
        self._say({**hello, "epoch": seat.epoch, "acked_seq": seat.acked_seq})

    def _say(self, frame: dict[str, object]) -> None:
        self.write(websocket.masked(msgspec.json.encode(frame)))
