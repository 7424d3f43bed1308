"""How large an article may be, and which characters nobody can see: both ends must agree, because
the laptop writes drafts that the server reads."""

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
VERSION_LIMIT = 1_000_000  # the server counts on from the number in a file
UNWRITTEN = "Not written yet:"  # what still says so is not published
NO_UNDO = f"{UNWRITTEN} say how to go back, or that nothing has to be put back."
WHY_LIMIT = 500  # what somebody says is wrong or missing

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_DRAWN_AS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0"
    "\U000e0100-\U000e01ef]"
)
"""Letters, marks and signs to Unicode, but nobody sees them. U+FE0E and U+FE0F end an emoji."""


def is_hidden(character: str) -> bool:
    """Whether nobody can see it: controls, bidi marks, zero-width marks (AB-6)."""
    if character.isascii():  # most are, and every file is looked through
        return not character.isprintable()
    is_nothing = _DRAWN_AS_NOTHING.match(character) is not None
    return is_nothing or unicodedata.category(character) in _HIDDEN_CATEGORIES


def without_hidden(text: str) -> str:
    """The text on one line with hidden characters dropped, for words that people typed."""
    spaced = "".join(" " if character.isspace() else character for character in text)
    seen = (character for character in spaced if not is_hidden(character))
    return " ".join("".join(seen).split())
