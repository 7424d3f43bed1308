"""Reads the names and meanings of the recipes from the justfile, before its runner is installed."""

import re
from pathlib import Path

# "# What it does" on the line above "name ARGUMENT *MORE: dependency"; a leading _ hides a recipe.
RECIPE = re.compile(
    r"^# (?P<meaning>.+)\n(?:\[.+\]\n)*@?(?P<name>[a-z][\w-]*)(?P<words>[^:=\n]*):(?!=)", re.M
)


def recipes(justfile: Path) -> dict[str, tuple[str, str]]:
    """For each recipe, its usage and its meaning, in the file's order."""
    found = {}
    for match in RECIPE.finditer(justfile.read_text(encoding="utf-8")):
        words = match["words"].replace("*ARGUMENTS", "[...]").strip()
        found[match["name"]] = (f"{match['name']} {words}".strip(), match["meaning"])
    return found


def listing(known: dict[str, tuple[str, str]]) -> str:
    """The recipes as a person reads them."""
    width = max((len(usage) for usage, _ in known.values()), default=0)
    lines = [f"  {usage:<{width}}  {meaning}" for usage, meaning in known.values()]
    return "\n".join(["Usage: python3 dev.py RECIPE", "", *lines])
