"""Messages that are said in one statement of PostgreSQL, which is its own transaction: one way
there and back for a whole batch, where the writer's transactions take five.

Whoever calls decided about them with sessions it remembers, and nothing remembered may decide where
several servers write. So the statement looks again: it writes nothing at all unless each session is
live and as it was remembered, nobody else is changing it, and no transaction id was used before.
What did not fit goes the long way, through the writer.

A session that another transaction holds is skipped, never waited for, and heads of feeds are locked
last and in the order of person ids, as everywhere: so this can be part of no deadlock.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec
from msgspec import Struct
from samebox_shared.model.ids import PersonId

from samebox_server.store import bulk, feeds, messages
from samebox_server.store.feeds import Entry
from samebox_server.store.messages import NewMessage
from samebox_server.store.sessions import StoredSession

_SAY = f"""
WITH told AS MATERIALIZED (
    SELECT * FROM {bulk.unnested(("text", "int"))} AS t (person_id, count)
),
meant AS MATERIALIZED (
    SELECT * FROM {bulk.unnested(("text", "int", "text", "text"), first=4)}
        AS t (session_id, fence, helper_id, others)
),
new AS MATERIALIZED (
    SELECT * FROM {bulk.unnested(messages.TYPES, first=8)} AS t ({messages.NAMES}, place)
),
held AS MATERIALIZED (
    SELECT session.session_id FROM session JOIN meant USING (session_id, fence, helper_id, others)
    WHERE session.state = 'live' FOR NO KEY UPDATE OF session SKIP LOCKED
),
fits AS MATERIALIZED (
    SELECT (SELECT count(*) FROM held) = (SELECT count(*) FROM meant)
        AND NOT EXISTS (SELECT 1 FROM done_act JOIN new USING (device_id, txn_id)) AS all_of_it
),
locked AS (
    SELECT person_id FROM feed_head
    WHERE person_id = ANY($1::text[]) AND (SELECT all_of_it FROM fits)
    ORDER BY person_id FOR UPDATE
),
moved AS (
    UPDATE feed_head SET head = head + told.count, at = $3::float8
    FROM told JOIN locked USING (person_id)
    WHERE feed_head.person_id = told.person_id
    RETURNING feed_head.person_id, feed_head.head - told.count AS before
),
kept AS (
    INSERT INTO message ({messages.NAMES}, ordinal)
    SELECT {messages.NAMES}, place + (
        SELECT coalesce(max(ordinal), 0) FROM message WHERE message.session_id = new.session_id
    )
    FROM new WHERE (SELECT all_of_it FROM fits)
),
written AS (
    INSERT INTO feed ({", ".join(feeds.COLUMNS)})
    SELECT person_id, before + place, event_id, line.at, payload
    FROM {bulk.unnested(feeds.COLUMNS.values(), first=8 + len(messages.TYPES))}
        AS line (person_id, place, event_id, at, payload)
    JOIN moved USING (person_id)
)
SELECT person_id, before FROM moved
"""


class Saying(Struct, frozen=True):
    """New messages, the sessions they are for as they are remembered, and the lines that tell
    them, which have no numbers yet."""

    sessions: Sequence[StoredSession]
    messages: Sequence[NewMessage]
    entries: Sequence[Entry]


class Driver(Protocol):
    """What of asyncpg's connection is needed here."""

    async def fetch(self, query: str, *args: object) -> Sequence[Sequence[Any]]:
        """The rows of one statement, committed."""
        ...


async def say(connection: Driver, saying: Saying) -> bool:
    """Writes all of it and numbers its lines, or writes nothing: False when something is not as it
    was remembered. Raises what asyncpg raises, with nothing written;
    a unique violation also means that something is not as remembered."""
    counts = feeds.count(saying.entries)
    people = sorted(counts)
    now = max(entry.at for entry in saying.entries)
    rows = await connection.fetch(
        _SAY,
        people,
        [counts[person] for person in people],
        now,
        *bulk.arrays([_meant(one) for one in saying.sessions]),
        *bulk.arrays(messages.with_places(saying.messages)),
        *bulk.arrays([feeds.row(entry) for entry in saying.entries]),
    )
    if not rows:
        return False
    feeds.number(saying.entries, {PersonId(person): before for person, before in rows})
    return True


def _meant(session: StoredSession) -> bulk.Row:
    others = msgspec.json.encode(session.others).decode()
    return (session.session_id, session.fence, session.helper, others)
