"""Writes the table of facts into docs/privacy.md from the catalogue, so that it cannot go stale."""

import sys
from pathlib import Path

from samebox_shared.model.facts import CATALOGUE, NEVER_COLLECTED, PURPOSES, FactKind

PAGE = Path(__file__).resolve().parents[1] / "docs" / "privacy.md"
BEGIN = "<!-- from the catalogue: python3 dev.py privacy -->"
END = "<!-- end -->"


def table() -> str:
    """Every fact by kind: its name on the wire, its words, its unit, an example."""
    lines = []
    for kind in FactKind:
        lines += ["", f"### {kind.value.replace('_', ' ').capitalize()}", "", PURPOSES[kind], ""]
        lines += ["| fact | in words | type | example |", "|---|---|---|---|"]
        for spec in CATALOGUE:
            if spec.kind is kind:
                unit = f", {spec.unit.value}" if spec.unit.value else ""
                row = f"| `{spec.name}` | {spec.label} | {spec.type.value}{unit} | {spec.example} |"
                lines.append(row)
    lines += ["", "### Never", ""]
    lines += [f"- {item}" for item in NEVER_COLLECTED]
    return "\n".join(lines)


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
