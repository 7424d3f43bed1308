"""From `samebox` to its icon in the tray, beside an empty Python and the bare Qt it stands on."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.laptop.screen import Screen, best_screen
from benchmarks.measures.figures import Figure, Goal, figure, publish
from tasks.stage.programs import ROOT, program

ROUNDS = 21
GOAL = 14.0
PROBE = ROOT / "benchmarks" / "laptop" / "probes" / "start.py"
EMPTY = "python -c pass"
START = "samebox to tray"
BARE = {
    EMPTY: "pass",
    "import shiboken6": "import shiboken6",
    "QtWidgets application only": ("from PySide6.QtWidgets import QApplication; QApplication([])"),
    "bare tray icon": (
        "import sys; sys.path.insert(0, {probes!r}); import start;"
        "from PySide6.QtGui import QIcon, QPixmap;"
        "app = start.QtWidgets.QApplication([]);"
        "icon = start.AnnouncedIcon(QIcon(QPixmap(32, 32))); icon.show(); app.exec()"
    ),
    "import of samebox_agent.app": "import samebox_agent.app",
}


def main() -> int:
    """Interleaved rounds, so that what disturbs the machine disturbs all alike."""
    python = program("agent", "python")
    took: dict[str, list[float]] = {name: [] for name in (*BARE, START)}
    with best_screen() as screen, tempfile.TemporaryDirectory() as folder:
        _start_once(python, Path(folder) / "warm", screen)
        for number in range(ROUNDS):
            for name, code in BARE.items():
                words = [python, "-c", code.format(probes=str(PROBE.parent))]
                took[name].append(_run(words, screen, until_up="icon" in name))
            took[START].append(_start_once(python, Path(folder) / str(number), screen))
    return publish("warm_start", _figures(took), [f"display: {screen.name}"])


def _figures(took: dict[str, list[float]]) -> list[Figure]:
    ratios = [mine / empty for mine, empty in zip(took[START], took[EMPTY], strict=True)]
    rows = [figure(f"{START}, as times {EMPTY}", "×", ratios, Goal("median", GOAL))]
    return rows + [figure(name, "ms", samples) for name, samples in took.items()]


def _start_once(python: str, home: Path, screen: Screen) -> float:
    return _run([python, str(PROBE), "--home", str(home)], screen, until_up=True)


def _run(command: list[str], screen: Screen, *, until_up: bool) -> float:
    """Milliseconds until the program ended, or until it said that its icon is up."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, env={**os.environ, **screen.environment}, stdout=subprocess.PIPE
    ) as process:
        if until_up and process.stdout is not None:
            said = process.stdout.readline()
            took = time.perf_counter() - began
            process.kill()
            if not said:
                raise ChildProcessError("the agent ended before its icon was there")
            return took * 1000
        if process.wait():
            raise ChildProcessError(f"{command[-1]} failed")
        return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
