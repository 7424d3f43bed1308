"""Desktop entries: quoting, reading back, writing whole or not at all."""

from pathlib import Path

import pytest
from samebox_agent.desktop.desktop_entry import command_line, entry, fields_of, write


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (("samebox", "--quiet"), "samebox --quiet"),
        (("/opt/My Apps/samebox",), '"/opt/My Apps/samebox"'),
        (("a", ""), 'a ""'),
        (("100%",), "100%%"),
        (('say "$HOME`\\',), '"say \\"\\$HOME\\`\\\\"'),
    ],
)
def test_arguments_are_taken_literally(command: tuple[str, ...], line: str) -> None:
    assert command_line(command) == line


def test_an_entry_and_back() -> None:
    text = entry({"Type": "Application", "Comment": "a\nb"})
    assert text == "[Desktop Entry]\nType=Application\nComment=a\\nb\n"
    assert fields_of(text)["Type"] == "Application"
    assert "Exec" not in fields_of(text + "\n[Desktop Action x]\nExec=y\n")


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        write(tmp_path / "taken", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_write_makes_its_folder(tmp_path: Path) -> None:
    write(tmp_path / "new" / "entry", "text")
    assert (tmp_path / "new" / "entry").read_text() == "text"
