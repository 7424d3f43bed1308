"""Sessions: who talks with whom, under which fence, and how it ended."""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import OfferId, PersonId, QuestionId, SessionId
from samebox_shared.model.topics import Part
from samebox_shared.session.events import Offered
from sqlalchemy import (
    ARRAY,
    Connection,
    Select,
    Text,
    any_,
    bindparam,
    delete,
    func,
    insert,
    select,
    union,
    union_all,
    update,
)

from samebox_server.store import bulk
from samebox_server.store.offers import as_offered
from samebox_server.store.tables import offer, participant, session


class SessionEnd(StrEnum):
    """How a session that is no longer live ended."""

    SOLVED = "solved"
    RELEASED = "released"


_LIVE = "live"
_COLUMNS = (
    session.c.session_id,
    session.c.question_id,
    session.c.offer_id,
    session.c.asker_id,
    session.c.helper_id,
    session.c.fence,
    session.c.ring,
    session.c.state,
    session.c.fixed_by,
    session.c.others,
)
"""In the order in which `_stored` takes them."""
_THESE = (
    select(*_COLUMNS)
    .where(session.c.session_id == any_(bindparam("ids", type_=ARRAY(Text))))
    .order_by(session.c.session_id)
)
_THESE_LOCKED = _THESE.with_for_update(key_share=True)
_THESE_IN_SQLITE = (
    f"SELECT {', '.join(column.name for column in _COLUMNS)} FROM session "
    "WHERE session_id IN (SELECT value FROM json_each(?))"
)
_RINGS = {str(ring): ring for ring in Ring}
_NOBODY = "[]"


class StoredSession(Struct, frozen=True, kw_only=True):
    """One session; `end` is None while it is live. `others` are in it beside asker and helper."""

    session_id: SessionId
    question_id: QuestionId
    offer_id: OfferId
    asker: PersonId
    helper: PersonId
    fence: int
    ring: Ring
    end: SessionEnd | None = None
    fixed_by: str = ""
    others: tuple[PersonId, ...] = ()

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Asker, helper, and whoever was brought in and has not left."""
        return (self.asker, self.helper, *self.others)

    @property
    def helpers(self) -> tuple[PersonId, ...]:
        """Everyone but the asker."""
        return (self.helper, *self.others)

    def peers_of(self, person_id: PersonId) -> tuple[PersonId, ...]:
        """Everyone else."""
        return tuple(person for person in self.people if person != person_id)


def open_session(connection: Connection, opened: StoredSession, now: float) -> None:
    """A new live session; the database refuses a second one for its helper or its question."""
    connection.execute(
        insert(session).values(
            session_id=opened.session_id,
            question_id=opened.question_id,
            offer_id=opened.offer_id,
            asker_id=opened.asker,
            helper_id=opened.helper,
            fence=opened.fence,
            ring=opened.ring,
            state=_LIVE,
            opened_at=now,
            thanks=False,
            fixed_by="",
        )
    )


def load(connection: Connection, session_id: SessionId) -> StoredSession | None:
    """One session."""
    row = connection.execute(select(*_COLUMNS).where(session.c.session_id == session_id)).first()
    return None if row is None else _stored(row)


def load_all(
    connection: Connection, session_ids: Collection[SessionId]
) -> dict[SessionId, StoredSession]:
    """Those of these sessions that there are, for a unit that writes into them: where several
    servers write, none of them changes until this transaction ends."""
    return _these(connection, session_ids, _THESE_LOCKED)


def see_all(
    connection: Connection, session_ids: Collection[SessionId]
) -> dict[SessionId, StoredSession]:
    """The same for a unit that only needs to know who is in them."""
    return _these(connection, session_ids, _THESE)


def existing(connection: Connection, session_id: SessionId) -> StoredSession:
    """One session that a question's state names, so that it must be there."""
    found = load(connection, session_id)
    if found is None:
        raise LookupError(f"session {session_id} is in its question's state but not stored")
    return found


def live(connection: Connection) -> list[StoredSession]:
    """All live sessions."""
    return [
        _stored(row)
        for row in connection.execute(select(*_COLUMNS).where(session.c.state == _LIVE))
    ]


def helping_in(connection: Connection, only: PersonId | None = None) -> dict[PersonId, int]:
    """In how many live sessions people (or `only` this one) are without being the asker."""
    helping = select(session.c.helper_id.label("person_id")).where(session.c.state == _LIVE)
    brought_in = (
        select(participant.c.person_id)
        .join(session, session.c.session_id == participant.c.session_id)
        .where(session.c.state == _LIVE, participant.c.left_at.is_(None))
    )
    if only is not None:
        helping = helping.where(session.c.helper_id == only)
        brought_in = brought_in.where(participant.c.person_id == only)
    places = union_all(helping, brought_in).subquery()
    rows = connection.execute(select(places.c.person_id, func.count()).group_by(places.c.person_id))
    return {PersonId(person_id): count for person_id, count in rows}


def company(connection: Connection, session_id: SessionId) -> tuple[Offered, ...]:
    """The offers of those who are in it beside asker and helper, in the order they came."""
    rows = connection.execute(
        select(offer)
        .join(participant, participant.c.offer_id == offer.c.offer_id)
        .where(participant.c.session_id == session_id, participant.c.left_at.is_(None))
        .order_by(participant.c.joined_at, participant.c.offer_id)
    )
    return tuple(as_offered(row) for row in rows)


