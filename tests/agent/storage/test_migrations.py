"""The shape of the database does not change without a new step."""

import hashlib

from samebox_agent.storage.migrations import MIGRATIONS

WRITTEN = (
    "1226d52267b36dca1ac69edd9b54aaa847cff59f6ebf3366f54eb18db3d25e60",
    "abfb2f09cd2cc182e7d96a118df7362c80544f710906d9b23f0107b8a8d40a05",
    "8d239ee28709c2bf1f0c13100190bd082d8b86c8fcb29db60c7103e05da2eb03",
)
"""The SHA-256 of each step; a step that was released is never edited."""


def test_no_step_was_edited() -> None:
    found = tuple(hashlib.sha256("\n".join(step).encode()).hexdigest() for step in MIGRATIONS)
    assert found == WRITTEN
