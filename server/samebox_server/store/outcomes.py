"""What came of articles: counts by version and device type, kept without a name."""

from collections.abc import Sequence

import msgspec
from samebox_shared.model.articles import Record, Tried
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import ArticleId
from sqlalchemy import Connection, func, insert, select, update

from samebox_server.store.tables import article_outcome

MOST_KINDS = 40
"""Device types told of one article: those with most outcomes."""

_table = article_outcome


def add(
    connection: Connection,
    article_id: ArticleId,
    version: int,
    device_type: DeviceType,
    tried: Tried,
) -> int:
    """Count one more; how many there are of this version by now."""
    key = {
        "article_id": article_id,
        "version": version,
        "kind": msgspec.json.encode(device_type, order="deterministic").decode(),
        "tried": tried,
    }
    mine = [_table.c[name] == value for name, value in key.items()]
    changed = connection.execute(update(_table).where(*mine).values(amount=_table.c.amount + 1))
    if not changed.rowcount:
        connection.execute(insert(_table).values(amount=1, **key))
    return int(
        connection.execute(
            select(func.sum(_table.c.amount)).where(
                _table.c.article_id == article_id, _table.c.version == version
            )
        ).scalar_one()
    )


def records(
    connection: Connection, versions: Sequence[tuple[ArticleId, int]]
) -> dict[ArticleId, tuple[Record, ...]]:
    """The counts of these versions, for each article the device types with most first."""
    wanted = dict(versions)
    rows = connection.execute(select(_table).where(_table.c.article_id.in_(list(wanted)))).all()
    counts: dict[ArticleId, dict[str, dict[str, int]]] = {}
    for row in rows:
        if row.version == wanted[row.article_id]:
            kinds = counts.setdefault(ArticleId(row.article_id), {})
            kinds.setdefault(row.kind, {})[row.tried] = row.amount
    return {article_id: _most(kinds) for article_id, kinds in counts.items()}


def _most(kinds: dict[str, dict[str, int]]) -> tuple[Record, ...]:
    by_count = sorted(kinds.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    return tuple(
        Record(device_type=msgspec.json.decode(kind, type=DeviceType), **tried)
        for kind, tried in by_count[:MOST_KINDS]
    )
