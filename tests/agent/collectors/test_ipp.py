"""The language of CUPS, byte by byte."""

import socket
import sys
import threading
from pathlib import Path

import pytest
from samebox_agent.collectors.ipp import GET_JOBS, GET_PRINTERS, Groups, groups, post_to, question

from tests.agent.collectors.ipp_samples import NOTHING, REFUSED, answer


def test_a_question_asks_for_as_little_as_there_is() -> None:
    asked = question(GET_PRINTERS)
    assert asked.startswith(b"\x01\x01\x40\x02\x00\x00\x00\x01\x01\x47\x00\x12attributes-charset")
    assert asked.endswith(b"\x44\x00\x14requested-attributes\x00\x0dprinter-state\x03")
    assert b"\x44\x00\x0awhich-jobs\x00\x0dnot-completed" in question(GET_JOBS)


def test_groups_are_counted() -> None:
    assert groups(answer(printers=2)) == Groups(2, 0)
    assert groups(answer(jobs=3)) == Groups(0, 3)


def test_nothing_found_is_nothing_there() -> None:
    assert groups(NOTHING) == Groups(0, 0)


@pytest.mark.parametrize("told", [REFUSED, b"", b"\x01\x01\x00\x00", b"\x01\x01\x00\x00\0\0\0\1"])
def test_a_refusal_and_half_an_answer_are_none(told: bytes) -> None:
    assert groups(told) is None


def test_a_torn_answer_ends() -> None:
    assert groups(answer(printers=2)[:-5]) == Groups(2, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="no sockets on files there")
@pytest.mark.parametrize(("status", "told"), [(b"200 OK", NOTHING), (b"403 Forbidden", None)])
def test_it_is_asked_over_its_socket(tmp_path: Path, status: bytes, told: bytes | None) -> None:
    path = str(tmp_path / "cups.sock")
    asked: list[bytes] = []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                asked.append(connection.recv(4096))
                connection.sendall(b"HTTP/1.0 " + status + b"\r\n\r\n" + NOTHING)

        threading.Thread(target=serve, daemon=True).start()
        assert post_to(path)(question(GET_JOBS)) == told
    assert b"Content-Type: application/ipp" in asked[0]


def test_without_a_socket_there_is_no_answer(tmp_path: Path) -> None:
    assert post_to(str(tmp_path / "none"))(question(GET_JOBS)) is None
