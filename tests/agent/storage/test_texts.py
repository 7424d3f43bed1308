"""Nothing typed is lost."""

from pathlib import Path

from samebox_agent.storage.database import Database, open_database
from samebox_agent.storage.texts import UnsentTexts


def test_a_text_survives_the_process(file: Path) -> None:
    with open_database(file) as database:
        UnsentTexts(database).save_text("help", "my scr")
        UnsentTexts(database).save_text("help", "my screen flickers")
        UnsentTexts(database).save_text("session:1", "one more thing")
    with open_database(file) as database:
        assert UnsentTexts(database).texts() == {
            "help": "my screen flickers",
            "session:1": "one more thing",
        }


def test_an_emptied_field_is_forgotten(database: Database) -> None:
    texts = UnsentTexts(database)
    texts.save_text("help", "x")
    texts.save_text("help", "")
    assert texts.texts() == {}
