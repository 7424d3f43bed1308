"""Opens a page of the joined server in the system's browser, and no other address.

The link works once and for a minute. It is an argument of the program that opens it, which other
programs of the same person can see for that moment; it is written down nowhere.
"""

import subprocess
import sys
from collections.abc import Callable
from urllib.parse import urlsplit

from samebox_agent.desktop.deeplinks import (
    Address,
    Program,
    Target,
    start_program,
    start_target,
)

_PORTS = {"http": 80, "https": 443}
GIVES_UP_SECONDS = 5.0
"""xdg-open ends within a moment when it finds no browser, or one that does not start."""


def open_page(
    link: str, server: str, start: Callable[[Target], None] | None = None, platform: str = ""
) -> bool:
    """Whether it was opened. Starts a program: never on the UI's thread."""
    if not is_of(server, link):
        return False
    is_linux = (platform or sys.platform) == "linux"
    target = Program(("xdg-open", link)) if is_linux else Address(link)
    try:
        (start or start_browser)(target)
    except OSError:
        return False
    return True


def start_browser(found: Target, patience: float = GIVES_UP_SECONDS) -> None:
    """Raises OSError also when the program ends with an error before our patience does. One that
    still runs is taken for the browser itself."""
    if isinstance(found, Address):
        start_target(found)
        return
    process = start_program(found.argv)
    try:
        code = process.wait(patience)
    except subprocess.TimeoutExpired:
        return
    if code:
        raise OSError(code, "no browser was opened")


def is_of(server: str, link: str) -> bool:
    """Whether the link has the very origin of the server, and lies below its address."""
    if not link.isascii() or not link.isprintable() or " " in link or "\\" in link:
        return False
    try:
        ours, theirs = _origin(server), _origin(link)
    except ValueError:  # a port that is none
        return False
    below = urlsplit(link).path.startswith(urlsplit(server).path.rstrip("/") + "/")
    return ours is not None and ours == theirs and below


def _origin(address: str) -> tuple[str, str, int] | None:
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme]
