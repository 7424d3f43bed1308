"""Makers' strings as real laptops report them."""

import pytest
from samebox_agent.collectors.product_names import Firmware, names

from tests.agent.collectors.machine_fakes import as_table


@pytest.mark.parametrize(
    ("told", "vendor", "family", "model"),
    [
        (
            Firmware("LENOVO", "21AHCTO1WW", "ThinkPad T14 Gen 3", "ThinkPad T14 Gen 3"),
            "Lenovo",
            "ThinkPad T14",
            "ThinkPad T14 Gen 3",
        ),
        (
            Firmware("LENOVO", "20HMS00000", "ThinkPad X270", "ThinkPad X270"),
            "Lenovo",
            "ThinkPad X270",
            "ThinkPad X270",
        ),
        (
            Firmware(
                "LENOVO", "20XWCTO1WW", "ThinkPad X1 Carbon Gen 9", "ThinkPad X1 Carbon Gen 9"
            ),
            "Lenovo",
            "ThinkPad X1 Carbon",
            "ThinkPad X1 Carbon Gen 9",
        ),
        (
            Firmware("LENOVO", "82LN", "IdeaPad 5 15ALC05", "IdeaPad 5 15ALC05"),
            "Lenovo",
            "IdeaPad 5",
            "IdeaPad 5 15ALC05",
        ),
        (
            Firmware("Dell Inc.", "Latitude 5440", None, "Latitude"),
            "Dell",
            "Latitude 5000",
            "Latitude 5440",
        ),
        (Firmware("Dell Inc.", "XPS 13 9310", "", "XPS"), "Dell", "XPS 13", "XPS 13 9310"),
        (
            Firmware(
                "HP",
                "HP EliteBook 840 14 inch G9 Notebook PC",
                "SBKPFV3",
                "103C_5336AN HP EliteBook",
            ),
            "HP",
            "EliteBook 840",
            "EliteBook 840 14 inch G9",
        ),
        (
            Firmware("HP", "HP Dragonfly G4", "", "103C_5336AN HP Dragonfly"),
            "HP",
            "HP Dragonfly",
            "Dragonfly G4",
        ),
        (
            Firmware("Framework", "Laptop 13 (AMD Ryzen 7040Series)", "A5", "Laptop"),
            "Framework",
            "Laptop",
            "Laptop 13 (AMD Ryzen 7040Series)",
        ),
        (
            Firmware("ASUSTeK COMPUTER INC.", "ZenBook UX425EA", "1.0", "ZenBook"),
            "ASUS",
            "ZenBook",
            "ZenBook UX425EA",
        ),
        (Firmware("Slimbook Computer S.L.", "PROX14", None, None), "Slimbook", None, "PROX14"),
        (
            Firmware("To Be Filled By O.E.M.", "Default string", "System Version", "Type1Family"),
            None,
            None,
            None,
        ),
        (Firmware("System manufacturer", "System Product Name"), None, None, None),
        (Firmware(), None, None, None),
        (Firmware(None, "Raspberry Pi 5"), None, None, "Raspberry Pi 5"),
        (Firmware("LENOVO", "21AH", "INVALID", "To be filled by O.E.M."), "Lenovo", None, "21AH"),
    ],
)
def test_names(told: Firmware, vendor: str | None, family: str | None, model: str | None) -> None:
    found = as_table(names(told))
    assert found.get("system_info.hardware_vendor") == vendor
    assert found.get("system_info.hardware_family") == family
    assert found.get("system_info.hardware_model") == model
