"""Opening a WebSocket. Imported when the first connection is made: `websockets` costs 120 ms."""

import ssl

from samebox_shared.protocol.codec import MAX_FRAME
from websockets.asyncio.client import ClientConnection, connect

CLOSE_TIMEOUT = 2.0
"""Seconds the server has to say goodbye too."""
SLACK = 1024
"""Bytes more than MAX_FRAME that are still read, so that the codec is the one who complains."""


class _StraightConnect(connect):
    """Follows no redirect: the token goes to the address the person joined, or nowhere."""

    def process_redirect(self, exc: Exception) -> Exception:
        return exc


async def open_socket(
    url: str, token: str, *, agent_version: str, timeout: float, tls: ssl.SSLContext | None
) -> ClientConnection:
    """Raises OSError, InvalidHandshake or InvalidURI. Asks no proxy, compresses and pings not."""
    if tls is None and url.startswith("wss:"):
        tls = ssl.create_default_context()
    return await _StraightConnect(
        url,
        additional_headers={"Authorization": f"Bearer {token}"},
        user_agent_header=f"samebox/{agent_version}",
        compression=None,
        proxy=None,
        open_timeout=timeout,
        ping_interval=None,
        close_timeout=CLOSE_TIMEOUT,
        max_size=MAX_FRAME + SLACK,
        ssl=tls,
    )
