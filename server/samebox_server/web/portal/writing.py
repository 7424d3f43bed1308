"""Writing in the portal: a form with a preview beside it that is drawn as the published page is.

The form knows what is wrong at which field while somebody types, and which articles say the same.
"""

import re
from functools import partial

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct
from msgspec.structs import replace
from samebox_shared.model.articles import Article
from samebox_shared.model.ids import ArticleId

from samebox_server.core import article_form
from samebox_server.core.article_body import SETTINGS_KEYS
from samebox_server.core.article_form import ArticleForm, FieldFault, KindForm
from samebox_server.core.articles import BrokenArticle, parse, render
from samebox_server.core.proposals import Proposal, WhyNot, may_change
from samebox_server.live import knowledge as steps
from samebox_server.live.work import Work
from samebox_server.store import knowledge, proposals
from samebox_server.web.pages import page
from samebox_server.web.portal import words
from samebox_server.web.portal.door import Form, Turned, Visit, go_to, sent_form, visit
from samebox_server.web.portal.frame import show
from samebox_server.web.portal.reading import NO_ARTICLE, may_read
from samebox_server.web.portal.shelf import Bookshelf, Spine
from samebox_server.web.refusals import AnyRequest
from samebox_server.web.site import Site

KINDS = 4
"""Rows for kinds of laptops in the form; an article with more keeps all it has."""
NOTE_LIMIT = 300
SEEN_LIMIT = 64
NO_PROPOSAL = "There is no such draft any more: it was published or taken back, or is not yours."
_EXAMPLE = """\
Say in one paragraph what is going on.

## Steps

1. [Open Wi-Fi settings](settings:wifi) and turn Wi-Fi off.
2. Wait ten seconds and turn it on again.
"""
_KIND_FIELD = re.compile(r"kind(\d{1,2})_(system|versions|vendor|family|model)")


class Desk(Struct, frozen=True, kw_only=True):
    """What somebody writes at: a new article, a change of one, or a draft that is not published.
    `seen` names the words that it was opened with."""

    article_id: str = ""
    proposal_id: str = ""
    base_version: int = 0
    form: ArticleForm
    note: str = ""
    sent_back: str = ""
    seen: str = ""


def writing_routes(site: Site, shelf: Bookshelf) -> list[HTTPRouteHandler]:
    """The routes."""
    return [_write(site), _preview(site, shelf), _save(site, shelf)]


def _write(site: Site) -> HTTPRouteHandler:
    @get("/portal/write", include_in_schema=False)
    async def write(request: AnyRequest, article: str = "", proposal: str = "") -> Response[str]:
        seen = await visit(site, request)
        desk = await _desk(site, seen, article, proposal)
        return await _shown(site, seen, desk, None, ())

    return write


def _preview(site: Site, shelf: Bookshelf) -> HTTPRouteHandler:
    @post("/portal/preview", include_in_schema=False, status_code=200)
    async def preview(request: AnyRequest) -> Response[str]:
        form = await sent_form(site, request)
        filled = filled_in(form)
        article_id = form.get("article_id", 64) or "preview"
        read = article_form.read(filled, article_id, 1)
        alike = (
            []
            if isinstance(read, FieldFault)
            else (await shelf.books()).duplicates(read, form.visit.visitor.roles)
        )
        return page(
            "portal/preview.html",
            200,
            words=words,
            article=None if isinstance(read, FieldFault) else read,
            fault=read if isinstance(read, FieldFault) else None,
            duplicates=alike,
        )

    return preview


def _save(site: Site, shelf: Bookshelf) -> HTTPRouteHandler:
    @post("/portal/write", include_in_schema=False)
    async def save(request: AnyRequest) -> Response[str]:
        form = await sent_form(site, request)
        desk = await _desk(
            site, form.visit, form.get("article_id", 64), form.get("proposal_id", 64)
        )
        desk = Desk(
            article_id=desk.article_id,
            proposal_id=desk.proposal_id,
            base_version=desk.base_version,
            form=filled_in(form),
            note=form.get("note", NOTE_LIMIT),
            seen=desk.seen,
        )
        if form.get("seen", SEEN_LIMIT) != desk.seen:
            written_over = FieldFault("title", 1, words.WRITTEN_OVER)
            return await _shown(site, form.visit, desk, written_over, ())
        article_id = desk.article_id or "new"
        read = article_form.read(desk.form, article_id, desk.base_version + 1)
        if isinstance(read, FieldFault):
            return await _shown(site, form.visit, desk, read, ())
        if not form.get("seen_duplicates", 3):
            alike = (await shelf.books()).duplicates(read, form.visit.visitor.roles)
            if alike and not desk.article_id:
                return await _shown(site, form.visit, desk, None, tuple(alike))
        kept = await site.carry_out(partial(_keep, visit=form.visit, desk=desk, article=read))
        if isinstance(kept, str):
            return await _shown(site, form.visit, desk, FieldFault("title", 1, kept), ())
        return go_to(f"/portal/proposals/{kept.proposal_id}")

    return save


