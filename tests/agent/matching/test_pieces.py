"""Texts cut into pieces as the encoder learnt them: what odd ones become, and what is damaged."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_agent.matching.encoder import MODEL
from samebox_agent.matching.pieces import Pieces, read

SMALL = ("[UNK]", "[CLS]", "[SEP]", "print", "##er", "##ers", "p", "##rint", "!", "a")
UNKNOWN, BEGIN, END, PRINT, ER, ERS, P, RINT, MARK, A = range(10)


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    """The real ones."""
    return read(MODEL / "vocabulary.txt")


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        # As the library tokenizers 0.23 cuts them, with the tokenizer.json of the model.
        ("My VPN drops", [2026, 21210, 2078, 9010]),
        ("", []),
        ("  sign-in: 0x80!  ", [3696, 1011, 1999, 1024, 1014, 2595, 17914, 999]),
        ("Café naïve über Ångström", [7668, 15743, 19169, 17076, 15687]),
        ("geluidsinstellingen", [21500, 21272, 11493, 13473, 13112, 2368]),
        ("日本の printer", [1864, 1876, 1671, 15041]),
        ("tab\tline\nend\r\u00a0x", [21628, 2240, 2203, 1060]),
        ("zero\u200bwidth \u00adsoft", [5717, 9148, 11927, 2232, 3730]),
        ("a\ufffdb\x00c\x07d", [5925, 2094]),
        ("İstanbul ŞİŞLİ", [9960, 24761, 3669]),
        ("e\u0301te\u0301", [3802, 2063]),
        ("한국어", [1469, 30006, 30021, 29991, 30014, 30020, 29999, 30008]),
        ("😀 smile", [100, 2868]),
        (
            "don’t “quote” — dash…",
            [2123, 1521, 1056, 1523, 14686, 1524, 1517, 11454, 1529],
        ),
        ("a_b+c=d~e", [1037, 1035, 1038, 1009, 1039, 1027, 1040, 1066, 1041]),
        ("x" * 101, [100]),
        ("supercalifragilistic", [3565, 9289, 10128, 29181, 24411, 4588]),
    ],
)
def test_a_text_is_cut_as_the_encoder_learnt_it(
    pieces: Pieces, text: str, inside: list[int]
) -> None:
    assert pieces.numbers(text, 128) == [101, *inside, 102]


def test_a_word_is_spelt_in_the_longest_pieces() -> None:
    assert Pieces(SMALL).numbers("Printers print!", 99) == [BEGIN, PRINT, ERS, PRINT, MARK, END]


def test_a_word_that_cannot_be_spelt_to_its_end_is_unknown() -> None:
    assert Pieces(SMALL).numbers("printx a", 99) == [BEGIN, UNKNOWN, A, END]


@pytest.mark.parametrize(("most", "inside"), [(2, []), (3, [PRINT]), (4, [PRINT, ER])])
def test_only_the_first_pieces_are_taken_and_the_end_is_still_marked(
    most: int, inside: list[int]
) -> None:
    assert Pieces(SMALL).numbers("printer printer", most) == [BEGIN, *inside, END]


def test_what_is_one_piece_is_known() -> None:
    pieces = Pieces(SMALL)
    assert pieces.knows("print")
    assert not pieces.knows("printer")


@given(st.text(max_size=300))
def test_every_text_can_be_cut(pieces: Pieces, text: str) -> None:
    numbers = pieces.numbers(text, 32)
    assert numbers[0] == 101
    assert numbers[-1] == 102
    assert 2 <= len(numbers) <= 32


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("[UNK]\n[CLS]\n[SEP]\nprin", "ends in the middle of a line"),
        ("[UNK]\n[CLS]\n", "lacks"),
        ("", "lacks"),
    ],
)
def test_a_damaged_file_says_what_is_wrong(tmp_path: Path, content: str, why: str) -> None:
    file = tmp_path / "vocabulary.txt"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=why):
        read(file)
