"""The whole store over one file."""

from pathlib import Path

from samebox_agent.storage.settings import PERSON_NAME
from samebox_agent.storage.store import open_store


def test_every_part_is_over_the_same_file(file: Path) -> None:
    store = open_store(file)
    with store.database.transaction():
        store.settings.put(PERSON_NAME, "Ana")
        store.texts.save_text("help", "x")
        store.ledger.record(1.0, "x", "y", b"")
    store.close()
    store = open_store(file)
    assert store.settings.get(PERSON_NAME) == "Ana"
    assert store.texts.texts() == {"help": "x"}
    assert len(store.ledger.entries(5)) == 1
    store.close()
