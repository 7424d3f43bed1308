"""Small text files, and all the ways in which they can be missing."""

from pathlib import Path

from samebox_agent.collectors.files import entries, number, settings, text

from tests.agent.collectors.machine_fakes import tree


def test_text_has_no_outer_blanks(tmp_path: Path) -> None:
    tree(tmp_path, {"a": "  LENOVO\n", "board": "Raspberry Pi 5\0", "empty": "\n"})
    assert text(tmp_path / "a") == "LENOVO"
    assert text(tmp_path / "board") == "Raspberry Pi 5"
    assert text(tmp_path / "empty") is None


def test_what_cannot_be_read_is_nothing(tmp_path: Path) -> None:
    assert text(tmp_path / "missing") is None
    assert text(tmp_path) is None
    assert entries(tmp_path / "missing") == []


def test_bytes_that_are_no_text_do_not_stop_it(tmp_path: Path) -> None:
    (tmp_path / "odd").write_bytes(b"X\xff1")
    assert text(tmp_path / "odd") == "X\ufffd1"


def test_number(tmp_path: Path) -> None:
    tree(tmp_path, {"good": "42\n", "bad": "many"})
    assert number(tmp_path / "good") == 42
    assert number(tmp_path / "bad") is None
    assert number(tmp_path / "missing") is None


def test_settings(tmp_path: Path) -> None:
    tree(tmp_path, {"os-release": '# note=1\nNAME="Debian GNU/Linux"\nID=debian\nblank\n'})
    assert settings(tmp_path / "os-release") == {"NAME": "Debian GNU/Linux", "ID": "debian"}
