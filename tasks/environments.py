"""The environments under .venv/: one for each program as it is shipped, one with the tools.

`agent` and `server` hold exactly what their lock names, so that a wrong import fails here and not
at a customer. Each is made whole or not at all: its stamp is written last.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tasks.steps import Steps

STAMP = "samebox.stamp"
IS_WINDOWS = os.name == "nt"
# pip's setting -> uv's, so that a company's mirror and certificate need to be named only once.
PIP_TO_UV = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE", "proxy": "ALL_PROXY"}


@dataclass(frozen=True)
class Environment:
    """`packages` are the folders of our own distributions that it holds, editable."""

    name: str
    title: str
    packages: tuple[str, ...]


DEV = Environment("dev", "the tools", ("shared", "agent", "server"))
AGENT = Environment("agent", "the agent", ("shared", "agent"))
SERVER = Environment("server", "the server", ("shared", "server"))
MODEL = Environment("model", "the sentence encoder", ())
FUZZ = Environment("fuzz", "the fuzzer", ("shared", "agent", "server"))
EVERY = (DEV, AGENT, SERVER)
# Compiled once, as pip does: whoever may not write beside a library would compile it at each start,
# which costs an agent's process 60 ms and 4 MB for numpy alone.
OPTIONS = ("--no-deps", "--compile-bytecode")
ENCODER = Path("agent", "samebox_agent", "matching", "model")
ENCODER_MAKER = "tasks/encoder_model.py"


def programs_of(environment: Path) -> Path:
    """The folder of an environment's programs."""
    return environment / ("Scripts" if IS_WINDOWS else "bin")


def program(environment: Path, name: str) -> Path:
    """One program of an environment."""
    return programs_of(environment) / (f"{name}.exe" if IS_WINDOWS else name)


def fingerprint(root: Path, files: Iterable[str]) -> str:
    """Changes when a file, the Python or the place of the clone changes."""
    digest = hashlib.sha256(f"{sys.version}\n{sys.base_prefix}\n{root}".encode())
    for name in files:
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def uv_settings(pip_config: str) -> dict[str, str]:
    """uv's settings for what `pip config list` printed."""
    settings = {}
    for line in pip_config.splitlines():
        key, _, value = line.partition("=")
        name = PIP_TO_UV.get(key.rpartition(".")[2])
        if name:
            settings[name] = value.strip("'\"")
    return settings


class Environments:
    """Makes the environments of one clone that are missing or out of date."""

    def __init__(self, root: Path, steps: Steps) -> None:
        self._root = root
        self._steps = steps
        self._settings: Mapping[str, str] = {}

    def folder(self, environment: Environment) -> Path:
        return self._root / ".venv" / environment.name

    def make(self, wanted: Iterable[Environment]) -> None:
        """Makes what is out of date; the tools come first because they build our own packages."""
        wanted = tuple(wanted)
        stale = [each for each in wanted if not self._is_ready(each)]
        if stale:
            self._make_stale(stale)
        if any("agent" in each.packages for each in wanted):
            self._make_encoder()

    def _make_stale(self, stale: list[Environment]) -> None:
        uv = self._installer()
        if not self._is_ready(DEV):
            self._make(uv, DEV)
        for environment in stale:
            if environment is not DEV:
                self._make(uv, environment)

    def _is_ready(self, environment: Environment) -> bool:
        return has_stamp(self.folder(environment), self._fingerprint(environment))

    def _fingerprint(self, environment: Environment) -> str:
        projects = [f"{package}/pyproject.toml" for package in environment.packages]
        return fingerprint(self._root, [f"locks/{environment.name}.txt", *projects])

    def _installer(self) -> Path:
        """uv, in an environment of its own: it never has to replace itself while it runs."""
        folder = self._root / ".venv" / "uv"
        python, pins = program(folder, "python"), self._root / "locks" / "bootstrap.txt"
        wanted = fingerprint(self._root, ["locks/bootstrap.txt"])
        if not has_stamp(folder, wanted):
            with self._steps.step("Fetching the installer"):
                self._steps.run([sys.executable, "-m", "venv", "--clear", folder])
                pip: list[str | Path] = [
                    python,
                    "-m",
                    "pip",
                    "--disable-pip-version-check",
                    "install",
                ]
                self._steps.run([*pip, "--no-deps", "--require-hashes", "-r", pins])
            write_stamp(folder, wanted)
        self._settings = pip_settings(python)
        return program(folder, "uv")

    def _make(self, uv: Path, environment: Environment) -> None:
        folder = self.folder(environment)
        with self._steps.step(f"Making the environment of {environment.title}"):
            self._uv(uv, "venv", "--quiet", "--clear", "--python", sys.executable, folder)
            into = (*("pip", "install", "--python", program(folder, "python")), *OPTIONS)
            lock = self._root / "locks" / f"{environment.name}.txt"
            self._uv(uv, *into, "--require-hashes", "-r", lock)
            with tempfile.TemporaryDirectory() as wheels:
                self._build(environment, Path(wheels))
                ours = sorted(Path(wheels).glob("*.whl"))
                if ours:
                    self._uv(uv, *into, "--offline", *ours)
        write_stamp(folder, self._fingerprint(environment))

    def _make_encoder(self) -> None:
        """The encoder lies in the agent's package, made by an environment that is then deleted."""
        place = self._root / ENCODER
        wanted = fingerprint(self._root, ["locks/model.txt", ENCODER_MAKER])
        if has_stamp(place, wanted) and (place / "encoder.onnx").is_file():
            return
        folder = self.folder(MODEL)
        self._make(self._installer(), MODEL)
        with self._steps.step(f"Making {MODEL.title}"):
            python = program(folder, "python")
            self._steps.run([python, self._root / ENCODER_MAKER, place], folder=self._root)
        write_stamp(place, wanted)
        shutil.rmtree(folder)  # some 500 MB, needed again only when the locks change

    def _build(self, environment: Environment, wheels: Path) -> None:
        """Editable wheels of our own packages, by the pinned build tool, without a download."""
        build = "import sys, hatchling.build; hatchling.build.build_editable(sys.argv[1])"
        for package in environment.packages:
            python = program(self.folder(DEV), "python")
            self._steps.run([python, "-c", build, wheels], folder=self._root / package)

    def _uv(self, uv: Path, *words: str | Path) -> None:
        settings = {"UV_PYTHON_DOWNLOADS": "never", **self._settings}
        self._steps.run([uv, *words], folder=self._root, environment=settings)


def has_stamp(folder: Path, wanted: str) -> bool:
    """Whether this environment was finished with exactly these inputs."""
    try:
        return (folder / STAMP).read_text() == wanted
    except FileNotFoundError:
        return False


def write_stamp(folder: Path, value: str) -> None:
    (folder / STAMP).write_text(value)


def pip_settings(python: Path) -> dict[str, str]:
    """This machine's pip settings as uv's; what is already set for uv wins."""
    said = subprocess.run(
        [python, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    found = uv_settings(said.stdout)
    return {name: value for name, value in found.items() if name not in os.environ}
