"""Makers' firmware strings turned into the names people use (pure).

The same strings come from /sys/class/dmi/id and from the Windows registry.
"""

import re
from collections.abc import Iterable

from msgspec import Struct
from samebox_shared.model.facts import Fact

_PLACEHOLDERS = frozenset(
    {"to be filled by o.e.m.", "o.e.m.", "oem", "default string", "system product name"}
    | {"system manufacturer", "system version", "system family", "type1family", "type1productname"}
    | {"not specified", "not applicable", "not available", "not defined", "undefined", "n/a", "na"}
    | {"none", "unknown", "invalid", "empty", "standard", "x.x", "0", "-", "123456789", "bios"}
)
"""What firmware says when its maker said nothing."""

_VENDORS = {
    "lenovo": "Lenovo",
    "dell": "Dell",
    "hp": "HP",
    "hewlett-packard": "HP",
    "asustek": "ASUS",
    "asus": "ASUS",
    "acer": "Acer",
    "apple": "Apple",
    "microsoft": "Microsoft",
    "micro-star": "MSI",
    "samsung": "Samsung",
    "framework": "Framework",
    "tuxedo": "TUXEDO",
    "huawei": "HUAWEI",
    "razer": "Razer",
    "fujitsu": "Fujitsu",
    "toshiba": "Toshiba",
    "dynabook": "Dynabook",
    "lg": "LG",
    "qemu": "QEMU",
    "vmware": "VMware",
    "innotek": "VirtualBox",
}
"""By the first word of what the firmware says."""

_LEGAL_FORM = re.compile(r"[,.]?\s+(inc|corp|corporation|co|ltd|gmbh|computer)\b.*$", re.I)
_HP_CODE = re.compile(r"^103C_\S+\s*")
_HP_LINE = re.compile(r"^(?:HP )?((?:Elite|Pro|Z|Chrome)Book(?: \w+)?|Spectre|ENVY|Pavilion)", re.I)
_DELL_SERIES = re.compile(r"^(?:Dell )?(Latitude|Precision|Vostro|Inspiron)(?: \d\d)? (\d)\d{3}\b")
_GENERATION = re.compile(r"\s+(?:Gen\s*\d+|\d(?:st|nd|rd|th)|G\d+|\d\d[A-Z]{2,4}\d).*$", re.I)
_YEAR_OR_NUMBER = re.compile(r"\s+(?:\(.*|\d{4}.*)$")


class Firmware(Struct, frozen=True):
    """The four strings of SMBIOS's system table; serial numbers and UUID are not among them."""

    vendor: str | None = None
    product: str | None = None
    version: str | None = None
    family: str | None = None


def names(told: Firmware) -> Iterable[Fact]:
    """Vendor, family and model as facts, as far as the firmware tells them."""
    maker = vendor(told.vendor)
    exact = model(maker, told)
    line = family(maker, exact, told.family)
    if maker:
        yield Fact(name="system_info.hardware_vendor", value=maker)
    if line:
        yield Fact(name="system_info.hardware_family", value=line)
    if exact:
        yield Fact(name="system_info.hardware_model", value=exact)


def vendor(told: str | None) -> str | None:
    """The maker in one spelling: "LENOVO" and "Lenovo Group" are both "Lenovo"."""
    known = _real(told)
    if known is None:
        return None
    first = re.split(r"[\s,.]", known, maxsplit=1)[0].casefold()
    return _VENDORS.get(first) or _LEGAL_FORM.sub("", known).strip()


def model(maker: str | None, told: Firmware) -> str | None:
    """The exact product. Lenovo keeps its human name in the version, a code in the product."""
    if maker == "Lenovo":
        return _real(told.version) or _real(told.product)
    product = _real(told.product)
    if product is None:
        return None
    if maker is not None:
        product = re.sub(rf"^{re.escape(maker)}\s+", "", product, flags=re.I)
    return re.sub(r"\s+(?:Notebook|Mobile Workstation)(?: PC)?$", "", product)


def family(maker: str | None, exact: str | None, told: str | None) -> str | None:
    """The product line: "ThinkPad T14", "Latitude 5000", "EliteBook 840", "XPS 13"."""
    line = _real(_HP_CODE.sub("", told) if told else None)
    if maker == "Lenovo":
        return _GENERATION.sub("", exact) if exact and " " in exact else line
    if maker == "Dell" and exact:
        series = _DELL_SERIES.match(exact)
        return f"{series[1]} {series[2]}000" if series else _YEAR_OR_NUMBER.sub("", exact)
    if maker == "HP" and exact:
        found = _HP_LINE.match(exact)
        return found[1] if found else line
    return line


def _real(told: str | None) -> str | None:
    """The text with single blanks, or None for a placeholder."""
    text = " ".join((told or "").split())
    return None if not text or text.casefold() in _PLACEHOLDERS else text
