"""Articles as files: many taken in with one transaction, and the published ones page by page."""

from collections.abc import Sequence
from typing import Any

import msgspec
from samebox_shared.model.articles import Article
from sqlalchemy import Connection, Select, select

from samebox_server.core.intake import ArticleFile, Intake, Known, Verdict, decide, fingerprint
from samebox_server.store import articles, values
from samebox_server.store.tables import article, article_change, article_version

PAGE = 50


class FileOnServer(msgspec.Struct, frozen=True, kw_only=True):
    """One article that is published, or (None) was; and the fingerprints of all its versions."""

    article_id: str
    article: Article | None
    fingerprints: list[str]


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """An article as it was read from a file; with `doubt` it is not published."""

    file: ArticleFile
    article: Article
    doubt: Verdict | None = None


def take_in(
    connection: Connection, offered: Sequence[Offered], now: float, *, is_dry: bool
) -> list[Verdict]:
    """Publishes what is new or changed, unless `is_dry`; what became of each, in their order."""
    if not is_dry:
        values.lock(connection)  # nobody publishes between the look and the writing
    return [_take_in(connection, each, now, is_dry=is_dry) for each in offered]


def page(connection: Connection, after: str) -> list[FileOnServer]:
    """The next articles in the order of their ids; none is the end."""
    was_published = select(article_change.c.article_id).distinct()
    rows = connection.execute(
        _newest()
        .where(article.c.article_id > after, article.c.article_id.in_(was_published))
        .order_by(article.c.article_id)
        .limit(PAGE)
    ).all()
    prints = _fingerprints(connection, [row.article_id for row in rows])
    return [
        FileOnServer(
            article_id=row.article_id,
            article=_article(row.body) if _is_out(row.state) else None,
            fingerprints=prints[row.article_id],
        )
        for row in rows
    ]


def _fingerprints(connection: Connection, ids: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    rows = connection.execute(
        select(article_version.c.article_id, article_version.c.body).where(
            article_version.c.article_id.in_(ids)
        )
    )
    for row in rows:
        found.setdefault(row.article_id, []).append(fingerprint(_article(row.body)))
    return found


def _take_in(connection: Connection, offered: Offered, now: float, *, is_dry: bool) -> Verdict:
    row = connection.execute(
        _newest().where(article.c.article_id == offered.article.article_id)
    ).one_or_none()
    known = None
    if row is not None:
        known = Known(article=_article(row.body), source=row.source)
    verdict = decide(offered.file.source, offered.file.text, offered.article, known)
    if verdict.intake not in (Intake.NEW, Intake.CHANGED):
        return verdict
    if offered.doubt is not None:
        return offered.doubt
    if not is_dry:
        numbered = msgspec.structs.replace(offered.article, version=verdict.version)
        articles.publish(connection, numbered, offered.file.text, now)
    return verdict


def _newest() -> Select[Any]:
    return select(
        article.c.article_id, article.c.state, article_version.c.body, article_version.c.source
    ).join(
        article_version,
        (article_version.c.article_id == article.c.article_id)
        & (article_version.c.version == article.c.version),
    )


def _article(body: str) -> Article:
    return msgspec.json.decode(body, type=Article)


def _is_out(state: str) -> bool:
    return state == articles.ArticleState.PUBLISHED
