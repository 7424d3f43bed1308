"""Articles with their versions, and the feed of what changed; `article_pages` reads it."""

from enum import StrEnum

import msgspec
from samebox_shared.model.articles import Article
from samebox_shared.model.ids import ArticleId, PersonId
from sqlalchemy import Connection, func, insert, select, update

from samebox_server.store import objections, values
from samebox_server.store.tables import article, article_change, article_version


class ArticleState(StrEnum):
    """Only published articles travel to laptops; a hidden one was published before."""

    PUBLISHED = "published"
    HIDDEN = "hidden"


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """Whose a version is; nobody's when it came from a file. `review_by` is when somebody looks at
    the article again."""

    author: PersonId | None = None
    reviewer: PersonId | None = None
    note: str = ""
    review_by: float | None = None


FROM_A_FILE = Credit()


def is_empty(connection: Connection) -> bool:
    """Whether there is no article at all, as on the first start."""
    return connection.execute(select(article.c.article_id).limit(1)).first() is None


def publish(
    connection: Connection,
    published: Article,
    source: str,
    now: float,
    credit: Credit = FROM_A_FILE,
) -> bool:
    """Publishes a new article or a new version of a known one; whether anything changed. Its number
    is the next one, or its own when that is higher."""
    version = newest_version(connection, published.article_id)
    if version and _source(connection, published.article_id, version) == source:
        return False
    numbered = msgspec.structs.replace(published, version=max(version + 1, published.version))
    _save(connection, numbered, source, now, credit)
    tell_again(connection, published.article_id)
    return True


def set_state(connection: Connection, article_id: ArticleId, state: ArticleState) -> int:
    """Hides an article from every laptop, or shows it again; the head of the changes by now."""
    connection.execute(
        update(article).where(article.c.article_id == article_id).values(state=state)
    )
    return tell_again(connection, article_id)


def tell_again(connection: Connection, article_id: ArticleId) -> int:
    """Every laptop fetches this article anew; the head of the changes by now."""
    values.lock(connection)  # two servers must not count on from the same head
    change = head(connection) + 1
    connection.execute(insert(article_change).values(change=change, article_id=article_id))
    return change


def published_version(connection: Connection, article_id: ArticleId) -> int | None:
    """The version that laptops have; None when there is none. Nobody else decides about this
    article until the transaction ends."""
    found: int | None = connection.execute(
        select(article.c.version)
        .where(article.c.article_id == article_id, article.c.state == ArticleState.PUBLISHED)
        .with_for_update()
    ).scalar_one_or_none()
    return found


def head(connection: Connection) -> int:
    """The newest change; 0 when nothing was ever published."""
    found: int = connection.execute(
        select(func.coalesce(func.max(article_change.c.change), 0))
    ).scalar_one()
    return found


def locked_version(connection: Connection, article_id: ArticleId) -> int:
    """`newest_version`, and no other server publishes another until the transaction ends."""
    connection.execute(
        select(article.c.version).where(article.c.article_id == article_id).with_for_update()
    )
    return newest_version(connection, article_id)


def newest_version(connection: Connection, article_id: ArticleId) -> int:
    """The number of the newest version, published or hidden; 0 when there is no such article."""
    return (
        connection.execute(
            select(article.c.version).where(article.c.article_id == article_id)
        ).scalar_one_or_none()
        or 0
    )


def _source(connection: Connection, article_id: ArticleId, version: int) -> str:
    found: str = connection.execute(
        select(article_version.c.source).where(
            article_version.c.article_id == article_id, article_version.c.version == version
        )
    ).scalar_one()
    return found


def _save(connection: Connection, saved: Article, source: str, now: float, credit: Credit) -> None:
    objections.forget(connection, saved.article_id)
    fields = {
        "state": ArticleState.PUBLISHED,
        "version": saved.version,
        "review_by": credit.review_by,
    }
    changed = connection.execute(
        update(article).where(article.c.article_id == saved.article_id).values(**fields)
    )
    if not changed.rowcount:
        connection.execute(
            insert(article).values(article_id=saved.article_id, owner_id=credit.author, **fields)
        )
    connection.execute(
        insert(article_version).values(
            article_id=saved.article_id,
            version=saved.version,
            source=source,
            body=msgspec.json.encode(saved).decode(),
            written_at=now,
            author_id=credit.author,
            reviewer_id=credit.reviewer,
            note=credit.note,
        )
    )
