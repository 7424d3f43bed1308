"""One Samebox a person: the second start hands over to the first and leaves.

A lock file says who is first and survives a kill -9; a local socket that only the same user can
open carries the hand-over. The socket's name holds a hash of the folder, and a version, so that two
folders or two versions do not talk past each other.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

VERSION = 1
PATIENCE_MS = 1_000
"""How long the second start waits for the first to listen."""


class SingleInstance(QObject):
    """Holds the lock while this process lives."""

    def __init__(self, lock: Path) -> None:
        super().__init__()
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)
        self._name = _name(lock)
        self._server: QLocalServer | None = None

    def acquire(self, on_handed_over: Callable[[], None]) -> bool:
        """True for the first copy, which is told each time another one starts."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._drop_connection)
        self._server.newConnection.connect(on_handed_over)
        return self._server.listen(self._name)

    def hand_over(self) -> bool:
        """Ask the first copy to show itself; False when it does not listen."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        connected = socket.waitForConnected(PATIENCE_MS)
        socket.abort()
        return connected

    def _drop_connection(self) -> None:
        """The connection itself is the message."""
        if self._server is not None:
            connection = self._server.nextPendingConnection()
            connection.deleteLater()


def _name(lock: Path) -> str:
    digest = hashlib.sha256(str(lock.absolute()).encode()).hexdigest()[:16]
    return f"samebox-{VERSION}-{digest}"
