"""Around the whole application: gives every HTTP request an id, which is in the answer and in every
log line that the request causes."""

import logging
import re
import time
from collections.abc import Callable
from typing import cast

from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from samebox_shared.model.ids import new_id

from samebox_server.logs import on_request

HEADER = "X-Request-Id"
_WELL_FORMED = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")

_log = logging.getLogger(__name__)

Answered = Callable[[str, str, int], None]
"""Called with method, route (never the path: it may hold a link's secret) and status."""


def with_request_ids(app: ASGIApp, answered: Answered) -> ASGIApp:
    """An id from the proxy in front is taken if it looks like one; anything else gets ours."""

    async def traced(scope: Scope, receive: Receive, send: Send) -> None:
        if str(scope["type"]) != "http":
            await app(scope, receive, send)
            return
        method = cast(HTTPScope, scope)["method"]
        request_id = _given(scope) or new_id()
        started = time.perf_counter()
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [
                    *message.get("headers", ()),
                    (HEADER.lower().encode(), request_id.encode()),
                ]
                message["headers"] = headers
            await send(message)

        with on_request(request_id):
            try:
                await app(scope, receive, send_with_id)
            finally:
                route = str(scope.get("path_template") or "(none)")
                answered(method, route, status)
                _log.debug(
                    "answered",
                    extra={
                        "method": method,
                        "route": route,
                        "status": status,
                        "ms": round((time.perf_counter() - started) * 1000, 1),
                    },
                )

    return traced


def _given(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _WELL_FORMED.fullmatch(value):
            return value.decode()
    return ""
