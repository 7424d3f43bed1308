"""Each log line is one object of JSON."""

import json
import logging
import sys

from samebox_server.logs import JsonLines


def test_a_line_holds_the_message_and_what_was_passed_beside_it() -> None:
    record = logging.makeLogRecord(
        {"name": "samebox_server.live.hub", "levelname": "WARNING", "msg": "%d left", "args": (3,)}
    )
    record.device_id = "1"
    line = json.loads(JsonLines().format(record))
    assert {key: line[key] for key in ("level", "from", "message", "device_id")} == {
        "level": "warning",
        "from": "live.hub",
        "message": "3 left",
        "device_id": "1",
    }
    assert "trace" not in line


def test_an_exception_stands_in_the_same_line() -> None:
    try:
        raise LookupError("gone")
    except LookupError:
        record = logging.makeLogRecord(
            {"name": "samebox_server", "msg": "failed", "exc_info": sys.exc_info()}
        )
    text = JsonLines().format(record)
    assert "\n" not in text
    assert "LookupError: gone" in json.loads(text)["trace"]
