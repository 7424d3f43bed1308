"""What a person can want about helping others, beside the answer to an offer (`core.intents`)."""

from dataclasses import dataclass
from enum import StrEnum

from samebox_shared.model.ids import DeviceId, PersonId, QuestionId
from samebox_shared.model.topics import Topic

from samebox_agent.core.early_intents import Intent


class Pause(StrEnum):
    """How long not to be asked."""

    NONE = "none"
    HOUR = "hour"
    TOMORROW = "tomorrow"


@dataclass(frozen=True, slots=True)
class PauseHelping(Intent):
    """Not now: ask me again after a while."""

    pause: Pause


# How to be asked. Nothing of the form counts before it is saved.


@dataclass(frozen=True, slots=True)
class SetTopic(Intent):
    """Be asked about a topic; none at all means about any."""

    topic: Topic
    on: bool


@dataclass(frozen=True, slots=True)
class TypeLanguages(Intent):
    """The languages field changed."""

    text: str


@dataclass(frozen=True, slots=True)
class TypeDay(Intent):
    """The hours of a weekday changed; 0 is Monday."""

    day: int
    text: str


@dataclass(frozen=True, slots=True)
class TypeTimeZone(Intent):
    """The time zone field changed."""

    text: str


@dataclass(frozen=True, slots=True)
class SetWeeklyMinutes(Intent):
    """How much of a week may go to others."""

    minutes: int


@dataclass(frozen=True, slots=True)
class SetAtOnce(Intent):
    """How many conversations at once."""

    count: int


@dataclass(frozen=True, slots=True)
class TypePlace(Intent):
    """The person's own word for where they are changed."""

    text: str


@dataclass(frozen=True, slots=True)
class SetWatching(Intent):
    """Whether to watch over newcomers."""

    on: bool


@dataclass(frozen=True, slots=True)
class SaveHelping(Intent):
    """Send the form."""


# My devices, and people I blocked.


@dataclass(frozen=True, slots=True)
class SayPhoneSystem(Intent):
    """Which system the device to be added has."""

    system: str


@dataclass(frozen=True, slots=True)
class TypePhoneVendor(Intent):
    """Its maker changed."""

    text: str


@dataclass(frozen=True, slots=True)
class TypePhoneModel(Intent):
    """Its model changed."""

    text: str


@dataclass(frozen=True, slots=True)
class AddPhone(Intent):
    """Add it."""


@dataclass(frozen=True, slots=True)
class RemovePhone(Intent):
    """Take back a device that was added by hand."""

    device_id: DeviceId


@dataclass(frozen=True, slots=True)
class Unblock(Intent):
    """This person may be met again."""

    person_id: PersonId


# The board.


@dataclass(frozen=True, slots=True)
class ChooseParked(Intent):
    """Write an answer to this question of the board, or to none."""

    question_id: QuestionId | None


@dataclass(frozen=True, slots=True)
class TypeAnswer(Intent):
    """The answer changed."""

    text: str


@dataclass(frozen=True, slots=True)
class AnswerParked(Intent):
    """Send the answer."""

    question_id: QuestionId


FormIntent = (
    PauseHelping
    | SetTopic
    | TypeLanguages
    | TypeDay
    | TypeTimeZone
    | SetWeeklyMinutes
    | SetAtOnce
    | TypePlace
    | SetWatching
    | SaveHelping
)
DeviceIntent = SayPhoneSystem | TypePhoneVendor | TypePhoneModel | AddPhone | RemovePhone | Unblock
BoardIntent = ChooseParked | TypeAnswer | AnswerParked
