"""People and what they may do."""

from enum import StrEnum
from typing import Annotated

import msgspec

from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import DeviceId, PersonId
from samebox_shared.model.topics import Part, Topic, Why


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


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a session beside its asker: who, as what, and why they were asked."""

    person: PersonCard
    part: Part
    why: tuple[Why, ...] = ()


MINUTE_OF_DAY = Annotated[int, msgspec.Meta(ge=0, le=24 * 60)]
DAY_OF_WEEK = Annotated[int, msgspec.Meta(ge=0, le=6)]


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """When somebody can be asked: one span of one weekday (0 is Monday), in minutes of the day
    of their own time zone. `until` lies behind `start`; a night is two spans."""

    day: DAY_OF_WEEK
    start: MINUTE_OF_DAY
    until: MINUTE_OF_DAY


class Volunteering(msgspec.Struct, frozen=True, kw_only=True):
    """How a person wants to be asked. No topics, languages or hours means any.

    `time_zone` is a name of the IANA database; `weekly_minutes` is the interruption budget: time
    spent in others' sessions in a week; `paused_until` is in seconds since the Unix epoch, 0 for
    no pause.
    """

    helping: bool = False
    topics: tuple[Topic, ...] = ()
    languages: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()
    time_zone: str = ""
    paused_until: float = 0.0
    weekly_minutes: Annotated[int, msgspec.Meta(ge=0, le=2400)] = 60
    sessions_at_once: Annotated[int, msgspec.Meta(ge=1, le=3)] = 1
    place: Annotated[str, msgspec.Meta(max_length=80)] = ""
    watches_newcomers: bool = False


class OwnDevice(msgspec.Struct, frozen=True, kw_only=True):
    """One of a person's devices; `by_hand` is one without an agent, such as a phone."""

    device_id: DeviceId
    device_type: DeviceType
    by_hand: bool = False
