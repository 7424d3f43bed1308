"""A second start is heard by the first, and nobody else is."""

import asyncio
import contextlib
import socket
import stat
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from samebox_agent.desktop import hand_over


@contextlib.asynccontextmanager
async def first_copy(file: Path, calls: list[str]) -> AsyncIterator[asyncio.Server]:
    server = await hand_over.listen(file, lambda: calls.append("show"))
    try:
        yield server
    finally:
        server.close()
        await server.wait_closed()


async def test_the_first_copy_is_told(tmp_path: Path) -> None:
    calls: list[str] = []
    async with first_copy(tmp_path / "hand-over", calls):
        for _ in range(2):
            assert await asyncio.to_thread(hand_over.call, tmp_path / "hand-over")
    assert calls == ["show", "show"]


async def test_who_does_not_know_the_word_is_not_heard(tmp_path: Path) -> None:
    calls: list[str] = []
    file = tmp_path / "hand-over"
    async with first_copy(file, calls):
        port = int(file.read_bytes().split()[0])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"0" * 32)
        assert await reader.read() == b""
        writer.close()
    assert calls == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
async def test_only_its_owner_can_read_the_word(tmp_path: Path) -> None:
    async with first_copy(tmp_path / "hand-over", []):
        assert stat.S_IMODE((tmp_path / "hand-over").stat().st_mode) == 0o600


def test_without_a_first_copy_the_second_gives_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_over, "PATIENCE_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    (tmp_path / "hand-over").write_bytes(b"%d %s" % (port, b"0" * 32))
    assert not hand_over.call(tmp_path / "hand-over")
    assert not hand_over.call(tmp_path / "no-such-file")
