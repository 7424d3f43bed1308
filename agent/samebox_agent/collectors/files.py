"""Reads the small text files in which Linux tells about itself."""

from pathlib import Path


def text(path: Path) -> str | None:
    """The file's text without outer blanks; None when it is missing, barred or empty.

    A sysfs file may exist and still refuse to be read (a battery that was just taken out).
    """
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip("\0 \t\n") or None
    except OSError:
        return None


def number(path: Path) -> int | None:
    """The whole number in the file; None when there is none."""
    found = text(path)
    try:
        return None if found is None else int(found)
    except ValueError:
        return None


def settings(path: Path) -> dict[str, str]:
    """The `KEY=value` lines of os-release and uevent files, quotes taken off."""
    lines = (text(path) or "").splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}


def entries(folder: Path) -> list[Path]:
    """What is in the folder, sorted by name; nothing when it cannot be listed."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
