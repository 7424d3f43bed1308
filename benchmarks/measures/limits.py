"""What nothing on this machine can beat: the loopback, the disk, SQLite without anything around."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

ROUNDS = 300
BLOCK = b"x" * 4096
LINE = b"x" * 300 + b"\n"


async def echo_round_trips() -> list[float]:
    """Milliseconds for a short line to a TCP echo on loopback and back, in one process."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            writer.write(line)
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        writer.write(LINE)
        await reader.readline()
        took.append((time.perf_counter() - began) * 1000)
    writer.close()
    server.close()
    await asyncio.sleep(0.01)  # the echo ends by itself
    return took


def syncs(folder: Path) -> Iterator[float]:
    """Milliseconds to write 4 KiB and have the disk confirm it."""
    file = os.open(folder / "limit.bin", os.O_CREAT | os.O_WRONLY, 0o600)
    sync = getattr(os, "fdatasync", os.fsync)
    try:
        for number in range(ROUNDS):
            began = time.perf_counter()
            os.lseek(file, (number % 64) * len(BLOCK), os.SEEK_SET)
            os.write(file, BLOCK)
            sync(file)
            yield (time.perf_counter() - began) * 1000
    finally:
        os.close(file)


def commits(folder: Path) -> Iterator[float]:
    """Milliseconds to insert a row and commit it with synchronous=FULL, in sqlite3 alone."""
    database = sqlite3.connect(folder / "limit.sqlite3", isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE message (number INTEGER PRIMARY KEY, body BLOB)")
        for _ in range(ROUNDS):
            began = time.perf_counter()
            database.execute("INSERT INTO message (body) VALUES (?)", (LINE,))
            yield (time.perf_counter() - began) * 1000
    finally:
        database.close()
