"""One server for each file of live tests: a start costs more than all the tests of a file."""

from collections.abc import Callable, Iterator

import pytest

from tests.server.running import Person, RunningServer, join, running, set_up

Invite = Callable[..., Person]


@pytest.fixture(scope="module", params=["lean", "plain"])
def socket_kind(request: pytest.FixtureRequest) -> str:
    """Both ways to serve an agent; a file that asks for this runs once for each."""
    kind: str = request.param
    return kind


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running(tmp_path_factory.mktemp("server") / "data") as server:
        yield server


@pytest.fixture(scope="module")
def owner(server: RunningServer) -> Person:
    return set_up(server)


@pytest.fixture(scope="module")
def invited(owner: Person) -> Invite:
    """Invites somebody by name and roles, and joins."""

    def invite(name: str, *roles: str) -> Person:
        return join(owner.server, owner.invite(name, *roles))

    return invite
