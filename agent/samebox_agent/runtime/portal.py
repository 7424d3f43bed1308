"""Asks for a link to the portal and hands it to the browser. The link signs its holder in, so it
goes nowhere else: not into the core's state, not onto a screen, not into the log."""

import asyncio
from collections.abc import Awaitable, Callable

from samebox_shared.protocol.http import PortalLinkRequest

from samebox_agent.core.events import PortalFailed
from samebox_agent.core.state import Problem, Trouble
from samebox_agent.desktop.browser import open_page
from samebox_agent.net.failures import Failure
from samebox_agent.net.http import Http
from samebox_agent.runtime import failures

Opens = Callable[[str, str], bool]


async def open_portal(
    server: str,
    to: str,
    load_token: Callable[[], Awaitable[str | Trouble]],
    tell: Callable[[PortalFailed], None],
    opens: Opens = open_page,
) -> None:
    """Only what goes wrong is told; whoever sees the browser needs no more."""
    token = await load_token()
    if isinstance(token, Trouble):
        tell(PortalFailed(token))
        return
    made = await Http(server).portal_link(token, PortalLinkRequest(to=to))
    if isinstance(made, Failure):
        tell(PortalFailed(failures.of_request(made)))
    elif not await asyncio.to_thread(opens, made.link, server):
        tell(PortalFailed(Trouble(Problem.PORTAL_NOT_OPENED)))
