"""How many different people objected to a version of an article, without keeping who.

Each person has another mark on each version, made with a key of this server: whoever reads the
table learns no name and sees no two objections of one person to two articles. Whoever has the key
as well could try every person, so the marks are kept only while they are needed: until the article
is hidden or has a new version.
"""

import hmac

from samebox_shared.model.articles import Tried
from samebox_shared.model.ids import ArticleId, PersonId
from sqlalchemy import Connection, delete, func, insert, select, update

from samebox_server.store import values
from samebox_server.store.tables import article_objection

_table = article_objection


def add(
    connection: Connection, article_id: ArticleId, version: int, tried: Tried, person_id: PersonId
) -> int:
    """Somebody objects; how often they did so to this version by now."""
    words = f"{article_id} {version} {person_id}".encode()
    mark = hmac.digest(values.ensure_objection_key(connection), words, "sha256").hex()
    key = {"article_id": article_id, "version": version, "tried": tried, "mark": mark}
    mine = [_table.c[name] == value for name, value in key.items()]
    changed = connection.execute(update(_table).where(*mine).values(amount=_table.c.amount + 1))
    if not changed.rowcount:
        connection.execute(insert(_table).values(amount=1, **key))
        return 1
    return int(connection.execute(select(_table.c.amount).where(*mine)).scalar_one())


def people(connection: Connection, article_id: ArticleId, version: int, tried: Tried) -> int:
    """How many different people said so of this version."""
    return int(
        connection.execute(
            select(func.count())
            .select_from(_table)
            .where(
                _table.c.article_id == article_id,
                _table.c.version == version,
                _table.c.tried == tried,
            )
        ).scalar_one()
    )


def forget(connection: Connection, article_id: ArticleId) -> None:
    """The marks have done their work."""
    connection.execute(delete(_table).where(_table.c.article_id == article_id))
