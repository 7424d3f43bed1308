"""Finds what a person would see, and clicks and types there. Used by the rehearsal alone."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from samebox_agent.ui.shell import Shell
from samebox_agent.ui.widgets.chat import ChatList
from samebox_agent.ui.widgets.more import MoreButton
from samebox_agent.ui.widgets.text import Words

Cue = dict[str, Any]
Found = dict[str, Any]
Kinds = tuple[type[QWidget], ...]
FIELDS: Kinds = (QLineEdit, QTextEdit, QPlainTextEdit)
BUTTONS: Kinds = (QAbstractButton,)
SHARPNESS = 2.0


class NotFound(Exception):
    """What the cue names is not on the screen (yet)."""


class Stage:
    """Everything a cue can do. Answers what the reply should carry."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._acts: dict[str, Callable[[Cue], Found]] = {
            "wait": self._wait,
            "click": self._click,
            "type": self._type,
            "press": self._press,
            "choose": self._choose,
            "picture": self._picture,
            "place": self._place,
            "close": self._close,
            "windows": self._windows,
            "tray_click": self._tray_click,
            "menu": self._menu,
            "tray": self._tray,
            "quit": self._quit,
        }

    def perform(self, cue: Cue) -> Found:
        """Play one cue, or raise `NotFound` when its object is not there yet."""
        act = self._acts.get(str(cue["do"]))
        if act is None:
            raise ValueError(f"there is no cue named {cue['do']!r}")
        return act(cue)

    def in_words(self) -> str:
        """What is on the screen, for an error text."""
        seen = [f"{d['title']!r}: {' | '.join(d['texts'])}" for d in map(describe, windows())]
        return "On the screen: " + ("; ".join(seen) if seen else "nothing") + "."

    def _wait(self, cue: Cue) -> Found:
        around = chosen_windows(cue)
        if "text" in cue and not any(cue["text"] in t for w in around for t in texts_of(w)):
            raise NotFound(f"the text {cue['text']!r} is not to be seen.")
        if "name" in cue and not any(names(x, cue["name"]) for w in around for x in parts(w)):
            raise NotFound(f"nothing is named {cue['name']!r}.")
        if "gone" in cue and any(cue["gone"] in t for w in around for t in texts_of(w)):
            raise NotFound(f"the text {cue['gone']!r} is still to be seen.")
        return {"window": around[0].windowTitle()}

    def _click(self, cue: Cue) -> Found:
        button = find(cue, BUTTONS, str(cue["name"]))
        if not button.isEnabled():
            raise NotFound(f"{cue['name']!r} cannot be clicked now.")
        reveal(button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        return {}

    def _type(self, cue: Cue) -> Found:
        field = find(cue, FIELDS, str(cue["name"]))
        if not field.isEnabled():
            raise NotFound(f"{cue['name']!r} cannot be typed in now.")
        reveal(field)
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        if cue.get("clear"):
            QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.SelectAll))
            QTest.keyClick(field, Qt.Key.Key_Delete)
        type_into(field, str(cue["text"]))
        return {}

    def _choose(self, cue: Cue) -> Found:
        around = [part for w in chosen_windows(cue) for part in parts(w)]
        buttons = [part for part in around if isinstance(part, MoreButton)]
        if not any(button.choose(str(cue["name"])) for button in buttons):
            raise NotFound(f"no menu has a line {cue['name']!r}.")
        return {}

    def _press(self, cue: Cue) -> Found:
        window = chosen_windows(cue)[0]
        focused: QWidget | None = window.focusWidget()
        QTest.keySequence(window if focused is None else focused, QKeySequence(str(cue["key"])))
        return {}

    def _place(self, cue: Cue) -> Found:
        chosen_windows(cue)[0].move(int(cue["x"]), int(cue["y"]))
        return {}

    def _close(self, cue: Cue) -> Found:
        chosen_windows(cue)[0].close()
        return {}

    def _picture(self, cue: Cue) -> Found:
        window = chosen_windows(cue)[0]
        if not picture(window).save(str(cue["file"]), "PNG"):
            raise ValueError(f"the picture could not be written to {cue['file']!r}")
        return {"file": cue["file"], "window": window.windowTitle()}

    def _menu(self, cue: Cue) -> Found:
        if not self._shell.tray.choose(str(cue["name"])):
            raise NotFound(f"the tray menu has no line {cue['name']!r}.")
        return {}

    def _windows(self, cue: Cue) -> Found:
        return {"windows": [describe(window) for window in windows()]}

    def _tray_click(self, cue: Cue) -> Found:
        self._shell.tray.click()
        return {}

    def _tray(self, cue: Cue) -> Found:
        tray = self._shell.tray
        return {
            "tray": tray.geometry(),
            "menu": tray.menu_labels(),
            "count": tray.count(),
            "notice": tray.notice(),
        }

    def _quit(self, cue: Cue) -> Found:
        return {}


