"""Bytes to frames and back, for our frames and for anything else somebody sends."""

import json
from contextlib import suppress
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_shared.model.ids import SessionId
from samebox_shared.protocol.acts import AnyAct
from samebox_shared.protocol.codec import (
    MAX_DEPTH,
    MAX_FRAME,
    decode_agent_frame,
    decode_event,
    decode_server_frame,
    encode,
    encode_event,
)
from samebox_shared.protocol.errors import CloseCode, LocalProtocolError, RemoteProtocolError
from samebox_shared.protocol.events import AnyEvent
from samebox_shared.protocol.messages import Ack, AgentFrame, Do, Event, ServerFrame, Typing

GOLDEN = Path(__file__).parents[2] / "golden" / "v1"


def golden(folder: str) -> list[Path]:
    return sorted((GOLDEN / folder).glob("*.json"))


def tag(kind: type) -> str:
    return str(msgspec.inspect.type_info(kind).tag)  # type: ignore[attr-defined]


@pytest.mark.parametrize("file", golden("agent"), ids=lambda file: file.stem)
def test_golden_frames_of_the_agent_are_read_and_written_alike(file: Path) -> None:
    frame = decode_agent_frame(file.read_bytes())
    assert json.loads(encode(frame)) == json.loads(file.read_text())


@pytest.mark.parametrize("file", golden("server"), ids=lambda file: file.stem)
def test_golden_frames_of_the_server_are_read_and_written_alike(file: Path) -> None:
    frame = decode_server_frame(file.read_bytes())
    assert json.loads(encode(frame)) == json.loads(file.read_text())
    if isinstance(frame, Event):
        assert decode_event(encode_event(frame.body)) == frame.body


def test_every_frame_act_and_event_has_a_golden_message() -> None:
    agent = {tag(kind) for kind in get_args(AgentFrame) if kind is not Do}
    acts = {f"do_{tag(kind)}" for kind in get_args(AnyAct)}
    server = {tag(kind) for kind in get_args(ServerFrame) if kind is not Event}
    events = {f"event_{tag(kind)}" for kind in get_args(AnyEvent)}
    assert {file.stem for file in golden("agent")} == agent | acts
    assert {file.stem for file in golden("server")} == server | events


def test_a_newer_peer_may_say_more_in_a_frame_but_not_in_an_act() -> None:
    assert decode_agent_frame('{"type":"ack","seq":1,"mood":"good"}') == Ack(seq=1)
    with pytest.raises(RemoteProtocolError):
        decode_agent_frame(
            '{"type":"do","txn_id":"1","act":{"act":"set_helping","helping":true,"x":1}}'
        )


@pytest.mark.parametrize("data", ["", "{", "[]", "null", b"\xff", '{"type":"welcome"}'])
def test_what_is_no_frame_is_the_other_sides_fault(data: str | bytes) -> None:
    with pytest.raises(RemoteProtocolError) as raised:
        decode_agent_frame(data)
    assert raised.value.close is CloseCode.MALFORMED


def test_a_frame_that_is_too_large_is_not_even_read() -> None:
    with pytest.raises(RemoteProtocolError) as raised:
        decode_server_frame(b" " * (MAX_FRAME + 1))
    assert raised.value.close is CloseCode.TOO_LARGE


def test_we_never_send_a_frame_that_is_too_large() -> None:
    with pytest.raises(LocalProtocolError):
        encode(Typing(session_id=SessionId("x" * MAX_FRAME)))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(ANYTHING | st.fixed_dictionaries({"type": st.sampled_from(["do", "ack"]), "act": ANYTHING}))
def test_whatever_comes_is_a_frame_or_their_fault(value: object) -> None:
    with suppress(RemoteProtocolError):
        decode_agent_frame(json.dumps(value))


def nested(depth: int) -> str:
    """An Ack with something unknown in it; the frame itself is one level."""
    return '{"type":"ack","seq":1,"x":' + "[" * (depth - 1) + "]" * (depth - 1) + "}"


def test_a_frame_that_is_nested_too_deep_is_refused() -> None:
    assert decode_agent_frame(nested(MAX_DEPTH)) == Ack(seq=1)
    for data in (nested(MAX_DEPTH + 1), nested(MAX_DEPTH + 1).encode()):
        with pytest.raises(RemoteProtocolError) as raised:
            decode_agent_frame(data)
        assert raised.value.close is CloseCode.MALFORMED


def test_brackets_in_words_and_side_by_side_are_not_depth() -> None:
    words = json.dumps('[[["\\' * MAX_DEPTH)
    many = ",".join(["[{}]"] * MAX_DEPTH)
    assert decode_agent_frame(f'{{"type":"ack","seq":1,"x":{words},"y":[{many}]}}') == Ack(seq=1)
