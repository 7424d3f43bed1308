"""The icon in the tray and its menu. Loaded at every start before the rest, so it needs little."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from samebox_agent.core.early_intents import Intent, OpenHelp
from samebox_agent.presenters.tray_view import MenuItem, TrayIcon, TrayNotice, TrayView
from samebox_agent.ui import brand
from samebox_agent.ui.mark import cut_corner, icon_of, paint_badge, paint_mark

if TYPE_CHECKING:
    from samebox_agent.ui.kit import Send

SIZES = (16, 22, 24, 32, 48, 64)
PATIENCE_MILLISECONDS = 10_000
WATCHER = "org.kde.StatusNotifierWatcher"
OFFLINE_FILL = "#6B7480"
ATTENTION_FILL = "#D9480F"
TALKING_FILL = "#1E9E57"
CLICKS = (
    QSystemTrayIcon.ActivationReason.Trigger,
    QSystemTrayIcon.ActivationReason.DoubleClick,
)


class Tray(QObject):
    """Makes its icon anew when a StatusNotifier host appears, because Qt decides once for all
    which protocol an icon speaks. Without any tray the help window opens, once."""

    opening = Signal()
    """The menu is about to be shown by Qt itself, not by the panel."""

    def __init__(self, send: "Send", patience: int | None = PATIENCE_MILLISECONDS) -> None:
        super().__init__()
        self._send = send
        self._view: TrayView | None = None
        self._menu = QMenu()
        self._menu.aboutToShow.connect(self.opening)
        self._icon: QSystemTrayIcon | None = None
        self._notice: TrayNotice | None = None
        self._watcher: QObject | None = None
        QTimer.singleShot(0, self, self._watch)
        if patience is not None:
            QTimer.singleShot(patience, self, self._open_without_tray)

    def draw(self, view: TrayView) -> None:
        """Show the icon and its menu; only what differs is touched."""
        before, self._view = self._view, view
        if before == view:
            return
        if before is None or before.menu != view.menu:
            self._fill_menu(view.menu)
        if self._icon is None:
            self._make()
            return
        if before is None or (before.icon, before.count) != (view.icon, view.count):
            self._icon.setIcon(tray_icon(view.icon, view.count))
        self._icon.setToolTip(view.tooltip)

    def click(self) -> None:
        """Do what a left click on the icon does."""
        self._activated(QSystemTrayIcon.ActivationReason.Trigger)

    def click_notice(self) -> bool:
        """Do what a click on the newest notice does; false when there was none."""
        if self._notice is None:
            return False
        self._send(self._notice.intent)
        return True

    def choose(self, label: str) -> bool:
        """Do what a click on a menu line does; false when there is no such line."""
        for action in self._menu.actions():
            if action.text() == label and action.isEnabled():
                action.trigger()
                return True
        return False

    def menu_labels(self) -> list[str]:
        """The lines of the menu."""
        return [action.text() for action in self._menu.actions() if not action.isSeparator()]

    def geometry(self) -> tuple[int, int, int, int]:
        """Where the icon is on the screen; zeros when the panel does not tell."""
        if self._icon is None:
            return (0, 0, 0, 0)
        box = self._icon.geometry()
        return (box.x(), box.y(), box.width(), box.height())

    def count(self) -> int:
        """The number on the icon."""
        return 0 if self._view is None else self._view.count

    def notice(self) -> tuple[str, str]:
        """Title and text of the newest notice; empty without one."""
        notice = None if self._view is None else self._view.notice
        return ("", "") if notice is None else (notice.title, notice.text)

    def hide(self) -> None:
        """Take the icon away, at the end."""
        if self._icon is not None:
            self._icon.hide()

    def tell(self, notice: TrayNotice) -> None:
        """By the system's own means, so that its "do not disturb" holds for us too."""
        self._notice = notice
        if self._icon is not None:
            self._icon.showMessage(notice.title, notice.text, window_icon())

    def _make(self) -> None:
        if self._view is None or not can_show():
            return
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
        self._icon = QSystemTrayIcon(tray_icon(self._view.icon, self._view.count), self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self.click_notice)
        self._icon.setToolTip(self._view.tooltip)
        self._icon.show()
        # Windows 11 forgets a tooltip that was set before the icon was shown.
        self._icon.setToolTip(self._view.tooltip)

    def _fill_menu(self, items: tuple[MenuItem, ...]) -> None:
        self._menu.clear()
        for item in items:
            if item.separator_before:
                self._menu.addSeparator()
            action = QAction(item.label.replace("&", "&&"), self._menu)
            action.setEnabled(item.intent is not None)
            if item.checked is not None:
                action.setCheckable(True)
                action.setChecked(item.checked)
            if item.intent is not None:
                action.triggered.connect(_sender(self._send, item.intent))
            self._menu.addAction(action)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # On macOS a click opens the menu; a window on top of it would be one too many.
        if reason in CLICKS and sys.platform != "darwin":
            self._send(OpenHelp())

    def _open_without_tray(self) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            self._send(OpenHelp())

    def _watch(self) -> None:
        """Wait for a panel that starts after us; no polling. Linux only."""
        if sys.platform != "linux":
            return
        from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        mode = QDBusServiceWatcher.WatchModeFlag.WatchForRegistration
        watcher = QDBusServiceWatcher(WATCHER, bus, mode, self)
        watcher.serviceRegistered.connect(self._panel_came)
        self._watcher = watcher
        if self._icon is None:  # the panel may have come before we watched
            self._make()

    def _panel_came(self, name: str) -> None:
        self._make()


def can_show() -> bool:
    """X11 keeps an icon until a panel comes; elsewhere on Linux one made too early stays lost."""
    return QGuiApplication.platformName() == "xcb" or QSystemTrayIcon.isSystemTrayAvailable()


class _Sender:
    """Sends one intent, whatever Qt passes along."""

    def __init__(self, send: "Send", intent: Intent) -> None:
        self._send = send
        self._intent = intent

    def __call__(self, *_: object) -> None:
        self._send(self._intent)


def _sender(send: "Send", intent: Intent) -> _Sender:
    return _Sender(send, intent)


def tray_icon(state: TrayIcon, count: int) -> QIcon:
    """The mark on its own tile, readable on light and dark panels alike."""

    def draw(painter: QPainter, size: float) -> None:
        offline = state is TrayIcon.OFFLINE
        fill = QColor(OFFLINE_FILL if offline else brand.ACCENT)
        paint_mark(painter, size, fill, QColor(brand.ON_ACCENT), hollow=offline)
        text = "" if count <= 0 else (str(count) if count < 10 else "9+")
        if not text and state in (TrayIcon.READY, TrayIcon.OFFLINE):
            return
        badge = TALKING_FILL if state is TrayIcon.TALKING else ATTENTION_FILL
        width = size * (0.62 if text else 0.42)
        centre = QPointF(size - width / 2, size - width / 2)
        cut_corner(painter, centre, width / 2 + size / 16)
        paint_badge(painter, size, text, QColor(badge), QColor(brand.ON_ACCENT))

    return icon_of(draw, SIZES)


def window_icon() -> QIcon:
    """The mark alone, for title bars and task bars."""

    def draw(painter: QPainter, size: float) -> None:
        paint_mark(painter, size, QColor(brand.ACCENT), QColor(brand.ON_ACCENT))

    return icon_of(draw, SIZES)
