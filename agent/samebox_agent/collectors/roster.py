"""Which collectors there are on which system."""

import os
import sys

from samebox_shared.model.devices import System

from samebox_agent.collectors import (
    battery,
    clock,
    desktop_session,
    device_type,
    hardware,
    name_servers,
    network,
    operating_system,
    proxy,
    restarts,
    storage,
)
from samebox_agent.collectors.collector import Collector
from samebox_agent.collectors.name_servers import Lookup


def running_system() -> System:
    """The system this process runs on; every other Unix is taken for Linux."""
    return {"win32": System.WINDOWS, "darwin": System.MACOS}.get(sys.platform, System.LINUX)


def collectors_for(system: System, server_host: str | None = None) -> tuple[Collector, ...]:
    """All collectors of `system`. Without a server's host name no name is looked up."""
    lookup = Lookup(server_host)
    match system:
        case System.LINUX:
            return _linux(lookup)
        case System.WINDOWS:
            return _windows(lookup)
        case System.MACOS:
            return _macos(lookup)
        case System.IOS | System.ANDROID:
            raise ValueError(f"the agent does not run on {system}")


def _linux(lookup: Lookup) -> tuple[Collector, ...]:
    return (
        name_servers.UnixNameServers(lookup=lookup),
        proxy.LinuxProxy(environment=os.environ),
        device_type.LinuxDeviceType(),
        operating_system.LinuxOperatingSystem(),
        restarts.LinuxRestarts(),
        hardware.LinuxHardware(),
        storage.LinuxStorage(),
        battery.LinuxBattery(),
        network.LinuxNetwork(),
        clock.UnixClock(),
        desktop_session.LinuxDesktopSession(environment=os.environ),
    )


def _windows(lookup: Lookup) -> tuple[Collector, ...]:
    return (
        name_servers.WindowsNameServers(lookup=lookup),
        proxy.WindowsProxy(),
        device_type.WindowsDeviceType(),
        operating_system.WindowsOperatingSystem(),
        restarts.WindowsRestarts(),
        hardware.WindowsHardware(),
        storage.WindowsStorage(environment=os.environ),
        battery.WindowsBattery(),
        network.WindowsNetwork(),
        clock.WindowsClock(),
        desktop_session.WindowsDesktopSession(),
    )


def _macos(lookup: Lookup) -> tuple[Collector, ...]:
    return (
        name_servers.UnixNameServers(lookup=lookup),
        proxy.MacProxy(),
        device_type.MacDeviceType(),
        operating_system.MacOperatingSystem(),
        restarts.MacRestarts(),
        hardware.MacHardware(),
        storage.MacStorage(),
        battery.MacBattery(),
        network.MacNetwork(),
        clock.UnixClock(),
        desktop_session.MacDesktopSession(),
    )
