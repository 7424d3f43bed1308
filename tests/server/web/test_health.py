"""Health, the API's document, and answers to what does not exist."""

import pytest

from tests.server.running import RunningServer


def test_a_running_server_is_live_and_ready(server: RunningServer) -> None:
    assert server.get("/health/live").json() == {"status": "live"}
    assert server.get("/health/ready").json() == {"status": "ready"}


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


@pytest.mark.parametrize("what", ["invites", "setup-links", "articles"])
def test_the_local_routes_need_the_local_key(server: RunningServer, what: str) -> None:
    bodies: dict[str, dict[str, str]] = {
        "invites": {"name": "Eve"},
        "setup-links": {},
        "articles": {"source": "a.md", "text": ""},
    }
    assert server.post(f"/api/local/{what}", bodies[what]).status_code == 401
    assert server.post(f"/api/local/{what}", bodies[what], "wrong").status_code == 401
