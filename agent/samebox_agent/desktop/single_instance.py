"""One Samebox a person: the second start hands over to the first and leaves.

A lock file says who is first and survives a kill -9; a local socket that only the same user can
open carries the hand-over. The socket's name holds a hash of the folder, and a version, so that two
folders or two versions do not talk past each other.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QThread

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

VERSION = 1
PATIENCE_MS = 1_000
"""How long the second start waits for the first to listen."""
AGAIN_MS = 50


class SingleInstance(QObject):
    """Holds the lock while this process lives."""

    def __init__(self, lock: Path) -> None:
        super().__init__()
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)
        self._file = lock
        self._server: QLocalServer | None = None

    def acquire(self) -> bool:
        """True for the first copy."""
        return self._lock.tryLock(0)

    def listen(self, on_handed_over: Callable[[], None]) -> bool:
        """From now on the first copy is told each time another one starts."""
        from PySide6.QtNetwork import QLocalServer  # slow to load, and the icon comes first

        QLocalServer.removeServer(_name(self._file))
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._drop_connection)
        self._server.newConnection.connect(on_handed_over)
        return self._server.listen(_name(self._file))

    def hand_over(self) -> bool:
        """Ask the first copy to show itself; False when it does not listen."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while True:
            socket.connectToServer(_name(self._file))
            connected = socket.waitForConnected(PATIENCE_MS)
            socket.abort()
            if connected or time.monotonic() > deadline:
                return connected
            QThread.msleep(AGAIN_MS)  # it has only just begun

    def _drop_connection(self) -> None:
        """The connection itself is the message."""
        if self._server is not None:
            connection = self._server.nextPendingConnection()
            connection.deleteLater()


def _name(lock: Path) -> str:
    import hashlib  # 3 ms, after the icon

    digest = hashlib.sha256(str(lock.absolute()).encode()).hexdigest()[:16]
    return f"samebox-{VERSION}-{digest}"
