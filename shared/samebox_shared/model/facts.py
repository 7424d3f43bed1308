"""The fact catalogue: every fact Samebox knows of, what it is for, and who may see it (PR-2).

One table. The sharing sheet, the ask sheet, the server's check and docs/privacy.md are drawn from
it; a fact that is not here cannot be sent. Names are osquery's table and column names where
osquery has the fact.
"""

import re
from enum import StrEnum

import msgspec

from samebox_shared.model.devices import System

FactValue = bool | int | float | str


class FactKind(StrEnum):
    """The switches of the sharing sheet: each fact belongs to one."""

    DEVICE_TYPE = "device_type"
    SYSTEM = "system"
    HARDWARE = "hardware"
    STORAGE = "storage"
    BATTERY = "battery"
    NETWORK = "network"
    CLOCK = "clock"
    DESKTOP = "desktop"
    PERIPHERALS = "peripherals"
    SECURITY = "security"
    PROGRAMS = "programs"


class FactType(StrEnum):
    """The type of a fact's value, in CEL's words."""

    BOOL = "bool"
    INT = "int"
    DOUBLE = "double"
    STRING = "string"


class Unit(StrEnum):
    """What a number counts; decides how it is said in words."""

    NONE = ""
    BYTES = "bytes"
    PERCENT = "percent"
    SECONDS = "seconds"
    DAYS = "days"
    CELSIUS = "°C"
    DECIBEL_MILLIWATTS = "dBm"


class Sensitivity(StrEnum):
    """What the value gives away."""

    ORDINARY = "about the machine only"
    PERSONAL = "may say something about its owner"
    PROTECTIVE = "would help an attacker"


class Audience(StrEnum):
    """Who may ever see a fact; the server refuses one that must stay on the laptop."""

    ROUTING = "the server, everyone who is asked, and who accepts"
    HELPER = "who accepts the question, and who is brought in"
    NOBODY = "nobody: it stays on the laptop"


class Retention(StrEnum):
    """How long it is kept outside the laptop."""

    DEVICE = "until it is taken back or the device leaves"
    CONVERSATION = "with the conversation it was sent in"
    NEVER = "not kept: it never leaves"


