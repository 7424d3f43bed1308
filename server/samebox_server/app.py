"""Builds the application by hand: every part is made here and passed down."""

from litestar import Litestar
from litestar.exceptions import HTTPException
from litestar.handlers import WebsocketRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from samebox_server import __version__
from samebox_server.core.routing import Pace, Routing
from samebox_server.core.routing.settings import HOUR, MINUTE, Limits
from samebox_server.live.bus import Bus, NoBus, Post, new_node_id
from samebox_server.live.clock import Clock
from samebox_server.live.doorway import Doorway
from samebox_server.live.front import Entrance, Front, front
from samebox_server.live.hub import Hub
from samebox_server.live.lean_socket import Room
from samebox_server.live.redis_bus import RedisBus
from samebox_server.live.socket import agent_socket
from samebox_server.live.work import Rules
from samebox_server.metrics import Metrics
from samebox_server.settings import Settings
from samebox_server.store import values
from samebox_server.store.database import Database
from samebox_server.store.writer import StorageFailed
from samebox_server.web.about import about_routes
from samebox_server.web.articles import article_routes
from samebox_server.web.board import board_routes
from samebox_server.web.headers import add_headers
from samebox_server.web.health import health_routes
from samebox_server.web.invites import invite_routes
from samebox_server.web.join import join_routes
from samebox_server.web.local import local_routes
from samebox_server.web.pages import page_routes
from samebox_server.web.portal.door import Turned, turned_away
from samebox_server.web.portal.routes import portal_routes
from samebox_server.web.refusals import on_bug, on_http_exception, on_storage_failure
from samebox_server.web.setup import setup_routes
from samebox_server.web.site import Site

MAX_BODY = 256 * 1024


async def build_bus(settings: Settings, database: Database) -> Bus:
    """How this server hears of the others on its database at once, if it does."""
    if not settings.redis_url:
        return NoBus()
    epoch = await database.write(values.ensure_epoch)
    key = await database.write(values.ensure_bus_key)
    post = Post(new_node_id(), bytes.fromhex(key))
    return RedisBus(settings.redis_url, f"samebox:{epoch}", post)


def rules_of(settings: Settings) -> Rules:
    """The settings that decide about questions."""
    return Rules(
        routing=Routing(
            pace=Pace(
                wave_size=settings.wave_size,
                wave_seconds=settings.wave_seconds,
                offer_seconds=settings.offer_seconds,
                it_seconds=settings.it_seconds,
                park_seconds=settings.parked_minutes * MINUTE,
                park_most=settings.parked_most_hours * HOUR,
            ),
            limits=Limits(not_now_seconds=settings.not_now_minutes * MINUTE),
        ),
        silence_seconds=settings.silence_seconds,
        rest_seconds=settings.rest_minutes * 60,
        join_seconds=settings.join_seconds,
        seats=settings.session_seats,
        answers_per_hour=settings.answers_per_hour,
    )


def build_hub(
    settings: Settings, database: Database, clock: Clock, metrics: Metrics, bus: Bus
) -> Hub:
    """The shell of everything live."""
    metrics.watch("writer_queue", "Writes that wait.", lambda: database.waiting)
    metrics.watch("bus_up", "Whether Redis carries messages.", lambda: bus.is_up)
    metrics.watch("bus_lag_seconds", "How long a message is under way.", lambda: bus.lag)
    hub = Hub(
        database,
        clock,
        rules_of(settings),
        metrics,
        bus,
        heartbeat_seconds=settings.heartbeat_seconds,
        gone_seconds=settings.gone_seconds,
        grace_seconds=settings.grace_seconds,
        queue_limit=settings.send_queue,
        lease_seconds=settings.lease_seconds,
    )
    if hub.nodes is not None:
        nodes = hub.nodes
        metrics.watch("other_servers", "Others on this database.", lambda: nodes.others)
    return hub


def build_front(settings: Settings, hub: Hub) -> type[Front]:
    """What uvicorn gives every connection to first."""
    doorway = Doorway(settings.strangers)
    room = None
    if settings.socket == "lean":
        room = Room(hub=hub, hello_seconds=settings.hello_seconds, doorway=doorway)
    return front(Entrance(doorway, settings.hello_seconds, room))


def build_app(settings: Settings, site: Site, hub: Hub) -> Litestar:
    """All routes. The document of the API is at /schema, as data only."""
    return Litestar(
        route_handlers=[
            *_plain_socket(settings, hub),
            *about_routes(site),
            *join_routes(site),
            *invite_routes(site),
            *article_routes(site),
            *board_routes(site),
            *health_routes(site),
            *setup_routes(site),
            *local_routes(site),
            *portal_routes(site),
            *page_routes(),
        ],
        exception_handlers={
            Turned: turned_away,
            HTTPException: on_http_exception,
            StorageFailed: on_storage_failure,
            Exception: on_bug,
        },
        openapi_config=OpenAPIConfig(
            title="Samebox server",
            version=__version__,
            path="/schema",
            render_plugins=[JsonRenderPlugin(path=["/", "/openapi.json"])],
        ),
        before_send=[add_headers],
        request_max_body_size=MAX_BODY,
        logging_config=None,
    )


def _plain_socket(settings: Settings, hub: Hub) -> list[WebsocketRouteHandler]:
    if settings.socket == "lean":
        return []
    return [agent_socket(hub, hello_seconds=settings.hello_seconds)]
