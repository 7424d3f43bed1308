"""Whether anybody has tried an article on a system as new as this laptop's.

The server lists the same articles as to be tested again (`samebox_server.core.proving`).
"""

from collections.abc import Iterable

from samebox_shared.model.articles import Proven
from samebox_shared.model.devices import DeviceType, System

FEDORA = 30
"""Fedora is beyond it, Debian not for many years."""


def is_untried(proven: Iterable[Proven], here: DeviceType) -> bool:
    """Whether this laptop runs a newer system than any it is known to work on; on macOS a newer
    major version. Where nothing is known of the system, nothing is said, nor between distributions
    of Linux that count in different ways: 24.04 (Ubuntu), 42 (Fedora), 13 (Debian)."""
    known = next((one for one in proven if one.system is here.system), None)
    return known is not None and _is_newer(here, known.system_version)


def _is_newer(here: DeviceType, other: str) -> bool:
    from packaging.version import InvalidVersion, Version  # costs 15 ms: not before it is needed

    try:
        left, right = Version(here.system_version), Version(other)
    except InvalidVersion:
        return False
    if here.system is System.MACOS:
        return left.major > right.major
    ways = {(len(each.release) > 1, each.major >= FEDORA) for each in (left, right)}
    return left > right and (here.system is not System.LINUX or len(ways) == 1)
