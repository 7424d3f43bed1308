"""The words of a condition: pieces that both sides know, and the first that does not belong."""

import pytest
from samebox_shared.model.conditions import Odd, OddPiece, facts_named


@pytest.mark.parametrize(
    ("condition", "facts"),
    [
        ("", {}),
        ("true || 1 < 2.5e3", {}),
        ("battery.present", {"battery.present": 1}),
        ("!battery.present && battery .\n present", {"battery.present": 2}),
        ("os_version.name.startsWith('a.b') in ['x']", {"os_version.name": 1}),
        (
            'int(mounts.volumes) % 2 == -1 ? battery.present : "a//b" != os_version . name',
            {"mounts.volumes": 5, "battery.present": 33, "os_version.name": 61},
        ),
    ],
)
def test_facts_are_named_with_their_first_column(condition: str, facts: dict[str, int]) -> None:
    assert facts_named(condition) == facts


@pytest.mark.parametrize(
    ("condition", "odd", "text", "column"),
    [
        ("battery.present // why", Odd.SIGN, "/", 17),
        ("os_version.name == 'a\\'b'", Odd.SIGN, "'", 20),
        ("os_version.name == '''a'''", Odd.SIGN, "'", 20),
        ("'x'.contains('y')", Odd.SIGN, ".", 4),
        (".battery.present", Odd.SIGN, ".", 1),
        ("{1: 2}", Odd.SIGN, "{", 1),
        ("1 < 2u", Odd.SIGN, "2", 5),
        ("battery\u00a0.present", Odd.NO_FACT, "battery", 1),
        ("battery.present == null", Odd.NO_FACT, "null", 20),
        ("os_version.name == r'a'", Odd.NO_FACT, "r", 20),
        ("battery.nope.x", Odd.NO_FACT, "battery.nope.x", 1),
        ("battery.startsWith('a')", Odd.NO_FACT, "battery.startsWith", 1),
        ("int == 1", Odd.NO_FACT, "int", 1),
        ("has(battery.present)", Odd.NO_FUNCTION, "has", 1),
        ("battery.present(1)", Odd.PARTS, "battery.present", 1),
        ("os_version.name.startsWith", Odd.PARTS, "os_version.name.startsWith", 1),
        ("os_version.name.size()", Odd.PARTS, "os_version.name.size", 1),
        ("os_version.name.startsWith.x", Odd.PARTS, "os_version.name.startsWith.x", 1),
    ],
)
def test_the_first_odd_piece_is_told(condition: str, odd: Odd, text: str, column: int) -> None:
    assert facts_named(condition) == OddPiece(odd, text, column)
