"""Device types: what makes two devices the same box, and how near two of them are."""

from enum import StrEnum

import msgspec


class System(StrEnum):
    """The operating system a device runs."""

    WINDOWS = "windows"
    MACOS = "macos"
    LINUX = "linux"
    IOS = "ios"
    ANDROID = "android"


COMPUTERS = frozenset({System.WINDOWS, System.MACOS, System.LINUX})
"""What the agent runs on; devices of the other systems are added by hand."""


class DeviceType(msgspec.Struct, frozen=True, kw_only=True):
    """The path system -> vendor -> family -> model, beside the system's version.

    An empty string means "not told". `family` is the maker's product line ("ThinkPad T14",
    "Latitude 5000"), `model` the exact product ("ThinkPad T14 Gen 3").
    """

    system: System | None = None
    system_version: str = ""
    vendor: str = ""
    family: str = ""
    model: str = ""


class Ring(StrEnum):
    """How near a helper's device type is to the asker's; the rings are asked in this order."""

    SAME_MODEL = "same_model"
    SAME_FAMILY = "same_family"
    SAME_VENDOR = "same_vendor"
    SAME_SYSTEM = "same_system"
    IT = "it"


def closeness(asker: DeviceType, helper: DeviceType) -> Ring | None:
    """The innermost ring in which `helper` stands for `asker`, or None outside every ring.

    IT is a role, not a device type, so it is never returned here. Text is compared without
    regard to case because makers spell themselves in several ways ("LENOVO", "Lenovo").
    """
    if asker.system is None or asker.system is not helper.system:
        return None
    if not _same(asker.vendor, helper.vendor):
        return Ring.SAME_SYSTEM
    if _same(asker.model, helper.model):
        return Ring.SAME_MODEL
    if _same(asker.family, helper.family):
        return Ring.SAME_FAMILY
    return Ring.SAME_VENDOR


def _same(left: str, right: str) -> bool:
    return bool(left) and left.casefold() == right.casefold()
