"""Health, the counters, the API's document, and answers to what does not exist."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
from samebox_server.live.work import Work
from samebox_server.metrics import Metrics
from samebox_server.settings import Settings
from samebox_server.store.database import open_database
from samebox_server.web.health import DRAINING, NO_STORAGE, READY, readiness
from samebox_server.web.portal.pace import Pace
from samebox_server.web.seal import Seal
from samebox_server.web.site import Site

from tests.server.running import Person, RunningServer, running

T = TypeVar("T")
TOKEN = "a-token-for-the-counters"


def test_a_running_server_is_live_and_ready(server: RunningServer) -> None:
    live, ready = server.get("/health/live"), server.get("/health/ready")
    assert (live.status_code, live.json()["status"]) == (200, "live")
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    assert ready.json()["reason"]


def test_a_full_disk_makes_it_not_ready_and_says_so(tmp_path: Path) -> None:
    with running(tmp_path / "data", SAMEBOX_FREE_MEGABYTES=str(10**9)) as server:
        ready = server.get("/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (503, "disk")
        assert "Make room" in ready.json()["reason"]
        assert server.get("/health/live").status_code == 200


async def carry_out_nothing(job: Callable[[Work], T]) -> T:
    raise AssertionError("nothing is carried out here")


async def test_from_its_goodbye_on_nobody_is_sent_here(tmp_path: Path) -> None:
    async with open_database(tmp_path / "data") as database:
        site = Site(
            database=database,
            settings=Settings(data=tmp_path),
            public_url="",
            local_key="",
            seal=Seal(bytes(32)),
            now=lambda: 0.0,
            articles_changed=lambda _: None,
            joined=lambda _: None,
            dismiss=lambda _: asyncio.sleep(0),
            carry_out=carry_out_nothing,
            pace=Pace(),
            metrics=Metrics(),
            is_going_down=lambda: is_going_down,
        )
        is_going_down = False
        assert await readiness(site) == READY
        is_going_down = True
        assert await readiness(site) == DRAINING
    is_going_down = False
    assert await readiness(site) == NO_STORAGE


def test_the_counters_are_for_this_machine_only(server: RunningServer, owner: Person) -> None:
    counters = server.get("/metrics")
    assert counters.status_code == 200
    assert counters.headers["content-type"].startswith("text/plain; version=")
    for name in (
        "samebox_sockets 0.0",
        "samebox_people_here 0.0",
        "samebox_acts_total",
        "samebox_questions_open",
        "process_resident_memory_bytes",
        'samebox_http_requests_total{method="GET",route="/health/live",status="200"}',
    ):
        assert name in counters.text, name
    for name in ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"):
        passed_on = httpx.get(f"{server.url}/metrics", headers={name: "127.0.0.1"})
        assert passed_on.status_code == 401, name
    assert "metrics" not in server.get("/schema").text


def test_with_a_token_only_the_token_counts(tmp_path: Path) -> None:
    with running(tmp_path / "data", SAMEBOX_METRICS_TOKEN=TOKEN) as server:
        assert server.get("/metrics").status_code == 401
        assert server.get("/metrics", "wrong").status_code == 401
        assert server.get("/metrics", TOKEN).status_code == 200


def test_the_document_of_the_api_loads_nothing(server: RunningServer) -> None:
    document = server.get("/schema")
    assert document.headers["content-type"].startswith("application/vnd.oai.openapi+json")
    paths = set(document.json()["paths"])
    assert {"/api/about", "/api/join", "/api/invites", "/api/articles"} <= paths
    assert not any("local" in path or "setup" in path for path in paths)


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/api/join", 405)])
def test_what_does_not_exist_is_refused_in_words(
    server: RunningServer, path: str, status: int
) -> None:
    answer = server.get(path)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message"}


@pytest.mark.parametrize("what", ["invites", "setup-links", "articles/import", "articles/export"])
def test_the_local_routes_need_the_local_key(server: RunningServer, what: str) -> None:
    bodies: dict[str, dict[str, object]] = {
        "invites": {"name": "Eve"},
        "setup-links": {},
        "articles/import": {"files": [{"source": "a.md", "text": ""}]},
        "articles/export": {},
    }
    assert server.post(f"/api/local/{what}", bodies[what]).status_code == 401
    assert server.post(f"/api/local/{what}", bodies[what], "wrong").status_code == 401
