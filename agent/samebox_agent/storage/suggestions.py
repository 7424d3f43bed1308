"""What the person said about suggestions: not now, or never for this device."""

from dataclasses import dataclass

from samebox_shared.model.ids import ArticleId

from samebox_agent.storage.database import Database


@dataclass(frozen=True)
class Silenced:
    """An article not to suggest before `until` (seconds since the epoch); None means never."""

    article_id: ArticleId
    until: float | None


class SuggestionStates:
    """Silenced suggestions in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def snooze(self, article_id: ArticleId, until: float) -> None:
        """Not before `until`."""
        self._put(article_id, until)

    def never(self, article_id: ArticleId) -> None:
        """Never on this device."""
        self._put(article_id, None)

    def silenced(self) -> tuple[Silenced, ...]:
        """Everything silenced; a snooze that is over is still listed, its time says so."""
        rows = self._database.rows("SELECT article_id, until FROM suggestion ORDER BY article_id")
        return tuple(Silenced(ArticleId(article_id), until) for article_id, until in rows)

    def _put(self, article_id: ArticleId, until: float | None) -> None:
        self._database.execute(
            "INSERT OR REPLACE INTO suggestion VALUES (?, ?)", (article_id, until)
        )
