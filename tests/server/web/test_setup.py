"""The owner's one-time page."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.server.running import RunningServer, code_in, join, running

FORM = {"organisation": "Acme & <Sons>", "name": "Olga Owner"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with running(tmp_path / "data") as server:
        yield server


def test_the_page_works_once_and_is_gone_when_there_is_an_owner(server: RunningServer) -> None:
    link = server.setup_link
    assert link is not None
    assert httpx.get(link + "x").status_code == 404
    shown = httpx.get(link)
    assert shown.status_code == 200
    assert "<form" in shown.text
    assert "<script" not in shown.text
    incomplete = httpx.post(link, data={"organisation": "  ", "name": "Olga"})
    assert incomplete.status_code == 400
    assert "Please fill in both names" in incomplete.text
    done = httpx.post(link, data=FORM)
    assert done.status_code == 200
    assert "Acme &amp; &lt;Sons&gt;" in done.text
    for again in (httpx.get(link), httpx.post(link, data=FORM)):
        assert again.status_code == 404
    owner = join(server, code_in(done.text.split('class="link">')[1].split("<")[0]))
    assert owner.joined.roles == ("owner",)
    server.stop()
    server.start()
    assert server.setup_link is None
    assert link.rsplit("/", 1)[1] not in server.log()
    assert owner.token not in server.log()


@pytest.mark.parametrize("path", ["/setup/x", "/api/about", "/nothing", "/schema", "/join/x"])
def test_every_answer_carries_the_headers(server: RunningServer, path: str) -> None:
    headers = server.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "no-store" in headers["cache-control"]
