"""Rings as keys: two devices that share the key of a ring stand in that ring or nearer."""

from functools import lru_cache

from samebox_shared.model.devices import DeviceType, Ring

NEAR = (Ring.SAME_MODEL, Ring.SAME_FAMILY, Ring.SAME_VENDOR, Ring.SAME_SYSTEM)
"""The rings of device types, from near to far; IT follows and is no device type."""

RINGS = (*NEAR, Ring.IT)
_DISTANCE = {ring: distance for distance, ring in enumerate(RINGS)}

Keys = tuple[str, str, str, str]
"""One key for each of NEAR; empty where the device type does not say enough to stand in it."""


@lru_cache(maxsize=16_384)
def keys(device_type: DeviceType) -> Keys:
    """The keys of a device type. They agree with `closeness` of the shared model."""
    if device_type.system is None:
        return ("", "", "", "")
    system = str(device_type.system)
    vendor = device_type.vendor.casefold()
    if not vendor:
        return ("", "", "", system)
    family, model = device_type.family.casefold(), device_type.model.casefold()
    maker = f"{system}\n{vendor}"
    return (
        f"{maker}\nm\n{model}" if model else "",
        f"{maker}\nf\n{family}" if family else "",
        maker,
        system,
    )


def kind(device_type: DeviceType) -> str:
    """What experience is counted by: the family, or the nearest that is told."""
    model, family, vendor, system = keys(device_type)
    return family or model or vendor or system


def nearest(asker: DeviceType, devices: tuple[DeviceType, ...]) -> Ring | None:
    """The nearest ring any of these devices stands in; None for none."""
    wanted = keys(asker)
    theirs = [keys(device) for device in devices]
    for distance, ring in enumerate(NEAR):
        if wanted[distance] and any(each[distance] == wanted[distance] for each in theirs):
            return ring
    return None


def is_at_most(ring: Ring, other: Ring) -> bool:
    """Whether `ring` is as near as `other`, or nearer."""
    return _DISTANCE[ring] <= _DISTANCE[other]
