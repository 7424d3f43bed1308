"""Proposed articles and who contributed."""

from collections.abc import Collection, Iterable
from typing import Any

from samebox_shared.model.articles import DraftState
from samebox_shared.model.ids import ArticleId, PersonId, SessionId
from sqlalchemy import Connection, Row, delete, exists, func, insert, or_, select, update

from samebox_server.core.proposals import (
    LOOK_SECONDS,
    Contribution,
    Contributor,
    Proposal,
    ProposalId,
)
from samebox_server.store.tables import article, contributor, proposal

_OPEN = (DraftState.LOOKING, DraftState.REVIEW, DraftState.SENT_BACK)


def save(connection: Connection, saved: Proposal) -> None:
    """Keeps a new proposal, or all of a known one as it is now."""
    fields = {
        "article_id": saved.article_id,
        "base_version": saved.base_version,
        "title": saved.title,
        "source": saved.source,
        "note": saved.note,
        "state": saved.state,
        "words": saved.words,
        "session_id": saved.session_id,
        "made_at": saved.made_at,
        "changed_at": saved.changed_at,
        "it_id": saved.it_id,
    }
    mine = proposal.c.proposal_id == saved.proposal_id
    if not connection.execute(update(proposal).where(mine).values(**fields)).rowcount:
        connection.execute(insert(proposal).values(proposal_id=saved.proposal_id, **fields))
    connection.execute(delete(contributor).where(contributor.c.proposal_id == saved.proposal_id))
    rows = [
        {
            "proposal_id": saved.proposal_id,
            "person_id": one.person_id,
            "kind": one.kind,
            "agreed_at": one.agreed_at,
        }
        for one in saved.contributors
    ]
    if rows:
        connection.execute(insert(contributor), rows)


def load(connection: Connection, proposal_id: str, *, decides: bool = False) -> Proposal | None:
    """One proposal. With `decides` nobody else decides about it until the transaction ends; only a
    unit that writes may ask for that."""
    return _one(connection, proposal.c.proposal_id == proposal_id, decides)


def of_session(
    connection: Connection, session_id: SessionId, *, decides: bool = False
) -> Proposal | None:
    """What was proposed from this session; `decides` as for `load`."""
    return _one(connection, proposal.c.session_id == session_id, decides)


def to_review(connection: Connection, now: float) -> list[Proposal]:
    """What waits for a moderator, the oldest first."""
    waited = now - LOOK_SECONDS
    return _all(
        connection,
        or_(
            proposal.c.state == DraftState.REVIEW,
            (proposal.c.state == DraftState.LOOKING) & (proposal.c.changed_at <= waited),
        ),
    )


def looked_at(connection: Connection, now: float) -> list[Proposal]:
    """What contributors still look at."""
    waited = now - LOOK_SECONDS
    return _all(
        connection,
        (proposal.c.state == DraftState.LOOKING) & (proposal.c.changed_at > waited),
    )


def of_person(connection: Connection, person_id: PersonId) -> list[Proposal]:
    """Everything open to which this person contributed."""
    mine = exists().where(
        contributor.c.proposal_id == proposal.c.proposal_id,
        contributor.c.person_id == person_id,
    )
    return _all(connection, proposal.c.state.in_(_OPEN) & mine)


def published_with(connection: Connection, person_id: PersonId, most: int) -> list[ArticleId]:
    """The articles to which this person contributed, the newest first, each once."""
    newest = func.max(proposal.c.changed_at)
    rows = connection.execute(
        select(proposal.c.article_id)
        .join(contributor, contributor.c.proposal_id == proposal.c.proposal_id)
        .where(proposal.c.state == DraftState.PUBLISHED, contributor.c.person_id == person_id)
        .group_by(proposal.c.article_id)
        .order_by(newest.desc(), proposal.c.article_id)
        .limit(most)
    )
    return [ArticleId(article_id) for article_id in rows.scalars()]


def of_article(connection: Connection, article_id: ArticleId) -> list[Proposal]:
    """Everything open about this article."""
    return _all(connection, proposal.c.state.in_(_OPEN) & (proposal.c.article_id == article_id))


def taken_ids(connection: Connection, beginning: str) -> frozenset[str]:
    """The ids of articles and open proposals that begin so."""
    found: set[str] = set()
    for column in (article.c.article_id, proposal.c.article_id):
        rows = connection.execute(
            select(column).where(column.startswith(beginning, autoescape=True))
        )
        found.update(rows.scalars())
    return frozenset(found)


def _one(
    connection: Connection,
    which: Any,  # noqa: ANN401 - SQLAlchemy's
    decides: bool,
) -> Proposal | None:
    query = select(proposal).where(which)
    row = connection.execute(query.with_for_update() if decides else query).first()
    if row is None:
        return None
    return _stored(row, _people(connection, [row.proposal_id]).get(row.proposal_id, ()))


def _all(connection: Connection, which: Any) -> list[Proposal]:  # noqa: ANN401 - SQLAlchemy's
    rows = connection.execute(
        select(proposal).where(which).order_by(proposal.c.changed_at, proposal.c.proposal_id)
    ).all()
    people = _people(connection, [row.proposal_id for row in rows])
    return [_stored(row, people.get(row.proposal_id, ())) for row in rows]


def _people(
    connection: Connection, proposal_ids: Collection[str]
) -> dict[str, tuple[Contributor, ...]]:
    rows: Iterable[Row[Any]] = connection.execute(
        select(contributor)
        .where(contributor.c.proposal_id.in_(proposal_ids))
        .order_by(contributor.c.person_id)
    )
    found: dict[str, tuple[Contributor, ...]] = {}
    for row in rows:
        one = Contributor(PersonId(row.person_id), Contribution(row.kind), row.agreed_at)
        found[row.proposal_id] = (*found.get(row.proposal_id, ()), one)
    return found


def _stored(row: Row[Any], people: tuple[Contributor, ...]) -> Proposal:
    return Proposal(
        proposal_id=ProposalId(row.proposal_id),
        article_id=ArticleId(row.article_id),
        base_version=row.base_version,
        title=row.title,
        source=row.source,
        note=row.note,
        state=DraftState(row.state),
        words=row.words,
        session_id=SessionId(row.session_id) if row.session_id else None,
        made_at=row.made_at,
        changed_at=row.changed_at,
        it_id=PersonId(row.it_id) if row.it_id else None,
        contributors=people,
    )
