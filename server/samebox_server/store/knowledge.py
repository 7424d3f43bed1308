"""Articles as the portal reads them: every one by its title, one with all its versions."""

from collections.abc import Collection

import msgspec
from msgspec import Struct
from samebox_shared.model.articles import Article, Record
from samebox_shared.model.ids import ArticleId, PersonId
from sqlalchemy import Connection, select, update

from samebox_server.store import outcomes
from samebox_server.store.articles import ArticleState
from samebox_server.store.tables import article, article_version, person

_decoder: msgspec.json.Decoder[Article] = msgspec.json.Decoder(Article)


class Kept(Struct, frozen=True, kw_only=True):
    """An article as it is now, and what is known beside its text."""

    article: Article
    state: ArticleState
    owner: PersonId | None
    review_by: float | None
    records: tuple[Record, ...] = ()


class Version(Struct, frozen=True, kw_only=True):
    """One version of an article."""

    article: Article
    number: int
    written_at: float
    author: PersonId | None
    reviewer: PersonId | None
    note: str


def bodies(connection: Connection) -> list[tuple[bytes, str]]:
    """Every article as it is now, as JSON, with its state; to be decoded elsewhere."""
    rows = connection.execute(
        select(article_version.c.body, article.c.state).join(
            article,
            (article.c.article_id == article_version.c.article_id)
            & (article.c.version == article_version.c.version),
        )
    )
    return [(row.body.encode(), row.state) for row in rows]


def load(connection: Connection, article_id: ArticleId) -> Kept | None:
    """One article as it is now."""
    row = connection.execute(
        select(article, article_version.c.body)
        .join(
            article_version,
            (article.c.article_id == article_version.c.article_id)
            & (article.c.version == article_version.c.version),
        )
        .where(article.c.article_id == article_id)
    ).first()
    if row is None:
        return None
    counted = outcomes.records(connection, [(article_id, row.version)])
    return Kept(
        article=_decoder.decode(row.body),
        state=ArticleState(row.state),
        owner=PersonId(row.owner_id) if row.owner_id else None,
        review_by=row.review_by,
        records=counted.get(article_id, ()),
    )


def versions(connection: Connection, article_id: ArticleId) -> list[Version]:
    """All versions, the newest first."""
    rows = connection.execute(
        select(article_version)
        .where(article_version.c.article_id == article_id)
        .order_by(article_version.c.version.desc())
    )
    return [
        Version(
            article=_decoder.decode(row.body),
            number=row.version,
            written_at=row.written_at,
            author=PersonId(row.author_id) if row.author_id else None,
            reviewer=PersonId(row.reviewer_id) if row.reviewer_id else None,
            note=row.note,
        )
        for row in rows
    ]


def to_review_again(connection: Connection, now: float) -> list[tuple[Article, float]]:
    """Published articles whose review date has come, and that date; the longest over first."""
    rows = connection.execute(
        select(article_version.c.body, article.c.review_by)
        .join(
            article,
            (article.c.article_id == article_version.c.article_id)
            & (article.c.version == article_version.c.version),
        )
        .where(article.c.state == ArticleState.PUBLISHED, article.c.review_by <= now)
        .order_by(article.c.review_by)
    )
    return [(_decoder.decode(row.body), row.review_by) for row in rows]


def care(
    connection: Connection, article_id: ArticleId, owner: PersonId | None, review_by: float
) -> None:
    """Whose article it is, and when somebody looks at it again."""
    connection.execute(
        update(article)
        .where(article.c.article_id == article_id)
        .values(owner_id=owner, review_by=review_by)
    )


def names(connection: Connection, person_ids: Collection[PersonId]) -> dict[PersonId, str]:
    """The names of these people; whoever has left has none any more."""
    rows = connection.execute(
        select(person.c.person_id, person.c.name).where(
            person.c.person_id.in_(set(person_ids)), person.c.left_at.is_(None)
        )
    )
    return {PersonId(person_id): name for person_id, name in rows}
