"""Which collectors there are on which system."""

import os
import sys

from samebox_shared.model.devices import System

from samebox_agent.collectors import (
    battery,
    bluetooth,
    certificates,
    clock,
    crashes,
    desktop_session,
    device_type,
    disk_encryption,
    firewall,
    hardware,
    ipp,
    load,
    media_devices,
    name_servers,
    network,
    operating_system,
    printers,
    programs,
    proxy,
    restarts,
    screen_lock,
    secure_boot,
    storage,
    updates,
)
from samebox_agent.collectors.captive_portal import CaptivePortal
from samebox_agent.collectors.collector import Collector
from samebox_agent.collectors.name_servers import Lookup


def running_system() -> System:
    """The system this process runs on; every other Unix is taken for Linux."""
    return {"win32": System.WINDOWS, "darwin": System.MACOS}.get(sys.platform, System.LINUX)


def collectors_for(system: System, server_host: str | None = None) -> tuple[Collector, ...]:
    """All collectors of `system`. Without a server's host name nobody is asked for anything."""
    asking = (CaptivePortal(host=server_host),)
    lookup = Lookup(server_host)
    match system:
        case System.LINUX:
            return asking + _linux(lookup)
        case System.WINDOWS:
            return asking + _windows(lookup)
        case System.MACOS:
            return asking + _macos(lookup)
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
        clock.LinuxClock(),
        desktop_session.LinuxDesktopSession(environment=os.environ),
        updates.LinuxUpdates(),
        crashes.LinuxCrashes(),
        load.LinuxLoad(),
        printers.CupsPrinters(),
        media_devices.LinuxMediaDevices(),
        bluetooth.LinuxBluetooth(),
        disk_encryption.LinuxDiskEncryption(),
        firewall.LinuxFirewall(),
        screen_lock.LinuxScreenLock(environment=os.environ),
        secure_boot.LinuxSecureBoot(),
        certificates.LinuxCertificates(),
        programs.LinuxPrograms(),
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
        updates.WindowsUpdates(),
        crashes.WindowsCrashes(environment=os.environ),
        printers.WindowsPrinters(),
        media_devices.WindowsMediaDevices(),
        firewall.WindowsFirewall(),
        screen_lock.WindowsScreenLock(),
        secure_boot.WindowsSecureBoot(),
        certificates.WindowsCertificates(environment=os.environ),
        programs.WindowsPrograms(environment=os.environ),
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
        updates.MacUpdates(),
        crashes.MacCrashes(),
        load.MacLoad(),
        printers.CupsPrinters(post=ipp.post_to(printers.CUPS_ON_MACOS)),
        disk_encryption.MacDiskEncryption(),
        firewall.MacFirewall(),
        screen_lock.MacScreenLock(),
        certificates.MacCertificates(),
        programs.MacPrograms(),
    )
