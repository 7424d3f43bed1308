"""A real server for each file, an office of real agents for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.stage.server import Server
from tests.end_to_end.office import Office

ORGANISATION = "Harbour & Vine"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from open_server(tmp_path_factory.mktemp("server") / "data")


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """One that a test may stop and kill."""
    yield from open_server(tmp_path / "server")


def open_server(data: Path) -> Iterator[Server]:
    server = Server(data)
    try:
        server.start()
        server.set_up(ORGANISATION, "Imran Aziz")
        yield server
    finally:
        server.kill()


@pytest.fixture
def office(server: Server, tmp_path: Path) -> Iterator[Office]:
    yield from open_office(Office(tmp_path, server))


@pytest.fixture
def own_office(own_server: Server, tmp_path: Path) -> Iterator[Office]:
    yield from open_office(Office(tmp_path, own_server))


def open_office(office: Office) -> Iterator[Office]:
    try:
        yield office
    finally:
        office.close()
