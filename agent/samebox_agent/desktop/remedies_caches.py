"""Caches that are safe to drop: their programs make them again."""

from pathlib import Path
from typing import Final

from msgspec import Struct

from samebox_agent.core.remedy_list import Found, WhyNot
from samebox_agent.desktop.remedies_folders import Own
from samebox_agent.desktop.remedies_limits import CannotDo, Deadline
from samebox_agent.desktop.remedies_programs import Programs


class Thumbnails(Struct, frozen=True):
    """~/.cache/thumbnails, shared by the file managers of Linux; not offered where the person's
    caches lie elsewhere."""

    home: Path
    cache_home: str = ""

    def is_here(self) -> bool:
        return self.cache_home in ("", str(self.home / ".cache"))

    def look(self, deadline: Deadline) -> Found:
        return self._folder().measure(deadline)

    def do(self, deadline: Deadline) -> Found:
        return self._folder().clear(deadline)

    def _folder(self) -> Own:
        return Own(self.home / ".cache/thumbnails")


TEAMS_FOLDER: Final = (
    "AppData/Local/Packages/MSTeams_8wekyb3d8bbwe/LocalCache/Microsoft/MSTeams"  # as documented
)
TEAMS_KEEPS: Final = frozenset({"Backgrounds"})
"""The person's own pictures; no cache, though they lie in it."""
TEAMS_PROGRAM: Final = "ms-teams.exe"
TASKS: Final = ("tasklist", "/FI", f"IMAGENAME eq {TEAMS_PROGRAM}", "/FO", "CSV", "/NH")


class TeamsCache(Struct, frozen=True):
    """Of the new Teams on Windows, and never while Teams runs."""

    home: Path
    programs: Programs

    def is_here(self) -> bool:
        return (self.home / TEAMS_FOLDER).is_dir()

    def look(self, deadline: Deadline) -> Found:
        self._refuse_while_it_runs(deadline)
        return self._folder().measure(deadline)

    def do(self, deadline: Deadline) -> Found:
        self._refuse_while_it_runs(deadline)
        return self._folder().clear(deadline)

    def _folder(self) -> Own:
        return Own(self.home / TEAMS_FOLDER, TEAMS_KEEPS)

    def _refuse_while_it_runs(self, deadline: Deadline) -> None:
        if TEAMS_PROGRAM in self.programs.run(TASKS, deadline.left()).casefold():
            raise CannotDo(WhyNot.IN_USE, "Teams runs")
