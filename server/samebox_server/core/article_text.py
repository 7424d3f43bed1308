"""The words of an article: one line of plain text, of limited length, with nothing hidden in it.

`Fault` stops the readers of an article file at the first mistake; `articles.parse` turns it into
the value that callers see.
"""

from samebox_shared.model.article_limits import is_hidden


class Fault(Exception):
    """One mistake: the line of the file it is on, and what to do about it."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


def hidden_character(text: str) -> str | None:
    """The first character nobody can see: controls, bidi marks, zero-width marks (AB-6)."""
    for character in text:
        if character not in "\n\t" and is_hidden(character):
            return character
    return None


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
