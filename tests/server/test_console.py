"""The counter of a long command: on a terminal, and nowhere else."""

import io

import pytest
from samebox_server.console import Counter


class Terminal(io.StringIO):
    """What somebody watches."""

    def isatty(self) -> bool:
        return True


def counted(whole: int) -> None:
    counter = Counter(whole)
    counter.add(4)
    counter.add(6)
    assert counter.done == 10
    counter.wipe()


def test_a_terminal_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    counted(10)
    assert terminal.getvalue() == "\r4 of 10 \r10 of 10 \r\033[K"


def test_without_an_end_it_only_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    counted(0)
    assert terminal.getvalue() == "\r4 \r10 \r\033[K"


def test_a_file_stays_free_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    counted(10)
    assert capsys.readouterr().err == ""
