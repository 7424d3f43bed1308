"""Whether each pure file is covered, every line, by the test file that carries its name.

Reads what `coverage run` recorded: the line, and the test that was running when it ran.
"""

import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).resolve().parent.parent
PURE_ROOMS = (
    "shared/samebox_shared",
    "agent/samebox_agent/core",
    "agent/samebox_agent/presenters",
    "server/samebox_server/core",
)


def own_test(module: Path) -> str:
    """The dotted name of the test file of a module given relative to the clone."""
    distribution, _package, *rooms = module.parent.parts
    return ".".join(["tests", distribution, *rooms, f"test_{module.stem.lstrip('_')}"])


def not_covered(
    statements: Collection[int], contexts: Mapping[int, Collection[str]], test: str
) -> list[int]:
    """Lines that this test never ran. What ran while importing has no test, and counts."""
    return sorted(
        line
        for line in statements
        if not any(name == "" or name.startswith(f"{test}.") for name in contexts.get(line, ()))
    )


def main() -> int:
    coverage = Coverage(config_file=str(ROOT / "pyproject.toml"))
    coverage.load()
    data = coverage.get_data()
    gaps = 0
    for room in PURE_ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            module = path.relative_to(ROOT)
            _, statements, _, _, _ = coverage.analysis2(str(path))
            missing = not_covered(statements, data.contexts_by_lineno(str(path)), own_test(module))
            if missing:
                gaps += 1
                print(f"{module.as_posix()}: {', '.join(map(str, missing))}")
    print(f"{gaps} pure files have lines that their own test does not run.")
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main())
