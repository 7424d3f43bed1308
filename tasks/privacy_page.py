"""Writes the table of facts into docs/privacy.md from the catalogue, so that it cannot go stale."""

import sys
from collections.abc import Iterable
from pathlib import Path

from samebox_shared.model.devices import System
from samebox_shared.model.facts import (
    CATALOGUE,
    NEVER_COLLECTED,
    PURPOSES,
    FactKind,
    FactSpec,
)

PAGE = Path(__file__).resolve().parents[1] / "docs" / "privacy.md"
BEGIN = "<!-- from the catalogue: python3 dev.py privacy -->"
END = "<!-- end -->"
COLUMNS = (
    *("fact", "in words", "type", "example", "read on"),
    *("what it gives away", "who may see it", "how long it is kept elsewhere"),
)
SYSTEMS = {System.WINDOWS: "Windows", System.MACOS: "macOS", System.LINUX: "Linux"}


def table() -> str:
    """Every fact by kind: what it is, where it is read, what it gives away, who may see it."""
    lines = []
    for kind in FactKind:
        lines += ["", f"### {kind.value.replace('_', ' ').capitalize()}", "", PURPOSES[kind], ""]
        lines += [_row(COLUMNS), _row("---" for _ in COLUMNS)]
        lines += [_row(_cells(spec)) for spec in CATALOGUE if spec.kind is kind]
    lines += ["", "### Never", ""]
    lines += [f"- {item}" for item in NEVER_COLLECTED]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(spec: FactSpec) -> tuple[str, ...]:
    unit = f", {spec.unit.value}" if spec.unit.value else ""
    return (
        f"`{spec.name}`",
        spec.label,
        f"{spec.type.value}{unit}",
        str(spec.example),
        ", ".join(SYSTEMS[system] for system in spec.systems),
        spec.sensitivity.value,
        spec.audience.value,
        spec.retention.value,
    )


def with_table(page: str) -> str:
    """The page with its table made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n\n{END}{after}"


def main() -> int:
    """Write the page."""
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
