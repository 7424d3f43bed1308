"""Reading in the portal: the list, and one article with its versions."""

from functools import partial
from typing import Annotated

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter
from msgspec import Struct
from msgspec.structs import replace
from samebox_shared.model.ids import ArticleId, PersonId, SessionId
from samebox_shared.model.people import Role

from samebox_server.core import proposals as rules
from samebox_server.core.articles import render
from samebox_server.core.compare import compare
from samebox_server.core.proposals import Proposal
from samebox_server.core.proving import Retest, to_test_again
from samebox_server.store import article_tasks, knowledge, proposals, proving
from samebox_server.store.article_tasks import Task
from samebox_server.store.articles import ArticleState
from samebox_server.store.database import Connection
from samebox_server.store.knowledge import Kept, Version
from samebox_server.web.portal.door import Turned, Visit, go_to, visit
from samebox_server.web.portal.frame import show
from samebox_server.web.portal.shelf import Bookshelf, may_see, spine
from samebox_server.web.refusals import AnyRequest
from samebox_server.web.site import Site

PAGE = 40
NO_ARTICLE = "There is no such article, or it is hidden while somebody looks at it."
NO_DRAFT = "Nothing was handed over from this conversation, or it is not yours to see."


class Shown(Struct, frozen=True, kw_only=True):
    """All that the page of one article shows."""

    kept: Kept
    versions: list[Version]
    tasks: list[Task]
    open_proposals: list[Proposal]
    retests: tuple[Retest, ...]
    proven: tuple[str, ...]
    names: dict[PersonId, str]


def reading_routes(site: Site, shelf: Bookshelf) -> list[HTTPRouteHandler]:
    """The routes."""
    return [_listed(site, shelf), *_article(site), _of_session(site)]


def _listed(site: Site, shelf: Bookshelf) -> HTTPRouteHandler:
    @get("/portal/articles", include_in_schema=False)
    async def listed(
        request: AnyRequest, q: str = "", from_: Annotated[int, Parameter(query="from", ge=0)] = 0
    ) -> Response[str]:
        seen = await visit(site, request)
        books = await shelf.books()
        found = books.found(q[:200], seen.visitor.roles)
        return await show(
            site,
            seen,
            "articles",
            q=q[:200],
            found=found[from_ : from_ + PAGE],
            count=len(found),
            start=from_,
            more=from_ + PAGE if len(found) > from_ + PAGE else None,
            less=max(0, from_ - PAGE) if from_ else None,
        )

    return listed


def _article(site: Site) -> list[HTTPRouteHandler]:
    @get("/portal/articles/{article_id:str}", include_in_schema=False)
    async def article(request: AnyRequest, article_id: str) -> Response[str]:
        seen, shown = await _shown(site, request, article_id)
        return await show(site, seen, "article", shown=shown, article=shown.kept.article)

    @get("/portal/articles/{article_id:str}/versions", include_in_schema=False)
    async def versions(
        request: AnyRequest, article_id: str, old: int = 0, new: int = 0
    ) -> Response[str]:
        seen, shown = await _shown(site, request, article_id)
        texts = {one.number: render(one.article) for one in shown.versions}
        newest = shown.versions[0].number
        after = new if new in texts else newest
        before = old if old in texts else max((one for one in texts if one < after), default=after)
        rows = compare(texts[before], texts[after])
        return await show(
            site, seen, "versions", shown=shown, rows=rows, old=before, new=after, newest=newest
        )

    return [article, versions]


def _of_session(site: Site) -> HTTPRouteHandler:
    @get("/portal/session/{session_id:str}", include_in_schema=False)
    async def of_session(request: AnyRequest, session_id: str) -> Response[str]:
        visitor = (await visit(site, request)).visitor
        found = await site.database.read(
            partial(proposals.of_session, session_id=SessionId(session_id))
        )
        if found is None or not rules.may_read(found, visitor.person_id, visitor.roles):
            raise Turned(404, NO_DRAFT)
        return go_to(f"/portal/proposals/{found.proposal_id}")

    return of_session


async def _shown(site: Site, request: AnyRequest, article_id: str) -> tuple[Visit, Shown]:
    seen = await visit(site, request)
    shown = await site.database.read(partial(_load, article_id=ArticleId(article_id)))
    if shown is None or not may_read(shown.kept, seen.visitor.roles):
        raise Turned(404, NO_ARTICLE)
    return seen, replace(shown, versions=readable(shown.versions, seen.visitor.roles))


def may_read(kept: Kept, roles: frozenset[Role]) -> bool:
    """Whether somebody of these roles may read this article in the portal."""
    return may_see(spine(kept.article, kept.state), roles)


def readable(versions: list[Version], roles: frozenset[Role]) -> list[Version]:
    """Those that somebody of these roles may read: an article for everyone may have been for IT
    alone before."""
    published = ArticleState.PUBLISHED
    return [one for one in versions if may_see(spine(one.article, published), roles)]


def _load(connection: Connection, article_id: ArticleId) -> Shown | None:
    kept = knowledge.load(connection, article_id)
    if kept is None:
        return None
    written = knowledge.versions(connection, article_id)
    number = kept.article.version
    proven = proving.of(connection, [(article_id, number)]).get(article_id, ())
    named = [one for version in written for one in (version.author, version.reviewer) if one]
    if kept.owner:
        named.append(kept.owner)
    return Shown(
        kept=kept,
        versions=written,
        tasks=article_tasks.every_open(connection, article_id),
        open_proposals=proposals.of_article(connection, article_id),
        retests=to_test_again(kept.article, proven, proving.fleet(connection)),
        proven=tuple(f"{one.system}|{one.system_version}" for one in proven),
        names=knowledge.names(connection, named),
    )
