"""Not now, never, and again."""

from samebox_agent.storage.database import Database
from samebox_agent.storage.suggestions import Silenced, SuggestionStates
from samebox_shared.model.ids import ArticleId

DISK, BATTERY = ArticleId("disk"), ArticleId("battery")


def test_the_last_word_counts(database: Database) -> None:
    states = SuggestionStates(database)
    states.snooze(DISK, 100.0)
    states.never(BATTERY)
    assert states.silenced() == (Silenced(BATTERY, None), Silenced(DISK, 100.0))
    states.never(DISK)
    states.snooze(BATTERY, 5.0)
    assert states.silenced() == (Silenced(BATTERY, 5.0), Silenced(DISK, None))
