"""How many facts a tool told: every single value, counted in the tool's own format."""

import json
import re
import xml.etree.ElementTree as ET

NAMED = re.compile(r"(?:^|(?<=\s))[^\s:][^\s:]*:[ \t]+(?=\S)", re.M)
LINE = re.compile(r"^ *(?!\d+: )[^\n:]+: +\S", re.M)
LOG_ENDS = "end debug info ==="


def in_json(printed: str) -> int:
    """Values that are neither an object nor a list."""
    return _leaves(json.loads(printed))


def in_xml(printed: str) -> int:
    """Elements that hold a text and no other element."""
    root = ET.fromstring(printed)  # our own machine's inventory, made a moment ago
    return sum(1 for each in root.iter() if len(each) == 0 and (each.text or "").strip())


def in_words(printed: str) -> int:
    """ "name: value", of which a line may hold several."""
    return len(NAMED.findall(printed))


def in_lines(printed: str) -> int:
    """One "name: value" a line; a log that stands before the facts is not counted."""
    return len(LINE.findall(printed.rpartition(LOG_ENDS)[2]))


def _leaves(value: object) -> int:
    if isinstance(value, dict):
        return sum(map(_leaves, value.values()))
    if isinstance(value, list):
        return sum(map(_leaves, value))
    return 1
