"""Builds the application by hand: every part is made here and passed down."""

from litestar import Litestar
from litestar.exceptions import HTTPException
from litestar.handlers import WebsocketRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from samebox_server import __version__
from samebox_server.core.parking import HOUR, Patience
from samebox_server.core.routing import Pace, Routing
from samebox_server.core.routing.settings import MINUTE, Limits
from samebox_server.live.clock import Clock
from samebox_server.live.doorway import Doorway
from samebox_server.live.front import Entrance, Front, front
from samebox_server.live.hub import Hub
from samebox_server.live.lean_socket import Room
from samebox_server.live.socket import agent_socket
from samebox_server.live.work import Rules
from samebox_server.settings import Settings
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
from samebox_server.web.refusals import on_bug, on_http_exception, on_storage_failure
from samebox_server.web.setup import setup_routes
from samebox_server.web.site import Site

MAX_BODY = 256 * 1024


def build_hub(settings: Settings, database: Database, clock: Clock) -> Hub:
    """The shell of everything live."""
    rules = Rules(
        routing=Routing(
            pace=Pace(
                wave_size=settings.wave_size,
                wave_seconds=settings.wave_seconds,
                offer_seconds=settings.offer_seconds,
                it_seconds=settings.it_seconds,
            ),
            limits=Limits(not_now_seconds=settings.not_now_minutes * MINUTE),
        ),
        silence_seconds=settings.silence_seconds,
        patience=Patience(
            first=settings.parked_first_hours * HOUR, later=settings.parked_hours * HOUR
        ),
        rest_seconds=settings.rest_minutes * 60,
        join_seconds=settings.join_seconds,
        seats=settings.session_seats,
        answers_per_hour=settings.answers_per_hour,
    )
    return Hub(
        database,
        clock,
        rules,
        heartbeat_seconds=settings.heartbeat_seconds,
        gone_seconds=settings.gone_seconds,
        grace_seconds=settings.grace_seconds,
        queue_limit=settings.send_queue,
    )


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
            *page_routes(),
        ],
        exception_handlers={
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
