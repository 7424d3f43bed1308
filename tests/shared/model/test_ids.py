"""Identifiers."""

import re

from samebox_shared.model.ids import new_id


def test_an_id_is_128_bits_as_hex_and_never_the_same() -> None:
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch(r"[0-9a-f]{32}", one) for one in ids)
