"""Each log line is one object of JSON."""

import json
import logging
import sys

from samebox_server.logs import JsonLines, TextLines, on_connection, on_request, request_id


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


def test_a_line_says_on_whose_behalf_it_was_written() -> None:
    record = logging.makeLogRecord({"name": "samebox_server.x", "msg": "said"})
    with on_request("r1"):
        assert request_id() == "r1"
        with on_connection("c1"):
            both = json.loads(JsonLines().format(record))
        one = json.loads(JsonLines().format(record))
    none = json.loads(JsonLines().format(record))
    assert (both["request_id"], both["connection_id"]) == ("r1", "c1")
    assert one["request_id"] == "r1"
    assert "connection_id" not in one
    assert "request_id" not in none


def test_text_says_the_same_for_people() -> None:
    record = logging.makeLogRecord(
        {"name": "samebox_server.live.hub", "levelname": "INFO", "msg": "%d left", "args": (3,)}
    )
    record.act = "ask"
    with on_connection("c1"):
        line = TextLines().format(record)
    assert line.endswith("INFO     live.hub: 3 left connection_id=c1 act=ask")


def test_text_shows_where_an_exception_came_from() -> None:
    try:
        raise LookupError("gone")
    except LookupError:
        record = logging.makeLogRecord(
            {"name": "samebox_server", "msg": "failed", "exc_info": sys.exc_info()}
        )
    assert TextLines().format(record).splitlines()[-1] == "LookupError: gone"
