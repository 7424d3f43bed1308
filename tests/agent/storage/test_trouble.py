"""Trouble speaks in whole sentences."""

from pathlib import Path

import pytest
from samebox_agent.storage import trouble

FILE = Path("box") / "samebox.db"


@pytest.mark.parametrize(
    "found",
    [
        trouble.disk_full(FILE),
        trouble.corrupt(FILE),
        trouble.newer(FILE),
        trouble.busy(FILE),
        trouble.unwritable(FILE, "not allowed"),
    ],
    ids=lambda found: found.kind,
)
def test_every_trouble_says_what_happened_what_was_kept_and_what_to_do(
    found: trouble.StorageTrouble,
) -> None:
    for sentence in (found.what, found.kept, found.next):
        assert sentence.endswith(".")
    assert "box" in found.what
