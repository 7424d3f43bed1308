"""A real server for each file, an office of real agents for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tasks.stage.server import Server

from tests.end_to_end.office import Office

ORGANISATION = "Harbour & Vine"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server") / "data") as server:
        server.set_up(ORGANISATION, "Imran Aziz")
        yield server


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """One that a test may stop and kill."""
    with Server(tmp_path / "server") as server:
        server.set_up(ORGANISATION, "Imran Aziz")
        yield server


@pytest.fixture
def office(server: Server, tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path, server)
    yield office
    office.close()


@pytest.fixture
def own_office(own_server: Server, tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path, own_server)
    yield office
    office.close()
