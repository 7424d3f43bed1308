"""Packets of MQTT 3.1.1, in one piece and in many."""

import pytest

from benchmarks.load.mqtt import PUBACK, field, packet, packets, publish


@pytest.mark.parametrize(
    ("size", "length"),
    [
        (0, b"\x00"),
        (127, b"\x7f"),
        (128, b"\x80\x01"),
        (16_383, b"\xff\x7f"),
        (16_384, b"\x80\x80\x01"),
    ],
)
def test_lengths_are_written_as_in_the_standards_table(size: int, length: bytes) -> None:
    written = packet(PUBACK, b"x" * size)
    assert written[: 1 + len(length)] == b"\x40" + length
    (read,) = packets(written)
    assert (read.kind, len(read.body), read.end) == (PUBACK, size, len(written))
    assert list(packets(written[:-1])) == []


def test_a_publish_carries_topic_number_and_text() -> None:
    (read,) = packets(publish(b"to/7", 258, b"hello"))
    assert read.kind == 0x32
    assert read.body == field(b"to/7") + b"\x01\x02" + b"hello"


def test_what_is_not_whole_is_left() -> None:
    data = packet(PUBACK, b"\x00\x01") + packet(PUBACK, b"\x00\x02")[:3]
    found = list(packets(data))
    assert [each.body for each in found] == [b"\x00\x01"]
    assert data[found[-1].end :] == b"\x40\x02\x00"
