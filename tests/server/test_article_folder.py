"""A folder as it may look: files that cannot be read are named, and the others are there."""

import os
import sys
from pathlib import Path

import pytest
from samebox_server.article_folder import head_id, read_folder, without_doubles, write_file

TEXT = "---\nid: a\n---\n"


def names(top: Path) -> list[str]:
    return [file.name for file in read_folder(top).files]


def left_out(top: Path) -> str:
    found = read_folder(top)
    assert [file.name for file in found.files] == ["good.md"]
    (words,) = found.left_out
    return words


@pytest.fixture
def top(tmp_path: Path) -> Path:
    (tmp_path / "good.md").write_text(TEXT)
    return tmp_path


def test_sub_folders_count_and_what_is_no_article_does_not(top: Path) -> None:
    for name in (".git/a.md", "nl/b.md", "nl/deep/C.MD", "README.md", "nl/notes.txt", ".x.md"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(TEXT)
    assert names(top) == ["good.md", "nl/b.md", "nl/deep/C.MD"]
    assert read_folder(top).left_out == []


def test_a_byte_order_mark_and_other_line_ends_are_read(top: Path) -> None:
    (top / "good.md").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    (file,) = read_folder(top).files
    assert (file.article_id, file.text.count("\r\n")) == ("a", 3)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"---\nid: a\ntitle: caf\xe9\n", "x.md, line 3: A character here is not UTF-8 (byte 0xe9"),
        ("---\n".encode("utf-16"), "x.md, line 1: The file is UTF-16. Save it as UTF-8."),
        (b"a" * 70_000, "x.md, line 1: The file has 70 kB; an article has at most 8000"),
    ],
)
def test_a_file_that_is_no_text_is_named(top: Path, data: bytes, says: str) -> None:
    (top / "x.md").write_bytes(data)
    assert left_out(top).startswith(says)


def test_a_file_of_fifty_megabytes_is_not_even_read(top: Path) -> None:
    with (top / "x.md").open("wb") as file:
        file.truncate(50_000_000)
    assert left_out(top).startswith("x.md, line 1: The file has 50 MB;")


def test_a_link_to_itself_and_a_pipe_are_named(top: Path) -> None:
    (top / "x.md").symlink_to(top / "x.md")
    assert left_out(top).startswith("x.md: It cannot be read (")
    (top / "x.md").unlink()
    os.mkfifo(top / "x.md")
    assert left_out(top).startswith("x.md: This is not a file with text.")


def test_what_one_has_no_rights_to_is_named(top: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (top / "x.md").write_text(TEXT)
    (top / "x.md").chmod(0)
    assert left_out(top).startswith("x.md: It cannot be read (Permission denied).")
    (top / "x.md").unlink()
    (top / "closed").mkdir(mode=0)
    assert left_out(top).startswith("closed: This folder cannot be read (Permission denied)")


def test_a_folder_with_the_name_of_a_file_is_read_and_a_linked_one_is_not(top: Path) -> None:
    (top / "x.md").mkdir()
    (top / "x.md" / "y.md").write_text(TEXT)
    (top / "round").symlink_to(top)
    found = read_folder(top)
    assert [file.name for file in found.files] == ["good.md", "x.md/y.md"]
    assert found.remarks == [
        "round: This is a link to a folder, which was not followed.",
        "x.md: This is a folder, not an article; the files in it count.",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
def test_a_name_that_is_no_text_is_still_a_name(top: Path) -> None:
    (top / "good.md").rename(os.fsdecode(os.fsencode(top) + b"/caf\xe9.md"))
    assert names(top) == ["caf?.md"]


def test_two_files_of_one_id_are_both_refused_by_name(top: Path) -> None:
    (top / "other.md").write_text(TEXT)
    (top / "third.md").write_text("---\nid: b\n---\n")
    found = read_folder(top)
    assert [file.name for file in without_doubles(found)] == ["third.md"]
    (words,) = found.left_out
    assert words.startswith("good.md and other.md have the same id, a. None of them came in.")


@pytest.mark.parametrize(
    ("text", "article_id"),
    [
        ("---\nid: a\n---\n", "a"),
        ("---\n'id': \"\\x61\"\n---\n", "a"),
        ("---\nid: a\n", ""),
        ("---\n- id\n---\n", ""),
        ("---\n[a]: b\nid: [c\n---\n", ""),
        ("---\n[a]: b\nid: c\n---\n", "c"),
        ("---\nid: [c]\n---\n", ""),
        ("id: a", ""),
        ("", ""),
    ],
)
def test_the_id_of_a_head_is_read_as_the_server_reads_it(text: str, article_id: str) -> None:
    assert head_id(text) == article_id


def test_a_file_is_written_whole_with_the_rights_it_had(top: Path) -> None:
    (top / "good.md").chmod(0o640)
    write_file(top / "good.md", "new\n")
    assert (top / "good.md").read_bytes() == b"new\n"
    assert (top / "good.md").stat().st_mode & 0o777 == 0o640
    write_file(top / "other.md", "new\n")
    assert sorted(path.name for path in top.iterdir()) == ["good.md", "other.md"]


def test_what_cannot_be_written_leaves_no_rest(top: Path) -> None:
    (top / "x.md").mkdir()
    with pytest.raises(OSError, match=r"x\.md"):
        write_file(top / "x.md", "new\n")
    assert sorted(path.name for path in top.iterdir()) == ["good.md", "x.md"]
