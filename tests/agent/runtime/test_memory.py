"""The disk in the core's terms: what is kept comes back, and a failing disk becomes an event."""

import math
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from samebox_agent.core import commands as c
from samebox_agent.core import remedies
from samebox_agent.core.events import (
    ActKept,
    ActNotKept,
    ArticlesArrived,
    ArticlesMissed,
    SearchDone,
    SharedLogRead,
    Started,
    StoreFailed,
)
from samebox_agent.core.intents import Appearance
from samebox_agent.core.remedy_list import RemedyKey, Tried
from samebox_agent.core.state import Problem, Snoozed, Trouble, Waiting
from samebox_agent.runtime.memory import TYPING_PAUSE, in_core_words, open_memory
from samebox_agent.storage import settings, trouble
from samebox_agent.storage.feed import FeedGap
from samebox_agent.storage.paths import Paths, choose_paths
from samebox_shared.model.articles import ArticlePage
from samebox_shared.model.facts import FactKind
from samebox_shared.model.ids import TxnId
from samebox_shared.model.people import Role
from samebox_shared.protocol.acts import PostMessage, SetHelping

from tests.support.builders import (
    DISK,
    NOW,
    SESSION,
    a_page,
    an_article,
    an_event,
    ana_here,
    posted,
    session_opened,
)
from tests.support.fakes import Later, Told

HELPING = SetHelping(helping=True)
FILE = Path("samebox.db")
TRIED = (Tried(RemedyKey.EMPTY_BIN, NOW, True),)
KEEP = c.KeepAct(TxnId("t1"), HELPING, NOW)


class Desk:
    """A memory in a folder of its own, with what it said and put off."""

    def __init__(self, paths: Paths) -> None:
        self.told, self.later, self.paths = Told(), Later(), paths
        self.memory = open_memory(paths, self.later, self.told)

    def keep(self, *commands: c.AnyCommand) -> None:
        for command in commands:
            self.memory.carry_out(command)

    def started(self) -> Started:
        return self.memory.started(show_window=False, openable=frozenset())

    def restart(self) -> None:
        """The program ends and begins again."""
        self.memory.close()
        self.memory = open_memory(self.paths, self.later, self.told)

    def break_writing(self) -> None:
        """From now on every write finds the disk full."""
        self.memory.store.database.execute("PRAGMA max_page_count = 1")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(choose_paths(tmp_path))
    yield desk
    desk.memory.close()


def test_an_empty_disk_remembers_nothing(desk: Desk) -> None:
    started = desk.started()
    assert (started.me, started.server, started.sharing, started.trouble) == (None, "", None, None)
    assert (started.feed, started.outbox, started.texts, started.reading) == ((), (), (), True)


def test_everything_kept_is_there_after_a_restart(desk: Desk) -> None:
    desk.keep(
        c.KeepMe(ana_here(Role.OWNER, Role.IT)),
        c.KeepSetting(c.Remembered.SERVER, "https://help.example.com"),
        c.KeepSetting(c.Remembered.APPEARANCE, "dark"),
        c.KeepSetting(c.Remembered.READING, "no"),
        c.KeepSetting(c.Remembered.SHARING_AGREED, "yes"),
        c.KeepSetting(c.Remembered.REMEDIES, remedies.written(TRIED)),
        c.KeepSharing(FactKind.BATTERY, True),
        c.KeepSnooze(DISK, math.inf),
        c.KeepText("help", "typed"),
        KEEP,
    )
    desk.memory.grow([an_event(session_opened())])
    desk.memory.store.articles.apply_page(a_page(an_article()))
    desk.told.only(ActKept)
    desk.restart()
    started = desk.started()
    assert started.me is not None
    assert (started.me.person.name, started.me.roles) == ("Ana", (Role.OWNER, Role.IT))
    assert started.me.person.is_it
    assert started.server == "https://help.example.com"
    assert (started.appearance, started.reading) == (Appearance.DARK, False)
    assert (started.tried, started.offered) == (TRIED, frozenset())
    assert (started.sharing_agreed, started.sharing) == (True, frozenset({FactKind.BATTERY}))
    assert started.snoozed == (Snoozed(DISK, math.inf),)
    assert started.texts == (("help", "typed"),)
    assert started.outbox == (Waiting(TxnId("t1"), HELPING, NOW, stored=True),)
    assert started.feed == (an_event(session_opened()),)
    assert started.articles.page.head == 7
    assert [change.article_id for change in started.articles.page.changes] == [DISK]


def test_a_snooze_has_an_end_and_an_unknown_appearance_is_the_systems(desk: Desk) -> None:
    desk.keep(c.KeepSnooze(DISK, 5.0), c.KeepSetting(c.Remembered.APPEARANCE, "pink"))
    assert desk.started().snoozed == (Snoozed(DISK, 5.0),)
    assert desk.started().appearance is Appearance.SYSTEM


def test_an_act_is_in_the_outbox_from_kept_to_settled(desk: Desk) -> None:
    desk.keep(KEEP)
    assert desk.told.only(ActKept) == ActKept(TxnId("t1"))
    assert len(desk.started().outbox) == 1
    desk.keep(c.SettleAct(TxnId("t1")))
    assert desk.started().outbox == ()


