"""What recorded laptops are well with, and what has to change for each starter article to show."""

from samebox_shared.model.facts import FactValue

GB = 1_000_000_000
DAY = 86_400

HEALTHY = "thinkpad-t14-gen3-windows11"
ALSO_HEALTHY = (
    "macbook-pro-14",
    "thinkpad-t14-gen3-windows11-docked",
    # Of these everything is known that their systems can tell.
    "elitebook-840-g11-windows11-all-facts",
    "latitude-7450-ubuntu-all-facts",
)
UP_FOR_WEEKS = "framework-13-debian"

# What a healthy laptop tells beside what was recorded of it, where its system can tell it.
WELL: dict[str, FactValue] = {
    "connected_displays.main_resolution": "1920x1200",
    "interface_details.self_assigned": False,
    "load_average.per_core": 0.2,
    "network.captive_portal": False,
    "routes.gateway_answers": True,
    "temperature.highest": 52.0,
    "time.synchronised": True,
    "wifi_status.blocked": False,
}

# What has to change on a healthy laptop for the condition of each article to hold.
TROUBLES: dict[str, dict[str, FactValue]] = {
    "battery-very-worn": {"battery.wear_percent": 47.5},
    "battery-worn": {"battery.wear_percent": 31.0},
    "captive-portal": {"network.captive_portal": True, "network.server_reachable": False},
    "certificate-expires-soon": {"certificates.soonest_expiry": 9},
    "chrome-years-old": {"programs.chrome": "88.0.4324.150"},
    "clock-not-synchronised": {"time.synchronised": False, "time.clock_offset": -34.0},
    "clock-wrong": {"time.clock_offset": -180.0, "time.synchronised": False},
    "disk-nearly-full": {"mounts.system_free": 20 * GB, "mounts.system_free_percent": 4.0},
    "disk-very-full": {"mounts.system_free": 5 * GB, "mounts.system_free_percent": 1.0},
    "dns-fails": {"dns_resolvers.works": False, "network.server_reachable": False},
    "docked-but-not-charging": {"battery.charging": False, "battery.percent_remaining": 22},
    "fedora-release-ended": {
        "os_version.platform": "linux",
        "os_version.name": "Fedora Linux 40 (Workstation Edition)",
        "os_version.version": "40",
    },
    "file-slots-used-up": {
        "os_version.platform": "linux",
        "mounts.system_inodes_free_percent": 1.0,
    },
    "finder-could-read-everything": {
        "os_version.platform": "linux",
        "screenlock.enabled": False,
        "disk_encryption.encrypted": False,
    },
    "firewall-off-windows": {"firewall.active": False},
    "gateway-silent-linux": {
        "os_version.platform": "linux",
        "routes.gateway_answers": False,
        "dns_resolvers.works": False,
        "network.server_reachable": False,
    },
    "laptop-hot-at-rest": {
        "os_version.platform": "linux",
        "temperature.highest": 88.0,
        "load_average.per_core": 0.1,
    },
    "laptop-too-hot": {
        "os_version.platform": "linux",
        "temperature.highest": 99.0,
        "load_average.per_core": 0.8,
    },
    "little-memory-windows": {
        "system_info.physical_memory": 4_141_285_376,
        "memory_info.memory_available_percent": 18.0,
    },
    "macos-13-ended": {"os_version.platform": "macos", "os_version.version": "13.7.8"},
    "macos-too-old": {"os_version.platform": "macos", "os_version.version": "12.7.6"},
    "memory-nearly-used-up": {"memory_info.memory_available_percent": 4.0},
    "no-address-on-cable": {
        "interface_details.self_assigned": True,
        "interface_details.connection": "ethernet",
        "routes.gateway_present": False,
    },
    "no-address-on-wifi": {
        "interface_details.self_assigned": True,
        "routes.gateway_present": False,
    },
    "no-gateway": {"routes.gateway_present": False, "interface_details.connection": "wifi"},
    "no-name-server": {
        "dns_resolvers.count": 0,
        "dns_resolvers.works": False,
        "network.server_reachable": False,
    },
    "no-sound-output-at-all": {"audio_devices.outputs": 0},
    "no-standard-printer-windows": {
        "cups_destinations.count": 3,
        "cups_destinations.default_set": False,
    },
    "not-connected": {
        "interface_details.connection": "none",
        "routes.gateway_present": False,
    },
    "not-updated-for-half-a-year": {"updates.last_installed_days": 230},
    "outlook-too-old": {"programs.outlook": "15.0.5589.1000"},
    "print-jobs-wait-on-vpn": {
        "os_version.platform": "linux",
        "cups_jobs.waiting": 2,
        "interface_details.vpn_active": True,
    },
    "print-jobs-waiting": {"os_version.platform": "linux", "cups_jobs.waiting": 2},
    "processor-overloaded": {
        "os_version.platform": "linux",
        "load_average.per_core": 3.4,
        "memory_info.pressure_percent": 1.0,
    },
    "programs-crash-often": {"crashes.last_week": 11},
    "programs-wait-for-memory-linux": {
        "os_version.platform": "linux",
        "memory_info.pressure_percent": 34.0,
    },
    "proxy-in-the-way": {
        "network.proxy_set": True,
        "network.server_reachable": False,
        "dns_resolvers.works": False,
    },
    "restart-overdue": {"uptime.total_seconds": 15 * DAY, "updates.restart_pending": True},
    "restart-pending": {"updates.restart_pending": True},
    "screen-low-resolution": {"connected_displays.main_resolution": "1024x768"},
    "swap-heavy": {
        "memory_info.swap_used_percent": 80.0,
        "memory_info.memory_available_percent": 15.0,
    },
    "system-disk-read-only-linux": {
        "os_version.platform": "linux",
        "os_version.name": "Ubuntu 24.04.3 LTS",
        "mounts.system_read_only": True,
    },
    "teams-classic-ended": {"programs.teams": "1.7.00.13456"},
    "ubuntu-lts-ended": {
        "os_version.platform": "linux",
        "os_version.name": "Ubuntu 20.04.6 LTS",
        "os_version.version": "20.04",
    },
    "ubuntu-release-ended": {
        "os_version.platform": "linux",
        "os_version.name": "Ubuntu 24.10",
        "os_version.version": "24.10",
    },
    "update-has-no-room-windows": {
        "mounts.system_free": 12 * GB,
        "mounts.system_free_percent": 11.0,
        "updates.last_installed_days": 50,
    },
    "updates-wait-too-long": {
        "os_version.platform": "linux",
        "updates.waiting": 12,
        "updates.last_installed_days": 60,
    },
    "volume-nearly-full": {"mounts.volumes": 2, "mounts.fullest_free_percent": 2.0},
    "vpn-in-the-way": {
        "interface_details.vpn_active": True,
        "dns_resolvers.works": False,
        "network.server_reachable": False,
    },
    "wifi-blocked-linux": {
        "os_version.platform": "linux",
        "interface_details.connection": "none",
        "wifi_status.blocked": True,
    },
    "wifi-weak": {"wifi_status.rssi": -82, "interface_details.connection": "wifi"},
    "windows-10-ended": {"os_version.version": "10"},
    "windows-11-version-ended": {"os_version.build": "22621.4317"},
    "windows-not-updated-for-months": {"updates.last_installed_days": 75},
}

