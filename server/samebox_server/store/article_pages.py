"""The feed of changed articles as one reader may have it.

An article that the reader may not have is left out here, before anything leaves the store. Only
where an earlier version may lie on the laptop is it named, as withdrawn.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from samebox_shared.model.articles import Article, ArticleChange, ArticlePage
from samebox_shared.model.ids import ArticleId
from sqlalchemy import ColumnElement, Connection, Row, func, select

from samebox_server.core.readers import Reader, Shelf, may_have
from samebox_server.store import devices, outcomes, people, proving
from samebox_server.store.articles import ArticleState, head
from samebox_server.store.devices import Caller
from samebox_server.store.tables import article, article_change, article_version

PAGE = 200

_COLUMNS = (article.c.article_id, article.c.state, article.c.version, article_version.c.body)

_shelf: msgspec.json.Decoder[Shelf] = msgspec.json.Decoder(Shelf)
_article: msgspec.json.Decoder[Article] = msgspec.json.Decoder(Article)


def reader_of(connection: Connection, caller: Caller) -> Reader:
    """The calling device, as articles see it now."""
    known = devices.known_of(connection, [caller.device_id]).get(caller.device_id)
    roles = people.roles(connection, caller.person_id)
    return Reader(frozenset(roles), known.system if known else None)


def may_read(connection: Connection, caller: Caller, article_id: ArticleId) -> bool:
    """Whether the caller's roles allow the article as it is published; one that is known."""
    body = connection.execute(
        select(article_version.c.body)
        .join(
            article,
            (article.c.article_id == article_version.c.article_id)
            & (article.c.version == article_version.c.version),
        )
        .where(article.c.article_id == article_id)
    ).scalar_one()
    return may_have(
        Reader(frozenset(people.roles(connection, caller.person_id))), _shelf.decode(body)
    )


def page(connection: Connection, after: int, reader: Reader) -> ArticlePage:
    """What changed for this reader after a cursor: for each article its newest change only."""
    found: list[ArticleChange] = []
    cursor = after
    while len(found) <= PAGE:
        rows = _changed(connection, cursor)
        found += _changes(connection, rows, after, reader)
        if len(rows) < PAGE:
            break
        cursor = rows[-1].newest
    if len(found) > PAGE:
        return ArticlePage(changes=tuple(found[:PAGE]), head=found[PAGE - 1].change, more=True)
    return ArticlePage(changes=tuple(found), head=head(connection))


def _changed(connection: Connection, after: int) -> Sequence[Row[Any]]:
    """The next articles with a change after this one, whoever may have them."""
    newest = (
        select(article_change.c.article_id, func.max(article_change.c.change).label("newest"))
        .where(article_change.c.change > after)
        .group_by(article_change.c.article_id)
        .order_by(func.max(article_change.c.change))
        .limit(PAGE)
        .subquery()
    )
    columns: list[ColumnElement[Any]] = [newest.c.newest, *_COLUMNS]
    return connection.execute(
        select(*columns)
        .join(article, article.c.article_id == newest.c.article_id)
        .join(
            article_version,
            (article_version.c.article_id == article.c.article_id)
            & (article_version.c.version == article.c.version),
        )
        .order_by(newest.c.newest)
    ).all()


def _changes(
    connection: Connection, rows: Sequence[Row[Any]], after: int, reader: Reader
) -> list[ArticleChange]:
    shown = {row.article_id for row in rows if _is_shown(row, reader)}
    hidden = [row for row in rows if row.article_id not in shown]
    gone = _had_by(connection, hidden, after, reader) if hidden else set()
    versions = [(ArticleId(row.article_id), row.version) for row in rows if row.article_id in shown]
    counted = outcomes.records(connection, versions)
    proven = proving.newest_of(connection, versions)
    return [
        ArticleChange(
            change=row.newest,
            article_id=ArticleId(row.article_id),
            article=_article.decode(row.body) if row.article_id in shown else None,
            records=counted.get(ArticleId(row.article_id), ()),
            proven=proven.get(ArticleId(row.article_id), ()),
        )
        for row in rows
        if row.article_id in shown or row.article_id in gone
    ]


def _is_shown(row: Row[Any], reader: Reader) -> bool:
    return row.state == ArticleState.PUBLISHED and may_have(reader, _shelf.decode(row.body))


def _had_by(
    connection: Connection, hidden: Sequence[Row[Any]], after: int, reader: Reader
) -> set[str]:
    """Which of these articles the reader's copy up to `after` may hold in an earlier version."""
    wanted = [row.article_id for row in hidden]
    told = connection.execute(
        select(article_change.c.article_id)
        .where(article_change.c.article_id.in_(wanted), article_change.c.change <= after)
        .distinct()
    ).scalars()
    versions = connection.execute(
        select(article_version.c.article_id, article_version.c.body).where(
            article_version.c.article_id.in_(list(told))
        )
    )
    return {article_id for article_id, text in versions if may_have(reader, _shelf.decode(text))}
