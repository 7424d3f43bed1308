"""After the steps were opened, fixed is seen without a button (J2)."""

import pytest
from msgspec.structs import replace
from samebox_agent.core import following, intents
from samebox_agent.core.commands import (
    AnyCommand,
    KeepSetting,
    OpenSystemSettings,
    ReadFacts,
    Remembered,
    StartTimer,
)
from samebox_agent.core.events import (
    ArticlesArrived,
    FactsRead,
    LinkClosed,
    Moment,
    RemedyDone,
    TimerFired,
)
from samebox_agent.core.facts import Cost, by_name
from samebox_agent.core.remedy_intents import AskRemedy, DoRemedy
from samebox_agent.core.remedy_list import Found, Remedies, RemedyKey
from samebox_agent.core.state import Outcome, Trying
from samebox_agent.core.update import update
from samebox_shared.model.articles import ArticleChange, ArticlePage, Tried
from samebox_shared.model.facts import Fact, FactKind
from samebox_shared.model.ids import ArticleId
from samebox_shared.protocol.acts import ReportOutcome

from tests.support.builders import (
    DISK,
    NOW,
    T14_FACTS,
    a_page,
    an_article,
    ana_here,
    joined_state,
    started,
)
from tests.support.playbook import Playbook

STORAGE = frozenset({FactKind.STORAGE})
LOOK = ReadFacts(STORAGE, asked=True)
OFTEN = StartTimer(following.LOOK, following.OFTEN_SECONDS)
FREE = (Fact(name="mounts.system_free_percent", value=42.0),)
STILL_FULL = (Fact(name="mounts.system_free_percent", value=3.5),)
DOCK = ArticleId("dock")


def kept(*trying: Trying) -> AnyCommand:
    return KeepSetting(Remembered.TRYING, following.written(trying))


def opened() -> Playbook:
    """Ana has opened the steps against her full disk."""
    play = Playbook(joined_state())
    play >> ArticlesArrived(a_page(an_article(), an_article(DOCK, "")))
    play >> intents.OpenHelp() >> intents.OpenArticle(DISK)
    return play << kept(Trying(DISK, play.wall)) << OFTEN


def told(play: Playbook) -> list[Tried]:
    acts = [item.act for item in play.state.outbox if isinstance(item.act, ReportOutcome)]
    return [act.tried for act in acts]


def test_what_is_gone_is_fixed_and_told_as_verified_without_a_button() -> None:
    play = opened() >> TimerFired(following.LOOK) << LOOK << OFTEN
    play >> FactsRead(STILL_FULL, 0.01, kinds=STORAGE)
    assert (play.state.fixes.outcome(DISK), told(play)) == (None, [])
    play >> TimerFired(following.LOOK) >> FactsRead(FREE, 0.01, kinds=STORAGE) << kept()
    assert play.state.fixes.outcome(DISK) is Outcome.FIXED
    assert play.state.fixes.fixed == (DISK,)
    assert told(play) == [Tried.VERIFIED]
    play >> TimerFired(following.LOOK)
    assert play.commands == ()


def test_only_what_the_condition_read_is_read_again_and_the_rest_stays() -> None:
    play = opened() >> TimerFired(following.LOOK)
    before = by_name(play.state.facts.values)
    play >> FactsRead(FREE, 0.01, ("storage",), kinds=STORAGE)
    assert by_name(play.state.facts.values) == before | by_name(FREE)
    assert (play.state.facts.busy, play.state.facts.failed) == (False, ())


def test_the_connections_own_word_is_renewed_only_with_its_kind() -> None:
    play = opened() >> LinkClosed(None) >> FactsRead(FREE, 0.01, kinds=STORAGE)
    assert "network.server_reachable" not in by_name(play.state.facts.values)
    play >> FactsRead((), 0.01, kinds=frozenset({FactKind.NETWORK}))
    assert by_name(play.state.facts.values)["network.server_reachable"] is False


def test_an_article_whose_trouble_is_not_seen_is_not_followed() -> None:
    play = opened()
    play >> intents.OpenArticle(DOCK)
    assert play.commands == ()
    assert [item.article_id for item in play.state.fixes.trying] == [DISK]


def test_a_settings_page_a_remedy_and_the_way_back_bring_the_look_forward() -> None:
    soon = StartTimer(following.LOOK, following.SOON_SECONDS)
    play = opened() >> intents.OpenSettingsPage("storage") << soon
    play >> intents.ComeBack() << LOOK << OFTEN
    play >> intents.ComeBack() << OFTEN
    assert LOOK not in play.commands, "one look at a time"
    play = opened()
    offered = Remedies(offered=frozenset({RemedyKey.FLUSH_DNS}))
    play.state = replace(play.state, remedies=offered)
    play >> AskRemedy(DISK, RemedyKey.FLUSH_DNS) >> DoRemedy(1) >> RemedyDone(1, Found()) << soon