def since(connection: Connection, session_id: SessionId) -> dict[PersonId, float]:
    """Since when each helper who has not left is in this session. Whoever goes on as the helper
    of another counts from its beginning: when they joined is not kept."""
    row = connection.execute(select(session).where(session.c.session_id == session_id)).one()
    came = connection.execute(
        select(participant.c.person_id, participant.c.joined_at).where(
            participant.c.session_id == session_id, participant.c.left_at.is_(None)
        )
    )
    joined = {PersonId(one.person_id): float(one.joined_at) for one in came}
    return {**joined, PersonId(row.helper_id): row.opened_at}


def ever_in(connection: Connection, session_id: SessionId) -> frozenset[PersonId]:
    """Everyone who was ever in this session, also those who have left."""
    held = select(session.c.asker_id, session.c.helper_id).where(session.c.session_id == session_id)
    came = select(participant.c.person_id).where(participant.c.session_id == session_id)
    both = connection.execute(held).one()
    return frozenset(PersonId(one) for one in (*both, *connection.execute(came).scalars()))


def helped_in(connection: Connection, session_id: SessionId) -> frozenset[PersonId]:
    """Its helper and whoever was brought in to help, also those who have left; no watcher."""
    helper = select(session.c.helper_id).where(session.c.session_id == session_id)
    came = select(participant.c.person_id).where(
        participant.c.session_id == session_id, participant.c.part != Part.WATCHER
    )
    return frozenset(PersonId(one) for one in connection.execute(union(helper, came)).scalars())


def left_lately(
    connection: Connection, question_id: QuestionId, since: float
) -> frozenset[PersonId]:
    """Everyone who helped in a session of this question and was gone from it after `since`."""
    released = select(session.c.helper_id).where(
        session.c.question_id == question_id,
        session.c.state == SessionEnd.RELEASED,
        session.c.closed_at > since,
    )
    left = (
        select(participant.c.person_id)
        .join(session, session.c.session_id == participant.c.session_id)
        .where(session.c.question_id == question_id, participant.c.left_at > since)
    )
    return frozenset(PersonId(one) for one in connection.execute(union(released, left)).scalars())


def join(connection: Connection, joined: StoredSession, came: Offered, now: float) -> StoredSession:
    """Somebody was brought in; the session with them. The database refuses them a second time."""
    connection.execute(
        insert(participant).values(
            session_id=joined.session_id,
            person_id=came.helper,
            offer_id=came.offer_id,
            part=came.part,
            joined_at=now,
        )
    )
    return _with_others(connection, joined, (*joined.others, came.helper))


def let_go(
    connection: Connection, left: StoredSession, person_id: PersonId, now: float
) -> StoredSession:
    """Somebody who was brought in has left; the session without them."""
    connection.execute(
        update(participant)
        .where(participant.c.session_id == left.session_id, participant.c.person_id == person_id)
        .values(left_at=now)
    )
    others = tuple(person for person in left.others if person != person_id)
    return _with_others(connection, left, others)


def change_helper(
    connection: Connection, changed: StoredSession, heir: Offered, fence: int, now: float
) -> StoredSession:
    """Somebody who was brought in goes on as the helper; the session after that. The helper who
    is gone is kept as somebody who was in it."""
    connection.execute(
        delete(participant).where(
            participant.c.session_id == changed.session_id,
            participant.c.person_id == heir.helper,
        )
    )
    connection.execute(
        insert(participant).values(
            session_id=changed.session_id,
            person_id=changed.helper,
            offer_id=changed.offer_id,
            part=Part.HELPER,
            joined_at=now,
            left_at=now,
        )
    )
    connection.execute(
        update(session)
        .where(session.c.session_id == changed.session_id)
        .values(helper_id=heir.helper, offer_id=heir.offer_id, fence=fence)
    )
    others = tuple(person for person in changed.others if person != heir.helper)
    after = replace(changed, helper=heir.helper, offer_id=heir.offer_id, fence=fence)
    return _with_others(connection, after, others)


def _with_others(
    connection: Connection, changed: StoredSession, others: tuple[PersonId, ...]
) -> StoredSession:
    connection.execute(
        update(session)
        .where(session.c.session_id == changed.session_id)
        .values(others=msgspec.json.encode(others).decode())
    )
    return replace(changed, others=others)


def close(
    connection: Connection,
    session_id: SessionId,
    end: SessionEnd,
    now: float,
    *,
    thanks: bool = False,
    fixed_by: str = "",
) -> None:
    """Ends a live session."""
    connection.execute(
        update(session)
        .where(session.c.session_id == session_id, session.c.state == _LIVE)
        .values(state=end, closed_at=now, thanks=thanks, fixed_by=fixed_by)
    )


def _these(
    connection: Connection, session_ids: Collection[SessionId], query: Select[Any]
) -> dict[SessionId, StoredSession]:
    rows: Iterable[Sequence[Any]]
    if bulk.is_sqlite(connection):
        rows = bulk.driver(connection).execute(_THESE_IN_SQLITE, (bulk.listed(session_ids),))
    else:
        rows = connection.execute(query, {"ids": list(session_ids)})
    return {one.session_id: one for one in map(_stored, rows)}


def _stored(row: Sequence[Any]) -> StoredSession:
    session_id, question_id, offer_id, asker, helper, fence, ring, state, fixed_by, others = row
    return StoredSession(
        session_id=session_id,
        question_id=question_id,
        offer_id=offer_id,
        asker=asker,
        helper=helper,
        fence=fence,
        ring=_RINGS[ring],
        end=None if state == _LIVE else SessionEnd(state),
        fixed_by=fixed_by,
        others=() if others == _NOBODY else msgspec.json.decode(others, type=tuple[PersonId, ...]),
    )
