"""`POST /api/join` turns an invite into a device; `GET /join/{code}` tells a person what to do."""

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import Joined, JoinRequest, Problem

from samebox_server.core.checking import check_device_type
from samebox_server.store import invites, people, values
from samebox_server.store.database import Connection
from samebox_server.web.attempts import Attempts
from samebox_server.web.pages import page
from samebox_server.web.refusals import ANSWERS, AnyRequest, respond
from samebox_server.web.site import Site

_WRONG = (ErrorCode.INVITE_UNKNOWN, ErrorCode.INVITE_USED, ErrorCode.INVITE_EXPIRED)


def join_routes(site: Site) -> list[HTTPRouteHandler]:
    """The routes; wrong invites are counted per client address."""
    attempts = Attempts(site.settings.failed_joins)

    @post("/api/join", summary="Join with an invite", status_code=200)
    async def join(request: AnyRequest, data: JoinRequest) -> Response[Joined | Problem]:
        address = request.client.host if request.client else ""
        if not attempts.may_try(address, site.now()):
            return respond(ErrorCode.TOO_MANY)
        refusal = check_device_type(data.device_type)
        if refusal is not None:
            return respond(refusal)
        result = await site.database.write(lambda connection: _join(connection, data, site))
        if result in _WRONG:
            attempts.failed(address, site.now())
        if isinstance(result, Joined):
            site.joined(result.person.person_id)
        return respond(result)

    @get("/join/{code:str}", include_in_schema=False)
    async def join_page(code: str) -> Response[str]:
        refusal, organisation = await site.database.read(
            lambda connection: (
                invites.check(connection, code, site.now()),
                values.organisation(connection),
            )
        )
        if refusal is not None:
            status, sentence = ANSWERS[refusal]
            return page("sorry.html", status, sentence=sentence)
        return page("join.html", 200, organisation=organisation, link=site.join_link(code))

    return [join, join_page]


def _join(connection: Connection, request: JoinRequest, site: Site) -> Joined | ErrorCode:
    caller = invites.redeem(connection, request, site.now())
    if isinstance(caller, ErrorCode):
        return caller
    return Joined(
        person=people.card(connection, caller.person_id),
        device_id=caller.device_id,
        organisation=values.organisation(connection),
        roles=people.roles(connection, caller.person_id),
        server_key=site.seal.key,
    )