# Two signs of one trouble show the article of its cause alone.
ONE_CAUSE: tuple[tuple[str, dict[str, FactValue]], ...] = (
    (
        "disk-nearly-full",
        {"os_version.platform": "linux", "mounts.system_inodes_free_percent": 1.0},
    ),
    (
        "dns-fails",
        {
            "os_version.platform": "macos",
            "os_version.version": "26.1",
            "dns_resolvers.count": 0,
        },
    ),
    ("fedora-release-ended", {"updates.last_installed_days": 230}),
    ("fedora-release-ended", {"updates.waiting": 5, "updates.last_installed_days": 60}),
    ("macos-13-ended", {"updates.last_installed_days": 230}),
    ("macos-too-old", {"updates.waiting": 1, "updates.last_installed_days": 60}),
    ("no-name-server", {"os_version.platform": "linux", "routes.gateway_answers": True}),
    ("processor-overloaded", {"temperature.highest": 99.0}),
    ("restart-pending", {"mounts.system_free": 12 * GB, "updates.last_installed_days": 50}),
    ("restart-pending", {"updates.last_installed_days": 230}),
    ("ubuntu-lts-ended", {"updates.last_installed_days": 230}),
    ("ubuntu-lts-ended", {"updates.waiting": 5, "updates.last_installed_days": 60}),
    ("ubuntu-release-ended", {"updates.last_installed_days": 230}),
    ("vpn-in-the-way", {"network.proxy_set": True}),
    ("windows-10-ended", {"updates.last_installed_days": 75}),
    ("windows-10-ended", {"updates.last_installed_days": 230}),
    ("windows-11-version-ended", {"updates.last_installed_days": 75}),
    ("windows-11-version-ended", {"updates.last_installed_days": 230}),
)

# What the recorded machines are recorded for.
RECORDED = {
    "elitebook-840-windows10": "windows-10-ended",
    "ideapad-5-mint-weak-wifi": "wifi-weak",
    "latitude-5440-restart-overdue": "restart-overdue",
    "macbook-air-m2-worn-battery": "battery-worn",
    "thinkpad-t14-gen3-windows11-full-disk": "disk-nearly-full",
    "thinkpad-x1-ubuntu-dns-failing": "dns-fails",
    "xps-13-fedora-clock-wrong": "clock-wrong",
}
