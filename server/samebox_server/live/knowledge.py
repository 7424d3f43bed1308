"""What people do to proposed and published articles, as units of the writer: each function is one
step of the way, with who hears of it. The rules are in `core.proposals`."""

from msgspec.structs import replace
from samebox_shared.model.articles import Article, DraftState, Proven
from samebox_shared.model.ids import ArticleId, PersonId, new_id
from samebox_shared.model.people import Role
from samebox_shared.protocol.events import DraftMoved, DraftWritten

from samebox_server.core import proposals as rules
from samebox_server.core.proposals import Contribution, Contributor, Proposal, ProposalId, WhyNot
from samebox_server.core.proving import proven_by, vouched
from samebox_server.live.work import Work
from samebox_server.store import (
    article_tasks,
    articles,
    objections,
    proposals,
    proving,
    questions,
    sessions,
)
from samebox_server.store.articles import ArticleState, Credit

REVIEW_SECONDS = 365 * 24 * 3_600.0
"""When somebody looks at an article again: a year, as long as most systems take for a release."""
_ID_BEGINNING = 8


def free_id(work: Work, title: str) -> ArticleId:
    """An id for a new article of this title that nothing has."""
    from samebox_server.core.article_form import id_for

    beginning = id_for(title, frozenset())[:_ID_BEGINNING]
    return id_for(title, proposals.taken_ids(work.connection, beginning))


def propose(
    work: Work, article: Article, source: str, person_id: PersonId, note: str, base_version: int
) -> Proposal:
    """Somebody wrote an article, or another version of one."""
    had = (Contributor(person_id, Contribution.WROTE, work.now),)
    proposed = Proposal(
        proposal_id=ProposalId(new_id()),
        article_id=article.article_id,
        base_version=base_version,
        title=article.title,
        source=source,
        note=note,
        state=DraftState.REVIEW,
        made_at=work.now,
        changed_at=work.now,
        contributors=had,
    )
    proposals.save(work.connection, proposed)
    return proposed


def change(
    work: Work,
    proposed: Proposal,
    person_id: PersonId,
    roles: frozenset[Role],
    article: Article,
    source: str,
    note: str,
) -> Proposal | WhyNot:
    """Other words. Whoever contributed and did not write them looks again; so does IT."""
    refusal = rules.may_change(proposed, person_id, roles)
    if refusal is not None:
        return refusal
    had = rules.changed(proposed, person_id, work.now)
    changed = replace(
        proposed,
        title=article.title,
        source=source,
        note=note,
        base_version=articles.newest_version(work.connection, proposed.article_id),
        contributors=had,
        state=rules.state_of(had),
        words="",
        it_id=None,
    )
    if proposed.session_id is not None:
        event = DraftWritten(session_id=proposed.session_id, draft=article)
        work.tell([one.person_id for one in had], event)
    return _keep(work, changed)


def agree(work: Work, proposed: Proposal, person_id: PersonId) -> Proposal | WhyNot:
    """A contributor says that it is right."""
    refusal = rules.may_agree(proposed, person_id)
    if refusal is not None:
        return refusal
    had = tuple(
        Contributor(one.person_id, one.kind, work.now) if one.person_id == person_id else one
        for one in proposed.contributors
    )
    return _keep(work, replace(proposed, contributors=had, state=rules.state_of(had)))


def send_back(
    work: Work, proposed: Proposal, person_id: PersonId, roles: frozenset[Role], words: str
) -> Proposal | WhyNot:
    """It is not right, and this is why."""
    refusal = rules.may_send_back(proposed, person_id, roles)
    if refusal is not None:
        return refusal
    return _keep(work, replace(proposed, state=DraftState.SENT_BACK, words=words))


