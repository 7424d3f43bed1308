"""`GET /api/articles`: what changed in the knowledge base after the laptop's cursor."""

from functools import partial
from typing import Annotated

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter
from samebox_shared.model.articles import ArticlePage
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import Problem

from samebox_server.store import articles
from samebox_server.web.guards import admit
from samebox_server.web.refusals import AnyRequest, respond
from samebox_server.web.site import Site


def article_routes(site: Site) -> list[HTTPRouteHandler]:
    """The routes."""

    @get("/api/articles", summary="Changed articles, at most 200 a page")
    async def changed(
        request: AnyRequest, after: Annotated[int, Parameter(ge=0)] = 0
    ) -> Response[ArticlePage | Problem]:
        caller = await admit(site, request, "read_articles")
        if isinstance(caller, ErrorCode):
            return respond(caller)
        return respond(await site.database.read(partial(articles.page, after=after)))

    return [changed]
