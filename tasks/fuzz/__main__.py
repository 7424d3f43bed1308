"""`python3 dev.py fuzz NAME`: searches for some minutes and keeps what it finds in tests/fuzz/."""

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.environments import FUZZ, program
from tasks.fuzz.judging import Target, judge
from tasks.fuzz.minimal import minimal
from tasks.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "tests" / "fuzz"
CORPUS = ROOT / ".venv" / "fuzz-corpus"
HANG_SECONDS = 20
MEMORY_MB = 1_500
ENDING_SECONDS = 120.0
ENDS_THE_PROCESS = ("engine-crash", "engine-oom")
DETAIL = 600  # characters
BEGINNING = 80  # bytes
PROGRESS = re.compile(rb"^#(?P<runs>\d+)\s.*cov: (?P<cov>\d+) ft: (?P<ft>\d+) corp: (?P<corp>\d+)")


@dataclass
class Told:
    """What the engine said of itself at the end."""

    runs: int = 0
    places: int = 0
    corpus: int = 0

    def hear(self, line: bytes) -> None:
        said = PROGRESS.match(line)
        if said:
            self.runs, self.places = int(said["runs"]), int(said["cov"])
            self.corpus = int(said["corp"])


def main() -> int:
    """0 when nothing broke."""
    given = _arguments()
    target = TARGETS[given.name]
    if not _has_engine():
        print("The fuzzer's engine has no build for this system. Use Linux.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        told, ended = _search(target, place, given.minutes * 60)
        kept = [_keep(target, path) for path in sorted((place / "found").iterdir())]
        slowest, beginning = _slowest(target, place)
    seconds = given.minutes * 60
    print(f"{told.runs} runs, {told.runs / seconds:.0f} a second, in {given.minutes:g} minutes")
    print(f"{told.places} places in the code reached by {told.corpus} inputs")
    print(f"The slowest input took {slowest:.1f} ms of processor time: {beginning!r}")
    found = sorted({each for each in kept if each})
    print("\n".join(f"Found: {each}" for each in found) or "Nothing broke")
    if ended:
        print(f"The engine ended early: {ended}", file=sys.stderr)
    return 1 if found or ended else 0


def _arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="dev.py fuzz")
    reader.add_argument("name", choices=sorted(TARGETS), help="what to break")
    reader.add_argument("--minutes", type=float, default=5.0, help="how long to search")
    return reader.parse_args()


def _has_engine() -> bool:
    python = program(ROOT / ".venv" / FUZZ.name, "python")
    return subprocess.run([python, "-c", "import atheris"], check=False).returncode == 0


def _search(target: Target[Any], place: Path, seconds: float) -> tuple[Told, str]:
    """Lets the engine search; why it ended before its time, or nothing."""
    (place / "found").mkdir()
    corpus = CORPUS / target.name
    corpus.mkdir(parents=True, exist_ok=True)
    start = place / "start"
    start.mkdir()
    kept = (path.read_bytes() for path in sorted((KEPT / target.name).glob("*.txt")))
    for number, data in enumerate((*target.start(), *kept)):
        (start / f"{number:04}").write_bytes(data)
    (place / "words").write_text(dictionary(target.words), encoding="ascii")
    python = program(ROOT / ".venv" / FUZZ.name, "python")
    flags = [
        f"-max_total_time={seconds:.0f}",
        f"-max_len={target.largest}",
        f"-dict={place / 'words'}",
        f"-timeout={HANG_SECONDS}",
        f"-rss_limit_mb={MEMORY_MB}",
        f"-artifact_prefix={place / 'found'}/engine-",
    ]
    module = (python, "-m", "tasks.fuzz.engine", target.name, place)
    command: list[str | Path] = [*module, *flags, corpus, start]
    told = Told()
    with (place / "log").open("wb") as log:
        done = subprocess.run(
            command, cwd=ROOT, stderr=log, stdout=log, check=False, timeout=seconds + ENDING_SECONDS
        )
    lines = (place / "log").read_bytes().splitlines()
    for line in lines:
        told.hear(line)
    last = b"\n".join(lines[-12:]).decode(errors="replace")
    return told, last if done.returncode else ""


def dictionary(words: Iterable[str]) -> str:
    """The words as the engine reads them: one a line, in quotes, what is not ASCII by number."""
    lines = []
    for word in words:
        data = word.encode("utf-8", "surrogatepass")
        plain = (chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02X}" for b in data)
        lines.append(f'"{"".join(plain)}"\n')
    return "".join(lines)


def _keep(target: Target[Any], path: Path) -> str:
    """Looks again without the engine's instruments; keeps the smallest that still breaks."""
    data = path.read_bytes()
    if path.name.startswith(ENDS_THE_PROCESS):  # it would end this one too
        return _written(target, "ends-the-process", data)
    first = judge(target, data)
    if not first.trouble:
        return ""
    least = minimal(data, lambda less: judge(target, less).trouble == first.trouble)
    detail = judge(target, least).detail[:DETAIL]
    return f"{_written(target, first.trouble, least)} ({detail})"


def _written(target: Target[Any], trouble: str, data: bytes) -> str:
    number = hashlib.sha256(data).hexdigest()[:8]
    place = KEPT / target.name / f"{trouble}-{number}.txt"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place.relative_to(ROOT).as_posix()


def _slowest(target: Target[Any], place: Path) -> tuple[float, bytes]:
    """Milliseconds without the engine's instruments, and how the input begins."""
    slowest = place / "slowest"
    if not slowest.exists():
        return 0.0, b""
    judge(target, target.start()[0])  # what is loaded at the first one is not this one's
    data = slowest.read_bytes()
    return judge(target, data).milliseconds, data[:BEGINNING]


if __name__ == "__main__":
    sys.exit(main())
