"""When the laptop asks for articles, and what becomes of its copy."""

from msgspec.structs import replace
from samebox_agent.core import article_sync
from samebox_agent.core.article_copy import ArticleCopy
from samebox_agent.core.article_sync import FETCH, FETCH_SECONDS, LONGEST_SECONDS
from samebox_agent.core.commands import FetchArticles, StartTimer
from samebox_agent.core.events import ArticlesArrived, ArticlesMissed
from samebox_agent.core.state import AgentState, Outcome, Snoozed, Waiting
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import TxnId
from samebox_shared.protocol.acts import TellDeviceType
from samebox_shared.protocol.messages import Done

from tests.support.builders import DISK, a_page, an_article, joined_state, welcome
from tests.support.playbook import Playbook

ARRIVED = ArticlesArrived(a_page(an_article()), "scope", "e1")


def holding() -> AgentState:
    return (Playbook(joined_state()) >> ARRIVED).state


def test_welcome_with_other_articles_is_asked_for_them() -> None:
    same = welcome(articles_head=7, articles_scope="scope", epoch="e1")
    assert not article_sync.is_behind(holding(), same)
    for other in ({"articles_head": 6}, {"articles_scope": "other"}, {"epoch": "e2"}):
        assert article_sync.is_behind(holding(), replace(same, **other)), other
    older_server = welcome(articles_head=7, epoch="e2")
    assert not article_sync.is_behind(holding(), older_server)


def test_another_device_type_may_have_other_articles() -> None:
    play = Playbook(holding())
    told = TellDeviceType(device_type=DeviceType(system=System.LINUX))
    waiting = Waiting(TxnId("t"), told, play.wall, stored=True)
    play = Playbook(replace(play.state, outbox=(waiting,)))
    play.hear(Done(txn_id=TxnId("t"))) << FetchArticles()
    play.hear(Done(txn_id=TxnId("t")))
    assert FetchArticles() not in play.commands


def test_a_role_that_was_taken_back_reaches_the_laptop_at_its_next_greeting() -> None:
    play = Playbook(holding())
    play.hear(welcome(articles_head=7, articles_scope="other", epoch="e1"))
    assert FetchArticles() in play.commands


def test_what_is_in_no_new_copy_goes_and_what_the_person_did_is_kept() -> None:
    state = holding()
    mine = {
        "snoozed": (Snoozed(DISK, 5.0),),
        "tried": (DISK,),
        "outcomes": ((DISK, Outcome.SAID_SOLVED),),
    }
    play = Playbook(replace(state, fixes=replace(state.fixes, **mine)))
    other = an_article("other", condition="")
    play >> ArticlesArrived(a_page(other, head=9), "two", "e1", anew=True)
    found = play.state.fixes
    assert (set(found.articles), set(found.records)) == ({"other"}, {"other"})
    assert (found.head, found.copy.scope, found.copy.epoch) == (9, "two", "e1")
    assert {name: getattr(found, name) for name in mine} == mine


def test_what_did_not_come_is_asked_for_ever_more_rarely() -> None:
    play = Playbook(joined_state())
    for seconds in (FETCH_SECONDS, 30.0, 60.0, 120.0, 240.0, 480.0, LONGEST_SECONDS):
        play >> ArticlesMissed() << StartTimer(FETCH, seconds)
    play >> ARRIVED
    play >> ArticlesMissed() << StartTimer(FETCH, FETCH_SECONDS)


def test_a_wrong_signature_is_remembered_until_articles_come() -> None:
    play = Playbook(holding())
    play >> ArticlesMissed(is_refused=True)
    play >> ArticlesMissed()
    assert play.state.fixes.copy.is_refused
    assert set(play.state.fixes.articles) == {DISK}
    play >> ARRIVED
    assert play.state.fixes.copy == ArticleCopy("scope", "e1")
