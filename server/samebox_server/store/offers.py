"""Offers: who was asked for which question, and how that ended."""

from dataclasses import dataclass
from typing import Any

import msgspec
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import OfferId, PersonId, QuestionId
from samebox_shared.model.topics import Part, Why
from samebox_shared.protocol.events import OfferEnd
from samebox_shared.session.commands import MakeOffers
from samebox_shared.session.events import Offered
from sqlalchemy import Connection, Row, func, insert, select, update

from samebox_server.store.tables import offer

OPEN = "open"


@dataclass(frozen=True)
class StoredOffer:
    """An offer and the question it belongs to; `end` is None while it is open."""

    question_id: QuestionId
    helper: PersonId
    end: OfferEnd | None


def make(connection: Connection, question_id: QuestionId, made: MakeOffers, now: float) -> None:
    """The offers of one wave."""
    rows = [
        {
            "offer_id": one.offer_id,
            "question_id": question_id,
            "helper_id": one.helper,
            "wave": made.wave,
            "ring": one.ring,
            "made_at": now,
            "until": one.until or made.until,
            "state": OPEN,
            "part": one.part,
            "why": msgspec.json.encode(one.why).decode(),
        }
        for one in made.offers
    ]
    connection.execute(insert(offer), rows)


def load(connection: Connection, offer_id: OfferId) -> StoredOffer | None:
    """One offer."""
    row = connection.execute(select(offer).where(offer.c.offer_id == offer_id)).first()
    if row is None:
        return None
    end = None if row.state == OPEN else OfferEnd(row.state)
    return StoredOffer(QuestionId(row.question_id), PersonId(row.helper_id), end)


def offered(connection: Connection, offer_id: OfferId) -> Offered:
    """One offer as the machine knows it."""
    row = connection.execute(select(offer).where(offer.c.offer_id == offer_id)).one()
    return as_offered(row)


def as_offered(row: Row[Any]) -> Offered:
    """The offer in a row of the table."""
    return Offered(
        offer_id=OfferId(row.offer_id),
        helper=PersonId(row.helper_id),
        ring=Ring(row.ring),
        part=Part(row.part),
        until=row.until,
        why=msgspec.json.decode(row.why, type=tuple[Why, ...]),
    )


def open_of(connection: Connection, question_id: QuestionId) -> tuple[Offered, ...]:
    """The open offers of a question."""
    rows = connection.execute(
        select(offer)
        .where(offer.c.question_id == question_id, offer.c.state == OPEN)
        .order_by(offer.c.made_at, offer.c.offer_id)
    )
    return tuple(as_offered(row) for row in rows)


def open_for(connection: Connection, helper: PersonId) -> list[tuple[OfferId, QuestionId]]:
    """The open offers of a helper, with their questions."""
    rows = connection.execute(
        select(offer.c.offer_id, offer.c.question_id).where(
            offer.c.helper_id == helper, offer.c.state == OPEN
        )
    )
    return [(OfferId(row.offer_id), QuestionId(row.question_id)) for row in rows]


def asked(connection: Connection, question_id: QuestionId) -> frozenset[PersonId]:
    """Everyone who ever got an offer for this question."""
    found = connection.execute(
        select(offer.c.helper_id).where(offer.c.question_id == question_id).distinct()
    )
    return frozenset(PersonId(helper) for helper in found.scalars())


def close(
    connection: Connection, offer_ids: tuple[OfferId, ...], end: OfferEnd
) -> list[tuple[OfferId, PersonId]]:
    """Ends open offers; returns those that were open, with their helpers."""
    rows = connection.execute(
        update(offer)
        .where(offer.c.offer_id.in_(offer_ids), offer.c.state == OPEN)
        .values(state=end)
        .returning(offer.c.offer_id, offer.c.helper_id)
    )
    return [(OfferId(row.offer_id), PersonId(row.helper_id)) for row in rows]


def it_rounds(connection: Connection, question_id: QuestionId) -> int:
    """In how many waves IT was asked about this question."""
    query = select(func.count(offer.c.wave.distinct())).where(
        offer.c.question_id == question_id, offer.c.ring == Ring.IT, offer.c.part == Part.HELPER
    )
    found: int = connection.execute(query).scalar_one()
    return found


def being_asked(connection: Connection) -> frozenset[PersonId]:
    """Everyone with an open offer."""
    found = connection.execute(select(offer.c.helper_id).where(offer.c.state == OPEN).distinct())
    return frozenset(PersonId(helper) for helper in found.scalars())
