"""What only somebody with access to the server's own data folder may do: `samebox-server invite`,
`setup-link`, `leaver` and `articles import` come in here, with the key from that folder."""

import secrets
from functools import partial

import msgspec
from litestar import Response, post
from litestar.handlers import HTTPRouteHandler
from samebox_shared.model.ids import PersonId
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import Invite, InviteRequest, Problem

from samebox_server.library import Library
from samebox_server.store import articles, invites, leavers
from samebox_server.web.invites import make_invite
from samebox_server.web.refusals import AnyRequest, respond
from samebox_server.web.site import Site


class SetupLink(msgspec.Struct, frozen=True, kw_only=True):
    """A fresh one-time link for the owner."""

    link: str
    expires_at: float


class Leaver(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who has left the organisation, by id or by name."""

    who: str


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """Everyone who is meant; only one who is alone was signed out."""

    people: tuple[PersonId, ...]


class ArticleFile(msgspec.Struct, frozen=True, kw_only=True):
    """One article file; `source` is its name, for messages."""

    source: str
    text: str


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of it; `fault` says where and what is wrong, or nothing."""

    changed: bool
    fault: str = ""


def local_routes(site: Site) -> list[HTTPRouteHandler]:
    """The routes; none of them is part of the published API."""

    @post("/api/local/invites", include_in_schema=False)
    async def invite(request: AnyRequest, data: InviteRequest) -> Response[Invite | Problem]:
        if not _is_local(site, request):
            return respond(ErrorCode.NOT_SIGNED_IN)
        return respond(await make_invite(site, data, None), 201)

    @post("/api/local/setup-links", include_in_schema=False)
    async def setup_link(request: AnyRequest) -> Response[SetupLink | Problem]:
        if not _is_local(site, request):
            return respond(ErrorCode.NOT_SIGNED_IN)
        link = await make_setup_link(site)
        return respond(link or ErrorCode.NOT_ALLOWED, 201)

    @post("/api/local/articles", include_in_schema=False)
    async def import_article(
        request: AnyRequest, data: ArticleFile
    ) -> Response[Imported | Problem]:
        if not _is_local(site, request):
            return respond(ErrorCode.NOT_SIGNED_IN)
        library = Library(site.database, site.now)
        fault, changed = await library.take_in(data.source, data.text)
        if changed:
            site.articles_changed(await site.database.read(articles.head))
        return respond(Imported(changed=changed, fault=fault), 201)

    return [invite, setup_link, import_article, _leaver(site)]


def _leaver(site: Site) -> HTTPRouteHandler:
    @post("/api/local/leavers", include_in_schema=False)
    async def leaver(request: AnyRequest, data: Leaver) -> Response[Left | Problem]:
        if not _is_local(site, request):
            return respond(ErrorCode.NOT_SIGNED_IN)
        found = await site.database.read(partial(leavers.named, who=data.who))
        if len(found) == 1:
            await site.dismiss(found[0])
        return respond(Left(people=tuple(found)), 201)

    return leaver


async def make_setup_link(site: Site) -> SetupLink | None:
    """A fresh link, or None once there is an owner."""
    expires_at = site.now() + site.settings.setup_minutes * 60
    token = await site.database.write(partial(invites.make_setup_link, expires_at=expires_at))
    if token is None:
        return None
    return SetupLink(link=site.setup_link(token), expires_at=expires_at)


def _is_local(site: Site, request: AnyRequest) -> bool:
    expected = f"Bearer {site.local_key}".encode()
    return secrets.compare_digest(request.headers.get("authorization", "").encode(), expected)
