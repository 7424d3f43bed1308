"""The switches of the sharing sheet, a ledger: every flip is kept, the last counts (PR-4)."""

from dataclasses import dataclass

from samebox_shared.model.facts import FactKind

from samebox_agent.storage.database import Database


@dataclass(frozen=True)
class Flip:
    """One switch, turned on or off at `at` (seconds since the Unix epoch)."""

    kind: FactKind
    on: bool
    at: float


class SharingLedger:
    """Append-only; nothing here is ever changed or deleted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sharing(self, kind: FactKind, on: bool, at: float) -> None:
        """Note that the person turned a switch."""
        self._database.execute(
            "INSERT INTO sharing (kind, is_on, at) VALUES (?, ?, ?)",
            (kind.value, on, at),
        )

    def current_sharing(self) -> frozenset[FactKind]:
        """The kinds whose switch is on; what was never switched is off."""
        last = {flip.kind: flip.on for flip in self.history()}
        return frozenset(kind for kind, on in last.items() if on)

    def history(self) -> tuple[Flip, ...]:
        """Every flip, oldest first. Kinds this version does not know are left out."""
        rows = self._database.rows("SELECT kind, is_on, at FROM sharing ORDER BY id")
        known = {kind.value for kind in FactKind}
        return tuple(Flip(FactKind(kind), bool(on), at) for kind, on, at in rows if kind in known)
