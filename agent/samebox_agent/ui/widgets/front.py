"""Bringing a window to the front, and letting it rest when it goes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def to_front(window: QWidget) -> None:
    """Show, raise and activate. A screen that is only memory cannot raise, and complains."""
    if window.isMinimized():
        window.showNormal()
    window.show()
    if QGuiApplication.platformName() != "offscreen":
        window.raise_()
    window.activateWindow()


def notice_flags() -> Qt.WindowType:
    """A small window above the others, without a frame and without a place in the task bar."""
    flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
    # Qt raises a tool window when it shows it, which a screen that is only memory cannot.
    in_memory = QGuiApplication.platformName() == "offscreen"
    return flags | (Qt.WindowType.Dialog if in_memory else Qt.WindowType.Tool)


def rest(window: QWidget) -> None:
    """Take the focus out of a hidden window: a blinking cursor wakes the processor."""
    focused = window.focusWidget()
    if focused is not None:
        focused.clearFocus()
