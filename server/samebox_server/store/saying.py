"""Messages that are said in one statement of PostgreSQL, which is its own transaction: one way
there and back for a whole batch, where the writer's transactions take five.

Whoever calls decided about them with sessions it remembers, and nothing remembered may decide where
several servers write. So the statement looks again: it writes nothing at all unless each session is
live and as it was remembered, nobody else is changing it, and no transaction id was used before.
Then it is said once more with those that were; the others need the long way, through the writer.

A session that another transaction holds is skipped, never waited for, and heads of feeds are locked
last and in the order of person ids, as everywhere: so this can be part of no deadlock.
"""

from collections.abc import Collection, Sequence
from typing import Any, Protocol

import msgspec
from msgspec import Struct
from samebox_shared.model.ids import SessionId

from samebox_server.store import bulk, feeds, messages
from samebox_server.store.feeds import Entry
from samebox_server.store.messages import NewMessage
from samebox_server.store.sessions import StoredSession

_FIRST_LINE = 8 + len(messages.TYPES)
_SAY = f"""
WITH told AS MATERIALIZED (
    SELECT * FROM {bulk.unnested(("text", "int"))} WITH ORDINALITY AS t (person_id, count, who)
),
meant AS MATERIALIZED (
    SELECT * FROM {bulk.unnested(("text", "int", "text", "text"), first=4)}
        AS t (session_id, fence, helper_id, others)
),
new AS MATERIALIZED (
    SELECT * FROM {bulk.unnested(messages.TYPES, first=8)} AS t ({messages.NAMES}, place)
),
held AS MATERIALIZED (
    SELECT meant.session_id FROM meant, LATERAL (
        SELECT 1 FROM session
        WHERE session.session_id = meant.session_id AND session.fence = meant.fence
            AND session.helper_id = meant.helper_id AND session.others = meant.others
            AND session.state = 'live'
        FOR NO KEY UPDATE SKIP LOCKED
    ) AS as_meant
),
fits AS MATERIALIZED (
    SELECT (SELECT count(*) FROM held) = (SELECT count(*) FROM meant) AND NOT EXISTS (
        SELECT 1 FROM new, LATERAL (
            SELECT 1 FROM done_act
            WHERE done_act.device_id = new.device_id AND done_act.txn_id = new.txn_id LIMIT 1
        ) AS done
    ) AS all_of_it
),
locked AS MATERIALIZED (
    SELECT told.*, before FROM told, LATERAL (
        SELECT head AS before FROM feed_head
        WHERE feed_head.person_id = told.person_id FOR UPDATE
    ) AS last WHERE (SELECT all_of_it FROM fits)
),
numbers AS MATERIALIZED (
    SELECT array_agg(before ORDER BY who) AS before FROM locked
    HAVING count(*) = (SELECT count(*) FROM told)
),
moved AS (
    UPDATE feed_head SET head = locked.before + locked.count, at = $3::float8
    FROM numbers, locked WHERE feed_head.person_id = locked.person_id
),
kept AS (
    INSERT INTO message ({messages.NAMES}, ordinal)
    SELECT {messages.NAMES}, place + (
        SELECT coalesce(max(ordinal), 0) FROM message WHERE message.session_id = new.session_id
    )
    FROM numbers, new
),
written AS (
    INSERT INTO feed ({", ".join(feeds.COLUMNS)})
    SELECT person_id, numbers.before[who] + place, event_id, line.at, payload
    FROM numbers, {bulk.unnested(("int", *feeds.COLUMNS.values()), first=_FIRST_LINE)}
        AS line (who, person_id, place, event_id, at, payload)
)
SELECT (SELECT before FROM numbers), (SELECT array_agg(session_id) FROM held)
"""
"""Written so that it is quick with the plan made for any batch (making one takes longer than the
statement): every table is looked up by an index for each row that is given, and nothing is joined
with what another part found. `numbers` is there only if all fits, and all else needs it."""


class Saying(Struct, frozen=True):
    """New messages of one session as it is remembered, in their order, and the lines that tell
    them, which have no numbers yet."""

    session: StoredSession
    messages: Sequence[NewMessage]
    entries: Sequence[Entry]


class Driver(Protocol):
    """What of asyncpg's connection is needed here."""

    async def fetch(self, query: str, *args: object) -> Sequence[Sequence[Any]]:
        """The rows of one statement, committed."""
        ...


async def prepare(connection: Driver) -> None:
    """Says nothing, so that the statement and its plan are there before the first message."""
    lists = 4 + len(messages.TYPES) + 1 + len(feeds.COLUMNS)
    await connection.fetch(_SAY, [], [], 0.0, *([] for _ in range(lists)))


async def say(connection: Driver, said: Sequence[Saying]) -> Sequence[Saying]:
    """Writes what can be written, numbers its lines, and returns it. Each session may be named
    once. Raises what asyncpg raises, with nothing written; a unique violation means that something
    is not as remembered, too."""
    held = await _say_all(connection, said)
    if len(held) == len(said):
        return said
    fitting = [one for one in said if one.session.session_id in held]
    if fitting and len(await _say_all(connection, fitting)) == len(fitting):
        return fitting
    return ()


async def _say_all(connection: Driver, said: Sequence[Saying]) -> Collection[SessionId]:
    """All of these sessions if everything was written; if nothing was, those that could be held,
    or none if it was not for the sessions."""
    entries = [entry for one in said for entry in one.entries]
    new = [message for one in said for message in one.messages]
    counts = feeds.count(entries)
    people = sorted(counts)
    who = {person: number for number, person in enumerate(people, 1)}
    now = max(entry.at for entry in entries)
    [(before, held)] = await connection.fetch(
        _SAY,
        people,
        [counts[person] for person in people],
        now,
        *bulk.arrays([_meant(one.session) for one in said]),
        *bulk.arrays(messages.with_places(new)),
        *bulk.arrays([(who[entry.person_id], *feeds.row(entry)) for entry in entries]),
    )
    if before is None:
        return () if held is None or len(held) == len(said) else set(held)
    feeds.number(entries, dict(zip(people, before, strict=True)))
    return {one.session.session_id for one in said}


def _meant(session: StoredSession) -> bulk.Row:
    others = msgspec.json.encode(session.others).decode()
    return (session.session_id, session.fence, session.helper, others)
