"""Puts the locks and the installer beside the wheels, so that dist/ is a whole release."""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ("locks/agent.txt", "locks/server.txt", "installers/install.py")


def complete(root: Path, dist: Path) -> list[Path]:
    """Copy what belongs beside the wheels; the copies."""
    dist.mkdir(exist_ok=True)
    return [Path(shutil.copy(root / name, dist)) for name in BESIDE]


def main() -> int:
    """Complete the release."""
    complete(ROOT, ROOT / "dist")
    sys.stdout.write(f"The release is in {ROOT / 'dist'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
