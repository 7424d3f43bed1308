"""Steps of a set-up that take no time: they leave behind what the next step looks for."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from tasks.environments import ENCODER_MAKER
from tasks.steps import TRY_AGAIN, StepFailed, Steps


class PretendedSteps(Steps):
    """Writes down each command; an environment is an empty folder, the encoder an empty file."""

    def __init__(self, log: Path) -> None:
        super().__init__(log, out=io.StringIO())
        self.commands: list[list[str]] = []
        self.broken = ""

    def run(
        self,
        command: Sequence[str | Path],
        *,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        words = [str(word) for word in command]
        self.commands.append(words)
        if self.broken and any(word.endswith(self.broken) for word in words):
            raise StepFailed(f"{self.broken} is broken", TRY_AGAIN)
        if "venv" in words:
            Path(words[-1]).mkdir(parents=True, exist_ok=True)
        if any(word.endswith(ENCODER_MAKER) for word in words):
            Path(words[-1]).mkdir(parents=True, exist_ok=True)
            (Path(words[-1]) / "encoder.onnx").touch()

    def with_program(self, name: str) -> list[list[str]]:
        """The commands in which this file or program is named."""
        return [each for each in self.commands if any(word.endswith(name) for word in each)]
