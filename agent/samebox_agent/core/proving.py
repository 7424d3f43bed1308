"""Whether anybody has tried an article on a system as new as this laptop's.

The server lists the same articles as to be tested again (`samebox_server.core.proving`).
"""

from collections.abc import Iterable

from samebox_shared.model.articles import Proven
from samebox_shared.model.devices import DeviceType, System


def is_untried(proven: Iterable[Proven], here: DeviceType) -> bool:
    """Whether this laptop runs a newer system than any it is known to work on; on macOS a newer
    major version. Where nothing is known of the system, nothing is said."""
    known = next((one for one in proven if one.system is here.system), None)
    return known is not None and _is_newer(
        here.system_version, known.system_version, majors=here.system is System.MACOS
    )


def _is_newer(one: str, other: str, *, majors: bool) -> bool:
    from packaging.version import InvalidVersion, Version  # costs 15 ms: not before it is needed

    try:
        left, right = Version(one), Version(other)
    except InvalidVersion:
        return False
    return left.major > right.major if majors else left > right
