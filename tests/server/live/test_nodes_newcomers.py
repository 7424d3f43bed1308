"""People who came to another server are not forgotten when the database fails at that moment."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from samebox_server.live.bus import Bus
from samebox_server.live.clock import ServerClock
from samebox_server.live.nodes import Nodes, Shell
from samebox_server.live.peers import Peers
from samebox_server.live.presence import Presence
from samebox_server.live.roster import Roster
from samebox_server.store.database import Database
from samebox_server.store.nodes import Berth
from samebox_server.store.writer import StorageFailed
from samebox_shared.model.ids import DeviceId, PersonId
from samebox_shared.protocol.errors import ErrorCode

HUGO = PersonId("hugo")


class Busy:
    """A database, a bus and a shell: somebody asks, and the first write fails."""

    node_id = "here"

    def __init__(self) -> None:
        self.written = 0

    async def read(self, query: Callable[..., Any]) -> list[str]:
        return ["question"]

    async def write(self, unit: Callable[..., Any]) -> None:
        self.written += 1
        if self.written == 1:
            raise StorageFailed(ErrorCode.BUSY, "locked")


async def test_whoever_came_is_looked_at_again_after_a_failure() -> None:
    busy, presence = Busy(), Presence(0.0)
    shell = Shell(busy.write, cast(Any, None), cast(Any, None))
    nodes = Nodes(
        cast(Database, busy),
        ServerClock(),
        cast(Bus, busy),
        15.0,
        shell,
        cast(Peers, None),
        Roster(),
        presence,
    )
    presence.came_elsewhere(Berth(DeviceId("d1"), HUGO, "there", False, 0.0))
    with pytest.raises(StorageFailed):
        await nodes._ask_newcomers()
    await nodes._ask_newcomers()
    await nodes._ask_newcomers()
    assert busy.written == 2
