"""Refreshes locks/ from the pyproject files: hash-pinned, for every system, without addresses.

The tools' lock is solved first and holds everything; the others take their versions from it.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tasks.environments import program

ROOT = Path(__file__).resolve().parent.parent
OURS = ("samebox-shared", "samebox-agent", "samebox-server")
COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"),
    *(f"--no-emit-package={name}" for name in OURS),
)
LEFT_OUT = ("--excludes", "locks/left_out.txt")
LEFT_OUT_MODEL = ("--excludes", "locks/left_out_model.txt")
LEFT_OUT_AGENT = (*LEFT_OUT, "--excludes", "locks/left_out_agent.txt")
AS_TOOLS = ("--constraints", "locks/dev.txt")
SOURCES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("bootstrap", ("locks/bootstrap.in",)),
    ("dev", ("--group", "pyproject.toml:dev", *LEFT_OUT)),
    ("agent", ("agent/pyproject.toml", *LEFT_OUT_AGENT, *AS_TOOLS)),
    ("model", ("locks/model.in", *LEFT_OUT_MODEL, *AS_TOOLS)),
    ("server", ("server/pyproject.toml", *LEFT_OUT, *AS_TOOLS)),
    ("fuzz", ("locks/fuzz.in", *LEFT_OUT_AGENT, *AS_TOOLS)),
)


def command(uv: Path, name: str, sources: Sequence[str], more: Sequence[str]) -> list[str]:
    """The installer's words for one lock."""
    return [str(uv), *COMPILE, *sources, *more, "--output-file", f"locks/{name}.txt"]


def main(more: Sequence[str]) -> int:
    uv = program(ROOT / ".venv" / "uv", "uv")
    for name, sources in SOURCES:
        done = subprocess.run(command(uv, name, sources, more), cwd=ROOT, check=False)
        if done.returncode != 0:
            print(f"locks/{name}.txt was left as it was; the reason is above.", file=sys.stderr)
            return done.returncode
        print(f"locks/{name}.txt is up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
