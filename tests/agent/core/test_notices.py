"""A notice comes at a good moment, once, and leads to the card."""

import math

import pytest
from msgspec.structs import replace
from samebox_agent.core import fixes, intents, manners, notices
from samebox_agent.core.commands import KeepSetting, Remembered, StartTimer
from samebox_agent.core.events import (
    AgentEvent,
    ArticlesArrived,
    AvailabilityChanged,
    FactsRead,
    TimerFired,
)
from samebox_agent.core.intents import Page
from samebox_agent.core.manners import QUIET_SECONDS, Manners
from samebox_agent.core.state import Snoozed
from samebox_shared.model.articles import Step
from samebox_shared.model.facts import Fact
from samebox_shared.model.ids import ArticleId

from tests.support.builders import (
    DISK,
    T14_FACTS,
    a_live_conversation,
    a_page,
    an_article,
    ana_here,
    started,
)
from tests.support.playbook import Playbook

STEPS = (Step(text="Empty the bin."),)
ROOMY = (
    *(fact for fact in T14_FACTS if fact.name != "mounts.system_free_percent"),
    Fact(name="mounts.system_free_percent", value=42.0),
)


def a_start(**more: object) -> Playbook:
    """Ana's laptop with a full disk comes up; nothing was told before unless it is said."""
    shelf = a_page(an_article(steps=STEPS))
    return Playbook() >> started(ana_here(), articles=shelf, **more)


def in_good_time(play: Playbook, event: AgentEvent | None = None) -> Playbook:
    """The quiet minutes are over."""
    play.wall += QUIET_SECONDS
    return play >> (event or TimerFired(notices.QUIET))


def shown(play: Playbook) -> tuple[int, tuple[ArticleId, ...]]:
    return play.state.notices.number, play.state.notices.shown


def remembered(play: Playbook) -> Manners:
    kept = [each for each in play.commands if isinstance(each, KeepSetting)]
    return manners.read(next(k.value for k in kept if k.name is Remembered.MANNERS))


def test_after_the_quiet_minutes_one_notice_is_shown_and_kept() -> None:
    play = a_start() >> FactsRead(T14_FACTS, 0.1)
    assert shown(play) == (0, ())
    play << StartTimer(notices.QUIET, QUIET_SECONDS - 1)
    in_good_time(play)
    assert shown(play) == (1, (DISK,))
    again = a_start(manners=remembered(play)) >> FactsRead(T14_FACTS, 0.1)
    assert shown(in_good_time(again)) == (0, ()), "a restart is no news"


def test_what_goes_before_the_moment_is_good_is_never_told() -> None:
    play = a_start() >> FactsRead(T14_FACTS, 0.1) >> FactsRead(ROOMY, 0.1)
    assert shown(in_good_time(play)) == (0, ())


@pytest.mark.parametrize("until", [math.inf, 4_000_000_000.0])
def test_what_was_put_away_before_the_restart_is_not_told(until: float) -> None:
    play = a_start(snoozed=(Snoozed(DISK, until),)) >> FactsRead(T14_FACTS, 0.1)
    assert shown(in_good_time(play)) == (0, ())


def test_what_nobody_can_act_on_is_neither_shown_nor_told() -> None:
    play = Playbook() >> started(ana_here(), articles=a_page(an_article(steps=())))
    play >> FactsRead(T14_FACTS, 0.1)
    assert fixes.suggestions(play.state, play.wall) == ()
    assert shown(in_good_time(play)) == (0, ())


def test_a_locked_laptop_is_left_alone_and_its_return_is_quiet_again() -> None:
    play = a_start() >> FactsRead(T14_FACTS, 0.1) >> AvailabilityChanged(True)
    assert shown(in_good_time(play)) == (0, ())
    play >> AvailabilityChanged(False)
    assert shown(play) == (0, ())
    assert shown(in_good_time(play)) == (1, (DISK,))


def test_a_laptop_that_slept_between_two_looks_is_quiet_again() -> None:
    play = a_start() >> FactsRead(ROOMY, 0.1)
    in_good_time(play)
    asleep = replace(play.state.notices, wall=play.wall - 3_600)
    play.state = replace(play.state, notices=asleep)
    play >> FactsRead(T14_FACTS, 0.1)
    assert shown(play) == (0, ())
    assert shown(in_good_time(play)) == (1, (DISK,))


def test_whoever_talks_with_somebody_is_not_interrupted() -> None:
    play = a_start() >> FactsRead(T14_FACTS, 0.1)
    play.state = play.state.with_conversation(a_live_conversation())
    assert shown(in_good_time(play)) == (0, ())


def test_whoever_sees_the_cards_needs_no_notice() -> None:
    play = a_start() >> FactsRead(T14_FACTS, 0.1) >> intents.OpenHelp() >> intents.HideWindow()
    assert shown(in_good_time(play)) == (0, ())


def test_another_page_is_not_interrupted_and_does_not_count_as_seen() -> None:
    play = a_start() >> FactsRead(T14_FACTS, 0.1) >> intents.GoTo(Page.SETTINGS)
    assert shown(in_good_time(play)) == (0, ())
    assert shown(play >> intents.HideWindow()) == (1, (DISK,))


def test_the_same_trouble_in_another_language_is_no_news() -> None:
    play = a_start() >> FactsRead(T14_FACTS, 0.1)
    in_good_time(play)
    dutch = an_article("disk-nl", steps=STEPS, language="nl", translates=DISK)
    play >> ArticlesArrived(a_page(dutch))
    play >> FactsRead((*T14_FACTS, Fact(name="locale.language", value="nl_NL")), 0.1)
    assert [item.article_id for item in play.state.fixes.findings] == ["disk-nl"]
    assert shown(play) == (1, (DISK,))


def test_a_click_on_the_notice_opens_the_window_with_the_card() -> None:
    play = a_start() >> FactsRead(T14_FACTS, 0.1) >> intents.OpenArticle(DISK)
    window = play.state.window
    assert (window.open, window.pages[-1], play.state.fixes.open) == (True, Page.ARTICLE, DISK)


def test_an_idle_laptop_changes_nothing_and_writes_nothing() -> None:
    play = in_good_time(a_start() >> FactsRead(T14_FACTS, 0.1))
    before = play.state
    play >> TimerFired(notices.QUIET)
    assert (play.state is before, play.commands) == (True, ())


def test_before_joining_there_is_no_notice() -> None:
    play = Playbook() >> started(articles=a_page(an_article(steps=STEPS)))
    assert shown(in_good_time(play >> FactsRead(T14_FACTS, 0.1))) == (0, ())
