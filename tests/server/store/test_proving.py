"""The versions of systems that articles are proven on, and those in use."""

from samebox_server.core.proving import Fleet
from samebox_server.core.readers import Reader
from samebox_server.store import article_pages, articles, devices, leavers, people, proving
from samebox_server.store.database import Database
from samebox_shared.model.articles import Article, Proven
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId
from sqlalchemy import Connection

DISK = ArticleId("disk")


def mac(version: str) -> Proven:
    return Proven(system=System.MACOS, system_version=version)


async def test_each_version_of_an_article_is_proven_by_itself(database: Database) -> None:
    def unit(connection: Connection) -> None:
        article = Article(article_id=DISK, version=1, title="", summary="")
        articles.publish(connection, article, "source", 1.0)
        assert proving.add(connection, DISK, 1, [mac("14"), mac("15"), mac("15")])
        assert not proving.add(connection, DISK, 1, [mac("15")])
        assert proving.of(connection, [(DISK, 2)]) == {}
        assert set(proving.of(connection, [(DISK, 1)])[DISK]) == {mac("14"), mac("15")}
        assert proving.newest_of(connection, [(DISK, 1)]) == {DISK: (mac("15"),)}
        assert set(proving.every(connection)[DISK, 1]) == {mac("14"), mac("15")}
        assert article_pages.page(connection, 0, Reader()).changes[0].proven == (mac("15"),)

    await database.write(unit)


async def test_the_fleet_counts_laptops_of_people_who_are_here(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada, eve = (people.add(connection, name, (), 1.0) for name in ("Ada", "Eve"))
        for token, person, version in (("1", ada, "15"), ("2", ada, "15"), ("3", eve, "26")):
            kind = DeviceType(system=System.MACOS, system_version=version)
            devices.add(connection, person, token, kind, "0", 1.0)
        devices.add(connection, ada, "4", DeviceType(vendor="Dell"), "0", 1.0)
        leavers.leave(connection, eve, 2.0)
        assert proving.fleet(connection) == [Fleet(System.MACOS, "15", 2)]

    await database.write(unit)
