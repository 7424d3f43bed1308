"""Joining, and everything that can be wrong with an invite."""

import secrets

import msgspec
import pytest
from samebox_shared.model.articles import ArticlePage
from samebox_shared.protocol.http import About

from tests.server.running import Person, RunningServer, join, request_to_join

TOKEN = "t" * 43


def test_about_names_the_server_and_its_protocol(owner: Person) -> None:
    about = msgspec.json.decode(owner.server.get("/api/about").content, type=About)
    assert (about.product, about.organisation) == ("samebox", "Acme")


def test_the_owner_is_who_the_page_said(owner: Person) -> None:
    assert owner.joined.person.name == "Olga Owner"
    assert set(owner.joined.roles) == {"owner", "it"}
    assert owner.joined.organisation == "Acme"


def test_a_lost_answer_is_given_again_and_another_device_is_refused(owner: Person) -> None:
    code, token = owner.invite("Ada"), secrets.token_urlsafe(32)
    first = join(owner.server, code, token=token)
    assert join(owner.server, code, token=token).joined == first.joined
    answer = owner.server.post("/api/join", request_to_join(code, secrets.token_urlsafe(32)))
    assert (answer.status_code, answer.json()["code"]) == (410, "invite_used")
    assert answer.json()["message"].endswith("Ask for a new one.")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"code": "x"},
        {"code": "x", "device_token": "short"},
        {"code": "x", "device_token": TOKEN, "surprise": 1},
        {"code": "x" * 201, "device_token": TOKEN},
        {"code": "x", "device_token": TOKEN, "device_type": {"system": "beos"}},
        {"code": "x", "device_token": TOKEN, "device_type": {"vendor": "x" * 121}},
        [1],
    ],
)
def test_a_malformed_request_is_refused_in_words(owner: Person, body: object) -> None:
    answer = owner.server.post("/api/join", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_a_body_that_is_too_large_is_not_read(owner: Person) -> None:
    answer = owner.server.post("/api/join", {"code": "x" * 300_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_the_page_of_an_invite_shows_the_link_and_does_not_use_it_up(owner: Person) -> None:
    code = owner.invite("Ada")
    page = owner.server.get(f"/join/{code}")
    assert page.status_code == 200
    assert f"{owner.server.url}/join/{code}" in page.text
    assert "<script" not in page.text
    join(owner.server, code)
    assert owner.server.get(f"/join/{code}").status_code == 410


def test_articles_are_for_those_who_have_joined(owner: Person) -> None:
    assert owner.server.get("/api/articles").status_code == 401
    answer = owner.server.get("/api/articles?after=0", owner.token)
    page = msgspec.json.decode(answer.content, type=ArticlePage)
    assert len(page.changes) == page.head > 0
    assert owner.server.get("/api/articles?after=-1", owner.token).status_code == 400


def test_who_may_invite_whom(owner: Person) -> None:
    server = owner.server
    colleague = join(server, owner.invite("Ada"))
    it = join(server, owner.invite("Ina", "it"))
    someone = {"name": "Ben", "roles": []}
    assert server.post("/api/invites", someone).status_code == 401
    assert server.post("/api/invites", someone, colleague.token).status_code == 403
    assert server.post("/api/invites", someone, it.token).status_code == 201
    for roles in (["it"], ["owner"], ["moderator"]):
        answer = server.post("/api/invites", {"name": "Ben", "roles": roles}, it.token)
        assert answer.status_code == 403
    assert server.post("/api/invites", {"name": "B", "roles": ["owner"]}, owner.token).is_error
    for name in ("", "  ", "a\x07b", "x" * 81):
        assert server.post("/api/invites", {"name": name}, owner.token).status_code == 400


def test_wrong_invites_are_counted_whatever_a_header_says(server: RunningServer) -> None:
    body = request_to_join("wrong", TOKEN)
    codes = [server.post("/api/join", body).status_code for _ in range(7)]
    assert codes[:1] == [404]
    assert codes[-1] == 429
    answer = server.post("/api/join", body)
    assert answer.json()["code"] == "too_many"
