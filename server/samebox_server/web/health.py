"""`/health/live` and `/health/ready`, for whoever watches the process."""

import asyncio

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from samebox_server.store.database import Connection
from samebox_server.store.writer import StorageFailed
from samebox_server.web.site import Site

READY_SECONDS = 2.0


def health_routes(site: Site) -> list[HTTPRouteHandler]:
    """The routes."""

    @get("/health/live", summary="The process answers")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @get("/health/ready", summary="A transaction can be committed")
    async def ready() -> Response[dict[str, str]]:
        try:
            await asyncio.wait_for(site.database.write(_nothing), READY_SECONDS)
        except (StorageFailed, TimeoutError):
            return Response({"status": "storage"}, status_code=503)
        return Response({"status": "ready"})

    return [live, ready]


def _nothing(_: Connection) -> None:
    return None