def filled_in(form: Form) -> ArticleForm:
    """What was filled in, field by field. Raises Turned when a field is too long."""
    kinds: dict[int, dict[str, str]] = {}
    for name in form.fields:
        found = _KIND_FIELD.fullmatch(name)
        if found:
            kinds.setdefault(int(found[1]), {})[found[2]] = form.get(name, 200)
    return ArticleForm(
        title=form.get("title"),
        language=form.get("language"),
        translates=form.get("translates"),
        topic=form.get("topic"),
        audience=form.get("audience"),
        symptoms=form.get("symptoms"),
        applies_to=tuple(KindForm(**kinds[number]) for number in sorted(kinds)),
        condition=form.get("condition"),
        reason=form.get("reason"),
        risk=form.get("risk") or "0",
        text=form.get("text"),
    )


async def _desk(site: Site, seen: Visit, article_id: str, proposal_id: str) -> Desk:
    """What is on the desk before anybody types. Raises Turned."""
    if proposal_id:
        found = await site.database.read(partial(proposals.load, proposal_id=proposal_id))
        if found is None or may_change(found, seen.visitor.person_id, seen.visitor.roles):
            raise Turned(404, NO_PROPOSAL)
        read = parse(found.source, source=proposal_id)
        if isinstance(read, BrokenArticle):
            raise TypeError(f"a proposal cannot be read any more: {read.what}")
        return Desk(
            article_id=found.article_id,
            proposal_id=found.proposal_id,
            base_version=found.base_version,
            form=article_form.form_of(read),
            note=found.note,
            sent_back=found.words,
            seen=found.fingerprint,
        )
    if article_id:
        kept = await site.database.read(partial(knowledge.load, article_id=ArticleId(article_id)))
        if kept is None or not may_read(kept, seen.visitor.roles):
            raise Turned(404, NO_ARTICLE)
        form = article_form.form_of(kept.article)
        version = kept.article.version
        return Desk(article_id=article_id, base_version=version, form=form, seen=str(version))
    return Desk(form=ArticleForm(text=_EXAMPLE))


def _keep(work: Work, visit: Visit, desk: Desk, article: Article) -> Proposal | str:
    """The proposal, or why it was not kept."""
    person_id, roles = visit.visitor.person_id, visit.visitor.roles
    if desk.proposal_id:
        found = proposals.load(work.connection, desk.proposal_id, decides=True)
        if found is None:
            return NO_PROPOSAL
        if found.fingerprint != desk.seen:
            return words.WRITTEN_OVER
        changed = steps.change(work, found, person_id, roles, article, render(article), desk.note)
        return words.WHY_NOT[changed] if isinstance(changed, WhyNot) else changed
    if not desk.article_id:
        named = article_form.read(desk.form, steps.free_id(work, article.title), 1)
        if isinstance(named, FieldFault):
            return named.what
        article = named
    else:
        kept = knowledge.load(work.connection, article.article_id)
        if kept is not None and render(kept.article) == render(_numbered(article, kept.article)):
            return words.NO_CHANGE
    return steps.propose(work, article, render(article), person_id, desk.note, desk.base_version)


def _numbered(article: Article, like: Article) -> Article:
    return replace(article, version=like.version)


async def _shown(
    site: Site, seen: Visit, desk: Desk, fault: FieldFault | None, alike: tuple[Spine, ...]
) -> Response[str]:
    read = article_form.read(desk.form, desk.article_id or "preview", 1)
    kinds = list(desk.form.applies_to)
    kinds += [KindForm()] * max(1, KINDS - len(kinds))
    return await show(
        site,
        seen,
        "write",
        200 if fault is None and not alike else 400,
        desk=desk,
        form=desk.form,
        kinds=kinds,
        fault=fault,
        article=read if isinstance(read, Article) else None,
        duplicates=alike,
        note_limit=NOTE_LIMIT,
        settings_keys=sorted(SETTINGS_KEYS),
    )
