"""The portal's door: no password, one link, one session; and no form from elsewhere."""

import json

import httpx
import pytest

from tests.server.browsing import portal_link, portal_of
from tests.server.running import Person, RunningServer, running, set_up
from tests.server.web.portal.conftest import Opened, written

PAGES = (
    "/portal",
    "/portal/articles",
    "/portal/articles/battery-worn",
    "/portal/articles/battery-worn/versions",
    "/portal/write",
    "/portal/review",
    "/portal/tasks",
    "/portal/proposals/none",
    "/portal/session/none",
)
FORMS = (
    "/portal/leave",
    "/portal/write",
    "/portal/preview",
    "/portal/proposals/none",
    "/portal/tasks/none",
    "/portal/articles/battery-worn",
)


def test_a_link_opens_the_portal_once(people: dict[str, Person]) -> None:
    link = portal_link(people["ada"], "/portal/articles")
    answer = httpx.get(link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/portal/articles")
    cookie = answer.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=28800"):
        assert part.lower() in cookie.lower()
    again = httpx.get(link)
    assert again.status_code == 404
    assert "works once" in again.text
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize("path", PAGES)
def test_nobody_reads_without_a_session(server: RunningServer, path: str) -> None:
    for cookies in ({}, {"samebox": "guessed"}):
        answer = httpx.get(server.url + path, cookies=cookies)
        assert answer.status_code == 401
        assert "no password" in answer.text
        assert "Sign in from your laptop" in answer.text
        assert 'href="/portal"' not in answer.text


def test_whoever_is_turned_away_hears_why_and_finds_the_way_back(portal: Opened) -> None:
    answer = portal("ada").get("/portal/review")
    assert answer.status_code == 403
    assert "<h1>Not open to you</h1>" in answer.text
    assert "Reviewing is for moderators" in answer.text
    assert 'href="/portal"' in answer.text


@pytest.mark.parametrize("path", FORMS)
def test_no_form_is_taken_without_a_session_or_without_its_token(
    server: RunningServer, portal: Opened, path: str
) -> None:
    assert httpx.post(server.url + path, data={"token": "x"}).status_code == 401
    browser = portal("olga")
    for token in ("", "0" * 64, "ä"):
        answer = browser.post(path, data={"token": token, **written()})
        assert answer.status_code == 403
        assert "Nothing was changed" in answer.text


def test_a_token_is_of_one_session_only(portal: Opened) -> None:
    olga, mo = portal("olga"), portal("mo")
    olga.get("/portal/write")
    mo.token = olga.token
    assert mo.send_form("/portal/preview", **written()).status_code == 403


@pytest.mark.parametrize(
    "to", ["", "/", "/portal/../x", "//elsewhere", "https://elsewhere", "/portal?x=1", "/portalx"]
)
def test_a_link_leads_nowhere_but_into_the_portal(people: dict[str, Person], to: str) -> None:
    ada = people["ada"]
    assert ada.server.post("/api/portal-links", {"to": to}, ada.token).status_code == 400


def test_a_stranger_gets_no_link(server: RunningServer) -> None:
    assert server.post("/api/portal-links", {}, "not-a-token").status_code == 401


def test_signing_out_ends_the_session(portal: Opened) -> None:
    browser = portal("ada")
    secret = browser.cookies["samebox"]
    assert "signed out" in browser.send_form("/portal/leave").text
    assert browser.get("/portal").status_code == 401
    assert httpx.get(f"{browser.base_url}/portal", cookies={"samebox": secret}).status_code == 401


def test_behind_https_the_cookie_is_bound_to_this_host(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    data = tmp_path_factory.mktemp("https") / "data"
    public = "https://help.example"
    with running(data, SAMEBOX_PUBLIC_URL=public) as server:
        assert server.setup_link is not None
        server.url = local_of(server)["url"]
        server.setup_link = server.setup_link.replace(public, server.url)
        token = portal_link(set_up(server)).removeprefix(public)
        cookie = httpx.get(server.url + token).headers["set-cookie"]
        assert cookie.startswith("__Host-samebox=")
        assert "secure" in cookie.lower()
        assert token.rsplit("/", 1)[1] not in server.log()


def test_a_leaver_is_out_at_once(server: RunningServer, people: dict[str, Person]) -> None:
    eve = people["eve"]
    with portal_of(eve) as browser:
        assert browser.get("/portal").status_code == 200
        local = local_of(server)
        done = httpx.post(
            f"{local['url']}/api/local/leavers",
            json={"who": "Eve"},
            headers={"Authorization": f"Bearer {local['key']}"},
        )
        assert done.status_code == 201
        assert browser.get("/portal").status_code == 401


def test_a_field_that_is_too_long_is_refused_whole(portal: Opened) -> None:
    browser = portal("olga")
    browser.get("/portal/write")
    answer = browser.send_form("/portal/write", **written(text="x" * 10_001))
    assert answer.status_code == 413
    assert "Nothing was changed" in answer.text


def local_of(server: RunningServer) -> dict[str, str]:
    """Where the server really listens, and the key of its console."""
    found: dict[str, str] = json.loads((server.data / "local.json").read_text())
    return found


def test_a_character_that_is_none_is_refused_before_any_database_sees_it(portal: Opened) -> None:
    ada = portal("ada")
    for path in ("/portal/articles/%00", "/portal/session/a%00", "/portal/write?proposal=%00"):
        answer = ada.get(path)
        assert (answer.status_code, "character" in answer.text) == (400, True), path
    ada.get("/portal/write")
    answer = ada.send_form("/portal/write", **written(title="An empty note", note="a\0b"))
    assert answer.status_code == 400
    assert "An empty note" not in ada.get("/portal").text
