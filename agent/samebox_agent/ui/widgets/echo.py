"""Decides when a view may rewrite a field that a person is typing in. No Qt here.

What is typed comes back as a view a moment later, when more may have been typed. A field
therefore remembers what it sent. A view's text counts as the program's own wish only when it
differs from the view before and is not something the field sent and still waits for.
"""

from collections.abc import Callable

SETTLED_AFTER = 5.0


class Echo:
    """The memory of one field. `now` is a monotonic clock in seconds.

    After `SETTLED_AFTER` seconds without typing nothing is waited for any more, so that an echo
    that never came (views are merged) cannot swallow a wish of the program for long.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._shown: str | None = ""
        self._waiting: list[str] = []
        self._typed_at = 0.0

    def typed(self, text: str) -> None:
        """The person changed the field to this text."""
        self._waiting.append(text)
        self._typed_at = self._now()

    def settle(self) -> None:
        """Nobody can be typing here now: what the views say counts, whatever they said before."""
        if self._waiting:
            self._waiting.clear()
            self._shown = None

    def may_write(self, text: str) -> bool:
        """Whether the field has to be rewritten with the text of this view."""
        if self._now() - self._typed_at > SETTLED_AFTER:
            self.settle()
        if text in self._waiting:
            del self._waiting[: self._waiting.index(text) + 1]
            self._shown = text
            return False
        if text == self._shown:
            return False
        self._shown = text
        self._waiting.clear()
        return True
