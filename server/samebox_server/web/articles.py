"""`GET /api/articles`: what changed in the knowledge base for this laptop, signed."""

from functools import partial
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter
from msgspec import Struct
from samebox_shared.model.articles import ArticlePage
from samebox_shared.protocol.bundles import Asked, BundleHead
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import Problem

from samebox_server.core import readers
from samebox_server.store import article_pages, values
from samebox_server.store.database import Connection
from samebox_server.store.devices import Caller
from samebox_server.web.guards import admit
from samebox_server.web.refusals import AnyRequest, respond
from samebox_server.web.seal import PACKED_FROM, Seal
from samebox_server.web.site import Site

BUNDLE = "application/x-samebox-bundle"

MOST = 64
"""Characters of a scope or an epoch."""


class Found(Struct, frozen=True):
    """A page and what it is a page of."""

    page: ArticlePage
    start: int
    scope: str
    epoch: str


def article_routes(site: Site) -> list[HTTPRouteHandler]:
    """The routes. A laptop of before bundles names no scope and gets the page alone."""

    @get("/api/articles", summary="Changed articles, at most 200 a page, signed")
    async def changed(
        request: AnyRequest,
        after: Annotated[int, Parameter(ge=0)] = 0,
        of_scope: Annotated[str | None, Parameter(query="scope", max_length=MOST)] = None,
        epoch: Annotated[str, Parameter(max_length=MOST)] = "",
    ) -> Response[ArticlePage | Problem] | Response[bytes]:
        caller = await admit(site, request, "read_articles")
        if isinstance(caller, ErrorCode):
            return respond(caller)
        asked = Asked(after=after, scope=of_scope or "", epoch=epoch)
        is_copy_named = of_scope is not None
        found = await site.database.read(
            partial(_find, caller=caller, asked=asked, is_copy_named=is_copy_named)
        )
        if not is_copy_named:
            return respond(found.page)
        return Response(_sealed(site.seal, asked, found), media_type=BUNDLE)

    return [changed]


def _find(connection: Connection, caller: Caller, asked: Asked, is_copy_named: bool) -> Found:
    """From 0 when the laptop's copy is another one: of another scope, or before a restore."""
    reader = article_pages.reader_of(connection, caller)
    scope, epoch = readers.scope(reader), values.epoch(connection)
    is_void = is_copy_named and (asked.scope, asked.epoch) != (scope, epoch)
    start = 0 if is_void else asked.after
    return Found(article_pages.page(connection, start, reader), start, scope, epoch)


def _sealed(seal: Seal, asked: Asked, found: Found) -> bytes:
    page = msgspec.json.encode(found.page)
    head = BundleHead(
        asked=asked,
        start=found.start,
        scope=found.scope,
        epoch=found.epoch,
        key_id=seal.key.key_id,
        packed=len(page) >= PACKED_FROM,
    )
    return seal.bundle(head, page)
