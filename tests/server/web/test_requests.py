"""Every HTTP request has an id: in the answer, and in the lines it causes."""

import logging

import httpx
import pytest
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from samebox_server.logs import request_id
from samebox_server.web.requests import HEADER, with_request_ids

from tests.server.running import RunningServer


def test_an_answer_carries_an_id_of_ours(server: RunningServer) -> None:
    first, second = server.get("/health/live"), server.get("/nothing")
    assert len(first.headers[HEADER]) == 32
    assert first.headers[HEADER] != second.headers[HEADER]


@pytest.mark.parametrize("given", ["0123abcd", "a" * 64, "4bf92f35-77b3.da_6"])
def test_a_well_formed_id_is_kept(server: RunningServer, given: str) -> None:
    answer = httpx.get(f"{server.url}/health/live", headers={HEADER: given})
    assert answer.headers[HEADER] == given


@pytest.mark.parametrize(
    "given", ["short", "a" * 65, "two words here", 'x"}{"level":1}', "-leading1"]
)
def test_any_other_id_is_replaced(server: RunningServer, given: str) -> None:
    answer = httpx.get(f"{server.url}/health/live", headers={HEADER: given})
    assert answer.headers[HEADER] != given


async def test_lines_and_counts_know_the_request_but_not_its_path(
    caplog: pytest.LogCaptureFixture,
) -> None:
    seen: list[object] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        scope["path_template"] = "/join/{code:str}"
        seen.append(request_id())
        await send({"type": "http.response.start", "status": 204, "headers": []})

    with caplog.at_level(logging.DEBUG, "samebox_server"):
        await ask(with_request_ids(app, lambda *what: seen.append(what)), "/join/SECRET")
    assert seen == ["given-id-1", ("GET", "/join/{code:str}", 204)]
    assert "SECRET" not in str([vars(record) for record in caplog.records])


async def test_a_request_that_fails_is_counted_as_failed() -> None:
    seen: list[object] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise LookupError("a bug")

    with pytest.raises(LookupError):
        await ask(with_request_ids(app, lambda *what: seen.append(what)), "/")
    assert seen == [("GET", "(none)", 500)]


async def ask(app: ASGIApp, path: str) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError("nobody reads the body")

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "headers": [(b"x-request-id", b"given-id-1")],
    }
    await app(scope, receive, send)  # type: ignore[arg-type]
    return sent
