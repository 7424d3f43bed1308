"""Desktop entries, the small files by which Linux desktops know programs (freedesktop.org)."""

import re
from collections.abc import Mapping
from pathlib import Path

_NEEDS_QUOTES = re.compile(r"""[\s"'\\><~|&;$*?#()`]""")


def entry(fields: Mapping[str, str]) -> str:
    """The file's text. Values are escaped here; `command_line` has escaped its own quoting."""
    lines = [f"{name}={_escaped(value)}" for name, value in fields.items()]
    return "\n".join(["[Desktop Entry]", *lines, ""])


def command_line(command: tuple[str, ...]) -> str:
    """The value of Exec for a program and its arguments, each taken literally."""
    return " ".join(_quoted(argument) for argument in command)


def fields_of(text: str) -> dict[str, str]:
    """The fields of the main group, as far as they are needed to see whether it is switched off."""
    _, _, group = text.partition("[Desktop Entry]")
    lines = group.partition("\n[")[0].splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def write(path: Path, text: str) -> None:
    """Whole or not at all, so that a full disk leaves no half entry behind. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _quoted(argument: str) -> str:
    literal = argument.replace("%", "%%")
    if literal and not _NEEDS_QUOTES.search(literal):
        return literal
    return '"' + re.sub(r'(["`$\\])', r"\\\1", literal) + '"'


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n")
