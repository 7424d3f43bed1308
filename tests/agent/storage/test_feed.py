"""The copy of the feed has no gap, no double, and never runs ahead of its cursor."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from samebox_agent.storage.database import Database, open_database
from samebox_agent.storage.feed import Feed, FeedGap, Position
from samebox_agent.storage.trouble import StorageTrouble
from samebox_shared.model.ids import EventId, MessageId, PersonId, SessionId, TxnId
from samebox_shared.protocol.events import MessageDeleted, MessageEdited, MessagePosted
from samebox_shared.protocol.messages import Event


def event(seq: int, *, prev: int | None = None, name: str = "") -> Event:
    return Event(
        seq=seq,
        prev_seq=seq - 1 if prev is None else prev,
        event_id=EventId(name or f"event-{seq}"),
        at=1000.0 + seq,
        body=MessagePosted(
            session_id=SessionId("s"),
            message_id=MessageId(f"m{seq}"),
            author_id=PersonId("ana"),
            txn_id=TxnId(f"t{seq}"),
            text=f"line {seq} ✓",
        ),
    )


def test_it_starts_before_the_first_day(database: Database) -> None:
    assert Feed(database).position() == Position("", 0)
    assert list(Feed(database).load()) == []


def test_events_come_back_in_order_after_a_restart(file: Path) -> None:
    with open_database(file) as database:
        Feed(database).forget("spring")
        assert [Feed(database).apply(event(seq)) for seq in (1, 2, 3)] == [True, True, True]
    with open_database(file) as database:
        assert list(Feed(database).load()) == [event(1), event(2), event(3)]
        assert Feed(database).position() == Position("spring", 3)


def test_an_event_that_comes_again_changes_nothing(database: Database) -> None:
    feed = Feed(database)
    feed.apply(event(1))
    feed.apply(event(2))
    assert [feed.apply(event(1)), feed.apply(event(2))] == [False, False]
    assert list(feed.load()) == [event(1), event(2)]
    assert feed.position().seq == 2


def test_an_event_with_a_known_id_is_not_shown_twice(database: Database) -> None:
    feed = Feed(database)
    feed.apply(event(1, name="same"))
    assert feed.apply(event(2, name="same")) is False
    assert feed.position().seq == 2
    assert [e.seq for e in feed.load()] == [1]


def test_a_hole_is_refused_and_nothing_is_written(database: Database) -> None:
    feed = Feed(database)
    feed.apply(event(1))
    with pytest.raises(FeedGap) as caught:
        feed.apply(event(3))
    assert (caught.value.have, caught.value.event) == (1, event(3))
    assert feed.position().seq == 1
    assert list(feed.load()) == [event(1)]


def test_an_event_and_its_cursor_are_written_together(database: Database) -> None:
    feed = Feed(database)
    (pages,) = database.row("PRAGMA page_count") or (0,)
    database.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageTrouble):
        any(not feed.apply(event(seq)) for seq in range(1, 1000))
    assert [e.seq for e in feed.load()] == list(range(1, feed.position().seq + 1))


def test_a_resync_empties_the_copy(database: Database) -> None:
    feed = Feed(database)
    feed.apply(event(1))
    feed.forget("restored")
    assert feed.position() == Position("restored", 0)
    assert list(feed.load()) == []
    assert feed.apply(event(1)) is True


def test_a_damaged_event_is_said_in_words(database: Database) -> None:
    Feed(database).apply(event(1))
    database.execute("UPDATE feed SET body = ?", (b'{"event":"unheard_of"}',))
    with pytest.raises(StorageTrouble):
        list(Feed(database).load())


def test_what_was_taken_back_goes_from_the_disk_too(database: Database) -> None:
    feed, session, message = Feed(database), SessionId("s"), MessageId("m1")
    feed.apply(event(1))
    feed.apply(event(2))
    edited = MessageEdited(session_id=session, message_id=message, text="better")
    feed.apply(replace(event(3), body=edited))
    feed.apply(replace(event(4), body=MessageDeleted(session_id=session, message_id=message)))
    bodies = [each.body for each in feed.load()]
    texts = [body.text for body in bodies if isinstance(body, MessagePosted | MessageEdited)]
    assert texts == ["", "line 2 ✓", ""]
    assert [each.seq for each in feed.load()] == [1, 2, 3, 4]
