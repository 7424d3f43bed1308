"""A small cast: twin, cousin, neighbour and stranger of somebody with a ThinkPad, and IT."""

from dataclasses import replace

from samebox_server.core.routing import Asking, Directory, Helper, Routing
from samebox_server.core.routing.profile import FOR_EVER
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import PersonId
from samebox_shared.model.people import Volunteering
from samebox_shared.model.topics import Topic

NOW = 1_799_625_600.0 + 10 * 3600
"""Monday, 2027-01-11, 10:00 UTC."""
GEN_3 = DeviceType(
    system=System.LINUX, vendor="Lenovo", family="ThinkPad T14", model="ThinkPad T14 Gen 3"
)
GEN_1 = DeviceType(
    system=System.LINUX, vendor="Lenovo", family="ThinkPad T14", model="ThinkPad T14 Gen 1"
)
CARBON = DeviceType(system=System.LINUX, vendor="Lenovo", family="X1 Carbon", model="X1 Gen 9")
DELL = DeviceType(system=System.LINUX, vendor="Dell", family="XPS", model="XPS 13")
MAC = DeviceType(system=System.MACOS, vendor="Apple", family="MacBook Air", model="MacBook Air M2")
PHONE = DeviceType(system=System.IOS, vendor="Apple", family="iPhone", model="iPhone 15")
ADA = PersonId("ada")
ASKING = Asking(asker=ADA, device_type=GEN_3, topic=Topic.DISPLAY)


def volunteer(name: str, *types: DeviceType, **changes: object) -> Helper:
    """Somebody present, experienced and without conditions."""
    helper = Helper(
        person_id=PersonId(name),
        device_types=types,
        volunteering=Volunteering(helping=True),
        solved_total=5,
        present_until=FOR_EVER,
    )
    return replace(helper, **changes)  # type: ignore[arg-type]


def wishing(name: str, *types: DeviceType, **wishes: object) -> Helper:
    """A volunteer with conditions."""
    volunteering = Volunteering(helping=True, **wishes)  # type: ignore[arg-type]
    return volunteer(name, *types, volunteering=volunteering)


def twin() -> Helper:
    """The same model."""
    return volunteer("twin", GEN_3)


def ina(**changes: object) -> Helper:
    """IT, who does not help as a colleague."""
    return volunteer("ina", volunteering=Volunteering(), is_it=True, **changes)


def directory(*helpers: Helper, settings: Routing | None = None) -> Directory:
    """Everybody of these."""
    found = Directory(settings)
    for helper in helpers:
        found.put(helper)
    return found
