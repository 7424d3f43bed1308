"""What is read in the portal, and what its words do not do."""

import html

from samebox_shared.protocol.acts import ProposeArticle, SolveSession
from samebox_shared.protocol.messages import Done

from tests.server.browsing import portal_of
from tests.server.drafts import a_draft
from tests.server.running import Person, RunningServer, join
from tests.server.scripted import bring_together, connected, volunteer
from tests.server.web.portal.conftest import Opened, hand_over, written


def test_the_list_finds_articles_by_their_words_and_pages_through_all(portal: Opened) -> None:
    browser = portal("ada")
    found = browser.get("/portal/articles?q=worn+battery").text
    assert "/portal/articles/battery-worn" in found
    assert "printer" not in found.casefold()
    nothing = browser.get("/portal/articles?q=xylophone").text
    assert "Nothing says this yet" in nothing
    seen: list[str] = []
    path: str | None = "/portal/articles"
    while path:
        page = browser.get(path).text
        seen += [part.split('"')[0] for part in page.split('<a href="/portal/articles/')[1:]]
        more = page.split('">More</a>')[0].rsplit('href="', 1)[1] if ">More<" in page else None
        path = f"/portal/articles{html.unescape(more)}" if more else None
    assert len(seen) == len(set(seen)) > 150


def test_an_article_shows_its_words_its_people_and_what_came_of_it(portal: Opened) -> None:
    page = portal("ada").get("/portal/articles/battery-worn").text
    for words in ("Can be undone", "battery.wear_percent", "nobody yet", "Suggest a change"):
        assert words in page
    assert "For moderators" not in page
    assert "For moderators" in portal("mo").get("/portal/articles/battery-worn").text


def test_what_is_not_there_says_so(portal: Opened) -> None:
    browser = portal("ada")
    for path in ("/portal/articles/none", "/portal/articles/none/versions"):
        answer = browser.get(path)
        assert answer.status_code == 404
        assert "There is no such article" in answer.text
    assert "Nothing was handed over" in browser.get("/portal/session/none").text
    assert "<h1>" in browser.get("/portal/no/such/page").text


def test_hostile_words_stay_words(portal: Opened) -> None:
    attack = "<script>alert(1)</script>"
    browser = portal("ada")
    assert attack not in browser.get(f"/portal/articles?q={attack}").text
    path = hand_over(browser, title=f"Go {attack}", symptoms=attack, note=attack)
    shown = browser.get(path).text
    assert attack not in shown
    assert html.escape(attack) in shown
    page = browser.get(path)
    assert "script-src" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'self'")


def test_versions_are_compared_word_by_word(portal: Opened) -> None:
    ada, mo = portal("ada"), portal("mo")
    path = hand_over(ada, title="The versions grow")
    mo.get(path)
    mo.send_form(path, do="publish")
    form = {"article_id": "the-versions-grow", "symptoms": "It grows slowly"}
    change = hand_over(ada, title="The versions grow", **form)
    mo.get(change)
    assert mo.send_form(change, do="publish").status_code == 200
    page = ada.get("/portal/articles/the-versions-grow/versions").text
    assert "<ins>It grows slowly</ins>" in page or "<ins>" in page
    assert "<del>" in page
    assert "Asked every week" in page
    assert "Reviewed by" in page
    same = ada.get("/portal/articles/the-versions-grow/versions?old=7&new=9")
    assert same.status_code == 200


def test_what_is_for_some_is_seen_and_found_by_them_alone(portal: Opened) -> None:
    ada, mo, ina = portal("ada"), portal("mo"), portal("ina")
    form = {
        "title": "Unlock the projector vault",
        "audience": "it",
        "symptoms": "The vault is shut",
    }
    path = hand_over(ina, **form)
    mo.get(path)
    assert mo.send_form(path, do="publish").status_code == 200
    here = "/portal/articles/unlock-the-projector-vault"
    for browser, sees in ((ada, False), (ina, True), (mo, True)):
        assert (here in browser.get("/portal/articles?q=projector+vault").text) is sees
        assert (browser.get(here).status_code == 200) is sees
        assert (browser.get(f"{here}/versions").status_code == 200) is sees
        write = browser.get("/portal/write?article=unlock-the-projector-vault")
        assert (write.status_code == 200) is sees
    ada.get("/portal/write")
    double = written(title="Unlock the projector vault", symptoms="The vault is shut")
    assert here not in ada.send_form("/portal/preview", **double).text
    ina.get("/portal/write")
    assert here in ina.send_form("/portal/preview", **double).text


def test_a_version_that_was_for_it_alone_stays_theirs(portal: Opened) -> None:
    ada, mo, ina = portal("ada"), portal("mo"), portal("ina")
    form = {"title": "The safe of the hall", "symptoms": "The code of the safe is 4711"}
    path = hand_over(ina, **form, audience="it")
    mo.get(path)
    assert mo.send_form(path, do="publish").status_code == 200
    here = "/portal/articles/the-safe-of-the-hall"
    ina.get("/portal/write?article=the-safe-of-the-hall")
    everyone = written(title="The safe of the hall", article_id="the-safe-of-the-hall")
    path = ina.send_form("/portal/write", **everyone, seen=ina.words).url.path
    mo.get(path)
    assert mo.send_form(path, do="publish").status_code == 200
    assert ada.get(here).status_code == 200
    for versions in ("/versions", "/versions?old=1&new=2", "/versions?old=1&new=1"):
        assert "4711" not in ada.get(f"{here}{versions}").text
    assert "4711" in ina.get(f"{here}/versions").text
    ada.get(here)
    assert ada.send_form(here, do="restore", version="1").status_code == 404
    assert "4711" in ina.send_form(here, do="restore", version="1").text


async def test_the_way_from_a_conversation_says_nothing_to_strangers(
    server: RunningServer, people: dict[str, Person], portal: Opened
) -> None:
    invited = (join(server, people["olga"].invite(name)) for name in ("Abe", "Hope"))
    async with connected(*invited) as (asker, helper):
        await volunteer(helper)
        session_id = (await bring_together(asker, helper)).session_id
        assert isinstance(await asker.do(SolveSession(session_id=session_id)), Done)
        handed = await asker.do(ProposeArticle(session_id=session_id, draft=a_draft()))
        assert isinstance(handed, Done)
        here = f"/portal/session/{session_id}"
        with portal_of(asker.person) as browser:
            assert browser.get(here).url.path.startswith("/portal/proposals/")
    stranger = portal("eve").get(here)
    assert stranger.url.path == here
    assert "Nothing was handed over" in stranger.text
