"""The words of an article: one line of plain text, of limited length, with nothing hidden in it.

`Fault` stops the readers of an article file at the first mistake; `articles.parse` turns it into
the value that callers see.
"""

import re
import unicodedata

FILE_LIMIT = 8_000  # characters, here and below; the worst of them are read in 100 ms
ID_LIMIT = 64
TITLE_LIMIT = 120
TOPIC_LIMIT = 40
SYMPTOM_LIMIT = 200
SYMPTOMS_LIMIT = 12  # sentences
APPLIES_TO_LIMIT = 20  # kinds of device
DEVICE_WORD_LIMIT = 80
CONDITION_LIMIT = 500  # also keeps the depth of nesting harmless
REASON_LIMIT = 200
SUMMARY_LIMIT = 1_200
STEP_LIMIT = 600
STEPS_LIMIT = 20  # steps
UNDO_LIMIT = 600
UNWRITTEN = "Not written yet:"  # what still says so is not published
NO_UNDO = f"{UNWRITTEN} say how to go back, or that nothing has to be put back."
VERSION_LIMIT = 1_000_000  # the server counts on from the number in a file

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs"})
_DRAWN_AS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0"
    "\U000e0100-\U000e01ef]"
)
"""Letters, marks and signs to Unicode, but nobody sees them. U+FE0E and U+FE0F end an emoji."""


class Fault(Exception):
    """One mistake: the line of the file it is on, and what to do about it."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


def hidden_character(text: str) -> str | None:
    """The first character nobody can see: controls, bidi marks, zero-width marks (AB-6)."""
    for character in text:
        if character not in "\n\t" and _is_hidden(character):
            return character
    return None


def _is_hidden(character: str) -> bool:
    if character.isascii():  # most are, and every file is looked through
        return not character.isprintable()
    is_nothing = _DRAWN_AS_NOTHING.match(character) is not None
    return is_nothing or unicodedata.category(character) in _HIDDEN_CATEGORIES


def refuse_hidden(text: str, line: int) -> None:
    """Raises a Fault at the line on which the first hidden character stands."""
    found = hidden_character(text)
    if found is not None:
        line += text[: text.index(found)].count("\n")
        raise Fault(
            line,
            f"There is a hidden character (U+{ord(found):04X}). Delete it and type the word again.",
        )


def one_line(text: str, limit: int, line: int, name: str) -> str:
    """The text with every run of blanks made one space; a Fault if it hides something or is long.

    Checked after YAML and Markdown were decoded, because both can spell a character by number.
    """
    refuse_hidden(text, line)
    words = " ".join(text.split())
    if len(words) > limit:
        raise Fault(line, f"The {name} has {len(words)} characters. Keep it within {limit}.")
    return words


def without_hidden(text: str) -> str:
    """The text on one line with hidden characters dropped, for words that people typed."""
    spaced = "".join(" " if character.isspace() else character for character in text)
    seen = (character for character in spaced if not _is_hidden(character))
    return " ".join("".join(seen).split())
