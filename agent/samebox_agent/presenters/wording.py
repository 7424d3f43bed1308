"""Words used on more than one screen: devices, rings, times, facts."""

from datetime import datetime, tzinfo

from samebox_shared.model.devices import DeviceType, Ring, System
from samebox_shared.model.facts import BY_NAME, Fact, FactKind
from samebox_shared.protocol.acts import MOST_OPEN

from samebox_agent.core.facts import in_words

SYSTEMS: dict[System, str] = {
    System.WINDOWS: "Windows",
    System.MACOS: "macOS",
    System.LINUX: "Linux",
    System.IOS: "iOS",
    System.ANDROID: "Android",
}

PHONES = frozenset({System.IOS, System.ANDROID})

TOO_MANY_OPEN = f"{MOST_OPEN} of your questions are open. Finish or withdraw one to ask another."

KINDS: dict[FactKind, str] = {
    FactKind.DEVICE_TYPE: "Device type",
    FactKind.SYSTEM: "System and restarts",
    FactKind.HARDWARE: "Processor and memory",
    FactKind.STORAGE: "Disk space",
    FactKind.BATTERY: "Battery",
    FactKind.NETWORK: "Network",
    FactKind.CLOCK: "Clock and time zone",
    FactKind.DESKTOP: "Desktop and language",
    FactKind.PERIPHERALS: "Printers, sound and camera",
    FactKind.SECURITY: "Protection of this laptop",
    FactKind.PROGRAMS: "Versions of some programs",
}

SAFETY = "No colleague or IT person needs your password or a code."
"""Stands above every composer, always (AB-3)."""


def clock_time(at: float, zone: tzinfo) -> str:
    """Hours and minutes, as "14:03"."""
    return datetime.fromtimestamp(at, zone).strftime("%H:%M")


def day_and_time(at: float, zone: tzinfo) -> str:
    """Day and time, as "23 Nov 2026, 14:03"."""
    moment = datetime.fromtimestamp(at, zone)
    return f"{moment.day} {moment.strftime('%b %Y, %H:%M')}"


def near_time(at: float, beside: float, zone: tzinfo) -> str:
    """The time alone on the day of `beside`, else with its day."""
    same = datetime.fromtimestamp(at, zone).date() == datetime.fromtimestamp(beside, zone).date()
    return clock_time(at, zone) if same else day_and_time(at, zone)


def duration(seconds: float) -> str:
    """About how long, as "a minute", "3 minutes", "2 hours"."""
    minutes = max(round(seconds / 60), 1)
    if minutes < 90:
        return "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"{round(minutes / 60)} hours"


def shorten(text: str, most: int = 32) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def device(device_type: DeviceType) -> str:
    """A device type in a few words, as "ThinkPad T14 Gen 3, Windows 11"."""
    parts = [device_type.model or device_type.family or device_type.vendor]
    if device_type.system is not None:
        parts.append(f"{SYSTEMS[device_type.system]} {device_type.system_version}".strip())
    return ", ".join(part for part in parts if part) or "a laptop"


def short_device(device_type: DeviceType) -> str:
    """The shortest name that people use for the device."""
    if device_type.model or device_type.family:
        return device_type.model or device_type.family
    return f"{SYSTEMS[device_type.system]} laptop" if device_type.system else "laptop"


def whom(ring: Ring, device_type: DeviceType) -> str:
    """Who is asked in a ring, seen from the asker: "colleagues with the same ..."."""
    match ring:
        case Ring.SAME_MODEL:
            return f"with the same {short_device(device_type)}"
        case Ring.SAME_FAMILY:
            return f"with another {device_type.family or 'laptop of the same family'}"
        case Ring.SAME_VENDOR:
            return f"with another {device_type.vendor or 'laptop of the same maker'}"
        case Ring.SAME_SYSTEM:
            if device_type.system is None:
                return "with the same system"
            return f"who use {SYSTEMS[device_type.system]} too"
        case Ring.IT:
            return "of IT"


def colleagues(count: int, ring: Ring, device_type: DeviceType) -> str:
    """As "2 colleagues with the same ThinkPad T14 Gen 3"."""
    if ring is Ring.IT:
        return "1 person of IT" if count == 1 else f"{count} people of IT"
    noun = "colleague" if count == 1 else "colleagues"
    who = whom(ring, device_type)
    if count == 1:
        who = who.replace("who use", "who uses")
    return f"{count} {noun} {who}"


def fact_row(fact: Fact) -> tuple[str, str]:
    """A fact's label and its value in words."""
    spec = BY_NAME[fact.name]
    return spec.label, in_words(spec, fact.value)


def fact_rows(facts: tuple[Fact, ...]) -> tuple[tuple[str, str], ...]:
    """Label and value of every fact, in the order of the catalogue; unknown ones are left out."""
    values = {fact.name: fact for fact in facts}
    return tuple(fact_row(values[name]) for name in BY_NAME if name in values)


def fact_lines(facts: tuple[Fact, ...], kind: FactKind) -> tuple[str, ...]:
    """Every fact of a kind as "label: value"."""
    of_kind = tuple(f for f in facts if f.name in BY_NAME and BY_NAME[f.name].kind is kind)
    return tuple(f"{label}: {value}" for label, value in fact_rows(of_kind))


def example(kind: FactKind) -> str:
    """One made-up fact of a kind, so that a person sees what is meant."""
    spec = next(spec for spec in BY_NAME.values() if spec.kind is kind)
    return f"{spec.label}: {in_words(spec, spec.example)}"
