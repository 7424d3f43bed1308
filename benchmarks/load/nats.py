"""NATS with JetStream: a message is published into a stream and acknowledged once it is there.

Users listen to their subject, so a message may arrive a moment before it is stored; with a push
consumer for each of 512 users, which would bring it from the stream, nats-server 2.9 fell to a
hundred messages a second, and that would say nothing about it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.load.client import Client, text_of, token_of

STREAM = "CHAT"
TO_ALL = "all"
_CONNECT = b'CONNECT {"verbose":false,"pedantic":false,"headers":true,"no_responders":true}\r\n'
_HEADERS = b"NATS/1.0\r\n%s: %s\r\n\r\n"
_LINE = re.compile(rb"(\w+|[+-]\w+)([^\r]*)\r\n")


@dataclass(frozen=True)
class Told:
    """One whole protocol message and where it ended in the data."""

    verb: bytes
    words: list[bytes]
    payload: bytes
    end: int


def tolds(data: bytes) -> Iterator[Told]:
    """The whole messages at the start of `data`."""
    start = 0
    while (found := _told(data, start)) is not None:
        yield found
        start = found.end


def _told(data: bytes, start: int) -> Told | None:
    line = _LINE.match(data, start)
    if line is None:
        return None
    verb, words, end = line[1], line[2].split(), line.end()
    if verb not in (b"MSG", b"HMSG"):
        return Told(verb, words, line[2].strip(), end)
    size = int(words[-1])
    if len(data) < end + size + 2:
        return None
    return Told(verb, words, data[end : end + size], end + size + 2)


def publish(
    subject: str, reply: str, text: bytes, header: tuple[bytes, bytes] | None = None
) -> bytes:
    """A message whose answer is wanted under `reply`."""
    if header is None:
        return b"PUB %s %s %d\r\n%s\r\n" % (subject.encode(), reply.encode(), len(text), text)
    head = _HEADERS % header
    sizes = (len(head), len(head) + len(text))
    return b"HPUB %s %s %d %d\r\n%s%s\r\n" % (subject.encode(), reply.encode(), *sizes, head, text)


class NatsClient(Client):
    """Subscription 1 brings answers, 2 the user's own messages, 3 what is for all."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self._inbox = f"_answers.{number}"

    def greet(self) -> None:
        lines = [
            f"SUB {self._inbox}.* 1\r\n",
            f"SUB chat.{self.number} 2\r\n",
            f"SUB {TO_ALL} 3\r\n",
        ]
        self.write(_CONNECT + "".join(lines).encode() + b"PING\r\n")

    def send(self, token: int) -> None:
        reply = f"{self._inbox}.{token}"
        self.write(publish(f"chat.{self.partner}", reply, text_of(token).encode()))

    def claim(self, what: str, token: int) -> None:
        """Publish what only the first may: the answer is an acknowledgement or an error."""
        first = (b"Nats-Expected-Last-Subject-Sequence", b"0")
        self.write(publish(f"claim.{what}", f"{self._inbox}.{token}", b"mine", first))

    def say_to_all(self, text: str) -> None:
        """The same for everybody who is subscribed."""
        self.write(publish(TO_ALL, f"{self._inbox}.none", text.encode()))

    def take(self, data: bytes) -> bytes:
        end = 0
        for told in tolds(data):
            end = told.end
            match told.verb:
                case b"MSG" | b"HMSG":
                    self._on_message(told.words, told.payload)
                case b"PING":
                    self.write(b"PONG\r\n")
                case b"PONG":
                    self.is_ready()
                case b"-ERR":
                    raise ConnectionError(told.payload.decode())
                case _:
                    pass
        return data[end:]

    def _on_message(self, words: list[bytes], payload: bytes) -> None:
        match words[1]:
            case b"2":
                self.ear.on_received(self, token_of(payload))
            case b"3":
                self.ear.on_notice(self)
            case _:
                self._on_answer(words[0].rpartition(b".")[2], payload)

    def _on_answer(self, what: bytes, payload: bytes) -> None:
        if what.isdigit():
            if b'"error"' in payload:
                self.ear.on_refused(self, int(what), payload.decode())
            else:
                self.ear.on_ack(self, int(what))
