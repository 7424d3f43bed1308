"""A label that wraps, takes the height its text needs, and never reads text as markup."""

import html
import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from samebox_agent.presenters.views import Tone
from samebox_agent.ui.theme import Role

_AS_TYPED = '<p style="white-space: pre-wrap">{}</p>'
LONGEST_WORD = 24
ZERO_WIDTH_SPACE = "\u200b"
_LONG_RUN = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


def tip(text: str) -> str:
    """A colleague's text for a tool tip, which has no plain format: Qt would take a text with a tag
    for markup, and would open the picture that it names, also one on another computer."""
    return _AS_TYPED.format(html.escape(text)) if "<" in text else text


class Words(QLabel):
    """Hidden while empty. A colleague's text is shown as typed: no links, no tags."""

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", str(role))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(1)
        self._plain = ""

    def draw(self, text: str) -> None:
        """Show a text, or nothing at all."""
        if text != self._plain:
            self._plain = text
            self.setText(breakable(text))
            self.setAccessibleName(text)
        self.setVisible(bool(text))

    def set_tone(self, tone: Tone) -> None:
        """Colour the text with the ink of a mood."""
        self._set("tone", str(tone))

    def set_full_ink(self, full: bool) -> None:
        """A caption in the colour of the text, as a value among its names; or pale again."""
        self._set("ink", "full" if full else "")

    def _set(self, name: str, wanted: str) -> None:
        if self.property(name) != wanted:
            self.setProperty(name, wanted)
            self.style().unpolish(self)
            self.style().polish(self)

    def plain(self) -> str:
        """The text as it was given."""
        return self._plain


def breakable(text: str) -> str:
    """The text with places to break inside words too long for a line, such as addresses."""
    return _LONG_RUN.sub(lambda run: run.group() + ZERO_WIDTH_SPACE, text)
