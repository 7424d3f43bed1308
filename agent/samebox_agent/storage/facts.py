"""The last readings of this laptop's facts, so that suggestions are there right after the start."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from samebox_shared.model.facts import BY_NAME, FactValue, is_well_typed

from samebox_agent.storage.database import Database


@dataclass(frozen=True)
class Reading:
    """One fact's value as it was read at `at` (seconds since the Unix epoch)."""

    name: str
    value: FactValue
    at: float


class FactCache:
    """The last reading of each fact."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, readings: Iterable[Reading]) -> None:
        """Replace the readings of these facts; others stay."""
        rows = [(r.name, msgspec.json.encode(r.value), r.at) for r in readings]
        self._database.execute_many("INSERT OR REPLACE INTO fact VALUES (?, ?, ?)", rows)

    def forget(self, names: Iterable[str]) -> None:
        """Drop readings, for example because their switch was turned off."""
        self._database.execute_many("DELETE FROM fact WHERE name = ?", [(n,) for n in names])

    def load(self) -> tuple[Reading, ...]:
        """Every reading by name; what the catalogue does not know or type is left out."""
        rows = self._database.rows("SELECT name, value, at FROM fact ORDER BY name")
        return tuple(r for row in rows if (r := _reading(*row)) is not None)


def _reading(name: str, stored: bytes, at: float) -> Reading | None:
    spec = BY_NAME.get(name)
    if spec is None:
        return None
    value: FactValue = msgspec.json.decode(stored, type=FactValue)
    if not is_well_typed(spec, value):
        return None
    return Reading(name, value, at)
