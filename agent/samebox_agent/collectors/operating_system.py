"""The system's full name, build and processor architecture."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import macos_properties, windows_registry
from samebox_agent.collectors.device_type import (
    FIRST_BUILD_OF_WINDOWS_11,
    SYSTEM_VERSION,
    WINDOWS_NOW,
    os_release,
    windows_build,
)
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "operating system"
FACTS = frozenset({"os_version.name", "os_version.build", "os_version.arch"})
_ARCHITECTURES = {"amd64": "x86_64", "x64": "x86_64", "aarch64": "arm64"}


def architecture(told: str) -> str:
    """One word per architecture: Windows says AMD64 where Linux says x86_64."""
    return _ARCHITECTURES.get(told.casefold(), told.casefold())


class LinuxOperatingSystem(Struct, frozen=True):
    """The build is the running kernel, which is what a Linux fix asks for."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SYSTEM
    facts: ClassVar[frozenset[str]] = FACTS
    root: Path = Path("/")

    def collect(self) -> Iterable[Fact]:
        import platform

        if told := os_release(self.root).get("PRETTY_NAME"):
            yield Fact(name="os_version.name", value=told)
        yield Fact(name="os_version.build", value=platform.release())
        yield Fact(name="os_version.arch", value=architecture(platform.machine()))


class WindowsOperatingSystem(Struct, frozen=True):
    """Windows 11 still calls itself "Windows 10" in the registry; the build tells the truth."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SYSTEM
    facts: ClassVar[frozenset[str]] = FACTS
    registry: Registry = field(default_factory=SystemRegistry)

    def collect(self) -> Iterable[Fact]:
        build = windows_build(self.registry)
        if told := windows_registry.text(self.registry, WINDOWS_NOW, "ProductName"):
            if build is not None and build >= FIRST_BUILD_OF_WINDOWS_11:
                told = told.replace("Windows 10", "Windows 11")
            yield Fact(name="os_version.name", value=told)
        revision = windows_registry.number(self.registry, WINDOWS_NOW, "UBR")
        if build is not None:
            said = str(build) if revision is None else f"{build}.{revision}"
            yield Fact(name="os_version.build", value=said)
        environment = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
        told = windows_registry.text(self.registry, environment, "PROCESSOR_ARCHITECTURE")
        if told is not None:
            yield Fact(name="os_version.arch", value=architecture(told))


class MacOperatingSystem(Struct, frozen=True):
    """From the file macOS keeps for this purpose; no program is started."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SYSTEM
    facts: ClassVar[frozenset[str]] = FACTS
    root: Path = Path("/")

    def collect(self) -> Iterable[Fact]:
        import platform

        told = macos_properties.from_file(self.root / SYSTEM_VERSION)
        product = macos_properties.text(told, "ProductName")
        version = macos_properties.text(told, "ProductVersion")
        if product and version:
            yield Fact(name="os_version.name", value=f"{product} {version}")
        if build := macos_properties.text(told, "ProductBuildVersion"):
            yield Fact(name="os_version.build", value=build)
        if machine := platform.machine():
            yield Fact(name="os_version.arch", value=architecture(machine))
