"""People, their roles, and who of them might help."""

from collections.abc import Collection, Iterable

from msgspec import Struct
from samebox_shared.model.ids import PersonId, new_id
from samebox_shared.model.people import PersonCard, Role
from sqlalchemy import Connection, insert, select, update

from samebox_server.store import feeds
from samebox_server.store.tables import person, role_grant


class Self(Struct, frozen=True, kw_only=True):
    """What a person's own devices are told about them."""

    card: PersonCard
    roles: tuple[Role, ...]
    is_helping: bool


def add(connection: Connection, name: str, roles: Iterable[Role], now: float) -> PersonId:
    """A new person with an empty feed, who is not asked until they say so."""
    person_id = PersonId(new_id())
    connection.execute(
        insert(person).values(person_id=person_id, name=name, helping=False, joined_at=now)
    )
    granted = [{"person_id": person_id, "role": role, "granted_at": now} for role in set(roles)]
    if granted:
        connection.execute(insert(role_grant), granted)
    feeds.begin(connection, person_id, now)
    return person_id


def lock(connection: Connection, person_id: PersonId) -> None:
    """Nobody else decides about this person until the transaction ends."""
    connection.execute(
        select(person.c.person_id).where(person.c.person_id == person_id).with_for_update()
    )


def card(connection: Connection, person_id: PersonId) -> PersonCard:
    """What others may see of this person."""
    name = connection.execute(
        select(person.c.name).where(person.c.person_id == person_id)
    ).scalar_one()
    is_it = Role.IT in roles(connection, person_id)
    return PersonCard(person_id=person_id, name=name, is_it=is_it)


def roles(connection: Connection, person_id: PersonId) -> tuple[Role, ...]:
    """Their roles, in the order of the enum."""
    found = connection.execute(
        select(role_grant.c.role).where(role_grant.c.person_id == person_id)
    ).scalars()
    held = {Role(role) for role in found}
    return tuple(role for role in Role if role in held)


def selves(connection: Connection, person_ids: Collection[PersonId]) -> dict[PersonId, Self]:
    """These people as they see themselves, with two queries however many they are; whoever has
    left is left out."""
    held: dict[str, set[str]] = {}
    grants = connection.execute(
        select(role_grant.c.person_id, role_grant.c.role).where(
            role_grant.c.person_id.in_(person_ids)
        )
    )
    for person_id, role in grants.all():
        held.setdefault(person_id, set()).add(role)
    rows = connection.execute(
        select(person.c.person_id, person.c.name, person.c.helping).where(
            person.c.person_id.in_(person_ids), person.c.left_at.is_(None)
        )
    )
    found = {}
    for person_id, name, helping in rows.all():
        theirs = held.get(person_id)
        roles_held = tuple(role for role in Role if role in theirs) if theirs else ()
        card = PersonCard(person_id=PersonId(person_id), name=name, is_it=Role.IT in roles_held)
        found[card.person_id] = Self(card=card, roles=roles_held, is_helping=helping)
    return found


def owner_exists(connection: Connection) -> bool:
    """Whether anybody holds the owner's role."""
    found = connection.execute(
        select(role_grant.c.person_id).where(role_grant.c.role == Role.OWNER).limit(1)
    )
    return found.first() is not None


def is_helping(connection: Connection, person_id: PersonId) -> bool:
    """Whether this person wants to be asked."""
    found: bool = connection.execute(
        select(person.c.helping).where(person.c.person_id == person_id)
    ).scalar_one()
    return found


def set_helping(connection: Connection, person_id: PersonId, helping: bool) -> None:
    """Whether this person wants to be asked, from now on."""
    connection.execute(
        update(person).where(person.c.person_id == person_id).values(helping=helping)
    )


def exists(connection: Connection, person_id: PersonId) -> bool:
    """Whether there is such a person."""
    found = connection.execute(select(person.c.person_id).where(person.c.person_id == person_id))
    return found.first() is not None
