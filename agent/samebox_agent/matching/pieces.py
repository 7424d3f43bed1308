"""Texts cut into the pieces that the sentence encoder knows: BERT's WordPiece, without capitals.

Words that are in its vocabulary are one piece; others are spelt out in the longest pieces there
are. Written here because the library for it keeps 12 MB for a table of 30,522 words; what it gives
for a list of odd texts is kept in tests/agent/matching/test_pieces.py. Pure, but for the file.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

_BEGIN, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_SAME_AS_SPACE = "\t\n\r"
_SILENT = ("Cc", "Cf", "Co", "Cs", "Mn")
"""Kinds of characters that say nothing: control, format, private use, surrogates, marks."""
_LONGEST = 100
"""Letters of a word that is worth spelling out."""
_IDEOGRAPHS = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2CEAF),
    (0x2F800, 0x2FA1F),
)


class Pieces:
    """`vocabulary` has every piece at its number; one that continues a word begins with `##`."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._begin, self._end, self._unknown = (
            self._numbers[piece] for piece in (_BEGIN, _END, _UNKNOWN)
        )

    def knows(self, word: str) -> bool:
        """Whether a word in small letters is one piece."""
        return word in self._numbers

    def numbers(self, text: str, most: int) -> list[int]:
        """The numbers of a text's first pieces, with those that mark its begin and its end."""
        found = [self._begin]
        for word in _words(text):
            found += self._spelt(word)
            if len(found) >= most:
                break
        return [*found[: most - 1], self._end]

    def _spelt(self, word: str) -> list[int]:
        if word in self._numbers:
            return [self._numbers[word]]
        if len(word) > _LONGEST:
            return [self._unknown]
        found: list[int] = []
        start = 0
        while start < len(word):
            end = self._longest(word, start)
            if end == start:
                return [self._unknown]
            found.append(self._numbers[_piece(word, start, end)])
            start = end
        return found

    def _longest(self, word: str, start: int) -> int:
        """Where the longest piece ends that begins there; the start itself when there is none."""
        ends: Iterator[int] = iter(range(len(word), start, -1))
        return next((end for end in ends if _piece(word, start, end) in self._numbers), start)


def read(file: Path) -> Pieces:
    """The pieces of a file with one a line. Raises ValueError when it is damaged."""
    lines = file.read_text(encoding="utf-8").split("\n")
    if lines.pop():
        raise ValueError(f"{file.name} ends in the middle of a line")
    try:
        return Pieces(lines)
    except KeyError as error:
        raise ValueError(f"{file.name} lacks {error}") from error


def _piece(word: str, start: int, end: int) -> str:
    return f"##{word[start:end]}" if start else word[:end]


class _Apart(dict[int, str]):
    """What becomes of each character: nothing, itself, a space, or itself between spaces."""

    def __missing__(self, point: int) -> str:
        self[point] = _becomes(chr(point))
        return self[point]


def _becomes(character: str) -> str:
    kind = unicodedata.category(character)
    if character in _SAME_AS_SPACE or kind.startswith("Z"):
        return " "
    if kind in _SILENT or character == "\ufffd":
        return ""
    is_mark = kind.startswith("P") or (character.isascii() and not character.isalnum())
    if is_mark or any(first <= ord(character) <= last for first, last in _IDEOGRAPHS):
        return f" {character} "
    return character


_apart = _Apart()


def _words(text: str) -> list[str]:
    """Small letters without their marks, each punctuation mark a word of its own."""
    return unicodedata.normalize("NFD", text).translate(_apart).lower().split()
