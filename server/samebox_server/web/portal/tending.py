"""Tending knowledge in the portal: tasks, what to test again, hiding, owners, older versions."""

import asyncio
from functools import partial

import msgspec
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct
from msgspec.structs import replace
from samebox_shared.model.articles import Article, Proven
from samebox_shared.model.devices import System
from samebox_shared.model.ids import ArticleId, PersonId

from samebox_server.core.articles import render
from samebox_server.core.proposals import MODERATORS, Proposal
from samebox_server.core.proving import Fleet, Retest, to_test_again
from samebox_server.live import knowledge as steps
from samebox_server.live.work import Work
from samebox_server.store import article_tasks, articles, knowledge, proving
from samebox_server.store.database import Connection
from samebox_server.web.portal.door import Form, Turned, go_to, sent_form, visit
from samebox_server.web.portal.frame import reviews, show
from samebox_server.web.portal.reading import NO_ARTICLE, may_read, readable
from samebox_server.web.portal.shelf import Bookshelf
from samebox_server.web.refusals import AnyRequest
from samebox_server.web.site import Site

_FOR_REVIEWERS = "This list is for moderators and IT. What is yours stands on your first page."
_FOR_MODERATORS = "Only a moderator does this. Nothing was changed."
_NO_TASK = "Somebody has done this already."
_NO_VERSION = "There is no such version. Nothing was changed."


def tending_routes(site: Site, shelf: Bookshelf) -> list[HTTPRouteHandler]:
    """The routes."""
    return [_tasks(site, shelf), _do_task(site), _tend(site)]


def _tasks(site: Site, shelf: Bookshelf) -> HTTPRouteHandler:
    @get("/portal/tasks", include_in_schema=False)
    async def tasks(request: AnyRequest) -> Response[str]:
        seen = await visit(site, request)
        if not reviews(seen.visitor):
            raise Turned(403, _FOR_REVIEWERS)
        books = await shelf.books()
        read = await site.database.read(partial(_read, now=site.now()))
        again = await asyncio.to_thread(_retests, read)
        titles = {one.article_id: one.title for one in books.spines.values()}
        return await show(
            site,
            seen,
            "tasks",
            tasks=read.tasks,
            due=read.due,
            retests=again,
            names=read.names,
            titles=titles,
        )

    return tasks


def _do_task(site: Site) -> HTTPRouteHandler:
    @post("/portal/tasks/{task_id:str}", include_in_schema=False)
    async def do_task(request: AnyRequest, task_id: str) -> Response[str]:
        form = await sent_form(site, request)
        await site.database.write(partial(_see_to, form=form, task_id=task_id, now=site.now()))
        return go_to("/portal/tasks" if reviews(form.visit.visitor) else "/portal")

    return do_task


def _tend(site: Site) -> HTTPRouteHandler:
    @post("/portal/articles/{article_id:str}", include_in_schema=False)
    async def tend(request: AnyRequest, article_id: str) -> Response[str]:
        form = await sent_form(site, request)
        to = await site.carry_out(partial(_carry_out, form=form, article_id=ArticleId(article_id)))
        return go_to(to)

    return tend


class _Read(Struct, frozen=True, kw_only=True):
    """All that the list of tasks is made of."""

    tasks: list[article_tasks.Task]
    due: list[tuple[Article, float]]
    bodies: list[tuple[bytes, str]]
    proven: dict[tuple[ArticleId, int], tuple[Proven, ...]]
    fleet: list[Fleet]
    names: dict[PersonId, str]


def _read(connection: Connection, now: float) -> _Read:
    open_now = article_tasks.every_open(connection)
    people = [one for task in open_now for one in (task.owner, task.taken_by) if one]
    return _Read(
        tasks=open_now,
        due=knowledge.to_review_again(connection, now),
        bodies=knowledge.bodies(connection),
        proven=proving.every(connection),
        fleet=proving.fleet(connection),
        names=knowledge.names(connection, people),
    )


def _retests(read: _Read) -> list[Retest]:
    """Every article that nobody has tried on a newer system, the most laptops first."""
    decoder = msgspec.json.Decoder(Article)
    articles_now = [decoder.decode(body) for body, _ in read.bodies]
    found = [
        again
        for one in articles_now
        for again in to_test_again(
            one, read.proven.get((one.article_id, one.version), ()), read.fleet
        )
    ]
    return sorted(found, key=lambda one: (-one.laptops, one.title))


def _see_to(connection: Connection, form: Form, task_id: str, now: float) -> None:
    task = article_tasks.load(connection, task_id)
    if task is None:
        raise Turned(409, _NO_TASK)
    visitor = form.visit.visitor
    if not reviews(visitor) and visitor.person_id not in (task.owner, task.taken_by):
        raise Turned(403, _FOR_REVIEWERS)
    match form.get("do", 20):
        case "take":
            article_tasks.take(connection, task_id, visitor.person_id)
        case "done":
            article_tasks.close(connection, task_id, visitor.person_id, now)
        case _:
            raise Turned(400, "There is no such button. Nothing was changed.")


def _carry_out(work: Work, form: Form, article_id: ArticleId) -> str:
    """Does what the pressed button says; where to go then. Raises Turned."""
    visitor = form.visit.visitor
    kept = knowledge.load(work.connection, article_id)
    if kept is None or not may_read(kept, visitor.roles):
        raise Turned(404, NO_ARTICLE)
    pressed = form.get("do", 20)
    here = f"/portal/articles/{article_id}"
    if pressed == "restore":
        found = _restore(work, form, article_id)
        return f"/portal/proposals/{found.proposal_id}"
    if pressed == "proven":
        if not reviews(visitor):
            raise Turned(403, _FOR_MODERATORS)
        _prove(work, form, article_id, kept.article.version)
        return "/portal/tasks"
    if not visitor.roles & MODERATORS:
        raise Turned(403, _FOR_MODERATORS)
    match pressed:
        case "hide":
            steps.hide(work, article_id)
        case "show":
            steps.show_again(work, article_id)
        case "care":
            until = work.now + steps.REVIEW_SECONDS
            knowledge.care(work.connection, article_id, visitor.person_id, until)
        case "looked":
            until = work.now + steps.REVIEW_SECONDS
            knowledge.care(work.connection, article_id, kept.owner, until)
        case _:
            raise Turned(400, "There is no such button. Nothing was changed.")
    return here


def _restore(work: Work, form: Form, article_id: ArticleId) -> Proposal:
    """An older version becomes a proposal: going back is a change like any other."""
    number = form.get("version", 9)
    written = knowledge.versions(work.connection, article_id)
    versions = {str(one.number): one for one in readable(written, form.visit.visitor.roles)}
    newest = articles.newest_version(work.connection, article_id)
    if number not in versions or number == str(newest):
        raise Turned(404, _NO_VERSION)
    old = replace(versions[number].article, version=newest + 1)
    note = f"Back to version {number}"
    return steps.propose(work, old, render(old), form.visit.visitor.person_id, note, newest)


def _prove(work: Work, form: Form, article_id: ArticleId, version: int) -> None:
    system = form.get("system", 20)
    if system not in set(System):
        raise Turned(400, "There is no such system. Nothing was changed.")
    one = Proven(system=System(system), system_version=form.get("system_version", 120))
    if proving.add(work.connection, article_id, version, (one,)):
        work.articles_head = articles.tell_again(work.connection, article_id)
