"""What came of an article is counted without a name, and every laptop hears of it in time."""

import sqlite3
from contextlib import closing

import msgspec
from samebox_server.starter import starter_files
from samebox_shared.model.articles import ArticlePage, Record, Tried
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId, TxnId, new_id
from samebox_shared.protocol.acts import ReportOutcome
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.messages import ArticlesChanged, Done, Refused

from tests.server.browsing import portal_of
from tests.server.live.conftest import Invite
from tests.server.running import Person
from tests.server.scripted import ScriptedAgent, connected
from tests.server.web.portal.conftest import hand_over

DISK = ArticleId("disk-nearly-full")


def number_of(article_id: ArticleId) -> int:
    """The version that the server begins with."""
    return int(starter_files()[f"{article_id}.md"].split("\nversion: ")[1].split()[0])


VERSION = number_of(DISK)
T14 = DeviceType(system=System.WINDOWS, vendor="Lenovo", model="ThinkPad T14")


def report(tried: Tried = Tried.VERIFIED, **changes: object) -> ReportOutcome:
    fields = {"article_id": DISK, "version": VERSION, "device_type": T14, "tried": tried, **changes}
    return ReportOutcome(**fields)  # type: ignore[arg-type]


def records(agent: ScriptedAgent) -> tuple[Record, ...]:
    person = agent.person
    answer = person.server.get("/api/articles?after=0", person.token)
    page = msgspec.json.decode(answer.content, type=ArticlePage)
    return next(change.records for change in page.changes if change.article_id == DISK)


