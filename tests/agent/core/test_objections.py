"""A No with a reason: told once, without the person's name, and never before they say so."""

from msgspec.structs import replace
from samebox_agent.core import draft_intents as wants
from samebox_agent.core import intents
from samebox_agent.core.events import ArticlesArrived
from samebox_agent.core.intents import Page
from samebox_shared.model.articles import Tried
from samebox_shared.protocol.acts import ReportOutcome

from tests.support.builders import DISK, a_page, an_article, joined_state
from tests.support.playbook import Playbook


def a_laptop() -> Playbook:
    play = Playbook(joined_state()) >> ArticlesArrived(a_page(an_article()))
    return play >> intents.OpenArticle(DISK)


def told(play: Playbook) -> list[tuple[Tried, str]]:
    acts = (item.act for item in play.state.outbox)
    return [(act.tried, act.why) for act in acts if isinstance(act, ReportOutcome)]


def test_a_reason_goes_along_without_what_is_personal() -> None:
    play = a_laptop() >> wants.StartObjecting(DISK)
    play >> wants.TypeObjection("Step 2 is gone,\nsays Ana at ana@example.com")
    assert told(play) == []
    play >> wants.SayObjection() >> wants.SayObjection()
    assert told(play) == [(Tried.NOT_HELPED, "Step 2 is gone, says [name] at [e-mail address]")]
    assert play.state.fixes.tried == (DISK,)


def test_asking_a_colleague_tells_it_too() -> None:
    play = a_laptop() >> wants.StartObjecting(DISK) >> wants.TypeObjection("No such page")
    play >> intents.SayNotSolved(DISK)
    assert told(play) == [(Tried.NOT_HELPED, "No such page")]
    assert play.state.window.pages[-1] is Page.ASK


def test_it_may_stay_empty() -> None:
    play = a_laptop() >> wants.StartObjecting(DISK) >> wants.SayObjection()
    assert told(play) == [(Tried.NOT_HELPED, "")]


def test_worse_is_told_as_worse_and_once() -> None:
    play = a_laptop() >> wants.StartObjecting(DISK, worse=True)
    play >> wants.TypeObjection("It deleted files") >> wants.SayObjection()
    play >> wants.StartObjecting(DISK, worse=True) >> wants.SayObjection()
    assert told(play) == [(Tried.WORSE, "It deleted files")]


def test_what_did_not_help_can_turn_out_worse() -> None:
    play = a_laptop() >> wants.StartObjecting(DISK) >> wants.SayObjection()
    play >> wants.StartObjecting(DISK, worse=True) >> wants.SayObjection()
    assert told(play) == [(Tried.NOT_HELPED, ""), (Tried.WORSE, "")]


def test_better_not_tells_nothing() -> None:
    play = a_laptop() >> wants.StartObjecting(DISK) >> wants.TypeObjection("x")
    play >> wants.StopObjecting() >> wants.SayObjection() >> wants.TypeObjection("y")
    assert (told(play), play.state.drafts.objection) == ([], None)


def test_another_article_has_its_own_reason() -> None:
    play = a_laptop() >> wants.StartObjecting(DISK) >> wants.TypeObjection("about the disk")
    play >> ArticlesArrived(a_page(an_article(), an_article("other", condition="")))
    play >> intents.SayNotSolved(an_article("other").article_id)
    assert told(play) == [(Tried.NOT_HELPED, "")]
    play >> intents.OpenArticle(DISK)
    assert play.state.drafts.objection is None


def test_nobody_is_told_before_the_laptop_has_joined() -> None:
    play = Playbook(replace(joined_state(), me=None))
    play >> ArticlesArrived(a_page(an_article()))
    play >> wants.StartObjecting(DISK, worse=True) >> wants.SayObjection()
    assert told(play) == []
