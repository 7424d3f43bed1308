"""Every figure that is kept or named has its command, and what serves commands stands in a room."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
RESULTS = BENCHMARKS / "results"
DOCUMENTS = (ROOT / "docs" / "performance.md", *(ROOT / "docs").rglob("*.md"))
NAMED = re.compile(r"\bbench ([a-z_]+)")
IN_A_TABLE = re.compile(r"^\| [^|]+ \| `([a-z_]+)` \|", re.M)


def commands() -> set[str]:
    """What `python3 dev.py bench NAME` can run."""
    files = {each.stem for each in BENCHMARKS.glob("[!_]*.py")}
    return files | {each.parent.name for each in BENCHMARKS.glob("*/__main__.py")}


@pytest.mark.parametrize("kept", sorted(RESULTS.iterdir()), ids=lambda kept: kept.name)
def test_what_is_kept_is_written_by_a_command(kept: Path) -> None:
    assert kept.stem in commands()


def test_the_documents_name_commands_that_are_there() -> None:
    texts = [each.read_text(encoding="utf-8") for each in DOCUMENTS]
    named = {name for text in texts for name in NAMED.findall(text)}
    named |= set(IN_A_TABLE.findall(texts[0]))
    assert {"warm_start", "live", "sockets", "growth"} <= named <= commands()


def test_each_command_stands_alone() -> None:
    files = [BENCHMARKS / f"{name}.py" for name in commands()]
    every = [each if each.exists() else each.with_suffix("") / "__main__.py" for each in files]
    without = [each.name for each in every if "def main(" not in each.read_text(encoding="utf-8")]
    assert without == []
