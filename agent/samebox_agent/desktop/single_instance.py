"""One Samebox a person: a lock file says who is first, and survives a kill -9.

How the second start hands over to the first is in `desktop.hand_over`.
"""

from pathlib import Path

from PySide6.QtCore import QLockFile


class SingleInstance:
    """Holds the lock while this process lives."""

    def __init__(self, lock: Path) -> None:
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)

    def acquire(self) -> bool:
        """True for the first copy."""
        return self._lock.tryLock(0)
