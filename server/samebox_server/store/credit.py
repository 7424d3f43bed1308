"""What helpers gave: minutes in each week, solved questions by kind of device and topic, whom they
helped, and until when they are left in peace."""

from samebox_shared.model.ids import PersonId
from samebox_shared.model.topics import Topic
from sqlalchemy import Connection, insert, select, update

from samebox_server.core.routing.profile import Experience
from samebox_server.core.routing.tally import Tally
from samebox_server.store.tables import experience, helped, minutes_given, person


def give_minutes(connection: Connection, person_id: PersonId, week: int, minutes: float) -> None:
    """Somebody was in another's session for so long."""
    table = minutes_given
    changed = connection.execute(
        update(table)
        .where(table.c.person_id == person_id, table.c.week == week)
        .values(minutes=table.c.minutes + minutes)
    )
    if not changed.rowcount:
        connection.execute(insert(table).values(person_id=person_id, week=week, minutes=minutes))


def rest(connection: Connection, person_id: PersonId, until: float) -> None:
    """They are left in peace until then."""
    connection.execute(
        update(person).where(person.c.person_id == person_id).values(rest_until=until)
    )


def add_solved(
    connection: Connection,
    person_id: PersonId,
    asker: PersonId,
    solved: Experience,
    now: float,
    half_life: float,
) -> None:
    """They solved a question of this kind; counts fade by half every `half_life` seconds."""
    connection.execute(
        update(person)
        .where(person.c.person_id == person_id)
        .values(solved_total=person.c.solved_total + 1)
    )
    _count(connection, person_id, solved, now, half_life)
    pair = {"helper_id": person_id, "asker_id": asker}
    known = select(helped.c.helper_id).where(
        helped.c.helper_id == person_id, helped.c.asker_id == asker
    )
    if connection.execute(known).first() is None:
        connection.execute(insert(helped).values(pair))


def _count(
    connection: Connection, person_id: PersonId, solved: Experience, now: float, half_life: float
) -> None:
    kind, topic = solved
    mine = (
        experience.c.person_id == person_id,
        experience.c.kind == kind,
        experience.c.topic == Topic(topic),
    )
    row = connection.execute(select(experience).where(*mine)).first()
    before = Tally(row.amount, row.at) if row else Tally(0.0, now)
    after = before.plus(1.0, now, half_life)
    if row:
        values = {"amount": after.amount, "at": after.at}
        connection.execute(update(experience).where(*mine).values(values))
    else:
        connection.execute(
            insert(experience).values(
                person_id=person_id, kind=kind, topic=topic, amount=after.amount, at=after.at
            )
        )
