"""What this laptop and its user are called: known so that it can be taken out of what leaves."""

import os
import platform
from pathlib import Path


def hosts() -> tuple[str, ...]:
    """The laptop's own name, without asking the network."""
    return tuple(dict.fromkeys(filter(None, (platform.node(), os.environ.get("COMPUTERNAME")))))


def users() -> tuple[str, ...]:
    """Who is signed in to the system, and how their folder is called."""
    names = (os.environ.get(name, "") for name in ("USER", "LOGNAME", "USERNAME"))
    return tuple(dict.fromkeys(filter(None, (*names, Path.home().name))))
