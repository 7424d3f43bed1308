"""Sessions: who talks with whom, under which fence, and how it ended."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import OfferId, PersonId, QuestionId, SessionId
from sqlalchemy import ARRAY, Connection, Row, Text, any_, bindparam, insert, select, text, update

from samebox_server.store import bulk
from samebox_server.store.tables import session


class SessionEnd(StrEnum):
    """How a session that is no longer live ended."""

    SOLVED = "solved"
    RELEASED = "released"


_LIVE = "live"
_THESE = (
    select(session)
    .where(session.c.session_id == any_(bindparam("ids", type_=ARRAY(Text))))
    .order_by(session.c.session_id)
    .with_for_update()
)
_THESE_IN_SQLITE = select(session).where(
    session.c.session_id.in_(text("SELECT value FROM json_each(:ids)"))
)


@dataclass(frozen=True, kw_only=True)
class StoredSession:
    """One session; `end` is None while it is live."""

    session_id: SessionId
    question_id: QuestionId
    offer_id: OfferId
    asker: PersonId
    helper: PersonId
    fence: int
    ring: Ring
    end: SessionEnd | None = None
    fixed_by: str = ""

    @property
    def people(self) -> tuple[PersonId, PersonId]:
        """Asker and helper."""
        return (self.asker, self.helper)

    def peer_of(self, person_id: PersonId) -> PersonId:
        """The other one."""
        return self.helper if person_id == self.asker else self.asker


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
    row = connection.execute(select(session).where(session.c.session_id == session_id)).first()
    return None if row is None else _stored(row)


def load_all(
    connection: Connection, session_ids: Collection[SessionId]
) -> dict[SessionId, StoredSession]:
    """Those of these sessions that there are, for a unit that writes into them: where several
    servers write, none of them changes until this transaction ends."""
    if bulk.is_sqlite(connection):
        rows = connection.execute(_THESE_IN_SQLITE, {"ids": bulk.listed(session_ids)})
    else:
        rows = connection.execute(_THESE, {"ids": list(session_ids)})
    return {SessionId(row.session_id): _stored(row) for row in rows}


def live(connection: Connection) -> list[StoredSession]:
    """All live sessions."""
    return [
        _stored(row) for row in connection.execute(select(session).where(session.c.state == _LIVE))
    ]


def live_helpers(connection: Connection) -> frozenset[PersonId]:
    """Everyone who is helping in a session right now."""
    found = connection.execute(select(session.c.helper_id).where(session.c.state == _LIVE))
    return frozenset(PersonId(helper) for helper in found.scalars())


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


def _stored(row: Row[Any]) -> StoredSession:
    return StoredSession(
        session_id=SessionId(row.session_id),
        question_id=QuestionId(row.question_id),
        offer_id=OfferId(row.offer_id),
        asker=PersonId(row.asker_id),
        helper=PersonId(row.helper_id),
        fence=row.fence,
        ring=Ring(row.ring),
        end=None if row.state == _LIVE else SessionEnd(row.state),
        fixed_by=row.fixed_by,
    )
