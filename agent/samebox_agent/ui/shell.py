"""Keeps the windows, and draws only what differs from the screens before. Decides nothing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from samebox_agent.core.intents import Appearance
from samebox_agent.presenters.views import MainView, OfferView, Screens, SessionView
from samebox_agent.ui.bridge import Bridge
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Theme, Tokens, system_scheme, tokens_for
from samebox_agent.ui.tray import Tray, window_icon

if TYPE_CHECKING:
    from samebox_agent.ui.main_window import MainWindow
    from samebox_agent.ui.offer import OfferWindow
    from samebox_agent.ui.session import SessionWindow


# What the system is asked for, so that its own title bars and menus go along.
WANTED = {
    Appearance.SYSTEM: Qt.ColorScheme.Unknown,
    Appearance.LIGHT: Qt.ColorScheme.Light,
    Appearance.DARK: Qt.ColorScheme.Dark,
}


class Shell(QObject):
    """`tray` was made before, because the icon comes first."""

    def __init__(self, app: QApplication, bridge: Bridge, tray: Tray) -> None:
        super().__init__()
        self._app = app
        self.theme = Theme(app.font())
        self.kit = Kit(self.theme, bridge.send)
        self.tray = tray
        self._drawn: Screens | None = None
        self._next: Screens | None = None
        self._appearance = Appearance.SYSTEM
        self._asked_scheme = Qt.ColorScheme.Unknown
        self._styled = False
        self._shown: Tokens | None = None
        self._main: MainWindow | None = None
        self._sessions: dict[str, SessionWindow] = {}
        self._raised: dict[str, int] = {}
        self._offers: dict[str, OfferWindow] = {}
        self.tray.opening.connect(self._style)
        bridge.screens.connect(self.show)
        bridge.copy.connect(self._copy)
        bridge.notice.connect(self.tray.tell)
        bridge.stop.connect(self.stop)
        app.styleHints().colorSchemeChanged.connect(self._restyle)

    def show(self, screens: Screens) -> None:
        """Draw these screens soon; screens that arrive meanwhile replace them."""
        if self._next is None:
            QTimer.singleShot(0, self, self._draw_next)
        self._next = screens

    def draw(self, screens: Screens) -> None:
        """Draw these screens now."""
        before, self._drawn = self._drawn, screens
        if screens.appearance is not self._appearance:
            self._appearance = screens.appearance
            self._restyle()
        self.tray.draw(screens.tray)
        self._draw_main(None if before is None else before.main, screens.main)
        self._draw_sessions(screens.sessions)
        self._draw_offers(screens.offers)

    def stop(self) -> None:
        """Take everything off the screen and leave the event loop."""
        self.tray.hide()
        self.close_windows()
        self._app.exit(0)

    def close_windows(self) -> None:
        """Take every window down without asking or telling anybody."""
        main = [] if self._main is None else [self._main]
        for window in (*main, *self._sessions.values(), *self._offers.values()):
            self._drop(window)
        self._main = None
        self._sessions.clear()
        self._offers.clear()

    def _draw_next(self) -> None:
        screens, self._next = self._next, None
        if screens is not None:
            self.draw(screens)

    def _draw_main(self, before: MainView | None, view: MainView) -> None:
        if before == view:
            return
        if not view.open:
            if self._main is not None:
                self._main.hide()
            return
        if self._main is None:
            from samebox_agent.ui.main_window import MainWindow

            self._style()
            self._main = MainWindow(self.kit)
        self._main.draw(view)
        if before is None or not before.open or view.raised > before.raised:
            self._main.present()

    def _draw_sessions(self, views: tuple[SessionView, ...]) -> None:
        for key in self._sessions.keys() - {view.key for view in views}:
            self._drop(self._sessions.pop(key))
            self._raised.pop(key, None)
        for view in views:
            self._draw_session(view)

    def _draw_session(self, view: SessionView) -> None:
        window = self._sessions.get(view.key)
        if window is None:
            from samebox_agent.ui.session import SessionWindow

            self._style()
            window = self._sessions[view.key] = SessionWindow(self.kit, view.key)
        window.draw(view)
        if view.raised > self._raised.get(view.key, -1):
            window.present()
        self._raised[view.key] = view.raised

    def _draw_offers(self, views: tuple[OfferView, ...]) -> None:
        for key in self._offers.keys() - {view.key for view in views}:
            self._drop(self._offers.pop(key))
        above = 0
        for view in views:
            window = self._offers.get(view.key) or self._make_offer(view.key)
            is_new = not window.is_drawn()
            window.draw(view)
            above = window.place(above)
            if is_new:
                window.show()

    def _make_offer(self, key: str) -> "OfferWindow":
        from samebox_agent.ui.offer import OfferWindow

        self._style()
        window = self._offers[key] = OfferWindow(self.kit)
        return window

    def _drop(self, window: QWidget) -> None:
        window.hide()
        window.deleteLater()

    def _style(self) -> None:
        """Before the first window: the style and its sheet. The tray alone needs neither."""
        if not self._styled:
            self._styled = True
            self._app.setStyle("Fusion")
            self._app.setFont(self.theme.font(Role.BODY))
            self._app.setWindowIcon(window_icon())
            self._restyle()

    def _restyle(self) -> None:
        scheme = WANTED[self._appearance]
        hints = QGuiApplication.styleHints()
        if self._asked_scheme is not scheme:
            self._asked_scheme = scheme
            hints.setColorScheme(scheme)
        tokens = tokens_for(self._appearance, system_scheme())
        if self._styled and tokens is not self._shown:
            from samebox_agent.ui.stylesheet import palette, style_sheet

            self._shown = self.theme.tokens = tokens
            self._app.setPalette(palette(self.theme))
            self._app.setStyleSheet(style_sheet(self.theme))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
