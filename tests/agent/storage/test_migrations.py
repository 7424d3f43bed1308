"""The shape of the database does not change without a new step."""

import hashlib

from samebox_agent.storage.migrations import MIGRATIONS

WRITTEN = ("df81ca4fdef25da6d66a700bec3e86b66bae13a43058a7f292ed6e41fb4bb79a",)
"""The SHA-256 of each step; a step that was released is never edited."""


def test_no_step_was_edited() -> None:
    found = tuple(hashlib.sha256("\n".join(step).encode()).hexdigest() for step in MIGRATIONS)
    assert found == WRITTEN
