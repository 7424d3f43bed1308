"""Runs the server process: from the lock on the data folder to the last goodbye."""

import asyncio
import gc
import json
import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TextIO

import msgspec
import uvicorn
from samebox_shared.protocol.codec import MAX_FRAME
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from samebox_server.app import build_app, build_bus, build_front, build_hub
from samebox_server.library import Library
from samebox_server.live.clock import ServerClock, shifted
from samebox_server.live.front import Front
from samebox_server.live.hub import Hub
from samebox_server.metrics import Metrics
from samebox_server.settings import Settings
from samebox_server.store import feeds, values
from samebox_server.store.database import open_database
from samebox_server.web.local import make_setup_link
from samebox_server.web.portal.pace import Pace
from samebox_server.web.requests import with_request_ids
from samebox_server.web.seal import Seal
from samebox_server.web.site import Site

LOCAL_FILE = "local.json"
WRITER_DIED = 70
"""Exit code when the process cannot go on; whoever supervises it starts it again."""
TEST_CLOCK = "SAMEBOX_TEST_CLOCK"
"""Fault tests set this to a file with the seconds by which the wall clock is wrong."""
ABORT_SECONDS = 10.0
GRACEFUL_SECONDS = 3
GARBAGE_AFTER = 10_000
"""New objects before Python looks for cycles; its own 700 means hundreds of looks a second."""
SWITCH_SECONDS = 0.0005
"""How long the loop may keep the interpreter from the writer's thread. With Python's 5 ms a chat
message waits out a whole notice to everybody, since each of its statements takes a turn."""
BACKLOG = 4096
"""Laptops that may knock at the same moment; the kernel lowers it to its own limit."""

_log = logging.getLogger(__name__)


class CannotListen(Exception):
    """The address is taken or not ours. The text is for the person at the console."""


class Local(msgspec.Struct, frozen=True, kw_only=True):
    """What the other commands of this program need to reach the running server."""

    url: str
    key: str


def serve(settings: Settings, announce: TextIO | None) -> int:
    """Serves until SIGTERM or SIGINT; the exit code. Raises DataInUse and CannotListen."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(_serve(settings, announce))


async def _serve(settings: Settings, announce: TextIO | None) -> int:
    _allow_many_sockets()
    sys.setswitchinterval(SWITCH_SECONDS)
    metrics = Metrics()
    async with open_database(settings.data, settings.database_url, metrics.committed) as database:
        listening = _listen(settings.host, settings.port)
        clock = _clock(os.environ.get(TEST_CLOCK, ""))
        clock.start_after(await database.read(feeds.latest_time))
        await database.write(values.ensure_epoch)
        bus = await build_bus(settings, database)
        hub = build_hub(settings, database, clock, metrics, bus)
        url = _local_url(settings.host, listening.getsockname()[1])
        site = Site(
            database=database,
            settings=settings,
            public_url=(settings.public_url or url).rstrip("/"),
            local_key=secrets.token_urlsafe(32),
            seal=Seal(await database.write(values.ensure_signing_seed)),
            now=clock.now,
            articles_changed=hub.articles_changed,
            joined=hub.joined,
            dismiss=hub.dismiss,
            carry_out=hub.carry_out,
            pace=Pace(),
            metrics=metrics,
            is_going_down=lambda: hub.is_going_down,
        )
        await Library(database, clock.now).take_in_starter()
        await hub.start()
        _settle_memory()
        app = with_request_ids(build_app(settings, site, hub), metrics.requested)
        server = _Server(_config(app, build_front(settings, hub)), hub)
        database.serving.add_done_callback(server.writer_ended)
        with _local_file(settings.data, Local(url=url, key=site.local_key)):
            await _say_where(site, announce)
            await server.serve(sockets=[listening])
        database.serving.remove_done_callback(server.writer_ended)
        return server.exit_code


class _Server(uvicorn.Server):
    """uvicorn, with our goodbye before its own, and signals that end the process in order."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub
        self.exit_code = 0

    def writer_ended(self, _: "asyncio.Task[None]") -> None:
        """Without its writer the server must not go on: it would promise what it cannot keep."""
        _log.critical("the writer has stopped; the server ends")
        self.exit_code = WRITER_DIED
        self.should_exit = True

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Not ready from this very moment, so that a balancer sends nobody here any more."""
        self._hub.is_going_down = True
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._hub.stop()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Unlike the original this does not raise the signal again: our caller has to clean up."""
        caught = (signal.SIGTERM, signal.SIGINT)
        before = {number: signal.signal(number, self.handle_exit) for number in caught}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class _AgentProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket, except that a peer that never reads is cut off for good."""

    async def run_asgi(self) -> None:
        await super().run_asgi()
        self.loop.call_later(ABORT_SECONDS, self.transport.abort)


def _config(app: Callable[..., object], front: type[Front]) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=front,
        backlog=BACKLOG,
        ws=_AgentProtocol,
        ws_ping_interval=None,
        ws_per_message_deflate=False,
        ws_max_size=2 * MAX_FRAME,
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )


def _clock(file: str) -> ServerClock:
    if not file:
        return ServerClock()
    _log.warning("this is a test: the clock is shifted by what stands in %s", file)
    return ServerClock(shifted(Path(file)))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise CannotListen(
            f"Cannot listen on {host} port {port}: {error.strerror}. "
            "Stop the program that uses it, or choose another --port."
        ) from error
    listening.listen(BACKLOG)
    listening.setblocking(False)
    return listening


def _settle_memory() -> None:
    """What is there now stays for good: looking through it again and again would stop everyone's
    chat for a tenth of a second each time laptops come in numbers."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER)


def _allow_many_sockets() -> None:
    """Each laptop is an open file; most systems start a program with far fewer than it may have."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _local_url(host: str, port: int) -> str:
    reached = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
    return f"http://{reached}:{port}"


@contextmanager
def _local_file(data: Path, local: Local) -> Iterator[None]:
    """Lets `samebox-server invite` and the like find and convince this process."""
    path = data / LOCAL_FILE
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(msgspec.json.encode(local))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


async def _say_where(site: Site, announce: TextIO | None) -> None:
    """The owner's link goes to the console only, never into the log (ID-10)."""
    link = await make_setup_link(site)
    if announce is not None:
        line = {"url": site.public_url, "setup_link": link.link if link else None}
        announce.write(json.dumps(line) + "\n")
    else:
        sys.stdout.write(f"Samebox serves at {site.public_url}\n")
        if link is not None:
            sys.stdout.write(
                "There is no owner yet. Open this link once, within "
                f"{site.settings.setup_minutes:g} minutes:\n  {link.link}\n"
            )
    (announce or sys.stdout).flush()


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None  # Windows has none; asyncio's own loop does
    return uvloop.new_event_loop