def test_typing_is_written_once_after_a_pause_and_an_emptied_field_at_once(desk: Desk) -> None:
    for text in ("d", "di", "dis"):
        desk.keep(c.KeepText("help", text))
    assert desk.started().texts == ()
    assert [seconds for seconds, _ in desk.later.waiting] == [TYPING_PAUSE]
    desk.later.comes()
    assert desk.started().texts == (("help", "dis"),)
    desk.keep(c.KeepText("help", ""))
    assert (desk.started().texts, desk.later.waiting) == ((), [])


def test_words_are_looked_for_in_the_articles(desk: Desk) -> None:
    desk.memory.store.articles.apply_page(a_page(an_article()))
    desk.keep(c.SearchArticles("full disk"))
    assert desk.told.only(SearchDone) == SearchDone("full disk", (DISK,))


def test_a_damaged_copy_of_the_articles_is_forgotten_and_nothing_else(desk: Desk) -> None:
    desk.keep(c.KeepSnooze(DISK, 5.0), c.KeepText("help", "typed"), KEEP)
    desk.memory.flush_texts()
    desk.told.only(ActKept)
    desk.memory.grow([an_event(session_opened())])
    desk.memory.store.articles.apply_page(a_page(an_article()))
    desk.memory.store.database.execute("UPDATE article SET body = x'5a5a'")
    desk.keep(c.SearchArticles("full disk"))
    gone, missed = desk.told.events
    assert gone == ArticlesArrived(ArticlePage(changes=(), head=0), anew=True)
    assert missed == ArticlesMissed()
    desk.memory.store.articles.apply_page(a_page(an_article()))
    desk.memory.store.database.execute("UPDATE article SET body = x'5a5a'")
    desk.restart()
    started = desk.started()
    assert (started.articles.page.head, started.trouble) == (0, None)
    assert started.snoozed == (Snoozed(DISK, 5.0),)
    assert (started.texts, len(started.outbox)) == ((("help", "typed"),), 1)
    assert started.feed == (an_event(session_opened()),)


def test_a_feed_grows_all_or_nothing_and_can_be_forgotten(desk: Desk) -> None:
    first = an_event(session_opened(), 1)
    with pytest.raises(FeedGap):
        desk.memory.grow([first, an_event(posted("Hi"), 3)])
    assert desk.started().feed == ()
    assert desk.memory.grow([first, first]) == (first,)
    desk.keep(c.ForgetFeed("e2"))
    assert (desk.started().feed, desk.started().epoch) == ((), "e2")


def test_what_was_shared_can_be_read_again(desk: Desk) -> None:
    desk.memory.record_shared("https://x", "A question", b'{"a":1}')
    desk.keep(c.ReadSharedLog())
    (entry,) = desk.told.only(SharedLogRead).entries
    assert (entry.what, entry.payload) == ("A question, to https://x", '{"a":1}')


def test_a_full_disk_is_told_for_an_act_and_for_anything_else(desk: Desk) -> None:
    desk.break_writing()
    full, long = Trouble(Problem.DISK_FULL), "x" * 100_000
    desk.keep(c.KeepAct(TxnId("t1"), PostMessage(session_id=SESSION, fence=1, text=long), NOW))
    assert desk.told.only(ActNotKept) == ActNotKept(TxnId("t1"), full)
    desk.keep(c.KeepSetting(c.Remembered.SERVER, long))
    assert desk.told.only(StoreFailed) == StoreFailed(full)
    desk.keep(c.KeepText("help", long))
    desk.later.comes()
    assert desk.told.only(StoreFailed) == StoreFailed(full)


def test_a_command_that_is_not_for_the_disk_is_a_bug(desk: Desk) -> None:
    with pytest.raises(TypeError, match="not for the disk"):
        desk.keep(c.Leave())


def test_a_damaged_file_is_put_aside_and_the_person_is_told(tmp_path: Path) -> None:
    paths = choose_paths(tmp_path)
    paths.database.write_bytes(b"not a database at all" * 1000)
    desk = Desk(paths)
    assert desk.started().trouble == Trouble(Problem.STORE_BROKEN)
    assert len(list(tmp_path.glob("samebox.db*"))) > 1
    desk.memory.close()


def test_damage_that_shows_only_while_reading_is_put_aside_too(desk: Desk) -> None:
    desk.memory.grow([an_event(session_opened())])
    desk.memory.store.database.execute("UPDATE feed SET body = 'nonsense'")
    started = desk.started()
    assert (started.feed, started.trouble) == ((), Trouble(Problem.STORE_BROKEN))


@pytest.mark.parametrize(
    ("named", "problem"),
    [
        (trouble.disk_full(FILE), Problem.DISK_FULL),
        (trouble.corrupt(FILE), Problem.STORE_BROKEN),
        (trouble.newer(FILE), Problem.STORE_UNUSABLE),
        (trouble.busy(FILE), Problem.STORE_UNUSABLE),
        (trouble.unwritable(FILE, "not allowed"), Problem.STORE_UNUSABLE),
    ],
)
def test_every_trouble_of_the_disk_has_a_name_in_the_core(
    named: trouble.StorageTrouble, problem: Problem
) -> None:
    assert in_core_words(named).problem is problem


def test_a_file_of_a_newer_samebox_is_not_touched(tmp_path: Path) -> None:
    paths = choose_paths(tmp_path)
    Desk(paths).memory.close()
    with sqlite3.connect(paths.database) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(trouble.StorageTrouble):
        Desk(paths)


def test_me_needs_a_device_and_a_server(desk: Desk) -> None:
    desk.keep(c.KeepMe(ana_here()))
    assert desk.started().me is None
    assert desk.memory.store.settings.get(settings.PERSON_NAME) == "Ana"
