"""Who may call what: one table, and the one way from a request to a person."""

from functools import partial

from samebox_shared.model.people import Role
from samebox_shared.protocol.errors import ErrorCode

from samebox_server.store import devices, people
from samebox_server.store.database import Connection
from samebox_server.store.devices import Caller
from samebox_server.web.refusals import AnyRequest
from samebox_server.web.site import Site

EVERYONE: frozenset[Role] = frozenset()
"""Everyone who has joined, whatever their roles."""

MAY: dict[str, frozenset[Role]] = {
    "read_articles": EVERYONE,
    "read_board": EVERYONE,
    "open_portal": EVERYONE,
    "invite": frozenset({Role.OWNER, Role.IT}),
    "invite_it": frozenset({Role.OWNER}),
}


async def admit(site: Site, request: AnyRequest, what: str) -> Caller | ErrorCode:
    """Whoever calls, if they may do `what`."""
    authorization = request.headers.get("authorization", "")
    return await site.database.read(partial(_admit, authorization=authorization, allowed=MAY[what]))


def _admit(
    connection: Connection, authorization: str, allowed: frozenset[Role]
) -> Caller | ErrorCode:
    caller = devices.identify(connection, authorization)
    if caller is None:
        return ErrorCode.NOT_SIGNED_IN
    if allowed and allowed.isdisjoint(people.roles(connection, caller.person_id)):
        return ErrorCode.NOT_ALLOWED
    return caller
