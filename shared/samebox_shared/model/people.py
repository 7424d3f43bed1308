"""People and what they may do."""

from enum import StrEnum

import msgspec

from samebox_shared.model.ids import PersonId


class Role(StrEnum):
    """What a person is beside being an employee; one person can hold several (ID-9)."""

    MODERATOR = "moderator"
    IT = "it"
    OWNER = "owner"


class PersonCard(msgspec.Struct, frozen=True, kw_only=True):
    """What one person may see of another: a name from the server's own table, never from chat."""

    person_id: PersonId
    name: str
    is_it: bool = False
