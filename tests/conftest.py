"""What every test stands on: Qt without a screen, asyncio as the only event loop."""

import os

import pytest

# Before anything imports Qt. The tests that need a real screen start their own and say so.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def anyio_backend() -> str:
    """The loop under every `async def test_...`."""
    return "asyncio"
