"""Keeps an idle laptop's memory small where the C library keeps more than is used (glibc only).

glibc gives each thread an arena of its own and keeps what was freed. Starting a program frees much:
one arena, and handing the rest back once, makes 2.5 MB (benchmarks/idle.py). See mallopt(3) and
malloc_trim(3).
"""

import ctypes
import sys

M_ARENA_MAX = -8


def one_arena() -> None:
    """All threads share one arena. Call before the first thread starts."""
    library = _glibc()
    if library is not None:
        library.mallopt(M_ARENA_MAX, 1)


def give_back() -> None:
    """Hand freed memory back to the system; a millisecond or two."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    """The C library, if it is the one that has these calls."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "gnu_get_libc_version") else None
