"""What is different between two versions, line by line and word by word."""

from hypothesis import given
from hypothesis import strategies as st
from samebox_server.core.compare import Piece, Row, compare

LINES = st.lists(st.text(alphabet="ab c.", max_size=12), max_size=8).map("\n".join)


def test_only_the_words_that_changed_are_marked() -> None:
    rows = compare("One\nUnplug the dock.\nThree", "One\nUnplug the dock and wait.\nThree")
    assert [row.is_same for row in rows] == [True, False, True]
    assert [piece.text for piece in rows[1].new if piece.changed] == [" and wait"]
    assert not any(piece.changed for piece in rows[1].old)


def test_lines_that_are_not_alike_are_one_gone_and_one_new() -> None:
    assert compare("Restart it.", "Buy another one") == (
        Row((), (Piece("Buy another one", True),)),
        Row((Piece("Restart it.", True),), ()),
    )


def test_a_line_that_went_stands_before_the_one_that_only_changed() -> None:
    rows = compare("Gone with the wind\nOpen the lid now", "Open the lid then")
    assert rows[0] == Row((Piece("Gone with the wind", True),), ())
    assert [piece.text for piece in rows[1].old if piece.changed] == ["now"]


@given(old=LINES, new=LINES)
def test_both_sides_are_whole_and_in_order(old: str, new: str) -> None:
    rows = compare(old, new)
    for text, side in ((old, "old"), (new, "new")):
        lines = ["".join(piece.text for piece in getattr(row, side)) for row in rows]
        kept = [line for line, row in zip(lines, rows, strict=True) if getattr(row, side)]
        blank = [line for line in text.splitlines() if line]
        assert [line for line in kept if line] == blank
    assert all(row.is_same for row in rows) == (
        [line for line in old.splitlines()] == [line for line in new.splitlines()]
    )
