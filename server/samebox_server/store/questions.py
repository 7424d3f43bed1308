"""Questions, the facts granted to them, and the state the machine steps through."""

from dataclasses import dataclass

import msgspec
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.facts import Fact
from samebox_shared.model.ids import ArticleId, PersonId, QuestionId, SessionId
from samebox_shared.model.topics import Topic
from samebox_shared.protocol.acts import MOST_OPEN, Ask
from samebox_shared.session.machine import Phase, QuestionState
from sqlalchemy import Connection, func, insert, select, update

from samebox_server.store import offers, sessions
from samebox_server.store.tables import granted_fact, question, session

OPEN = (Phase.ASKING, Phase.LIVE, Phase.PARKED)
_WAITING = (Phase.ASKING, Phase.PARKED)


class Overtaken(Exception):
    """Somebody else moved the question on between reading and writing; nothing was changed."""


@dataclass(frozen=True)
class Told:
    """How many colleagues were asked about a parked question on the last day any were (UTC)."""

    day: int = 0
    count: int = 0

    def on(self, day: int) -> int:
        """How many on this day."""
        return self.count if self.day == day else 0


@dataclass(frozen=True, kw_only=True)
class StoredQuestion:
    """A question and where it stands."""

    question_id: QuestionId
    asker: PersonId
    text: str
    device_type: DeviceType
    name_hidden: bool
    state: QuestionState
    asked_at: float
    told: Told = Told()
    topic: Topic = Topic.OTHER
    language: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class WaitingQuestion:
    """As much of a question without a helper as one needs to see who might fit."""

    question_id: QuestionId
    asker: PersonId
    device_type: DeviceType
    ring: Ring
    is_parked: bool
    told: Told


def add(connection: Connection, asker: PersonId, ask: Ask, now: float) -> StoredQuestion:
    """A new question, with exactly the facts that were sent."""
    state = QuestionState()
    connection.execute(
        insert(question).values(
            question_id=ask.question_id,
            asker_id=asker,
            text=ask.text,
            device_type=msgspec.json.encode(ask.device_type).decode(),
            name_hidden=ask.name_hidden,
            tried=msgspec.json.encode(ask.tried).decode(),
            asked_at=now,
            phase=state.phase,
            fence=state.fence,
            wave=state.wave,
            ring=state.ring,
            until=state.until,
            parked=state.parked,
            topic=ask.topic,
            language=ask.language,
            place=ask.place,
        )
    )
    if ask.facts:
        connection.execute(insert(granted_fact), [_fact_row(ask, fact) for fact in ask.facts])
    return StoredQuestion(
        question_id=ask.question_id,
        asker=asker,
        text=ask.text,
        device_type=ask.device_type,
        name_hidden=ask.name_hidden,
        state=state,
        asked_at=now,
        topic=ask.topic,
        language=ask.language,
        place=ask.place,
    )


def exists(connection: Connection, question_id: QuestionId) -> bool:
    """Whether this id is taken."""
    found = connection.execute(
        select(question.c.question_id).where(question.c.question_id == question_id)
    )
    return found.first() is not None


def may_ask(connection: Connection, asker: PersonId) -> bool:
    """Whether this person has no question that is asked or talked about, and not too many beside
    it that were parked. Whoever acts on the answer has locked the person."""
    found = connection.execute(
        select(question.c.phase, question.c.parked).where(
            question.c.asker_id == asker, question.c.phase.in_(OPEN)
        )
    ).all()
    is_aside = [row.parked > 0 and row.phase in _WAITING for row in found]
    return all(is_aside) and len(found) < MOST_OPEN


