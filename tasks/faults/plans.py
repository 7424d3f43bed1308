"""What one host of agents is told when it starts: who lives in it and what they are there for."""

from enum import StrEnum
from pathlib import Path

import msgspec
from samebox_shared.model.devices import DeviceType


class Errand(StrEnum):
    """What a person is there for."""

    ASK_AND_TALK = "ask_and_talk"
    HELP_AND_TALK = "help_and_talk"
    ASK_FOR_RACES = "ask_for_races"
    RACE = "race"
    WAIT = "wait"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One person with one device. `group` joins those who belong together."""

    person: str
    person_id: str
    device_id: str
    token: str
    device_type: DeviceType
    errand: Errand
    group: str
    home: str


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """One process. `window` is how many messages of one person may be unanswered, `rate` how many
    they write a second, `races` how many each group runs at most."""

    name: str
    server: str
    history: str
    places: tuple[Place, ...]
    window: int = 16
    rate: float = 10.0
    races: int = 0
    seed: int = 0


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How a process is doing, one line whenever it changes."""

    online: int = 0
    talking: int = 0
    waiting: int = 0
    answered: int = 0
    shown: int = 0
    races: int = 0
    waves: int = 0


def read_plan(file: Path) -> Plan:
    """The plan that was written there."""
    return msgspec.json.decode(file.read_bytes(), type=Plan)


def write_plan(plan: Plan, file: Path) -> None:
    """For the process that will be started with it."""
    file.write_bytes(msgspec.json.encode(plan))