def test_without_anything_followed_nothing_is_looked_at() -> None:
    play = Playbook(joined_state()) >> intents.ComeBack()
    assert play.commands == ()
    play >> TimerFired(following.LOOK)
    assert play.commands == ()


def test_the_often_looks_end_and_the_look_of_each_half_hour_still_sees_it() -> None:
    play = opened()
    play.wall += following.OFTEN_FOR_SECONDS
    play >> TimerFired(following.LOOK)
    assert play.commands == ()
    play >> FactsRead(tuple(f for f in T14_FACTS if f.name != FREE[0].name) + FREE, 0.1)
    assert play.state.fixes.outcome(DISK) is Outcome.FIXED


def test_what_is_gone_a_day_later_is_not_the_work_of_the_steps() -> None:
    play = opened()
    play.wall += following.LONGEST_SECONDS
    play >> FactsRead(FREE, 0.01, kinds=STORAGE) << kept()
    assert (play.state.fixes.outcome(DISK), told(play)) == (None, [])


def test_a_clock_that_is_set_by_the_steps_does_not_end_them() -> None:
    play = opened()
    years = Moment(play.wall + 3e8, play.wall - NOW + 20, "0" * 32)
    state, commands = update(play.state, TimerFired(following.LOOK), years)
    assert LOOK in commands
    state, _ = update(state, FactsRead(FREE, 0.01, kinds=STORAGE), years)
    assert state.fixes.outcome(DISK) is Outcome.FIXED


def test_what_takes_long_to_read_is_read_less_often() -> None:
    play = opened()
    slow = (Cost("storage", FactKind.STORAGE, 2.0), Cost("sound", FactKind.BATTERY, 9.0))
    play.state = replace(play.state, facts=replace(play.state.facts, costs=slow))
    play >> TimerFired(following.LOOK) << LOOK << StartTimer(following.LOOK, 100.0)


def test_what_was_opened_days_before_the_start_is_not_followed_any_more() -> None:
    old = (Trying(DISK, NOW - 2 * following.LONGEST_SECONDS),)
    play = Playbook() >> started(ana_here(), articles=a_page(an_article()), trying=old)
    assert play.state.fixes.trying == ()


def test_a_restart_is_a_step_too() -> None:
    trying = following.read(following.written((Trying(DISK, 1_800_000_000.0),)))
    play = Playbook() >> started(ana_here(), articles=a_page(an_article()), trying=trying)
    assert told(play) == [], "nothing is known yet"
    play >> FactsRead((*T14_FACTS[:5], *FREE), 0.1)
    assert (play.state.fixes.fixed, told(play)) == ((DISK,), [Tried.VERIFIED])


def test_what_cannot_be_read_from_the_disk_is_nothing() -> None:
    assert following.read("{") == ()
    assert following.read("") == ()


@pytest.mark.parametrize("said", [intents.SaySolved(DISK), intents.SayNotSolved(DISK)])
def test_whoever_said_how_it_ended_is_not_contradicted(said: intents.FixIntent) -> None:
    play = opened() >> said << kept()
    before = told(play)
    play >> FactsRead(FREE, 0.01, kinds=STORAGE)
    assert told(play) == before
    play >> intents.SaySolved(DOCK)
    assert kept() not in play.commands


def test_what_is_not_known_is_not_fixed() -> None:
    play = opened() >> FactsRead((), 0.01, kinds=STORAGE)
    assert (play.state.fixes.outcome(DISK), len(play.state.fixes.trying)) == (None, 1)


def test_what_came_back_is_not_called_fixed_when_its_steps_are_opened_again() -> None:
    play = opened() >> FactsRead(FREE, 0.01, kinds=STORAGE)
    play >> FactsRead(STILL_FULL, 0.01, kinds=STORAGE) >> intents.OpenArticle(DISK)
    assert play.state.fixes.outcome(DISK) is None


def test_the_good_news_goes_with_the_window() -> None:
    play = opened() >> FactsRead(FREE, 0.01, kinds=STORAGE) >> intents.HideWindow()
    assert play.state.fixes.fixed == ()
    assert following.put_away(play.state) is play.state


def test_with_reading_off_nothing_is_looked_at() -> None:
    play = opened() >> intents.SetReading(False) >> TimerFired(following.LOOK)
    assert play.commands == ()


def test_an_article_that_is_gone_is_not_asked_for_anything() -> None:
    play = opened()
    gone = ArticleChange(change=8, article_id=DISK, article=None)
    play >> ArticlesArrived(ArticlePage(changes=(gone,), head=8))
    play >> TimerFired(following.LOOK)
    assert play.commands == ()
    play >> FactsRead(FREE, 0.01, kinds=STORAGE)
    assert play.state.fixes.fixed == ()


def test_a_settings_page_of_what_is_not_followed_is_only_opened() -> None:
    play = Playbook(joined_state()) >> intents.OpenSettingsPage("storage")
    assert play.commands == (OpenSystemSettings("storage"),)
