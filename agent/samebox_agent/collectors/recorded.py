"""Recorded machines: a laptop's facts as a JSON file, for the demo and for tests."""

import logging
from pathlib import Path

import msgspec
from samebox_shared.model.facts import BY_NAME, Fact, FactSpec, FactType, FactValue, is_well_typed

log = logging.getLogger(__name__)


class RecordedMachine(msgspec.Struct, frozen=True, kw_only=True):
    """A machine's name, what is the matter with it, and its facts in the file's order. `path` is
    where it was recorded."""

    name: str
    about: str
    facts: tuple[Fact, ...]
    path: Path | None = None


class BadRecording(Exception):
    """The file is no recorded machine; says which file and what is wrong with it."""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    about: str
    facts: dict[str, FactValue]


def load(path: Path) -> RecordedMachine:
    """Raises BadRecording. A whole number is taken where the catalogue has a fraction."""
    try:
        told = msgspec.json.decode(path.read_bytes(), type=_File)
    except OSError as error:
        raise BadRecording(f"{path} could not be read: {error.strerror}.") from error
    except msgspec.DecodeError as error:
        raise BadRecording(f"{path} is not a recorded machine: {error}.") from error
    facts = tuple(_fact(path, name, value) for name, value in told.facts.items())
    return RecordedMachine(name=told.name, about=told.about, facts=facts, path=path)


def again(machine: RecordedMachine) -> RecordedMachine:
    """As the file is now: a recording may be repaired while somebody looks at it. One that can
    no longer be read stays as it was, and the log says so."""
    if machine.path is None:
        return machine
    try:
        return load(machine.path)
    except BadRecording as error:
        log.warning("%s", error)
        return machine


def _fact(path: Path, name: str, value: FactValue) -> Fact:
    spec: FactSpec | None = BY_NAME.get(name)
    if spec is None:
        raise BadRecording(f'{path}: there is no fact "{name}".')
    if spec.type is FactType.DOUBLE and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not is_well_typed(spec, value):
        raise BadRecording(f"{path}: {name} must be of type {spec.type}, not {value!r}.")
    return Fact(name=name, value=value)
