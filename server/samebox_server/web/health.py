"""`/health/live`, `/health/ready` and `/metrics`, for whoever watches the process."""

import asyncio
import ipaddress
import logging
import secrets
import shutil

import msgspec
from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import Problem

from samebox_server.metrics import CONTENT_TYPE
from samebox_server.store import questions
from samebox_server.store.database import Connection
from samebox_server.store.writer import StorageFailed
from samebox_server.web.refusals import AnyRequest, respond
from samebox_server.web.site import Site

READY_SECONDS = 2.0
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")

_log = logging.getLogger(__name__)


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """`status` is a code for machines, `reason` the sentence for people."""

    status: str
    reason: str


LIVE = Health(status="live", reason="The process answers and its writer runs.")
NO_WRITER = Health(status="writer", reason="The writer has stopped. The process will end.")
READY = Health(status="ready", reason="A transaction can be committed.")
DRAINING = Health(status="draining", reason="The server is stopping. Send nobody here.")
NO_STORAGE = Health(
    status="storage", reason="The database takes no transaction. Nothing is acknowledged meanwhile."
)
NO_ROOM = Health(status="disk", reason="The disk is nearly full. Make room; no restart is needed.")


def health_routes(site: Site) -> list[HTTPRouteHandler]:
    """The routes."""

    @get("/health/live", summary="The process answers and its writer runs")
    async def live() -> Response[Health]:
        return _health(NO_WRITER if site.database.serving.done() else LIVE, LIVE)

    @get("/health/ready", summary="A transaction can be committed")
    async def ready() -> Response[Health]:
        return _health(await readiness(site), READY)

    @get("/metrics", include_in_schema=False)
    async def metrics(request: AnyRequest) -> Response[bytes | Problem]:
        if not _may_count(site, request):
            return respond(ErrorCode.NOT_SIGNED_IN)
        await _count_questions(site)
        return Response(site.metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    return [live, ready, metrics]


async def readiness(site: Site) -> Health:
    """Whether people may be sent here, and if not, the first reason why."""
    if site.is_going_down():
        return DRAINING
    if _is_full(site):
        return NO_ROOM
    try:
        await asyncio.wait_for(site.database.write(_nothing), READY_SECONDS)
    except (StorageFailed, TimeoutError):
        return NO_STORAGE
    return READY


def _is_full(site: Site) -> bool:
    try:
        free = shutil.disk_usage(site.settings.data).free
    except OSError:
        return True
    return free < site.settings.free_megabytes * 1_000_000


def _health(found: Health, good: Health) -> Response[Health]:
    return Response(found, status_code=200 if found is good else 503)


async def _count_questions(site: Site) -> None:
    """When the database does not answer, the other numbers are worth most."""
    try:
        reading = site.database.read(questions.open_by_phase)
        site.metrics.questions(await asyncio.wait_for(reading, READY_SECONDS))
    except Exception:
        _log.warning("the questions could not be counted", exc_info=True)


def _may_count(site: Site, request: AnyRequest) -> bool:
    """With a token only the token counts; without one, somebody on this machine. A request that a
    proxy passed on is not of this machine."""
    given = request.headers.get("authorization", "")
    keys = (site.local_key, site.settings.metrics_token)
    if any(key and _is_same(given, f"Bearer {key}") for key in keys):
        return True
    if site.settings.metrics_token or any(name in request.headers for name in _FORWARDED):
        return False
    return request.client is not None and _is_loopback(request.client.host)


def _is_same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode(), expected.encode())


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _nothing(_: Connection) -> None:
    return None
