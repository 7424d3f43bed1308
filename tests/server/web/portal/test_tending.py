"""Tending: hiding, caring, going back, testing again."""

from samebox_shared.model.devices import DeviceType, System

from tests.server.browsing import Browser
from tests.server.running import Person, RunningServer, join
from tests.server.web.portal.conftest import Opened, hand_over

DISK = "/portal/articles/disk-nearly-full"


def press(browser: Browser, path: str, **fields: str) -> tuple[int, str]:
    browser.get("/portal")
    answer = browser.send_form(path, **fields)
    return answer.status_code, answer.text


def test_only_moderators_hide_and_show(portal: Opened) -> None:
    ada, mo = portal("ada"), portal("mo")
    assert press(ada, DISK, do="hide")[0] == 403
    assert "No laptop has this article" in press(mo, DISK, do="hide")[1]
    assert ada.get(DISK).status_code == 404
    assert "disk-nearly-full" not in ada.get("/portal/articles?q=disk+full").text.split("-nl")[0]
    assert "No laptop has this article" not in press(mo, DISK, do="show")[1]
    assert ada.get(DISK).status_code == 200


def test_an_article_gets_somebody_who_looks_after_it(portal: Opened) -> None:
    mo = portal("mo")
    assert "nobody yet" in mo.get(DISK).text
    page = press(mo, DISK, do="care")[1]
    assert "Mo</dd>" in page
    assert "Looked at again by" in page
    assert press(mo, DISK, do="looked")[0] == 200
    assert press(mo, DISK, do="explode")[0] == 400
    assert press(mo, "/portal/articles/none", do="hide")[0] == 404


def test_going_back_is_a_change_that_somebody_reviews(portal: Opened) -> None:
    ada, mo, olga = portal("ada"), portal("mo"), portal("olga")
    for note, symptom in (("One", "It is first"), ("Two", "It is second")):
        form = {"article_id": "back-and-forth"} if note == "Two" else {}
        path = hand_over(ada, title="Back and forth", note=note, symptoms=symptom, **form)
        mo.get(path)
        assert mo.send_form(path, do="publish").status_code == 200
    assert press(mo, "/portal/articles/back-and-forth", do="restore", version="2")[0] == 404
    mo.get("/portal")
    answer = mo.send_form("/portal/articles/back-and-forth", do="restore", version="1")
    path = answer.url.path
    assert "Back to version 1" in answer.text
    olga.get(path)
    assert olga.send_form(path, do="publish").status_code == 200
    page = ada.get("/portal/articles/back-and-forth").text
    assert "It is first" in page
    assert "<dd>3," in page


def test_a_newer_system_puts_articles_on_the_list_to_test_again(
    server: RunningServer, people: dict[str, Person], portal: Opened
) -> None:
    ada, mo = portal("ada"), portal("mo")
    newcomer(server, people["olga"], "15.2")
    path = hand_over(ada, title="Ages with macOS", kind0_system="macos", kind0_versions="")
    mo.get(path)
    mo.send_form(path, do="publish")
    assert "Ages with macOS" not in mo.get("/portal/tasks").text
    newcomer(server, people["olga"], "26.1")
    assert "Ages with macOS" in mo.get("/portal/tasks").text
    assert "Nobody has tried it on macOS 26.1" in ada.get("/portal/articles/ages-with-macos").text
    fields = {"do": "proven", "system": "macos", "system_version": "26.1"}
    assert press(ada, "/portal/articles/ages-with-macos", **fields)[0] == 403
    assert press(mo, "/portal/articles/ages-with-macos", **{**fields, "system": "beos"})[0] == 400
    assert "Ages with macOS" not in press(mo, "/portal/articles/ages-with-macos", **fields)[1]


def test_a_list_for_reviewers_is_for_reviewers(portal: Opened) -> None:
    assert portal("ada").get("/portal/tasks").status_code == 403
    assert portal("ina").get("/portal/tasks").status_code == 200
    assert press(portal("mo"), "/portal/tasks/none", do="done")[0] == 409


def newcomer(server: RunningServer, owner: Person, version: str) -> None:
    """Somebody with a MacBook joins."""
    kind = DeviceType(system=System.MACOS, system_version=version)
    join(server, owner.invite(f"Mac {version}"), device_type=kind)
