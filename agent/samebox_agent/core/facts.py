"""Facts as the rules see them: said in words, filtered by kind, and folded into a device type."""

from collections.abc import Iterable, Mapping
from typing import assert_never

from msgspec import Struct
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.facts import BY_NAME, Audience, Fact, FactKind, FactSpec, FactValue, Unit


class Cost(Struct, frozen=True):
    """How long one collector took."""

    collector: str
    kind: FactKind
    seconds: float


_DAY = 86_400
_HOUR = 3_600
_MINUTE = 60

_NAMES_FOR_PEOPLE: Mapping[str, Mapping[str, str]] = {
    "os_version.platform": {"windows": "Windows", "macos": "macOS", "linux": "Linux"},
    "interface_details.connection": {
        "wifi": "Wi-Fi",
        "ethernet": "cable",
        "mobile": "mobile network",
        "other": "another adapter",
        "none": "nothing",
    },
    "desktop.session": {"wayland": "Wayland", "x11": "X11"},
}


def by_name(facts: Iterable[Fact]) -> dict[str, FactValue]:
    """Facts as the table that conditions and reasons are read against."""
    return {fact.name: fact.value for fact in facts}


def that_may_leave(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Without those that nobody else may ever see."""
    return tuple(fact for fact in facts if BY_NAME[fact.name].audience is not Audience.NOBODY)


def of_kinds(facts: Iterable[Fact], kinds: frozenset[FactKind]) -> tuple[Fact, ...]:
    """The facts whose switch is among `kinds`; a fact outside the catalogue has no switch."""
    return tuple(
        fact for fact in facts if fact.name in BY_NAME and BY_NAME[fact.name].kind in kinds
    )


def device_type_from(facts: Iterable[Fact]) -> DeviceType:
    """What the facts tell of the device type; what they do not tell stays empty."""
    values = by_name(facts)

    def text(name: str) -> str:
        value = values.get(name, "")
        return value if isinstance(value, str) else ""

    platform = text("os_version.platform")
    return DeviceType(
        system=next((system for system in System if system == platform), None),
        system_version=text("os_version.version"),
        vendor=text("system_info.hardware_vendor"),
        family=text("system_info.hardware_family"),
        model=text("system_info.hardware_model"),
    )


def in_words(spec: FactSpec, value: FactValue) -> str:
    """A value as a person would say it: "9 GB", "6 days", "yes".

    Durations lose their sign ("Clock is off by 7 minutes").
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return _NAMES_FOR_PEOPLE.get(spec.name, {}).get(value, value)
    return _number_in_words(spec, value)


def _number_in_words(spec: FactSpec, value: float) -> str:
    match spec.unit:
        case Unit.NONE:
            return _short(value)
        case Unit.BYTES:
            return _bytes(value, step=_byte_step(spec.kind))
        case Unit.PERCENT:
            return f"{_short(value)}%"
        case Unit.SECONDS:
            return _duration(abs(value))
        case Unit.DAYS:
            return _counted(round(value), "day")
        case Unit.CELSIUS:
            return f"{round(value)} °C"
        case Unit.DECIBEL_MILLIWATTS:
            return f"{round(value)} dBm"
        case _ as never:
            assert_never(never)


def _short(value: float) -> str:
    """One decimal below ten, none above; never a trailing ".0"."""
    if abs(value) >= 10 or value == round(value):
        return str(round(value))
    return f"{value:.1f}".removesuffix(".0")


def _byte_step(kind: FactKind) -> int:
    """Disks are sold in thousands; memory is made, and named, in powers of two."""
    return 1024 if kind is FactKind.HARDWARE else 1000


def _bytes(value: float, step: int) -> str:
    amount, unit = value, "bytes"
    for larger in ("kB", "MB", "GB", "TB", "PB"):
        if round(amount) < step:
            break
        amount, unit = amount / step, larger
    return f"{_short(amount)} {unit}"


def disk_space(value: int) -> str:
    """Bytes on a disk as a person would say them: "4.1 GB"."""
    return _bytes(value, step=1000)


def _duration(seconds: float) -> str:
    """The largest unit of which there are at least two, so that 36 hours is not "1 day"."""
    for size, noun in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute")):
        if seconds >= 2 * size:
            return _counted(int(seconds // size), noun)
    amount = _short(seconds)
    return f"{amount} second" if amount == "1" else f"{amount} seconds"


def _counted(amount: int, noun: str) -> str:
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"
