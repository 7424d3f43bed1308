"""The only place where a refusal becomes an HTTP status and a sentence."""

import logging
from typing import Any, TypeVar

from litestar import Request, Response
from litestar.exceptions import HTTPException
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import Problem

from samebox_server.store.writer import StorageFailed
from samebox_server.web.pages import page

T = TypeVar("T")
AnyRequest = Request[Any, Any, Any]
PORTAL = "/portal"

_log = logging.getLogger(__name__)

ANSWERS: dict[ErrorCode, tuple[int, str]] = {
    ErrorCode.INVITE_UNKNOWN: (404, "This invite is not known here. Copy the whole link again."),
    ErrorCode.INVITE_USED: (410, "This invite was used already. Ask for a new one."),
    ErrorCode.INVITE_EXPIRED: (410, "This invite is too old. Ask for a new one."),
    ErrorCode.NOT_SIGNED_IN: (401, "This device is not known here. Join with an invite."),
    ErrorCode.NOT_ALLOWED: (403, "You may not do this. Nothing was changed."),
    ErrorCode.NOT_FOUND: (404, "There is nothing here."),
    ErrorCode.MALFORMED: (400, "The server did not understand this. Nothing was changed."),
    ErrorCode.TOO_LARGE: (413, "This is too large. Nothing was kept."),
    ErrorCode.TOO_MANY: (429, "Too many tries. Wait five minutes and try again."),
    ErrorCode.UNKNOWN_FACT: (400, "A fact is not in the catalogue. Nothing was kept."),
    ErrorCode.ALREADY_ASKING: (409, "You are asking a question already."),
    ErrorCode.ALREADY_TAKEN: (409, "Somebody else was first."),
    ErrorCode.OFFER_OVER: (409, "This is over."),
    ErrorCode.SESSION_OVER: (409, "This conversation is over."),
    ErrorCode.STALE_FENCE: (409, "The question has moved on to somebody else."),
    ErrorCode.BUSY: (503, "The server is busy. Nothing was changed; try again in a moment."),
    ErrorCode.STORAGE_FULL: (507, "The server's disk is full. Nothing was changed; tell IT."),
    ErrorCode.PROTOCOL_TOO_OLD: (426, "This version of Samebox is too old. Update it."),
}

_BY_STATUS = {
    401: ErrorCode.NOT_SIGNED_IN,
    403: ErrorCode.NOT_ALLOWED,
    404: ErrorCode.NOT_FOUND,
    413: ErrorCode.TOO_LARGE,
    429: ErrorCode.TOO_MANY,
}


def respond(result: T | ErrorCode, status: int = 200) -> Response[T | Problem]:
    """The answer to a request: what was asked for, or why not."""
    if isinstance(result, ErrorCode):
        return Response(problem(result), status_code=ANSWERS[result][0])
    return Response(result, status_code=status)


def problem(code: ErrorCode) -> Problem:
    """The body of every refusal."""
    return Problem(code=code, message=ANSWERS[code][1])


def on_http_exception(
    request: AnyRequest, error: HTTPException
) -> Response[Problem] | Response[str]:
    """What the framework refused: wrong paths, wrong bodies, wrong methods."""
    code = _BY_STATUS.get(error.status_code, ErrorCode.MALFORMED)
    return _said(request, code, error.status_code)


def on_storage_failure(
    request: AnyRequest, error: StorageFailed
) -> Response[Problem] | Response[str]:
    """The disk is full or the file is locked: nothing was kept."""
    return _said(request, error.code, ANSWERS[error.code][0])


def on_bug(request: AnyRequest, error: Exception) -> Response[Problem] | Response[str]:
    """A bug of ours. The log has the details, the answer none."""
    _log.error("a request failed", extra={"method": request.method}, exc_info=error)
    return _said(request, ErrorCode.BUSY, 500)


def _said(request: AnyRequest, code: ErrorCode, status: int) -> Response[Problem] | Response[str]:
    """To a person who looks at the portal as a page, to a program as its code."""
    if request.url.path.startswith(PORTAL):
        return page("sorry.html", status, sentence=ANSWERS[code][1])
    return Response(problem(code), status_code=status)
