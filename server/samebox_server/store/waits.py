"""How long askers waited for a helper, lately."""

import msgspec
from samebox_shared.model.devices import DeviceType
from sqlalchemy import Connection, select

from samebox_server.store.tables import question, session

NEWEST = 500
"""Enough to know what is usual for every common device type."""


def last(connection: Connection) -> list[tuple[DeviceType, float]]:
    """The last questions that found a helper: device type and seconds, the oldest first."""
    rows = connection.execute(
        select(question.c.device_type, question.c.asked_at, session.c.opened_at)
        .join(session, session.c.question_id == question.c.question_id)
        .where(session.c.fence == 1)
        .order_by(question.c.asked_at.desc())
        .limit(NEWEST)
    ).all()
    return [
        (msgspec.json.decode(row.device_type, type=DeviceType), row.opened_at - row.asked_at)
        for row in reversed(rows)
    ]
