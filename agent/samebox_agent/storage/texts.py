"""What a person has typed and not sent yet, so that nothing typed is lost."""

from samebox_agent.storage.database import Database


class UnsentTexts:
    """One text for each place: the help field, the ask sheet, each session's composer.

    The caller names the places and saves when the typing pauses, not at every key.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_text(self, place: str, text: str) -> None:
        """Durable before it returns; an empty text forgets the place."""
        if text:
            self._database.execute(
                "INSERT OR REPLACE INTO unsent_text VALUES (?, ?)", (place, text)
            )
        else:
            self._database.execute("DELETE FROM unsent_text WHERE place = ?", (place,))

    def texts(self) -> dict[str, str]:
        """Every text by its place."""
        return dict(self._database.rows("SELECT place, text FROM unsent_text ORDER BY place"))
