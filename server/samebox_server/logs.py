"""One line for each thing worth knowing, as JSON or as text. Never a token, an invite, a name, or
words of people. Every line says on whose behalf it was written: a request or a connection."""

import json
import logging
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count

FORMATS = ("json", "text")

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_connection_id: ContextVar[str] = ContextVar("connection_id", default="")

_PROCESS = secrets.token_hex(3)
_sockets = count(1)

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def new_connection_id() -> str:
    """For the next socket of this process."""
    return f"{_PROCESS}-{next(_sockets)}"


@contextmanager
def on_request(request_id: str) -> Iterator[None]:
    """Lines written inside carry the id of this HTTP request."""
    before = _request_id.set(request_id)
    try:
        yield
    finally:
        _request_id.reset(before)


@contextmanager
def on_connection(connection_id: str) -> Iterator[None]:
    """Lines written inside carry the id of this socket."""
    before = _connection_id.set(connection_id)
    try:
        yield
    finally:
        _connection_id.reset(before)


def request_id() -> str:
    """The id of the HTTP request that is being answered; empty outside of one."""
    return _request_id.get()


class JsonLines(logging.Formatter):
    """Time, level, place and message; ids and whatever was passed as `extra` stand beside them."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": round(record.created, 3),
            "level": record.levelname.lower(),
            "from": _place(record),
            "message": record.getMessage(),
            **_beside(record),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


class TextLines(logging.Formatter):
    """The same for a person in front of a console."""

    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%H:%M:%S", time.localtime(record.created))
        beside = "".join(f" {name}={value}" for name, value in _beside(record).items())
        line = f"{at} {record.levelname:<8} {_place(record)}: {record.getMessage()}{beside}"
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line


def start_logging(level: str, form: str = "json") -> None:
    """Sends every log line to standard error, in one of `FORMATS`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(TextLines() if form == "text" else JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in (
        "asyncpg",
        "alembic",
        "asyncio",
        "redis",
        "sqlalchemy",
        "uvicorn",
        "websockets",
    ):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _place(record: logging.LogRecord) -> str:
    return record.name.removeprefix("samebox_server.")


def _beside(record: logging.LogRecord) -> dict[str, object]:
    ids = {"request_id": _request_id.get(), "connection_id": _connection_id.get()}
    extra = {name: value for name, value in vars(record).items() if name not in _OWN}
    return {name: value for name, value in ids.items() if value} | extra
