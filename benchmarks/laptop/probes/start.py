"""`samebox`, writing one line at the moment its tray icon is there: in the panel on a real display,
painted and shown where there is none. Run as a script by the agent's own Python."""

import sys

from PySide6 import QtWidgets
from PySide6.QtCore import QTimer

Original = QtWidgets.QSystemTrayIcon


class AnnouncedIcon(Original):
    """Tells when the panel has taken it."""

    def show(self) -> None:
        super().show()
        self._look = QTimer(self)
        self._look.timeout.connect(self._tell)
        self._look.start(1)

    def _tell(self) -> None:
        if QtWidgets.QApplication.platformName() == "xcb" and not self.geometry().width():
            return
        self._look.stop()
        sys.stdout.write("up\n")
        sys.stdout.flush()

    @staticmethod
    def isSystemTrayAvailable() -> bool:
        """Offscreen Qt has no tray, and the icon would not be made at all."""
        return True


if __name__ == "__main__":
    QtWidgets.QSystemTrayIcon = AnnouncedIcon  # type: ignore[misc]
    from samebox_agent.cli import main

    sys.exit(main(sys.argv[1:]))
