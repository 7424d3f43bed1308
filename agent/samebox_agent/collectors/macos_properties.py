"""Property lists: the files and printed trees in which macOS tells about itself."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from samebox_agent.collectors.system_command import Run

IOREG = "/usr/sbin/ioreg"


def from_file(path: Path) -> Mapping[str, object]:
    """The file's top dictionary; empty when it is missing or no property list."""
    try:
        return _parsed(path.read_bytes())
    except OSError:
        return {}


def from_ioreg(run: Run, *selection: str) -> Mapping[str, object]:
    """The first entry that `ioreg` finds for the selection; empty when there is none.

    Raises CommandFailed. With "-r -d 1" the tree is one entry deep: a few kilobytes.
    """
    return _parsed(run((IOREG, "-a", "-r", "-d", "1", *selection)))


def list_from_file(path: Path) -> list[Mapping[str, object]]:
    """The dictionaries of a file that is a list of them; empty when it is none."""
    try:
        found = _loaded(path.read_bytes())
    except OSError:
        return []
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _parsed(data: bytes) -> Mapping[str, object]:
    found = _loaded(data)
    first = found[0] if isinstance(found, list) and found else found
    return first if isinstance(first, dict) else {}


def _loaded(data: bytes) -> object:
    """None for what is no property list."""
    import plistlib
    from xml.parsers.expat import ExpatError

    try:
        return plistlib.loads(data)
    except (plistlib.InvalidFileException, ExpatError, ValueError):
        return None


def text(properties: Mapping[str, object], name: str) -> str | None:
    """A text value; the firmware's values come as bytes that end in NUL."""
    value = properties.get(name)
    if isinstance(value, bytes):
        value = value.decode("utf-8", errors="replace")
    return value.strip("\0 \n") or None if isinstance(value, str) else None


def number(properties: Mapping[str, object], name: str) -> int | None:
    """A whole number; a yes/no is none."""
    value = properties.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def flag(properties: Mapping[str, object], name: str) -> bool | None:
    """A yes/no."""
    value = properties.get(name)
    return value if isinstance(value, bool) else None


def day(properties: Mapping[str, object], name: str) -> date | None:
    """The day of a moment."""
    value = properties.get(name)
    return value.date() if isinstance(value, datetime) else None