def windows() -> list[QWidget]:
    """The windows on the screen; menus and tooltips do not count."""
    kinds = (Qt.WindowType.Window, Qt.WindowType.Tool, Qt.WindowType.Dialog)
    return [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.windowType() in kinds]


def chosen_windows(cue: Cue) -> list[QWidget]:
    """The windows whose title holds the cue's `window`; all of them without one."""
    title = str(cue.get("window", ""))
    found = [window for window in windows() if title in window.windowTitle()]
    if not found:
        raise NotFound(f"no window is titled {title!r}.")
    return found


def parts(window: QWidget) -> list[QWidget]:
    """The window and everything visible in it, in the order it was made."""
    return [window, *(w for w in window.findChildren(QWidget) if w.isVisibleTo(window))]


def names(widget: QWidget, name: str) -> bool:
    """Whether a widget goes by this name."""
    if widget.accessibleName() == name:
        return True
    return isinstance(widget, QAbstractButton) and widget.text().replace("&&", "&") == name


def find(cue: Cue, kinds: Kinds, name: str) -> QWidget:
    """The first visible widget of these kinds with this name; a name that begins so will do."""
    around = [part for w in chosen_windows(cue) for part in parts(w) if isinstance(part, kinds)]
    exact = [w for w in around if names(w, name)]
    alike = [w for w in around if w.accessibleName().lower().startswith(name.lower())]
    if not exact and not alike:
        raise NotFound(f"nothing to use is named {name!r}.")
    return (exact or alike)[0]


def texts_of(window: QWidget) -> list[str]:
    """Every text that can be read in a window."""
    return [text for widget in parts(window) for text in text_of(widget) if text]


def text_of(widget: QWidget) -> list[str]:
    """The texts one widget shows."""
    match widget:
        case Words():
            return [widget.plain()]
        case QLabel() | QLineEdit():
            return [widget.text()]
        case QAbstractButton():
            return [widget.text().replace("&&", "&")]
        case QTextEdit() | QPlainTextEdit():
            return [widget.toPlainText()]
        case ChatList():
            return widget.texts()
        case _:
            return []


def describe(window: QWidget) -> dict[str, Any]:
    """A window as plain values."""
    return {"title": window.windowTitle(), "texts": texts_of(window)}


def reveal(widget: QWidget) -> None:
    """Scroll to a widget, as a person would before using it."""
    above: QWidget | None = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def type_into(field: QWidget, text: str) -> None:
    """Type letter by letter; a line break is Shift+Enter."""
    for at, line in enumerate(text.split("\n")):
        if at:
            QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClicks(field, line)


def picture(window: QWidget) -> QPixmap:
    """The window as it is drawn, twice as sharp as the screen needs."""
    pixmap = QPixmap(window.size() * SHARPNESS)
    pixmap.setDevicePixelRatio(SHARPNESS)
    pixmap.fill(Qt.GlobalColor.transparent)
    window.render(pixmap, QPoint())
    return pixmap
