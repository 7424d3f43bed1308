"""The three questions to CUPS, in its own binary language (RFC 8010) over its own socket.

Only how many is read from the answers: no printer's name, no job's title, no person.
"""

from collections.abc import Callable

from msgspec import Struct

from samebox_agent.collectors import plain_http

GET_JOBS = 0x000A
GET_DEFAULT = 0x4001
GET_PRINTERS = 0x4002
_NOT_FOUND = 0x0406

_OPERATION, _JOB, _END, _PRINTER = 0x01, 0x02, 0x03, 0x04
_FIRST_VALUE = 0x10
_KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x44, 0x45, 0x47, 0x48

Post = Callable[[bytes], bytes | None]
"""Takes a question; returns the answer, or None when CUPS is not there."""


class Groups(Struct, frozen=True):
    """How many printers and jobs an answer has."""

    printers: int
    jobs: int


def post_to(socket: str) -> Post:
    """Asks the CUPS that listens on the file `socket`."""

    def post(question: bytes) -> bytes | None:
        headers = {"Host": "localhost", "Content-Type": "application/ipp"}
        answer = plain_http.ask(socket, "POST /", headers, question)
        return answer.body if answer is not None and answer.status == 200 else None

    return post


def question(operation: int) -> bytes:
    """For the least there is to tell: a job's number or a printer's state."""
    wanted = "job-id" if operation == GET_JOBS else "printer-state"
    values = [
        (_CHARSET, "attributes-charset", "utf-8"),
        (_LANGUAGE, "attributes-natural-language", "en"),
    ]
    if operation == GET_JOBS:
        values += [
            (_URI, "printer-uri", "ipp://localhost/"),
            (_KEYWORD, "which-jobs", "not-completed"),
        ]
    values.append((_KEYWORD, "requested-attributes", wanted))
    head = b"\x01\x01" + operation.to_bytes(2, "big") + (1).to_bytes(4, "big")
    return head + bytes([_OPERATION]) + b"".join(_value(*each) for each in values) + bytes([_END])


def _value(tag: int, name: str, text: str) -> bytes:
    return bytes([tag]) + b"".join(
        len(part).to_bytes(2, "big") + part for part in (name.encode(), text.encode())
    )


def groups(answer: bytes) -> Groups | None:
    """None when CUPS refused, or when it is no answer. Nothing found is nothing there."""
    status = int.from_bytes(answer[2:4], "big")
    if len(answer) < 9 or (status >= 0x0100 and status != _NOT_FOUND):
        return None
    found: list[int] = []
    place = 8
    while place < len(answer) and answer[place] != _END:
        if answer[place] < _FIRST_VALUE:
            found.append(answer[place])
            place += 1
        else:
            place = _behind(answer, _behind(answer, place + 1))
    return Groups(found.count(_PRINTER), found.count(_JOB))


def _behind(answer: bytes, place: int) -> int:
    """Past a length of two bytes and what it counts."""
    return place + 2 + int.from_bytes(answer[place : place + 2], "big")