def agree_to_risk(
    work: Work, proposed: Proposal, person_id: PersonId, roles: frozenset[Role]
) -> Proposal | WhyNot:
    """IT agrees that people do this on their own laptops."""
    article = _read(proposed)
    refusal = rules.may_agree_to_risk(proposed, person_id, roles, article.risk)
    if refusal is not None:
        return refusal
    agreed = replace(proposed, it_id=person_id)
    proposals.save(work.connection, agreed)
    return agreed


def withdraw(work: Work, proposed: Proposal, person_id: PersonId) -> Proposal | WhyNot:
    """A contributor takes it back."""
    if not proposed.is_open:
        return WhyNot.OVER
    if proposed.contribution_of(person_id) is None:
        return WhyNot.NOT_A_CONTRIBUTOR
    return _keep(work, replace(proposed, state=DraftState.WITHDRAWN))


def publish(
    work: Work, proposed: Proposal, person_id: PersonId, roles: frozenset[Role]
) -> Proposal | WhyNot:
    """A moderator who did not contribute publishes it: every laptop that it fits fetches it now."""
    article = _read(proposed)
    refusal = rules.may_publish(
        proposed,
        person_id,
        roles,
        risk=article.risk,
        published=articles.locked_version(work.connection, proposed.article_id),
        now=work.now,
    )
    if refusal is not None:
        return refusal
    authors = [one.person_id for one in proposed.contributors if one.kind is Contribution.WROTE]
    credit = Credit(
        author=authors[0] if authors else None,
        reviewer=person_id,
        note=proposed.note,
        review_by=work.now + REVIEW_SECONDS,
    )
    version = proposed.base_version + 1
    vouch = (*vouched(article, proving.fleet(work.connection)), *_solved_on(work, proposed))
    if articles.publish(work.connection, article, proposed.source, work.now, credit):
        proving.add(work.connection, article.article_id, version, vouch)
    else:
        articles.set_state(work.connection, article.article_id, ArticleState.PUBLISHED)
    article_tasks.close_all(work.connection, article.article_id, person_id, work.now)
    work.articles_head = articles.head(work.connection)
    return _keep(work, replace(proposed, state=DraftState.PUBLISHED))


def hide(work: Work, article_id: ArticleId) -> None:
    """No laptop has it any more, until a moderator shows it again or a new version comes."""
    objections.forget(work.connection, article_id)
    work.articles_head = articles.set_state(work.connection, article_id, ArticleState.HIDDEN)


def show_again(work: Work, article_id: ArticleId) -> None:
    """It was looked at and is right after all."""
    work.articles_head = articles.set_state(work.connection, article_id, ArticleState.PUBLISHED)


def tell_people(work: Work, proposed: Proposal) -> None:
    """Those who were in the session hear how far its draft is."""
    if proposed.session_id is None:
        return
    is_published = proposed.state is DraftState.PUBLISHED
    event = DraftMoved(
        session_id=proposed.session_id,
        state=proposed.state,
        words=proposed.words,
        waits_for=proposed.still_looking if proposed.state is DraftState.LOOKING else (),
        article_id=proposed.article_id if is_published else None,
    )
    work.tell([one.person_id for one in proposed.contributors], event)


def _keep(work: Work, changed: Proposal) -> Proposal:
    changed = replace(changed, changed_at=work.now)
    proposals.save(work.connection, changed)
    tell_people(work, changed)
    return changed


def _solved_on(work: Work, proposed: Proposal) -> tuple[Proven, ...]:
    """The system on which it was solved."""
    solved = sessions.load(work.connection, proposed.session_id) if proposed.session_id else None
    question = questions.load(work.connection, solved.question_id) if solved else None
    proven = proven_by(question.device_type) if question else None
    return (proven,) if proven else ()


def _read(proposed: Proposal) -> Article:
    """The article of a proposal; it was read before it was kept."""
    from samebox_server.core.articles import BrokenArticle, parse

    article = parse(proposed.source, source=proposed.proposal_id)
    if isinstance(article, BrokenArticle):
        raise TypeError(f"a proposal cannot be read any more: {article.what}")
    return article
