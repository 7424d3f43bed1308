"""The agent's own log: short, never past a few megabytes, with no facts and no words of people."""

import logging
from pathlib import Path

MOST_BYTES = 1_000_000
KEPT = 3
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Journal(logging.Handler):
    """A rotating file that is opened, and its library loaded, by the first line: an idle laptop
    has nothing to say and does not pay for it."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._inner: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        if self._inner is None:
            from logging.handlers import RotatingFileHandler

            self._inner = RotatingFileHandler(self._file, maxBytes=MOST_BYTES, backupCount=KEPT)
            self._inner.setFormatter(logging.Formatter(FORMAT))
        self._inner.emit(record)

    def close(self) -> None:
        """Let go of the file."""
        if self._inner is not None:
            self._inner.close()
        super().close()


def begin(file: Path) -> Journal:
    """From now on what our own code has to say goes to this file."""
    journal = Journal(file)
    ours = logging.getLogger("samebox_agent")
    ours.addHandler(journal)
    ours.setLevel(logging.INFO)
    return journal


def end(journal: Journal) -> None:
    """No more of that."""
    logging.getLogger("samebox_agent").removeHandler(journal)
    journal.close()
