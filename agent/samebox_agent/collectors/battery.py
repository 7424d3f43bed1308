"""Charge and health of the built-in battery."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct
from samebox_shared.model.devices import System
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, macos_properties
from samebox_agent.collectors.system_command import Run, run

NAME = "battery"
_CHARGE = frozenset({"battery.present", "battery.percent_remaining", "battery.charging"})
_HEALTH = frozenset({"battery.cycle_count", "battery.wear_percent"})


class Charge(Struct, frozen=True):
    """Percent of what the battery holds now, and whether the cable is in (None: not told)."""

    percent: int
    on_mains: bool | None


def charge_now() -> Charge | None:
    """For Windows, and for macOS where the cable alone is wanted; None without a battery."""
    import psutil

    told = psutil.sensors_battery()
    return None if told is None else Charge(round(told.percent), told.power_plugged)


def runs_on_battery(system: System, root: Path = Path("/")) -> bool:
    """Whether the cable is out; what cannot be told counts as plugged in."""
    if system is System.LINUX:
        return on_mains(root / "sys/class/power_supply") is False
    charge = charge_now()
    return charge is not None and charge.on_mains is False


def wear(full: int | None, designed: int | None) -> float | None:
    """Percent lost since new. A fresh battery often holds more than promised: that is no loss."""
    if not full or not designed:
        return None
    return max(0.0, round(100 * (1 - full / designed), 1))


def health(cycles: int | None, worn: float | None) -> Iterable[Fact]:
    """No cycles at all is how firmware says that it does not count them."""
    if cycles:
        yield Fact(name="battery.cycle_count", value=cycles)
    if worn is not None:
        yield Fact(name="battery.wear_percent", value=worn)


class LinuxBattery(Struct, frozen=True):
    """From /sys/class/power_supply. Two batteries (older ThinkPads) are added up."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.BATTERY
    facts: ClassVar[frozenset[str]] = _CHARGE | _HEALTH
    root: Path = Path("/")

    def collect(self) -> Iterable[Fact]:
        supplies = self.root / "sys/class/power_supply"
        if not supplies.is_dir():
            return
        batteries = [folder for folder in files.entries(supplies) if is_built_in_battery(folder)]
        yield Fact(name="battery.present", value=bool(batteries))
        if not batteries:
            return
        percent = _percent(batteries)
        if percent is not None:
            yield Fact(name="battery.percent_remaining", value=percent)
        mains = on_mains(supplies)
        if mains is not None:
            yield Fact(name="battery.charging", value=mains)
        cycles = [files.number(folder / "cycle_count") or 0 for folder in batteries]
        worn = wear(_sum(batteries, "full"), _sum(batteries, "full_design"))
        yield from health(max(cycles), worn)


def is_built_in_battery(supply: Path) -> bool:
    """Mice and headsets report their batteries in the same folder, with the scope Device."""
    return (
        files.text(supply / "type") == "Battery"
        and files.text(supply / "scope") != "Device"
        and files.number(supply / "present") != 0
    )


def on_mains(supplies: Path) -> bool | None:
    """Whether any charger is in; where none is listed, whether a battery is being drained."""
    folders = files.entries(supplies)
    chargers = [
        files.number(folder / "online")
        for folder in folders
        if files.text(folder / "type") in ("Mains", "USB") and (folder / "online").exists()
    ]
    if chargers:
        return 1 in chargers
    states = [files.text(folder / "status") for folder in folders if is_built_in_battery(folder)]
    told = [state for state in states if state not in (None, "Unknown")]
    return "Discharging" not in told if told else None


def _sum(batteries: Iterable[Path], what: str) -> int | None:
    """Of energy or of charge, whichever all batteries report; None when one is silent."""
    folders = list(batteries)
    for unit in ("energy", "charge"):
        told = [files.number(folder / f"{unit}_{what}") for folder in folders]
        known = [value for value in told if value]
        if len(known) == len(folders):
            return sum(known)
    return None


def _percent(batteries: list[Path]) -> int | None:
    told = files.number(batteries[0] / "capacity")
    if len(batteries) == 1 and told is not None:
        return min(100, told)
    now, full = _sum(batteries, "now"), _sum(batteries, "full")
    return min(100, round(100 * now / full)) if now and full else None


class WindowsBattery(Struct, frozen=True):
    """Charge only: Windows tells a battery's health to device drivers, not in the registry."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.BATTERY
    facts: ClassVar[frozenset[str]] = _CHARGE
    charge: Callable[[], Charge | None] = charge_now

    def collect(self) -> Iterable[Fact]:
        charge = self.charge()
        yield Fact(name="battery.present", value=charge is not None)
        if charge is None:
            return
        yield Fact(name="battery.percent_remaining", value=min(100, charge.percent))
        if charge.on_mains is not None:
            yield Fact(name="battery.charging", value=charge.on_mains)


class MacBattery(Struct, frozen=True):
    """From the power driver's own entry; its "MaxCapacity" is 100 on Apple's processors."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.BATTERY
    facts: ClassVar[frozenset[str]] = _CHARGE | _HEALTH
    run: Run = run

    def collect(self) -> Iterable[Fact]:
        told = macos_properties.from_ioreg(self.run, "-c", "AppleSmartBattery")
        yield Fact(name="battery.present", value=bool(told))
        now = macos_properties.number(told, "CurrentCapacity")
        most = macos_properties.number(told, "MaxCapacity")
        if now is not None and most:
            yield Fact(name="battery.percent_remaining", value=min(100, round(100 * now / most)))
        plugged_in = macos_properties.flag(told, "ExternalConnected")
        if plugged_in is not None:
            yield Fact(name="battery.charging", value=plugged_in)
        full = macos_properties.number(told, "AppleRawMaxCapacity")
        full = full or macos_properties.number(told, "NominalChargeCapacity")
        worn = wear(full, macos_properties.number(told, "DesignCapacity"))
        yield from health(macos_properties.number(told, "CycleCount"), worn)