def load(connection: Connection, question_id: QuestionId) -> StoredQuestion | None:
    """The question with its open offers and its live session, for a unit that may move it: where
    several servers write, no other can until this transaction ends."""
    row = connection.execute(
        select(question).where(question.c.question_id == question_id).with_for_update()
    ).first()
    if row is None:
        return None
    live = connection.execute(
        select(session.c.session_id, session.c.offer_id).where(
            session.c.question_id == question_id, session.c.state == Phase.LIVE
        )
    ).first()
    return StoredQuestion(
        question_id=QuestionId(row.question_id),
        asker=PersonId(row.asker_id),
        text=row.text,
        device_type=msgspec.json.decode(row.device_type, type=DeviceType),
        name_hidden=row.name_hidden,
        asked_at=row.asked_at,
        told=Told(row.told_day, row.told),
        topic=Topic(row.topic),
        language=row.language,
        place=row.place,
        state=QuestionState(
            phase=Phase(row.phase),
            fence=row.fence,
            wave=row.wave,
            ring=Ring(row.ring),
            offers=offers.open_of(connection, question_id),
            session_id=SessionId(live.session_id) if live else None,
            won=offers.offered(connection, live.offer_id) if live else None,
            others=sessions.company(connection, live.session_id) if live else (),
            until=row.until,
            parked=row.parked,
        ),
    )


def waiting(connection: Connection) -> list[WaitingQuestion]:
    """All questions without a helper, the oldest first."""
    found = connection.execute(
        select(
            question.c.question_id,
            question.c.asker_id,
            question.c.device_type,
            question.c.ring,
            question.c.parked,
            question.c.told_day,
            question.c.told,
        )
        .where(question.c.phase.in_(_WAITING))
        .order_by(question.c.asked_at)
    )
    return [
        WaitingQuestion(
            question_id=QuestionId(row.question_id),
            asker=PersonId(row.asker_id),
            device_type=msgspec.json.decode(row.device_type, type=DeviceType),
            ring=Ring(row.ring),
            is_parked=row.parked > 0,
            told=Told(row.told_day, row.told),
        )
        for row in found
    ]


def open_by_phase(connection: Connection) -> dict[str, int]:
    """How many questions stand in each phase that is not an end."""
    found = connection.execute(
        select(question.c.phase, func.count())
        .where(question.c.phase.in_(OPEN))
        .group_by(question.c.phase)
    )
    return {phase: count for phase, count in found}


def advance(
    connection: Connection, question_id: QuestionId, before: QuestionState, after: QuestionState
) -> None:
    """One UPDATE that only the first of several claims can make (DEL-11); raises Overtaken."""
    changed = connection.execute(
        update(question)
        .where(
            question.c.question_id == question_id,
            question.c.phase == before.phase,
            question.c.fence == before.fence,
            question.c.wave == before.wave,
        )
        .values(
            phase=after.phase,
            fence=after.fence,
            wave=after.wave,
            ring=after.ring,
            until=after.until,
            parked=after.parked,
        )
    )
    if changed.rowcount != 1:
        raise Overtaken(question_id)


def note_told(connection: Connection, question_id: QuestionId, told: Told) -> None:
    """So many colleagues were asked about a parked question."""
    connection.execute(
        update(question)
        .where(question.c.question_id == question_id)
        .values(told_day=told.day, told=told.count)
    )


def tried(connection: Connection, question_id: QuestionId) -> tuple[ArticleId, ...]:
    """The articles that the asker tried before asking."""
    query = select(question.c.tried).where(question.c.question_id == question_id)
    return msgspec.json.decode(connection.execute(query).scalar_one(), type=tuple[ArticleId, ...])


def facts(connection: Connection, question_id: QuestionId) -> tuple[Fact, ...]:
    """The facts granted to this question."""
    rows = connection.execute(
        select(granted_fact.c.name, granted_fact.c.value)
        .where(granted_fact.c.question_id == question_id)
        .order_by(granted_fact.c.name)
    )
    return tuple(Fact(name=row.name, value=msgspec.json.decode(row.value)) for row in rows)


def _fact_row(ask: Ask, fact: Fact) -> dict[str, str]:
    return {
        "question_id": ask.question_id,
        "name": fact.name,
        "value": msgspec.json.encode(fact.value).decode(),
    }
