"""`POST /api/invites`: the owner or IT invites somebody."""

from litestar import Response, post
from litestar.handlers import HTTPRouteHandler
from samebox_shared.model.ids import PersonId
from samebox_shared.model.people import Role
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import Invite, InviteRequest, Problem

from samebox_server.store import invites
from samebox_server.web.guards import admit
from samebox_server.web.refusals import AnyRequest, respond
from samebox_server.web.site import Site


def invite_routes(site: Site) -> list[HTTPRouteHandler]:
    """The routes."""

    @post("/api/invites", summary="Invite somebody", status_code=201)
    async def invite(request: AnyRequest, data: InviteRequest) -> Response[Invite | Problem]:
        caller = await admit(site, request, "invite_it" if data.roles else "invite")
        if isinstance(caller, ErrorCode):
            return respond(caller)
        return respond(await make_invite(site, data, caller.person_id), 201)

    return [invite]


async def make_invite(
    site: Site, asked: InviteRequest, made_by: PersonId | None
) -> Invite | ErrorCode:
    """A fresh invite. Nobody is invited to be the owner: that is the setup page's business."""
    name = " ".join(asked.name.split())
    if Role.OWNER in asked.roles:
        return ErrorCode.NOT_ALLOWED
    if not name or not name.isprintable():
        return ErrorCode.MALFORMED
    now = site.now()
    expires_at = now + site.settings.invite_hours * 3600
    code = await site.database.write(
        lambda connection: invites.make(connection, name, asked.roles, made_by, now, expires_at)
    )
    return Invite(link=site.join_link(code), expires_at=expires_at)
