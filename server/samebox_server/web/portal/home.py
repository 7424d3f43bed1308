"""Where everybody begins in the portal: what is theirs, and what came of it.

Nobody sees what is another's.
"""

from functools import partial

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct
from samebox_shared.model.ids import ArticleId, PersonId

from samebox_server.core.proposals import Proposal
from samebox_server.store import article_tasks, knowledge, proposals
from samebox_server.store.article_tasks import Task
from samebox_server.store.articles import ArticleState
from samebox_server.store.database import Connection
from samebox_server.store.knowledge import Kept
from samebox_server.store.portal import Visitor
from samebox_server.web.portal.door import visit
from samebox_server.web.portal.frame import show
from samebox_server.web.portal.reading import may_read
from samebox_server.web.refusals import AnyRequest
from samebox_server.web.site import Site

MOST_OWN = 20
"""Articles of one's own on the first page: the newest."""


class OwnArticle(Struct, frozen=True, kw_only=True):
    """An article somebody contributed to, and how often its newest version helped."""

    article_id: ArticleId
    title: str
    version: int
    helped: int
    did_not: int
    is_hidden: bool
    may_read: bool


class Theirs(Struct, frozen=True, kw_only=True):
    """All that the first page shows."""

    mine: list[Proposal]
    own: list[OwnArticle]
    tasks: list[Task]
    titles: dict[ArticleId, str]


def home_routes(site: Site) -> list[HTTPRouteHandler]:
    """The route."""

    @get("/portal", include_in_schema=False)
    async def home(request: AnyRequest) -> Response[str]:
        seen = await visit(site, request)
        theirs = await site.database.read(partial(_load, visitor=seen.visitor))
        return await show(
            site,
            seen,
            "home",
            mine=theirs.mine,
            own=theirs.own,
            tasks=theirs.tasks,
            titles=theirs.titles,
        )

    return [home]


def _load(connection: Connection, visitor: Visitor) -> Theirs:
    person_id = visitor.person_id
    tasks = [one for one in article_tasks.every_open(connection) if _is_of(one, person_id)]
    written = proposals.published_with(connection, person_id, MOST_OWN)
    kept = {
        article_id: found
        for article_id in (*written, *(one.article_id for one in tasks))
        if (found := knowledge.load(connection, ArticleId(article_id))) is not None
    }
    return Theirs(
        mine=proposals.of_person(connection, person_id),
        own=[_own(kept[one], visitor) for one in written if one in kept],
        tasks=tasks,
        titles={one: found.article.title for one, found in kept.items()},
    )


def _is_of(task: Task, person_id: PersonId) -> bool:
    return person_id in (task.owner, task.taken_by)


def _own(kept: Kept, visitor: Visitor) -> OwnArticle:
    return OwnArticle(
        article_id=kept.article.article_id,
        title=kept.article.title,
        version=kept.article.version,
        helped=sum(one.verified + one.said_so for one in kept.records),
        did_not=sum(one.not_helped + one.worse for one in kept.records),
        is_hidden=kept.state is ArticleState.HIDDEN,
        may_read=may_read(kept, visitor.roles),
    )
