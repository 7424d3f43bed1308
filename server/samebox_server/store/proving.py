"""On which versions of systems articles are known to work, and which versions are in use."""

from collections.abc import Collection, Iterable

from samebox_shared.model.articles import Proven
from samebox_shared.model.devices import System
from samebox_shared.model.ids import ArticleId
from sqlalchemy import Connection, func, insert, select

from samebox_server.core.proving import Fleet, newest
from samebox_server.store.tables import article_proven, device, person


def add(
    connection: Connection, article_id: ArticleId, version: int, proven: Iterable[Proven]
) -> bool:
    """This version works on these; whether any of them is new."""
    known = set(of(connection, [(article_id, version)]).get(article_id, ()))
    new = [one for one in dict.fromkeys(proven) if one not in known]
    for one in new:
        connection.execute(
            insert(article_proven).values(
                article_id=article_id,
                version=version,
                system=one.system,
                system_version=one.system_version,
            )
        )
    return bool(new)


def of(
    connection: Connection, versions: Collection[tuple[ArticleId, int]]
) -> dict[ArticleId, tuple[Proven, ...]]:
    """All on which these versions are known to work."""
    wanted = dict(versions)
    rows = connection.execute(
        select(article_proven).where(article_proven.c.article_id.in_(list(wanted)))
    )
    found: dict[ArticleId, tuple[Proven, ...]] = {}
    for row in rows:
        if row.version == wanted[row.article_id]:
            one = Proven(system=System(row.system), system_version=row.system_version)
            article_id = ArticleId(row.article_id)
            found[article_id] = (*found.get(article_id, ()), one)
    return found


def every(
    connection: Connection,
) -> dict[tuple[ArticleId, int], tuple[Proven, ...]]:
    """All on which any version of any article is known to work."""
    found: dict[tuple[ArticleId, int], tuple[Proven, ...]] = {}
    for row in connection.execute(select(article_proven)):
        key = (ArticleId(row.article_id), row.version)
        one = Proven(system=System(row.system), system_version=row.system_version)
        found[key] = (*found.get(key, ()), one)
    return found


def newest_of(
    connection: Connection, versions: Collection[tuple[ArticleId, int]]
) -> dict[ArticleId, tuple[Proven, ...]]:
    """Of each system the newest version on which these are known to work."""
    return {article_id: newest(proven) for article_id, proven in of(connection, versions).items()}


def fleet(connection: Connection) -> list[Fleet]:
    """The versions of systems on the laptops of people who are here."""
    rows = connection.execute(
        select(device.c.system, device.c.system_version, func.count())
        .join(person, person.c.person_id == device.c.person_id)
        .where(device.c.system.is_not(None), person.c.left_at.is_(None))
        .group_by(device.c.system, device.c.system_version)
        .order_by(device.c.system, device.c.system_version)
    )
    return [Fleet(System(system), version, count) for system, version, count in rows]
