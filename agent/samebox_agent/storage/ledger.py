"""Every byte of facts that left this laptop: to whom, for what, and the bytes themselves (PR-3)."""

from dataclasses import dataclass

from samebox_agent.storage.database import Database

KEPT_SECONDS = 90 * 24 * 3600.0


@dataclass(frozen=True)
class LedgerEntry:
    """One sending. `payload` is exactly what went into the socket."""

    at: float
    to: str
    what: str
    payload: bytes


class Ledger:
    """What was shared; entries go after 90 days."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, at: float, to: str, what: str, payload: bytes) -> None:
        """Durable before it returns. Entries older than 90 days go in the same transaction."""
        with self._database.transaction():
            self._database.execute("DELETE FROM shared WHERE at < ?", (at - KEPT_SECONDS,))
            self._database.execute(
                "INSERT INTO shared (at, whom, what, payload) VALUES (?, ?, ?, ?)",
                (at, to, what, payload),
            )

    def entries(self, limit: int) -> tuple[LedgerEntry, ...]:
        """The newest first."""
        rows = self._database.rows(
            "SELECT at, whom, what, payload FROM shared ORDER BY id DESC LIMIT ?",
            (limit,),
        )
        return tuple(LedgerEntry(*row) for row in rows)
