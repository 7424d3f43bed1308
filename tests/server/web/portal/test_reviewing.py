"""Reviewing: four eyes, IT for a risk, and words for every refusal."""

from tests.server.browsing import Browser
from tests.server.web.portal.conftest import Opened, hand_over, written


def press(browser: Browser, path: str, button: str, words: str = "") -> tuple[int, str]:
    browser.get(path)
    answer = browser.send_form(path, do=button, words=words)
    return answer.status_code, answer.text


def test_a_moderator_publishes_what_somebody_else_wrote(portal: Opened) -> None:
    ada, mo = portal("ada"), portal("mo")
    path = hand_over(ada, title="Seen by four eyes")
    assert ">Publish<" not in ada.get(path).text
    status, page = press(ada, path, "publish")
    assert (status, "Only a moderator publishes" in page) == (409, True)
    assert "Seen by four eyes" in mo.get("/portal/review").text
    status, page = press(mo, path, "publish")
    assert (status, "reaches every laptop" in page) == (200, True)
    assert "Seen by four eyes" in ada.get("/portal/articles/seen-by-four-eyes").text
    status, page = press(mo, path, "publish")
    assert (status, "It is over" in page) == (409, True)


def test_nobody_publishes_their_own_words(portal: Opened) -> None:
    mo, olga = portal("mo"), portal("olga")
    path = hand_over(mo, title="My own words")
    status, page = press(mo, path, "publish")
    assert (status, "somebody else decides" in page) == (409, True)
    assert press(olga, path, "publish")[0] == 200


def test_a_risk_needs_it(portal: Opened) -> None:
    ada, mo, ina = portal("ada"), portal("mo"), portal("ina")
    path = hand_over(ada, title="Take the driver out", risk="2")
    status, page = press(mo, path, "publish")
    assert (status, "somebody of IT" in page) == (409, True)
    assert "IT has not agreed yet" in page
    assert press(mo, path, "agree_to_risk")[0] == 409
    assert press(ina, path, "publish")[0] == 409
    assert press(ina, path, "agree_to_risk")[0] == 200
    assert press(mo, path, "publish")[0] == 200


def test_it_is_sent_back_with_a_reason_and_only_with_one(portal: Opened) -> None:
    ada, mo = portal("ada"), portal("mo")
    path = hand_over(ada, title="Half a thought")
    status, page = press(mo, path, "send_back")
    assert (status, "Say what is wrong" in page) == (409, True)
    assert press(mo, path, "send_back", "Which projector?")[0] == 200
    assert "Which projector?" in ada.get("/portal").text
    assert "Half a thought" not in mo.get("/portal/review").text
    assert press(ada, path, "withdraw")[0] == 200
    assert "Half a thought" not in ada.get("/portal").text


def test_strangers_see_no_draft_and_no_queue(portal: Opened) -> None:
    path = hand_over(portal("mo"), title="Not for everyone")
    ada = portal("ada")
    assert ada.get(path).status_code == 404
    assert press(ada, path, "withdraw")[0] == 404
    assert ada.get("/portal/review").status_code == 403
    assert press(portal("mo"), path, "explode")[0] == 400


def test_nothing_is_decided_about_words_that_were_changed_since_the_page_was_opened(
    portal: Opened,
) -> None:
    ada, mo, ina = portal("ada"), portal("mo"), portal("ina")
    path = hand_over(ada, title="Harmless words", risk="2")
    for reviewer in (mo, ina):
        reviewer.get(path)
    ada.get(f"/portal/write?proposal={path.rsplit('/', 1)[1]}")
    other = written(title="Harmful words", risk="2", proposal_id=path.rsplit("/", 1)[1])
    assert ada.send_form("/portal/write", **other).status_code == 200
    for reviewer, button in ((ina, "agree_to_risk"), (mo, "publish")):
        answer = reviewer.send_form(path, do=button)
        assert answer.status_code == 409
        assert "Somebody changed the words after you opened this page" in answer.text
    assert "Harmful words" in mo.get(path).text
    assert "IT has not agreed yet" in mo.get(path).text
    assert press(ina, path, "agree_to_risk")[0] == 200
    assert press(mo, path, "publish")[0] == 200


def test_who_only_wrote_does_not_read_what_became_hidden(portal: Opened) -> None:
    ada, mo = portal("ada"), portal("mo")
    path = hand_over(ada, article_id="battery-worn", title="The battery is worn, I say")
    assert "Beside version" in ada.get(path).text
    mo.get("/portal")
    assert mo.send_form("/portal/articles/battery-worn", do="hide").status_code == 200
    assert "Beside version" not in ada.get(path).text
    assert "Beside version" in mo.get(path).text
    assert mo.send_form("/portal/articles/battery-worn", do="show").status_code == 200
