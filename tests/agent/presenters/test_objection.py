"""What was missing in an article, before it is told and afterwards."""

from datetime import UTC

from samebox_agent.core import draft_intents as wants
from samebox_agent.core import intents
from samebox_agent.core.events import ArticlesArrived
from samebox_agent.presenters import article
from samebox_agent.presenters.views import ArticleView, Run

from tests.support.builders import DISK, a_page, an_article, joined_state
from tests.support.playbook import Playbook


def shown(*those: intents.Intent) -> ArticleView:
    play = Playbook(joined_state()) >> ArticlesArrived(a_page(an_article()))
    play >> intents.OpenArticle(DISK)
    for intent in those:
        play >> intent
    return article.present(play.state, an_article(), UTC)


def test_a_no_asks_what_was_missing_and_who_sees_it() -> None:
    view = shown(wants.StartObjecting(DISK), wants.TypeObjection("Ask Ana"))
    assert view.objection is not None
    assert view.objection.heading == "What was missing?"
    assert "without your name" in view.objection.note
    assert view.objection.leaves == (Run("Ask "), Run("name", gone=True))
    assert [button.intent for button in view.objection.buttons] == [
        intents.SayNotSolved(DISK),
        wants.SayObjection(),
        wants.StopObjecting(),
    ]
    assert (view.buttons, view.links) == ((), ())


def test_words_that_leave_as_they_are_are_not_said_twice() -> None:
    view = shown(wants.StartObjecting(DISK, worse=True), wants.TypeObjection("It froze"))
    assert view.objection is not None
    assert (view.objection.heading, view.objection.leaves) == ("What happened?", ())


def test_it_says_that_it_was_told() -> None:
    view = shown(wants.StartObjecting(DISK), wants.SayObjection())
    assert view.objection is None
    assert view.outcome is not None
    assert view.outcome.title == "Noted, without your name"
    assert "It made things worse" in [link.label for link in view.links]
    worse = shown(wants.StartObjecting(DISK, worse=True), wants.SayObjection())
    assert worse.outcome is not None
    assert worse.outcome.title == "Told, without your name"
    assert "It made things worse" not in [link.label for link in worse.links]
