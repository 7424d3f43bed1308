"""All of the agent's memory, opened together."""

from dataclasses import dataclass
from pathlib import Path

from samebox_agent.storage.articles import Articles
from samebox_agent.storage.database import Database, open_database
from samebox_agent.storage.feed import Feed
from samebox_agent.storage.ledger import Ledger
from samebox_agent.storage.outbox import Outbox
from samebox_agent.storage.settings import Settings
from samebox_agent.storage.sharing import SharingLedger
from samebox_agent.storage.suggestions import SuggestionStates
from samebox_agent.storage.texts import UnsentTexts


@dataclass(frozen=True)
class Store:
    """Every table's keeper over one database; bundle calls with `database.transaction()`."""

    database: Database
    settings: Settings
    sharing: SharingLedger
    texts: UnsentTexts
    feed: Feed
    outbox: Outbox
    articles: Articles
    ledger: Ledger
    suggestions: SuggestionStates

    def close(self) -> None:
        """Write everything back and let go of the file."""
        self.database.close()


def open_store(file: Path) -> Store:
    """Open or create; the thread that calls this owns the store. Raises StorageTrouble."""
    database = open_database(file)
    return Store(
        database=database,
        settings=Settings(database),
        sharing=SharingLedger(database),
        texts=UnsentTexts(database),
        feed=Feed(database),
        outbox=Outbox(database),
        articles=Articles(database),
        ledger=Ledger(database),
        suggestions=SuggestionStates(database),
    )
