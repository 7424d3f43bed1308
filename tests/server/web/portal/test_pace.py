"""One person asks much at once and little for long; others do not wait for them."""

import httpx
from samebox_server.web.portal import pace
from samebox_server.web.portal.pace import A_SECOND, AT_ONCE, Pace
from samebox_shared.model.ids import PersonId

from tests.server.running import Person, bearer
from tests.server.web.portal.conftest import Opened

ADA, BEN = PersonId("ada"), PersonId("ben")
NOW = 1_000.0


def test_much_at_once_and_then_a_few_each_second() -> None:
    one = Pace()
    at_once = [one.may_ask(ADA, NOW) for _ in range(int(AT_ONCE) + 5)]
    assert at_once.count(True) == AT_ONCE
    assert one.may_ask(BEN, NOW)
    later = [one.may_ask(ADA, NOW + 2.0) for _ in range(20)]
    assert later.count(True) == 2 * A_SECOND


def test_a_clock_that_is_set_back_locks_nobody_out() -> None:
    one = Pace()
    for _ in range(int(AT_ONCE)):
        one.may_ask(ADA, NOW)
    assert not one.may_ask(ADA, NOW - 500.0)
    assert one.may_ask(ADA, NOW - 499.0)


def test_it_remembers_only_so_many() -> None:
    one = Pace()
    for number in range(pace.MOST_PEOPLE + 1):
        one.may_ask(PersonId(str(number)), NOW)
    assert len(one._left) == pace.MOST_PEOPLE


def test_too_many_previews_are_refused_and_others_go_on(portal: Opened) -> None:
    eve, ada = portal("eve"), portal("ada")
    eve.get("/portal/write")
    answers = [eve.send_form("/portal/preview", title="") for _ in range(200)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert "very quickly" in refused[0].text
    assert ada.get("/portal").status_code == 200


def test_a_laptop_gets_so_many_links_and_no_more(people: dict[str, Person]) -> None:
    ina = people["ina"]
    with httpx.Client(base_url=ina.server.url, headers=bearer(ina.token)) as laptop:
        answers = [laptop.post("/api/portal-links", json={}) for _ in range(200)]
    statuses = [answer.status_code for answer in answers]
    assert {201, 429} == set(statuses)
    assert statuses[0] == 201
