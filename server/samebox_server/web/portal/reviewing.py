"""Reviewing in the portal: what waits, one proposal beside what is published, and the decision."""

from collections.abc import Callable
from functools import partial

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct
from samebox_shared.model.articles import Article
from samebox_shared.model.ids import ArticleId, PersonId

from samebox_server.core import proposals as rules
from samebox_server.core.articles import BrokenArticle, parse, render
from samebox_server.core.compare import Row, compare
from samebox_server.core.proposals import Proposal, WhyNot
from samebox_server.live import knowledge as steps
from samebox_server.live.work import Work
from samebox_server.store import article_tasks, articles, knowledge, proposals
from samebox_server.store.article_tasks import Task
from samebox_server.store.database import Connection
from samebox_server.store.knowledge import Kept
from samebox_server.store.portal import Visitor
from samebox_server.web.portal import words
from samebox_server.web.portal.door import Form, Turned, Visit, go_to, sent_form, visit
from samebox_server.web.portal.frame import reviews, show
from samebox_server.web.portal.reading import may_read
from samebox_server.web.portal.shelf import Bookshelf
from samebox_server.web.portal.writing import NO_PROPOSAL, SEEN_LIMIT
from samebox_server.web.refusals import AnyRequest
from samebox_server.web.site import Site

WORDS_LIMIT = 1_000
_NO_REASON = "Say what is wrong, so that it can be put right."
_ABOUT_THE_WORDS = frozenset({"agree", "agree_to_risk", "publish"})
"""Said of the words on the page, so not of others that somebody wrote since it was opened."""
_NOT_YOURS = "Reviewing is for moderators, and for IT where something is risky."


class Case(Struct, frozen=True, kw_only=True):
    """All that the page of one proposal shows; each `why_not` is None where one may. `kept` is what
    is published, for whoever may read that; `tasks` are for reviewers and who looks after it."""

    proposal: Proposal
    article: Article
    rows: tuple[Row, ...]
    kept: Kept | None
    tasks: list[Task]
    names: dict[PersonId, str]
    publish: WhyNot | None
    send_back: WhyNot | None
    agree: WhyNot | None
    agree_to_risk: WhyNot | None
    change: WhyNot | None


def reviewing_routes(site: Site, shelf: Bookshelf) -> list[HTTPRouteHandler]:
    """The routes."""
    return [_queue(site), _case(site, shelf), _decide(site, shelf)]


def _queue(site: Site) -> HTTPRouteHandler:
    @get("/portal/review", include_in_schema=False)
    async def queue(request: AnyRequest) -> Response[str]:
        seen = await visit(site, request)
        if not reviews(seen.visitor):
            raise Turned(403, _NOT_YOURS)
        waiting, looked_at = await site.database.read(
            lambda connection: (
                proposals.to_review(connection, site.now()),
                proposals.looked_at(connection, site.now()),
            )
        )
        return await show(site, seen, "review", queue=waiting, looked_at=looked_at)

    return queue


def _case(site: Site, shelf: Bookshelf) -> HTTPRouteHandler:
    @get("/portal/proposals/{proposal_id:str}", include_in_schema=False)
    async def case(request: AnyRequest, proposal_id: str) -> Response[str]:
        seen = await visit(site, request)
        return await _shown(site, shelf, seen, proposal_id, "")

    return case


def _decide(site: Site, shelf: Bookshelf) -> HTTPRouteHandler:
    @post("/portal/proposals/{proposal_id:str}", include_in_schema=False)
    async def decide(request: AnyRequest, proposal_id: str) -> Response[str]:
        form = await sent_form(site, request)
        fault = await site.carry_out(partial(_carry_out, form=form, proposal_id=proposal_id))
        if fault:
            return await _shown(site, shelf, form.visit, proposal_id, fault)
        return go_to(f"/portal/proposals/{proposal_id}")

    return decide


def _carry_out(work: Work, form: Form, proposal_id: str) -> str:
    """Does what the pressed button says; why not, or nothing."""
    found = proposals.load(work.connection, proposal_id, decides=True)
    visitor = form.visit.visitor
    if found is None or not rules.may_read(found, visitor.person_id, visitor.roles):
        return NO_PROPOSAL
    said = form.get("words", WORDS_LIMIT)
    pressed = form.get("do", 20)
    if pressed in _ABOUT_THE_WORDS and form.get("seen", SEEN_LIMIT) != found.fingerprint:
        return words.WHY_NOT[WhyNot.CHANGED_MEANWHILE]
    if pressed == "send_back" and not said:
        return _NO_REASON
    person_id, roles = visitor.person_id, visitor.roles
    buttons: dict[str, Callable[[], Proposal | WhyNot]] = {
        "agree": lambda: steps.agree(work, found, person_id),
        "send_back": lambda: steps.send_back(work, found, person_id, roles, said),
        "agree_to_risk": lambda: steps.agree_to_risk(work, found, person_id, roles),
        "publish": lambda: steps.publish(work, found, person_id, roles),
        "withdraw": lambda: steps.withdraw(work, found, person_id),
    }
    if pressed not in buttons:
        raise Turned(400, "There is no such button. Nothing was changed.")
    done = buttons[pressed]()
    return words.WHY_NOT[done] if isinstance(done, WhyNot) else ""


async def _shown(
    site: Site, shelf: Bookshelf, seen: Visit, proposal_id: str, fault: str
) -> Response[str]:
    case = await site.database.read(
        partial(_load, proposal_id=proposal_id, visitor=seen.visitor, now=site.now())
    )
    if case is None:
        raise Turned(404, NO_PROPOSAL)
    alike = []
    if case.proposal.is_open:
        alike = (await shelf.books()).duplicates(case.article, seen.visitor.roles)
    return await show(
        site,
        seen,
        "proposal",
        200 if not fault else 409,
        case=case,
        proposal=case.proposal,
        article=case.article,
        duplicates=alike,
        fault=fault,
        words_limit=WORDS_LIMIT,
    )


def _load(connection: Connection, proposal_id: str, visitor: Visitor, now: float) -> Case | None:
    found = proposals.load(connection, proposal_id)
    person_id, roles = visitor.person_id, visitor.roles
    if found is None or not rules.may_read(found, person_id, roles):
        return None
    article = parse(found.source, source=proposal_id)
    if isinstance(article, BrokenArticle):
        raise TypeError(f"a proposal cannot be read any more: {article.what}")
    kept = knowledge.load(connection, ArticleId(found.article_id))
    tells = reviews(visitor) or (kept is not None and kept.owner == person_id)
    if kept is not None and not may_read(kept, roles):
        kept = None
    before = render(kept.article) if kept else ""
    return Case(
        proposal=found,
        article=article,
        rows=compare(before, render(article)) if kept else (),
        kept=kept,
        tasks=article_tasks.every_open(connection, found.article_id) if tells else [],
        names=knowledge.names(connection, [one.person_id for one in found.contributors]),
        publish=rules.may_publish(
            found,
            person_id,
            roles,
            risk=article.risk,
            published=articles.newest_version(connection, found.article_id),
            now=now,
        ),
        send_back=rules.may_send_back(found, person_id, roles),
        agree=rules.may_agree(found, person_id),
        agree_to_risk=rules.may_agree_to_risk(found, person_id, roles, article.risk),
        change=rules.may_change(found, person_id, roles),
    )
