"""`GET /api/about`: proves that this address is a Samebox server."""

from litestar import get
from litestar.handlers import HTTPRouteHandler
from samebox_shared.protocol.http import About
from samebox_shared.protocol.versions import OLDEST_PROTOCOL, PROTOCOL

from samebox_server import __version__
from samebox_server.store import values
from samebox_server.web.site import Site


def about_routes(site: Site) -> list[HTTPRouteHandler]:
    """The routes."""

    @get("/api/about", summary="Which server is this?")
    async def about() -> About:
        return About(
            product="samebox",
            version=__version__,
            oldest_protocol=OLDEST_PROTOCOL,
            protocol=PROTOCOL,
            organisation=await site.database.read(values.organisation),
            server_time=site.now(),
            server_key=site.seal.key,
        )

    return [about]
