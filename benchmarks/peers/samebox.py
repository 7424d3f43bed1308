"""Ours: the real server program on a seeded database, SQLite with synchronous=FULL or a private
PostgreSQL with its syncs on."""

import contextlib
import itertools
import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.company.articles import publish
from benchmarks.company.seed import Plan, seed
from benchmarks.load.client import NOTICE, Client
from benchmarks.load.cores import SERVER_CORE, on_core
from benchmarks.load.samebox import SameboxClient, Seat
from benchmarks.peers.subject import CannotRun, NotHere, Subject, talkers
from tasks.stage.server import Server, ServerFailed
from tests.support import postgres

QUIET = {
    "SAMEBOX_PORT": "0",
    "SAMEBOX_LOG_LEVEL": "ERROR",
    "SAMEBOX_SILENCE_SECONDS": "86400",
    "SAMEBOX_IT_SECONDS": "86400",
    "SAMEBOX_WAVE_SECONDS": "86400",
}
ARTICLE = """\
---
id: {name}
title: {title}
language: en
topic: network
symptoms:
- Mail does not arrive
risk: 1
version: 1
---

{title}

## Steps

1. Wait for the next notice.

## Undo

There is nothing to undo.
"""
_numbers = itertools.count(1)


class Samebox(Subject):
    """On SQLite. `plan` says who is in the database; without one, pairs and listeners."""

    name = "samebox (SQLite)"
    keeps = "SQLite, synchronous=FULL: every commit is synced, many messages share one"

    def __init__(self, plan: Plan | None = None) -> None:
        self._plan = plan
        self._server: Server | None = None
        self.seats: list[Seat] = []

    @property
    def server(self) -> Server:
        """The process. Raises CannotRun when it is not there."""
        if self._server is None:
            raise CannotRun("the server does not run")
        return self._server

    @property
    def pids(self) -> Sequence[int]:
        return [] if self._server is None else [self._server.pid]

    def start(self, folder: Path, users: int) -> None:
        plan = self._plan or Plan(pairs=talkers(users) // 2, listeners=users - talkers(users))
        url = self.database(folder)
        settings = {**QUIET, **({"SAMEBOX_DATABASE_URL": url} if url else {})}
        self.seats = seed(folder / "data", plan, url)
        self._server = Server(folder / "data", settings)
        self.run()

    def run(self) -> None:
        """Start the program on its core; again after a kill."""
        try:
            with on_core(SERVER_CORE):
                self.server.start()
        except (ServerFailed, OSError) as error:
            raise CannotRun(str(error)) from error
        self.port = self.server.port

    def database(self, folder: Path) -> str:
        """The address of the database; empty for a file in the folder."""
        return ""

    def stop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):  # it is killed then
                server.stop()

    def client(self, number: int) -> Client:
        return SameboxClient(number, self.port, self.seats[number])

    async def say_to_all(self, speaker: Client) -> None:
        """An article is stored, and everybody's laptop is told at once that there is news."""
        name = f"notice-{next(_numbers)}"
        text = ARTICLE.format(name=name, title=f"{NOTICE} {name}")
        await publish(self.server, f"{name}.md", text)


class SameboxOnPostgres(Samebox):
    """On PostgreSQL, which is not bound to the server's core, but counts as part of it."""

    name = "samebox (PostgreSQL)"
    keeps = "PostgreSQL, fsync on: every commit is synced, many messages share one"

    def __init__(self, plan: Plan | None = None) -> None:
        super().__init__(plan)
        self._endings = contextlib.ExitStack()
        self._postgres: list[int] = []

    @property
    def pids(self) -> Sequence[int]:
        return [*super().pids, *self._postgres]

    def database(self, folder: Path) -> str:
        try:
            running = self._endings.enter_context(postgres.private_postgres(durable=True))
        except FileNotFoundError as error:
            raise NotHere(str(error)) from error
        self._postgres = [running.process.pid]
        return running.new_database()

    def stop(self) -> None:
        try:
            super().stop()
        finally:
            self._endings.close()
            self._postgres = []
