"""The kernel's own values on macOS, asked for in our process (no program is started)."""

from collections.abc import Callable

Sysctl = Callable[[str], str | None]
"""Takes a name such as "hw.model"; returns its text, or None when the kernel has no such value."""


def text(name: str) -> str | None:
    """The text of one kernel value. Works on macOS only; None elsewhere."""
    import ctypes

    libc = ctypes.CDLL(None)
    if not hasattr(libc, "sysctlbyname"):
        return None
    size = ctypes.c_size_t(0)
    if libc.sysctlbyname(name.encode(), None, ctypes.byref(size), None, 0) != 0:
        return None
    buffer = ctypes.create_string_buffer(size.value)
    if libc.sysctlbyname(name.encode(), buffer, ctypes.byref(size), None, 0) != 0:
        return None
    return buffer.value.decode("utf-8", errors="replace").strip() or None
