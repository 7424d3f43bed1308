"""Stands in for the system's own programs: writes down each argument vector, and answers."""

from collections.abc import Mapping

from samebox_agent.core.remedy_list import WhyNot
from samebox_agent.desktop.remedies_limits import CannotDo
from samebox_agent.desktop.remedies_programs import Programs

Argv = tuple[str, ...]


class RecordingRunner:
    """Runs nothing. `answers` are what programs say; those in `failing` end badly so often."""

    def __init__(
        self, answers: Mapping[Argv, str] | None = None, failing: Mapping[Argv, int] | None = None
    ) -> None:
        self.argvs: list[Argv] = []
        self.seconds: list[float] = []
        self.waited: list[float] = []
        self.installed = True
        self._answers = dict(answers or {})
        self._failing = dict(failing or {})

    def __call__(self, argv: Argv, seconds: float) -> str:
        self.argvs.append(argv)
        self.seconds.append(seconds)
        if self._failing.get(argv, 0) > 0:
            self._failing[argv] -= 1
            raise CannotDo(WhyNot.BROKEN, f"{argv[0]} ended with 1")
        return self._answers.get(argv, "")

    def programs(self) -> Programs:
        """What a remedy is given."""
        return Programs(
            run=self,
            find=lambda name: f"/usr/bin/{name}" if self.installed else None,
            wait=self.waited.append,
        )
