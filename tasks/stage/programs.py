"""Where the two programs and the recorded machines are."""

from pathlib import Path

from tasks.environments import program as program_in

ROOT = Path(__file__).resolve().parents[2]
MACHINES = ROOT / "tests" / "machines"


def program(environment: str, name: str) -> str:
    """The full path of a program in `.venv/<environment>`: each is run from its own install."""
    return str(program_in(ROOT / ".venv" / environment, name))
