"""What makes two laptops the same box: system and version, vendor, family, model."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, macos_properties, macos_sysctl, windows_registry
from samebox_agent.collectors.macos_sysctl import Sysctl
from samebox_agent.collectors.product_names import Firmware, names
from samebox_agent.collectors.system_command import CommandFailed, Run, run
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "device type"
FACTS = frozenset(
    {"os_version.platform", "os_version.version", "system_info.hardware_vendor"}
    | {"system_info.hardware_family", "system_info.hardware_model"}
)
WINDOWS_NOW = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
FIRST_BUILD_OF_WINDOWS_11 = 22_000
SYSTEM_VERSION = "System/Library/CoreServices/SystemVersion.plist"


class LinuxDeviceType(Struct, frozen=True):
    """From os-release and the firmware's strings; ARM boards tell their model elsewhere."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.DEVICE_TYPE
    facts: ClassVar[frozenset[str]] = FACTS
    root: Path = Path("/")

    def collect(self) -> Iterable[Fact]:
        yield Fact(name="os_version.platform", value="linux")
        release = os_release(self.root)
        if version := release.get("VERSION_ID"):
            yield Fact(name="os_version.version", value=version)
        dmi = self.root / "sys/class/dmi/id"
        told = Firmware(
            vendor=files.text(dmi / "sys_vendor"),
            product=files.text(dmi / "product_name")
            or files.text(self.root / "sys/firmware/devicetree/base/model"),
            version=files.text(dmi / "product_version"),
            family=files.text(dmi / "product_family"),
        )
        yield from names(told)


class WindowsDeviceType(Struct, frozen=True):
    """From the registry, where Windows copies the firmware's strings at each start."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.DEVICE_TYPE
    facts: ClassVar[frozenset[str]] = FACTS
    registry: Registry = field(default_factory=SystemRegistry)

    def collect(self) -> Iterable[Fact]:
        yield Fact(name="os_version.platform", value="windows")
        if build := windows_build(self.registry):
            version = "11" if build >= FIRST_BUILD_OF_WINDOWS_11 else "10"
            yield Fact(name="os_version.version", value=version)
        bios = r"HKLM\HARDWARE\DESCRIPTION\System\BIOS"
        told = Firmware(
            vendor=windows_registry.text(self.registry, bios, "SystemManufacturer"),
            product=windows_registry.text(self.registry, bios, "SystemProductName"),
            version=windows_registry.text(self.registry, bios, "SystemVersion"),
            family=windows_registry.text(self.registry, bios, "SystemFamily"),
        )
        yield from names(told)


class MacDeviceType(Struct, frozen=True):
    """Model names as on the box ("MacBook Air (M2, 2022)"); older ones only say "MacBookAir8,1"."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.DEVICE_TYPE
    facts: ClassVar[frozenset[str]] = FACTS
    root: Path = Path("/")
    run: Run = run
    sysctl: Sysctl = macos_sysctl.text

    def collect(self) -> Iterable[Fact]:
        yield Fact(name="os_version.platform", value="macos")
        system = macos_properties.from_file(self.root / SYSTEM_VERSION)
        if version := macos_properties.text(system, "ProductVersion"):
            yield Fact(name="os_version.version", value=version)
        yield Fact(name="system_info.hardware_vendor", value="Apple")
        model = self._name_on_the_box() or self.sysctl("hw.model")
        if model is None:
            return
        yield Fact(name="system_info.hardware_model", value=model)
        if family := mac_family(model):
            yield Fact(name="system_info.hardware_family", value=family)

    def _name_on_the_box(self) -> str | None:
        """Only Macs with Apple's own processors have it; its absence is no trouble."""
        try:
            product = macos_properties.from_ioreg(self.run, "-n", "product")
        except CommandFailed:
            return None
        return macos_properties.text(product, "product-name")


def mac_family(model: str) -> str | None:
    """The product line in a model's name; None for bare codes such as "Mac14,2"."""
    if " (" in model:
        return model.partition(" (")[0]
    lines = {
        "MacBookAir": "MacBook Air",
        "MacBookPro": "MacBook Pro",
        "MacBook": "MacBook",
        "iMac": "iMac",
        "Macmini": "Mac mini",
    }
    return next((line for code, line in lines.items() if model.startswith(code)), None)


def os_release(root: Path) -> dict[str, str]:
    """The distribution's own description; the second place counts when the first is missing."""
    return files.settings(root / "etc/os-release") or files.settings(root / "usr/lib/os-release")


def windows_build(registry: Registry) -> int | None:
    """The build's number: 26100. Windows keeps it as text."""
    told = windows_registry.text(registry, WINDOWS_NOW, "CurrentBuild")
    return int(told) if told is not None and told.isdecimal() else None
