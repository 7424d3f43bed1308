"""The log is opened by its first line and closed at the end."""

import logging
from pathlib import Path

from samebox_agent.runtime import journal


def test_nothing_is_written_while_there_is_nothing_to_say(tmp_path: Path) -> None:
    begun = journal.begin(tmp_path / "log")
    journal.end(begun)
    assert not (tmp_path / "log").exists()


def test_what_is_said_stands_in_the_file(tmp_path: Path) -> None:
    begun = journal.begin(tmp_path / "log")
    logging.getLogger("samebox_agent.net").info("connection closed: %s", "lost")
    journal.end(begun)
    logging.getLogger("samebox_agent.net").info("unheard")
    said = (tmp_path / "log").read_text()
    assert "INFO samebox_agent.net: connection closed: lost" in said
    assert "unheard" not in said
