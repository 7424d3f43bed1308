"""The fact catalogue: every fact Samebox knows of, what it is for, and who may see it (PR-2).

One table. The sharing sheet, the ask sheet, the server's check and docs/privacy.md are drawn from
it; a fact that is not here cannot be sent. Names are osquery's table and column names where
osquery has the fact.
"""

from enum import StrEnum

import msgspec

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
    MILLIAMPERE_HOURS = "mAh"
    DECIBEL_MILLIWATTS = "dBm"


class FactSpec(msgspec.Struct, frozen=True, kw_only=True):
    """One fact: its name on the wire, its type and unit, and its words for people."""

    name: str
    kind: FactKind
    type: FactType
    unit: Unit = Unit.NONE
    label: str
    example: FactValue


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One value read from a device."""

    name: str
    value: FactValue


CATALOGUE: tuple[FactSpec, ...] = (
    FactSpec(
        name="os_version.platform",
        kind=FactKind.DEVICE_TYPE,
        type=FactType.STRING,
        label="Operating system",
        example="windows",
    ),
    FactSpec(
        name="os_version.version",
        kind=FactKind.DEVICE_TYPE,
        type=FactType.STRING,
        label="System version",
        example="11",
    ),
    FactSpec(
        name="system_info.hardware_vendor",
        kind=FactKind.DEVICE_TYPE,
        type=FactType.STRING,
        label="Maker",
        example="Lenovo",
    ),
    FactSpec(
        name="system_info.hardware_family",
        kind=FactKind.DEVICE_TYPE,
        type=FactType.STRING,
        label="Model family",
        example="ThinkPad T14",
    ),
    FactSpec(
        name="system_info.hardware_model",
        kind=FactKind.DEVICE_TYPE,
        type=FactType.STRING,
        label="Model",
        example="ThinkPad T14 Gen 3",
    ),
    FactSpec(
        name="os_version.name",
        kind=FactKind.SYSTEM,
        type=FactType.STRING,
        label="System name",
        example="Windows 11 Pro",
    ),
    FactSpec(
        name="os_version.build",
        kind=FactKind.SYSTEM,
        type=FactType.STRING,
        label="Build",
        example="26100.2314",
    ),
    FactSpec(
        name="os_version.arch",
        kind=FactKind.SYSTEM,
        type=FactType.STRING,
        label="Architecture",
        example="x86_64",
    ),
    FactSpec(
        name="uptime.total_seconds",
        kind=FactKind.SYSTEM,
        type=FactType.INT,
        unit=Unit.SECONDS,
        label="Time since the last restart",
        example=518400,
    ),
    FactSpec(
        name="updates.restart_pending",
        kind=FactKind.SYSTEM,
        type=FactType.BOOL,
        label="A restart is waiting",
        example=True,
    ),
    FactSpec(
        name="system_info.cpu_brand",
        kind=FactKind.HARDWARE,
        type=FactType.STRING,
        label="Processor",
        example="Intel Core i5-1245U",
    ),
    FactSpec(
        name="system_info.cpu_logical_cores",
        kind=FactKind.HARDWARE,
        type=FactType.INT,
        label="Processor threads",
        example=12,
    ),
    FactSpec(
        name="system_info.physical_memory",
        kind=FactKind.HARDWARE,
        type=FactType.INT,
        unit=Unit.BYTES,
        label="Memory",
        example=17179869184,
    ),
    FactSpec(
        name="memory_info.memory_available",
        kind=FactKind.HARDWARE,
        type=FactType.INT,
        unit=Unit.BYTES,
        label="Memory available now",
        example=3221225472,
    ),
    FactSpec(
        name="memory_info.memory_available_percent",
        kind=FactKind.HARDWARE,
        type=FactType.DOUBLE,
        unit=Unit.PERCENT,
        label="Share of memory available",
        example=18.7,
    ),
    FactSpec(
        name="memory_info.swap_used_percent",
        kind=FactKind.HARDWARE,
        type=FactType.DOUBLE,
        unit=Unit.PERCENT,
        label="Swap in use",
        example=12.0,
    ),
    FactSpec(
        name="mounts.system_size",
        kind=FactKind.STORAGE,
        type=FactType.INT,
        unit=Unit.BYTES,
        label="Size of the system disk",
        example=255000000000,
    ),
    FactSpec(
        name="mounts.system_free",
        kind=FactKind.STORAGE,
        type=FactType.INT,
        unit=Unit.BYTES,
        label="Free on the system disk",
        example=9000000000,
    ),
    FactSpec(
        name="mounts.system_free_percent",
        kind=FactKind.STORAGE,
        type=FactType.DOUBLE,
        unit=Unit.PERCENT,
        label="Share of the system disk free",
        example=3.5,
    ),
    FactSpec(
        name="mounts.system_inodes_free_percent",
        kind=FactKind.STORAGE,
        type=FactType.DOUBLE,
        unit=Unit.PERCENT,
        label="Share of file slots free",
        example=81.0,
    ),
    FactSpec(
        name="mounts.volumes",
        kind=FactKind.STORAGE,
        type=FactType.INT,
        label="Number of volumes",
        example=2,
    ),
    FactSpec(
        name="mounts.fullest_free_percent",
        kind=FactKind.STORAGE,
        type=FactType.DOUBLE,
        unit=Unit.PERCENT,
        label="Free on the fullest volume",
        example=3.5,
    ),
    FactSpec(
        name="battery.present",
        kind=FactKind.BATTERY,
        type=FactType.BOOL,
        label="Has a battery",
        example=True,
    ),
    FactSpec(
        name="battery.percent_remaining",
        kind=FactKind.BATTERY,
        type=FactType.INT,
        unit=Unit.PERCENT,
        label="Charge",
        example=64,
    ),
    FactSpec(
        name="battery.charging",
        kind=FactKind.BATTERY,
        type=FactType.BOOL,
        label="On mains power",
        example=False,
    ),
    FactSpec(
        name="battery.cycle_count",
        kind=FactKind.BATTERY,
        type=FactType.INT,
        label="Charge cycles",
        example=512,
    ),
    FactSpec(
        name="battery.wear_percent",
        kind=FactKind.BATTERY,
        type=FactType.DOUBLE,
        unit=Unit.PERCENT,
        label="Capacity lost since new",
        example=31.0,
    ),
    FactSpec(
        name="interface_details.connection",
        kind=FactKind.NETWORK,
        type=FactType.STRING,
        label="Connected by",
        example="wifi",
    ),
    FactSpec(
        name="interface_details.adapter",
        kind=FactKind.NETWORK,
        type=FactType.STRING,
        label="Network adapter",
        example="Intel AX211",
    ),
    FactSpec(
        name="interface_details.vpn_active",
        kind=FactKind.NETWORK,
        type=FactType.BOOL,
        label="A VPN is on",
        example=False,
    ),
    FactSpec(
        name="wifi_status.rssi",
        kind=FactKind.NETWORK,
        type=FactType.INT,
        unit=Unit.DECIBEL_MILLIWATTS,
        label="Wi-Fi signal",
        example=-61,
    ),
    FactSpec(
        name="routes.gateway_present",
        kind=FactKind.NETWORK,
        type=FactType.BOOL,
        label="Has a way out (gateway)",
        example=True,
    ),
    FactSpec(
        name="dns_resolvers.count",
        kind=FactKind.NETWORK,
        type=FactType.INT,
        label="Name servers set",
        example=2,
    ),
    FactSpec(
        name="dns_resolvers.works",
        kind=FactKind.NETWORK,
        type=FactType.BOOL,
        label="Names are found (DNS)",
        example=True,
    ),
    FactSpec(
        name="network.server_reachable",
        kind=FactKind.NETWORK,
        type=FactType.BOOL,
        label="Samebox server reached",
        example=True,
    ),
    FactSpec(
        name="network.proxy_set",
        kind=FactKind.NETWORK,
        type=FactType.BOOL,
        label="A proxy is set",
        example=False,
    ),
    FactSpec(
        name="time.clock_offset",
        kind=FactKind.CLOCK,
        type=FactType.DOUBLE,
        unit=Unit.SECONDS,
        label="Clock is off by",
        example=1.2,
    ),
    FactSpec(
        name="time.timezone",
        kind=FactKind.CLOCK,
        type=FactType.STRING,
        label="Time zone",
        example="Europe/Amsterdam",
    ),
    FactSpec(
        name="desktop.environment",
        kind=FactKind.DESKTOP,
        type=FactType.STRING,
        label="Desktop",
        example="GNOME",
    ),
    FactSpec(
        name="desktop.session",
        kind=FactKind.DESKTOP,
        type=FactType.STRING,
        label="Display system",
        example="wayland",
    ),
    FactSpec(
        name="locale.language",
        kind=FactKind.DESKTOP,
        type=FactType.STRING,
        label="Language",
        example="nl_NL",
    ),
    FactSpec(
        name="connected_displays.count",
        kind=FactKind.DESKTOP,
        type=FactType.INT,
        label="Displays connected",
        example=2,
    ),
)

BY_NAME: dict[str, FactSpec] = {spec.name: spec for spec in CATALOGUE}


PURPOSES: dict[FactKind, str] = {
    FactKind.DEVICE_TYPE: "Finds a colleague with the same laptop, and fixes that fit it.",
    FactKind.SYSTEM: "Tells whether updates or a restart are behind the trouble.",
    FactKind.HARDWARE: "Tells whether the laptop is short of memory or power.",
    FactKind.STORAGE: "Tells whether a full disk is behind the trouble.",
    FactKind.BATTERY: "Tells a worn battery from a setting.",
    FactKind.NETWORK: "Tells where the connection stops: adapter, way out, names or server.",
    FactKind.CLOCK: "A wrong clock breaks signing in.",
    FactKind.DESKTOP: "Steps differ per desktop and language.",
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
            return isinstance(value, str)
