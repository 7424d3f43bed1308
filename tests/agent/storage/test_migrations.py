"""The shape of the database does not change without a new step."""

import hashlib

from samebox_agent.storage.migrations import MIGRATIONS

WRITTEN = ("0db5422e7f2a8d2d49c0da5587d01ce208e127058c6736f734394862d34f453e",)
"""The SHA-256 of each step; a step that was released is never edited."""


def test_no_step_was_edited() -> None:
    found = tuple(hashlib.sha256("\n".join(step).encode()).hexdigest() for step in MIGRATIONS)
    assert found == WRITTEN
