"""The first page: one's own drafts, articles and tasks, and nobody else's."""

from samebox_shared.model.articles import Tried
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import ArticleId
from samebox_shared.protocol.acts import ReportOutcome

from tests.server.running import Person
from tests.server.scripted import connected
from tests.server.web.portal.conftest import Opened, hand_over


def own(page: str) -> str:
    """The part of the first page with one's own articles."""
    return page.partition("<h2>Your articles</h2>")[2].partition("</section>")[0]


def published(portal: Opened, title: str) -> None:
    """Ada writes it and Mo publishes it."""
    mo = portal("mo")
    path = hand_over(portal("ada"), title=title)
    mo.get(path)
    assert mo.send_form(path, do="publish").status_code == 200


async def reported(person: Person, article_id: str, *those: Tried) -> None:
    """A laptop tells what came of it."""
    async with connected(person) as (agent,):
        for tried in those:
            await agent.do(
                ReportOutcome(
                    article_id=ArticleId(article_id),
                    version=1,
                    device_type=DeviceType(),
                    tried=tried,
                    why="It is another projector." if tried is Tried.NOT_HELPED else "",
                )
            )


async def test_whoever_wrote_an_article_sees_what_came_of_it(
    portal: Opened, people: dict[str, Person]
) -> None:
    published(portal, "Nobody tried this yet")
    assert "Nobody has reported on version 1 yet." in own(portal("ada").get("/portal").text)
    published(portal, "The wall is green")
    outcomes = (Tried.VERIFIED, Tried.SAID_SO, Tried.NOT_HELPED)
    await reported(people["eve"], "the-wall-is-green", *outcomes)
    row = own(portal("ada").get("/portal").text).split("The wall is green")[1].split("</li>")[0]
    assert "Helped 2 times" in row
    assert "Did not help once" in row
    assert own(portal("eve").get("/portal").text) == own(portal("mo").get("/portal").text) == ""


def test_an_article_that_was_hidden_is_named_and_leads_nowhere(portal: Opened) -> None:
    published(portal, "The wall is blue")
    mo = portal("mo")
    mo.get("/portal")
    mo.send_form("/portal/articles/the-wall-is-blue", do="hide")
    row = own(portal("ada").get("/portal").text)
    assert "<b>The wall is blue</b>" in row
    assert "Hidden while somebody looks at it" in row


async def test_a_task_has_the_words_of_its_article_and_the_way_to_change_it(
    portal: Opened, people: dict[str, Person]
) -> None:
    published(portal, "The wall is red")
    await reported(people["eve"], "the-wall-is-red", Tried.NOT_HELPED)
    page = portal("ada").get("/portal").text.partition("<h2>Your tasks</h2>")[2]
    assert ">The wall is red</a>" in page
    assert "/portal/write?article=the-wall-is-red" in page
