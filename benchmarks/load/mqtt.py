"""MQTT 3.1.1 with quality of service 1: kept sessions, acknowledged both ways."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.load.client import Client, text_of, token_of

CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK = 0x10, 0x20, 0x30, 0x40, 0x82, 0x90
AT_LEAST_ONCE = 0x02
TO_ALL = b"all"
_NO_KEEP_ALIVE = 0
_LEVEL_3_1_1 = b"\x00\x04MQTT\x04"
_PACKETS = 65_535


@dataclass(frozen=True)
class Packet:
    """One whole packet and where it ended in the data."""

    kind: int
    body: bytes
    end: int


def packet(kind: int, body: bytes) -> bytes:
    """The bytes of one packet."""
    size, length = len(body), bytearray()
    while True:
        size, low = divmod(size, 128)
        length.append(low | (0x80 if size else 0))
        if not size:
            return bytes([kind]) + bytes(length) + body


def field(text: bytes) -> bytes:
    """A text with its length before it."""
    return struct.pack("!H", len(text)) + text


def publish(topic: bytes, number: int, text: bytes) -> bytes:
    """A message that the server has to acknowledge under this number."""
    return packet(PUBLISH | AT_LEAST_ONCE, field(topic) + struct.pack("!H", number) + text)


def packets(data: bytes) -> Iterator[Packet]:
    """The whole packets at the start of `data`."""
    start = 0
    while (found := _packet(data, start)) is not None:
        yield found
        start = found.end


def _packet(data: bytes, start: int) -> Packet | None:
    size, at = 0, start + 1
    while True:
        if at >= len(data):
            return None
        size |= (data[at] & 0x7F) << 7 * (at - start - 1)
        at += 1
        if not data[at - 1] & 0x80:
            break
    if len(data) < at + size:
        return None
    return Packet(data[start], data[at : at + size], at + size)


class MqttClient(Client):
    """Listens on its own topic and on the one for all; a kept session, so both are stored."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self._sent: dict[int, int] = {}
        self._packet = 0

    def greet(self) -> None:
        rest = struct.pack("!BH", 0x00, _NO_KEEP_ALIVE) + field(b"user%d" % self.number)
        self.write(packet(CONNECT, _LEVEL_3_1_1 + rest))

    def send(self, token: int) -> None:
        self._packet = self._packet % _PACKETS + 1
        self._sent[self._packet] = token
        self.write(publish(b"to/%d" % self.partner, self._packet, text_of(token).encode()))

    def say_to_all(self, text: str) -> None:
        """The same for everybody, to be acknowledged by each."""
        self._packet = self._packet % _PACKETS + 1
        self.write(publish(TO_ALL, self._packet, text.encode()))

    def take(self, data: bytes) -> bytes:
        end = 0
        for each in packets(data):
            end = each.end
            match each.kind & 0xF0:
                case 0x30:
                    self._on_publish(each)
                case 0x40:
                    token = self._sent.pop(int.from_bytes(each.body[:2]), -1)
                    self.ear.on_ack(self, token)
                case 0x20:
                    self._on_connected(each.body)
                case 0x90:
                    self.is_ready()
                case _:
                    pass
        return data[end:]

    def _on_connected(self, body: bytes) -> None:
        if body[1] != 0:
            raise ConnectionError(f"the broker refused with {body[1]}")
        topics = field(b"to/%d" % self.number) + b"\x01" + field(TO_ALL) + b"\x01"
        self.write(packet(SUBSCRIBE, b"\x00\x01" + topics))

    def _on_publish(self, each: Packet) -> None:
        body = each.body
        after = 2 + int.from_bytes(body[:2])
        topic, text = body[2:after], body[after:]
        if each.kind & 0x06:
            self.write(packet(PUBACK, text[:2]))
            text = text[2:]
        if topic == TO_ALL:
            self.ear.on_notice(self)
        else:
            self.ear.on_received(self, token_of(text))
