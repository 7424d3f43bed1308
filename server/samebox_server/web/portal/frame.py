"""What every page of the portal has around it: who is signed in, and what waits for them."""

from functools import partial

from litestar import Response
from samebox_shared.model.devices import System
from samebox_shared.model.people import Role

from samebox_server.core.proposals import MODERATORS
from samebox_server.store import article_tasks, proposals
from samebox_server.store.database import Connection
from samebox_server.store.portal import Visitor
from samebox_server.web.pages import page
from samebox_server.web.portal import words
from samebox_server.web.portal.door import Visit
from samebox_server.web.site import Site


async def show(
    site: Site, seen: Visit, name: str, status: int = 200, **values: object
) -> Response[str]:
    """A page of the portal by its name."""
    waiting, tasks = await site.database.read(
        partial(_counts, visitor=seen.visitor, now=site.now())
    )
    return page(
        f"portal/{name}.html",
        status,
        words=words,
        visitor=seen.visitor,
        token=seen.token,
        reviews=reviews(seen.visitor),
        waiting=waiting,
        open_tasks=tasks,
        systems=System,
        **values,
    )


def reviews(visitor: Visitor) -> bool:
    """Whether this person reviews anything: a moderator, or IT for what is risky."""
    return bool(visitor.roles & (MODERATORS | {Role.IT}))


def _counts(connection: Connection, visitor: Visitor, now: float) -> tuple[int, int]:
    if not reviews(visitor):
        return 0, 0
    waiting = [
        one
        for one in proposals.to_review(connection, now)
        if one.contribution_of(visitor.person_id) is None
    ]
    return len(waiting), len(article_tasks.every_open(connection))
