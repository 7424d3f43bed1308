"""Bytes to frames and back. The only place where JSON is decoded on the socket.

Unknown fields of a frame are dropped so that a newer peer can say more (OP-5); unknown fields of
an act are refused, because an act is what a person does. Sizes are capped before decoding.
"""

import re
from typing import TypeVar

import msgspec

from samebox_shared.protocol.errors import CloseCode, LocalProtocolError, RemoteProtocolError
from samebox_shared.protocol.events import AnyEvent
from samebox_shared.protocol.messages import AgentFrame, ServerFrame

MAX_FRAME = 64 * 1024
"""Bytes of one frame."""
MAX_DEPTH = 20
"""Objects and lists within each other; what we say ourselves stays below ten."""
MAX_TEXT = 8_000
"""Characters of one text a person wrote."""

T = TypeVar("T")

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]')
"""Brackets, and strings, so that those inside strings are not taken for some."""

_encoder = msgspec.json.Encoder()
_agent_frames: msgspec.json.Decoder[AgentFrame] = msgspec.json.Decoder(AgentFrame)
_server_frames: msgspec.json.Decoder[ServerFrame] = msgspec.json.Decoder(ServerFrame)
_events: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


def encode(frame: AgentFrame | ServerFrame) -> bytes:
    """Raises LocalProtocolError when the frame would be larger than the peer accepts."""
    data = _encoder.encode(frame)
    if len(data) > MAX_FRAME:
        raise LocalProtocolError(f"frame of {len(data)} bytes, at most {MAX_FRAME}")
    return data


def decode_agent_frame(data: bytes | str) -> AgentFrame:
    """Raises RemoteProtocolError with the close code the server should use."""
    frame = _decode(_agent_frames, data)
    if _is_too_deep(data):
        raise RemoteProtocolError(f"nested more than {MAX_DEPTH} deep")
    return frame


def decode_server_frame(data: bytes | str) -> ServerFrame:
    """Raises RemoteProtocolError."""
    return _decode(_server_frames, data)


def encode_event(event: AnyEvent) -> bytes:
    """A feed event as it is stored."""
    return _encoder.encode(event)


def decode_event(data: bytes | str) -> AnyEvent:
    """A stored feed event; raises RemoteProtocolError if it is not one of ours."""
    return _decode(_events, data)


def _decode(decoder: "msgspec.json.Decoder[T]", data: bytes | str) -> T:
    if len(data) > MAX_FRAME:
        raise RemoteProtocolError(f"frame of {len(data)} bytes", CloseCode.TOO_LARGE)
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RemoteProtocolError(str(error)) from error


def _is_too_deep(data: bytes | str) -> bool:
    """Looks closely only at what has so many brackets that it may be. `data` is JSON."""
    text = data if isinstance(data, str) else data.decode(errors="replace")
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    depth = deepest = 0
    for bracket in _BRACKETS.finditer(text):
        if bracket[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket[0] in "]}":
            depth -= 1
    return deepest > MAX_DEPTH
