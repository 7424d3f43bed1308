"""What only somebody with access to the server's own data folder may do: `samebox-server invite`,
`setup-link`, `leaver` and `articles` come in here, with the key from that folder."""

import secrets
from functools import partial

import msgspec
from litestar import Response, post
from litestar.handlers import HTTPRouteHandler
from samebox_shared.model.ids import PersonId
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import Invite, InviteRequest, Problem

from samebox_server.core.intake import ArticleFile, GivenFile, Intake, Verdict
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


class ArticleFiles(msgspec.Struct, frozen=True, kw_only=True):
    """Some article files of a folder; `is_dry` only asks what would become of them."""

    files: tuple[ArticleFile, ...]
    is_dry: bool = False


class TakenIn(msgspec.Struct, frozen=True, kw_only=True):
    """What became of each file, in their order."""

    verdicts: list[Verdict]


class After(msgspec.Struct, frozen=True, kw_only=True):
    """Which articles come next: those after this id."""

    article_id: str = ""


class GivenOut(msgspec.Struct, frozen=True, kw_only=True):
    """The next articles, each under its id; none is the end."""

    files: list[GivenFile]


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

    return [invite, setup_link, *_article_routes(site), _leaver(site)]


def _article_routes(site: Site) -> list[HTTPRouteHandler]:
    library = Library(site.database, site.now)

    @post("/api/local/articles/import", include_in_schema=False)
    async def take_in(request: AnyRequest, data: ArticleFiles) -> Response[TakenIn | Problem]:
        if not _is_local(site, request):
            return respond(ErrorCode.NOT_SIGNED_IN)
        verdicts = await library.take_in(data.files, is_dry=data.is_dry)
        is_news = any(each.intake in (Intake.NEW, Intake.CHANGED) for each in verdicts)
        if is_news and not data.is_dry:
            site.articles_changed(await site.database.read(articles.head))
        return respond(TakenIn(verdicts=verdicts), 201)

    @post("/api/local/articles/export", include_in_schema=False)
    async def give_out(request: AnyRequest, data: After) -> Response[GivenOut | Problem]:
        if not _is_local(site, request):
            return respond(ErrorCode.NOT_SIGNED_IN)
        return respond(GivenOut(files=await library.give_out(data.article_id)), 201)

    return [take_in, give_out]


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