class FactSpec(msgspec.Struct, frozen=True, kw_only=True):
    """One fact: its name on the wire, its type and unit, and its words for people.

    `systems` are those where a collector reads it; elsewhere it is not known.
    """

    name: str
    kind: FactKind
    type: FactType
    unit: Unit = Unit.NONE
    label: str
    example: FactValue
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    audience: Audience = Audience.HELPER
    systems: tuple[System, ...] = ()

    @property
    def retention(self) -> Retention:
        """Follows from who may see it."""
        match self.audience:
            case Audience.ROUTING:
                return Retention.DEVICE
            case Audience.HELPER:
                return Retention.CONVERSATION
            case Audience.NOBODY:
                return Retention.NEVER


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One value read from a device."""

    name: str
    value: FactValue


class _Row(msgspec.Struct, frozen=True):
    """A line of the table below; the example's type is the fact's."""

    name: str
    label: str
    example: FactValue
    unit: Unit = Unit.NONE
    stays: bool = False
    """Is read for conditions only: it is never put on the ask sheet, and the server refuses it."""
    systems: str = "wml"
    """The first letters of the systems that have a collector for it."""
    personal: bool = False


_SYSTEMS = {"w": System.WINDOWS, "m": System.MACOS, "l": System.LINUX}
_TYPES = {
    bool: FactType.BOOL,
    int: FactType.INT,
    float: FactType.DOUBLE,
    str: FactType.STRING,
}


def _kind(kind: FactKind, *rows: _Row) -> tuple[FactSpec, ...]:
    return tuple(_spec(kind, row) for row in rows)


def _spec(kind: FactKind, row: _Row) -> FactSpec:
    sensitivity = Sensitivity.PERSONAL if row.personal else Sensitivity.ORDINARY
    if kind is FactKind.SECURITY:
        sensitivity = Sensitivity.PROTECTIVE
    audience = Audience.ROUTING if kind is FactKind.DEVICE_TYPE else Audience.HELPER
    return FactSpec(
        name=row.name,
        kind=kind,
        type=_TYPES[type(row.example)],
        unit=row.unit,
        label=row.label,
        example=row.example,
        sensitivity=sensitivity,
        audience=Audience.NOBODY if row.stays else audience,
        systems=tuple(_SYSTEMS[letter] for letter in row.systems),
    )


CATALOGUE: tuple[FactSpec, ...] = (
    *_kind(
        FactKind.DEVICE_TYPE,
        _Row("os_version.platform", "Operating system", "windows"),
        _Row("os_version.version", "System version", "11"),
        _Row("system_info.hardware_vendor", "Maker", "Lenovo"),
        _Row("system_info.hardware_family", "Model family", "ThinkPad T14"),
        _Row("system_info.hardware_model", "Model", "ThinkPad T14 Gen 3"),
    ),
    *_kind(
        FactKind.SYSTEM,
        _Row("os_version.name", "System name", "Windows 11 Pro"),
        _Row("os_version.build", "Build", "26100.2314"),
        _Row("os_version.arch", "Architecture", "x86_64"),
        _Row("uptime.total_seconds", "Time since the last restart", 518_400, Unit.SECONDS),
        _Row("updates.restart_pending", "A restart is waiting", True, systems="wl"),
        _Row("updates.last_installed_days", "Last update installed", 34, Unit.DAYS),
        _Row("updates.waiting", "Updates ready to install", 12, systems="ml"),
        _Row("crashes.last_week", "Programs that crashed in 7 days", 3),
    ),
    *_kind(
        FactKind.HARDWARE,
        _Row("system_info.cpu_brand", "Processor", "Intel Core i5-1245U"),
        _Row("system_info.cpu_logical_cores", "Processor threads", 12),
        _Row("system_info.physical_memory", "Memory", 17_179_869_184, Unit.BYTES),
        _Row("memory_info.memory_available", "Memory available now", 3_221_225_472, Unit.BYTES),
        _Row(
            "memory_info.memory_available_percent", "Share of memory available", 18.7, Unit.PERCENT
        ),
        _Row("memory_info.swap_used_percent", "Swap in use", 12.0, Unit.PERCENT),
        _Row(
            "memory_info.pressure_percent",
            "Time spent waiting for memory",
            7.5,
            Unit.PERCENT,
            systems="l",
        ),
        _Row("load_average.per_core", "Work waiting for each processor thread", 1.6, systems="ml"),
        _Row("temperature.highest", "Hottest part", 91.0, Unit.CELSIUS, systems="l"),
    ),
    *_kind(
        FactKind.STORAGE,
        _Row("mounts.system_size", "Size of the system disk", 255_000_000_000, Unit.BYTES),
        _Row("mounts.system_free", "Free on the system disk", 9_000_000_000, Unit.BYTES),
        _Row("mounts.system_free_percent", "Share of the system disk free", 3.5, Unit.PERCENT),
        _Row(
            "mounts.system_inodes_free_percent",
            "Share of file slots free",
            81.0,
            Unit.PERCENT,
            systems="l",
        ),
        _Row("mounts.system_read_only", "The system disk takes no writes", True, systems="l"),
        _Row("mounts.volumes", "Number of volumes", 2),
        _Row("mounts.fullest_free_percent", "Free on the fullest volume", 3.5, Unit.PERCENT),
        _Row("block_devices.system_type", "Kind of system disk", "ssd", systems="l"),
    ),
    *_kind(
        FactKind.BATTERY,
        _Row("battery.present", "Has a battery", True),
        _Row("battery.percent_remaining", "Charge", 64, Unit.PERCENT),
        _Row("battery.charging", "On mains power", False),
        _Row("battery.cycle_count", "Charge cycles", 512, systems="ml"),
        _Row("battery.wear_percent", "Capacity lost since new", 31.0, Unit.PERCENT, systems="ml"),
    ),
    *_kind(
        FactKind.NETWORK,
        _Row("interface_details.connection", "Connected by", "wifi"),
        _Row("interface_details.adapter", "Network adapter", "Intel AX211"),
        _Row("interface_details.vpn_active", "A VPN is on", False, personal=True),
        _Row("interface_details.self_assigned", "The network gave no address", True),
        _Row("wifi_status.rssi", "Wi-Fi signal", -61, Unit.DECIBEL_MILLIWATTS, systems="l"),
        _Row("wifi_status.blocked", "Wi-Fi is switched off", True, systems="l"),
        _Row("routes.gateway_present", "Has a way out (gateway)", True),
        _Row("routes.gateway_answers", "The gateway answers", True, systems="l"),
        _Row("dns_resolvers.count", "Name servers set", 2),
        _Row("dns_resolvers.works", "Names are found (DNS)", True),
        _Row("network.server_reachable", "Samebox server reached", True),
        _Row("network.proxy_set", "A proxy is set", False),
        _Row("network.captive_portal", "The network wants a sign-in page", True),
    ),
    *_kind(
        FactKind.CLOCK,
        _Row("time.clock_offset", "Clock is off by", 1.2, Unit.SECONDS),
        _Row("time.synchronised", "The clock is set by the network", True, systems="wl"),
        _Row("time.timezone", "Time zone", "Europe/Amsterdam", personal=True),
    ),
    *_kind(
        FactKind.DESKTOP,
        _Row("desktop.environment", "Desktop", "GNOME", systems="l"),
        _Row("desktop.session", "Display system", "wayland", systems="l"),
        _Row("locale.language", "Language", "nl_NL", personal=True),
        _Row("connected_displays.count", "Displays connected", 2),
        _Row(
            "connected_displays.main_resolution",
            "Resolution of the main display",
            "2560x1600",
            systems="wl",
        ),
    ),
    *_kind(
        FactKind.PERIPHERALS,
        _Row("cups_destinations.count", "Printers set up", 1, systems="wml"),
        _Row("cups_destinations.default_set", "A printer is the standard one", True, systems="wml"),
        _Row("cups_jobs.waiting", "Print jobs waiting", 2, systems="ml"),
        _Row("audio_devices.outputs", "Sound outputs", 1, systems="wl"),
        _Row("audio_devices.inputs", "Microphones", 1, systems="wl"),
        _Row("video_devices.cameras", "Cameras", 1, systems="wl"),
        _Row("bluetooth_info.powered", "Bluetooth is on", True, systems="l"),
    ),
    *_kind(
        FactKind.SECURITY,
        _Row(
            "disk_encryption.encrypted",
            "The system disk is encrypted",
            True,
            stays=True,
            systems="ml",
        ),
        _Row("firewall.active", "The firewall is on", True, stays=True),
        _Row("screenlock.enabled", "The screen locks by itself", True, stays=True),
        _Row("secureboot.secure_boot", "Secure boot is on", True, stays=True, systems="wl"),
        _Row(
            "certificates.soonest_expiry",
            "Next personal certificate expires in",
            9,
            Unit.DAYS,
            stays=True,
        ),
    ),
    *_kind(
        FactKind.PROGRAMS,
        _Row("programs.chrome", "Google Chrome", "131.0.6778.86", personal=True),
        _Row("programs.edge", "Microsoft Edge", "131.0.2903.70", personal=True),
        _Row("programs.firefox", "Firefox", "133.0", personal=True),
        _Row("programs.libreoffice", "LibreOffice", "24.8.3", personal=True),
        _Row(
            "programs.microsoft_365",
            "Microsoft 365 apps",
            "16.0.18129",
            personal=True,
            systems="wm",
        ),
        _Row("programs.onedrive", "OneDrive", "24.221.1103", personal=True, systems="wm"),
        _Row("programs.outlook", "Outlook", "16.91", personal=True, systems="wm"),
        _Row("programs.teams", "Microsoft Teams", "24295.605", personal=True, systems="wm"),
        _Row("programs.thunderbird", "Thunderbird", "128.4.3", personal=True),
        _Row("programs.zoom", "Zoom", "6.2.10", personal=True),
    ),
)

BY_NAME: dict[str, FactSpec] = {spec.name: spec for spec in CATALOGUE}

SHAREABLE: frozenset[FactKind] = frozenset(
    spec.kind for spec in CATALOGUE if spec.audience is not Audience.NOBODY
)
"""The kinds of which something may leave the laptop; facts of the others never do."""


PURPOSES: dict[FactKind, str] = {
    FactKind.DEVICE_TYPE: "Finds a colleague with the same laptop, and fixes that fit it.",
    FactKind.SYSTEM: "Tells whether updates, crashes or a restart are behind the trouble.",
    FactKind.HARDWARE: "Tells whether the laptop is short of memory or power, or too hot.",
    FactKind.STORAGE: "Tells whether a full disk is behind the trouble.",
    FactKind.BATTERY: "Tells a worn battery from a setting.",
    FactKind.NETWORK: "Tells where the connection stops: adapter, way out, names or server.",
    FactKind.CLOCK: "A wrong clock breaks signing in.",
    FactKind.DESKTOP: "Steps differ per desktop and language.",
    FactKind.PERIPHERALS: "Tells whether a printer, a microphone or a camera is there at all.",
    FactKind.SECURITY: "Warns you of a risk before it hurts; never leaves this laptop.",
    FactKind.PROGRAMS: "Some fixes are for one version of a program. Only these are looked for.",
}

NEVER_COLLECTED: tuple[str, ...] = (
    "What you type, click or look at",
    "Your files, mail, chats and browser history",
    "Your location and the names of your networks",
    "Your screen, camera and microphone",
    "When you work and how long",
    "Serial numbers and your account name",
)


MOST = 2**63
"""No number of a fact is as large: neither an int that breaks arithmetic nor an infinity is one."""

HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
"""No text of a fact holds one: systems hand them out for broken names, and none can be sent."""


def is_well_typed(spec: FactSpec, value: object) -> bool:
    """Whether `value` has exactly the type the catalogue promises (a bool is no int)."""
    match spec.type:
        case FactType.BOOL:
            return isinstance(value, bool)
        case FactType.INT:
            return isinstance(value, int) and not isinstance(value, bool) and abs(value) < MOST
        case FactType.DOUBLE:
            return isinstance(value, float) and abs(value) < MOST
        case FactType.STRING:
            return isinstance(value, str) and not HALF_A_CHARACTER.search(value)
