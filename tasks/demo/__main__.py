"""`python3 dev.py demo`: real programs on this machine play the whole story."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tasks.demo.company import has_display, hired
from tasks.demo.report import Report
from tasks.demo.story import Story
from tasks.stage.laptop import LaptopFailed
from tasks.stage.programs import ROOT
from tasks.stage.server import ServerFailed

FAILED = 1


def main(arguments: list[str] | None = None) -> int:
    """Play; the exit code says whether the story came to its good end."""
    options = argparse.ArgumentParser(prog="dev.py demo", description=__doc__)
    options.add_argument("--offscreen", action="store_true", help="show no windows")
    options.add_argument(
        "--pictures", type=Path, default=ROOT / "demo-pictures", help="where pictures go"
    )
    options.add_argument(
        "--pace", type=float, default=1.5, help="seconds to look at each step, on a screen"
    )
    options.add_argument("--keep", action="store_true", help="leave the windows open at the end")
    chosen = options.parse_args(arguments)
    offscreen = chosen.offscreen or not has_display()
    chosen.pictures.mkdir(parents=True, exist_ok=True)
    where = "offscreen, because there is no display" if offscreen else "on your screen"
    sys.stdout.write(f"Samebox plays one question from start to end, {where}.\n")
    report = Report()
    with (
        tempfile.TemporaryDirectory(prefix="samebox-demo-") as folder,
        hired(Path(folder), offscreen=offscreen) as company,
    ):
        try:
            pace = 0.0 if offscreen else chosen.pace
            Story(company, report, chosen.pictures, pace).play()
        except (LaptopFailed, ServerFailed, AssertionError):
            return FAILED
        sys.stdout.write(f"\n{report.table()}\n\n")
        if chosen.keep and not offscreen:
            input("The windows stay open. Press Enter to end. ")
    poster = chosen.pictures / "story.png"
    subprocess.run([sys.executable, "-m", "tasks.demo.poster", chosen.pictures, poster], check=True)
    sys.stdout.write(f"{report.pictures} pictures of every screen are in {chosen.pictures}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