async def test_the_fifth_outcome_is_told_to_every_laptop(invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Ben")) as (ada, ben):
        for tried in (Tried.VERIFIED, Tried.SAID_SO, Tried.NOT_HELPED, Tried.VERIFIED):
            assert isinstance(await ada.do(report(tried)), Done)
        assert not [frame for frame in ben.others if isinstance(frame, ArticlesChanged)]
        assert isinstance(await ada.do(report()), Done)
        told = await ben.expect_other(ArticlesChanged)
        assert told.head > (ben.welcome.articles_head if ben.welcome else 0)
        expected = Record(device_type=T14, verified=3, said_so=1, not_helped=1)
        assert records(ben) == (expected,)


async def test_what_was_never_published_or_makes_no_sense_is_refused(invited: Invite) -> None:
    async with connected(invited("Cem")) as (cem,):
        for act, code in (
            (report(article_id=ArticleId("none")), ErrorCode.NOT_FOUND),
            (report(version=99), ErrorCode.NOT_FOUND),
            (report(device_type=DeviceType(vendor="x" * 121)), ErrorCode.MALFORMED),
        ):
            answer = await cem.do(act)
            assert isinstance(answer, Refused), answer
            assert answer.code is code


async def test_an_outcome_of_an_older_version_is_let_go(invited: Invite) -> None:
    async with connected(invited("Dia")) as (dia,):
        before = records(dia)
        assert isinstance(await dia.do(report(version=0)), Done)
        assert records(dia) == before


async def test_what_made_things_worse_twice_leaves_every_laptop(
    invited: Invite, owner: Person
) -> None:
    worn = ArticleId("battery-very-worn")
    worse = report(Tried.WORSE, article_id=worn, version=1, why="Now nothing works.")

    def is_there(agent: ScriptedAgent) -> bool:
        answer = agent.person.server.get("/api/articles?after=0", agent.person.token)
        page = msgspec.json.decode(answer.content, type=ArticlePage)
        return any(one.article_id == worn and one.article for one in page.changes)

    async with connected(invited("Eli"), invited("Fay")) as (eli, fay):
        assert isinstance(await eli.do(worse), Done)
        assert is_there(eli)
        assert isinstance(await fay.do(report(Tried.WORSE, article_id=worn, version=1)), Done)
        await eli.expect_other(ArticlesChanged)
        assert not is_there(eli)
        again = await fay.do(worse)
        assert isinstance(again, Refused)
        assert again.code is ErrorCode.NOT_FOUND
    with portal_of(owner) as browser:
        tasks = browser.get("/portal/tasks").text
        assert tasks.count("Made it worse") == 2
        assert "Now nothing works." in tasks
        shown = browser.get(f"/portal/articles/{worn}").text
        assert "No laptop has this article at the moment" in shown


async def test_a_no_with_a_reason_is_a_task_and_one_without_is_a_count(
    invited: Invite, owner: Person
) -> None:
    async with connected(invited("Gus")) as (gus,):
        for why in ("", "There is no such switch."):
            assert isinstance(await gus.do(report(Tried.NOT_HELPED, why=why)), Done)
    with portal_of(owner) as browser:
        assert browser.get("/portal/tasks").text.count("There is no such switch.") == 1


async def test_a_fix_that_worked_proves_its_system(invited: Invite) -> None:
    newer = DeviceType(system=System.WINDOWS, system_version="12")

    def proven(agent: ScriptedAgent) -> list[str]:
        answer = agent.person.server.get("/api/articles?after=0", agent.person.token)
        page = msgspec.json.decode(answer.content, type=ArticlePage)
        one = next(change for change in page.changes if change.article_id == DISK)
        return [each.system_version for each in one.proven if each.system is System.WINDOWS]

    async with connected(invited("Hal")) as (hal,):
        assert "12" not in proven(hal)
        assert isinstance(await hal.do(report(Tried.NOT_HELPED, device_type=newer)), Done)
        assert "12" not in proven(hal)
        assert isinstance(await hal.do(report(Tried.SAID_SO, device_type=newer)), Done)
        await hal.expect_other(ArticlesChanged)
        assert proven(hal) == ["12"]


async def test_one_person_hides_nothing_and_fills_no_list(invited: Invite, owner: Person) -> None:
    full = ArticleId("disk-very-full")

    def objection(tried: Tried, why: str) -> ReportOutcome:
        return report(tried, article_id=full, version=number_of(full), why=why)

    async with connected(invited("Ivy")) as (ivy,):
        for number in range(6):
            assert isinstance(await ivy.do(objection(Tried.WORSE, f"It is bad, {number}.")), Done)
            no = report(
                Tried.NOT_HELPED, article_id=full, version=number_of(full), why=f"No, {number}."
            )
            assert isinstance(await ivy.do(no), Done)
        page = msgspec.json.decode(
            ivy.person.server.get("/api/articles?after=0", ivy.person.token).content,
            type=ArticlePage,
        )
        (change,) = (one for one in page.changes if one.article_id == full)
        assert change.article is not None
        assert sum(one.worse for one in change.records) == 1
    with portal_of(owner) as browser:
        tasks = browser.get("/portal/tasks").text
        assert tasks.count("It is bad, ") == 3
        assert tasks.count("No, ") == 3


async def test_what_somebody_may_not_read_they_cannot_report_on(
    invited: Invite, owner: Person
) -> None:
    with portal_of(invited("Jan", "it")) as author, portal_of(owner) as moderator:
        path = hand_over(author, title="The vault is shut", audience="it")
        moderator.get(path)
        assert moderator.send_form(path, do="publish").status_code == 200
    worse = report(Tried.WORSE, article_id=ArticleId("the-vault-is-shut"), version=1)
    async with connected(invited("Kim"), invited("Lea", "it")) as (kim, lea):
        refused = await kim.do(worse)
        assert isinstance(refused, Refused)
        assert refused.code is ErrorCode.NOT_FOUND
        assert isinstance(await lea.do(worse), Done)


async def test_no_trace_of_what_somebody_said_stays_beside_their_name(invited: Invite) -> None:
    async with connected(invited("Ivo")) as (ivo,):
        txn_id = TxnId(new_id())
        act = report(Tried.NOT_HELPED, why="The button is not there.")
        assert isinstance(await ivo.do(act, txn_id), Done)
        assert isinstance(await ivo.do(act, txn_id), Done)  # once all the same
        file = ivo.person.server.data / "samebox.sqlite3"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as looked_at:
            kept = looked_at.execute(
                "SELECT body_sha256 FROM done_act WHERE txn_id = ?", (txn_id,)
            ).fetchall()
        assert kept == [("",)]
