"""Frames as RFC 6455 draws them, in one piece and in many."""

import pytest

from benchmarks.load.websocket import PING, TEXT, frames, masked, upgrade


def from_server(payload: bytes, opcode: int = TEXT) -> bytes:
    size = len(payload)
    if size < 126:
        return bytes([0x80 | opcode, size]) + payload
    if size < 65536:
        return bytes([0x80 | opcode, 126]) + size.to_bytes(2) + payload
    return bytes([0x80 | opcode, 127]) + size.to_bytes(8) + payload


def test_the_frame_of_the_standards_example_is_read() -> None:
    (frame,) = frames(bytes([0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]))
    assert (frame.opcode, frame.payload, frame.end) == (TEXT, b"Hello", 7)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
def test_every_length_is_read_and_a_missing_byte_waits(size: int) -> None:
    whole = from_server(b"x" * size)
    (frame,) = frames(whole)
    assert (len(frame.payload), frame.end) == (size, len(whole))
    assert list(frames(whole[:-1])) == []


def test_two_frames_and_a_half_are_two() -> None:
    data = from_server(b"one") + from_server(b"two", PING) + from_server(b"three")[:4]
    found = list(frames(data))
    assert [(frame.opcode, frame.payload) for frame in found] == [(TEXT, b"one"), (PING, b"two")]
    assert data[found[-1].end :] == from_server(b"three")[:4]


def test_a_client_masks_with_a_key_that_changes_nothing() -> None:
    assert masked(b"Hello") == bytes([0x81, 0x85, 0, 0, 0, 0]) + b"Hello"
    assert masked(b"x" * 126)[:4] == bytes([0x81, 0xFE, 0, 126])


def test_more_than_a_frame_may_hold_is_an_error() -> None:
    with pytest.raises(ValueError, match="65536 bytes"):
        masked(b"x" * 65_536)


def test_the_request_names_the_path_and_proves_who_asks() -> None:
    lines = upgrade("/agent", 8470, "Bearer secret").decode().split("\r\n")
    assert lines[0] == "GET /agent HTTP/1.1"
    assert "Authorization: Bearer secret" in lines
    assert lines[-2:] == ["", ""]
