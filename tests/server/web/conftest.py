"""One server for each file of web tests."""

from collections.abc import Iterator

import pytest

from tests.server.running import Person, RunningServer, running, set_up


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running(tmp_path_factory.mktemp("web") / "data", SAMEBOX_FAILED_JOINS="5") as server:
        yield server


@pytest.fixture(scope="module")
def owner(server: RunningServer) -> Person:
    return set_up(server)
