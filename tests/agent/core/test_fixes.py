"""Fixes find the person, are tried, and are verified (J2, J3)."""

import math

import pytest
from msgspec.structs import replace
from samebox_agent.core import fixes, intents
from samebox_agent.core.commands import (
    KeepSetting,
    KeepSnooze,
    KeepText,
    OpenSystemSettings,
    ReadFacts,
    Remembered,
    SearchArticles,
    StartTimer,
)
from samebox_agent.core.events import ArticlesArrived, FactsRead, LinkClosed, SearchDone, TimerFired
from samebox_agent.core.facts import Cost
from samebox_agent.core.intents import Page
from samebox_agent.core.state import Facts, Finding, Link, LinkState, Outcome
from samebox_shared.model.articles import AppliesTo, ArticleChange, ArticlePage
from samebox_shared.model.devices import System
from samebox_shared.model.facts import Fact, FactKind
from samebox_shared.model.ids import ArticleId

from tests.support.builders import (
    DISK,
    NOW,
    T14_FACTS,
    a_page,
    an_article,
    joined_state,
    welcome,
)
from tests.support.playbook import Playbook

ASKED = ReadFacts(fixes.ALL_KINDS, asked=True)
DOCK = ArticleId("dock")
WORN = ArticleId("worn")
BLIND = tuple(fact for fact in T14_FACTS if fact.name != "mounts.system_free_percent")
BLIND_OF_STORAGE = tuple(fact for fact in T14_FACTS if not fact.name.startswith("mounts."))
ROOMY = (*BLIND, Fact(name="mounts.system_free_percent", value=42.0))


def a_shelf() -> Playbook:
    """Ana's laptop with a full disk, an article for it, one without a condition, one for Macs."""
    play = Playbook(joined_state())
    mac = an_article("mac", applies_to=(AppliesTo(system=System.MACOS),))
    dock = an_article(DOCK, "", title="Dock is not seen")
    worn = an_article(WORN, "battery.wear_percent > 30.0", title="Battery is worn")
    play >> ArticlesArrived(a_page(an_article(), dock, mac, worn))
    return play


def test_a_condition_that_holds_finds_the_person_with_its_reason() -> None:
    play = a_shelf()
    assert play.state.fixes.findings == (Finding(DISK, "Only 3.5% of the disk is free."),)
    assert play.state.fixes.fitting == {DISK, DOCK, WORN}
    assert play.state.fixes.head == 7


def test_a_withdrawn_article_is_gone() -> None:
    play = a_shelf()
    gone = ArticleChange(change=8, article_id=DISK, article=None)
    play >> ArticlesArrived(ArticlePage(changes=(gone,), head=8))
    assert (DISK in play.state.fixes.articles, play.state.fixes.findings) == (False, ())


def test_not_now_lasts_a_day_and_never_for_ever() -> None:
    play = a_shelf()
    play >> intents.Snooze(DISK)
    play << KeepSnooze(DISK, play.wall + fixes.SNOOZE_SECONDS)
    assert fixes.suggestions(play.state, play.wall) == ()
    assert len(fixes.suggestions(play.state, play.wall + fixes.SNOOZE_SECONDS)) == 1
    play >> intents.Snooze(DISK, for_ever=True) << KeepSnooze(DISK, math.inf)
    assert fixes.suggestions(play.state, play.wall + 1e9) == ()
    assert len(play.state.fixes.snoozed) == 1


@pytest.mark.parametrize(
    ("after", "outcome"),
    [
        (ROOMY, Outcome.FIXED),
        (T14_FACTS, Outcome.NOT_YET),
        (BLIND, Outcome.CANNOT_TELL),
    ],
)
def test_after_the_steps_the_laptop_looks_again(after: tuple[Fact, ...], outcome: Outcome) -> None:
    play = a_shelf()
    play >> intents.LookAgain(DISK) << ASKED
    assert play.state.fixes.outcome(DISK) is Outcome.LOOKING
    play >> FactsRead(after, 0.1)
    assert play.state.fixes.outcome(DISK) is outcome
    play >> FactsRead(T14_FACTS, 0.1)
    assert play.state.fixes.outcome(DISK) is outcome


def test_what_has_no_condition_cannot_be_told() -> None:
    play = a_shelf()
    play >> intents.LookAgain(DOCK) >> FactsRead(T14_FACTS, 0.1)
    play >> intents.LookAgain(ArticleId("gone")) >> FactsRead(T14_FACTS, 0.1)
    assert dict(play.state.fixes.outcomes) == {
        DOCK: Outcome.CANNOT_TELL,
        ArticleId("gone"): Outcome.CANNOT_TELL,
    }


def test_a_look_that_began_before_the_steps_were_done_does_not_count() -> None:
    play = a_shelf()
    play >> TimerFired(fixes.READ_FACTS) << ReadFacts(fixes.ALL_KINDS)
    play >> intents.LookAgain(DISK)
    assert play.commands == ()
    play >> FactsRead(T14_FACTS, 0.1) << ASKED
    assert play.state.fixes.outcome(DISK) is Outcome.LOOKING
    play >> FactsRead(ROOMY, 0.1)
    assert play.state.fixes.outcome(DISK) is Outcome.FIXED


def test_with_reading_off_nothing_is_looked_at() -> None:
    play = a_shelf()
    play >> intents.SetReading(False) << KeepSetting(Remembered.READING, "no")
    assert (play.state.facts, play.state.fixes.findings) == (Facts(), ())
    play >> intents.LookAgain(DISK)
    assert (play.commands, play.state.fixes.outcome(DISK)) == ((), Outcome.CANNOT_TELL)
    play >> TimerFired(fixes.READ_FACTS)
    assert play.commands == ()
    play >> intents.SetReading(True) << KeepSetting(Remembered.READING, "yes")
    play << ASKED << StartTimer(fixes.READ_FACTS, fixes.EVERY_SECONDS)


def test_the_person_may_say_that_it_helped() -> None:
    play = a_shelf()
    play >> intents.SaySolved(DOCK)
    assert play.state.fixes.outcome(DOCK) is Outcome.SAID_SOLVED


def test_what_was_tried_is_remembered_once_for_the_one_who_is_asked() -> None:
    state = fixes.note_tried(fixes.note_tried(joined_state(), DISK), DISK)
    assert state.fixes.tried == (DISK,)


def test_words_are_looked_for_as_they_are_typed() -> None:
    play = a_shelf()
    play >> intents.TypeQuestion("disk") << SearchArticles("disk")
    play << KeepText(fixes.QUESTION_FIELD, "disk")
    play >> SearchDone("dis", (DOCK,))
    assert fixes.answers(play.state) == ()
    play >> SearchDone("disk", (DOCK, ArticleId("mac"), DISK, ArticleId("gone")))
    assert [article.article_id for article in fixes.answers(play.state)] == [DISK, DOCK]
    play >> intents.TypeQuestion(" ")
    assert (play.commands, fixes.answers(play.state)) == ((KeepText("help", " "),), ())


def test_what_is_seen_comes_first_and_what_is_ruled_out_last() -> None:
    play = a_shelf()
    play >> FactsRead((*ROOMY, Fact(name="battery.wear_percent", value=44.0)), 0.1)
    play >> intents.TypeQuestion("slow") >> SearchDone("slow", (DISK, DOCK, WORN))
    assert [article.article_id for article in fixes.answers(play.state)] == [WORN, DOCK, DISK]


def test_a_translation_is_shown_in_place_of_its_original() -> None:
    play = a_shelf()
    dutch = an_article("worn-nl", "battery.wear_percent > 30.0", language="nl", translates="worn")
    play >> ArticlesArrived(a_page(dutch)) >> intents.TypeQuestion("accu")
    play >> SearchDone("accu", (WORN, ArticleId("worn-nl"), DOCK))
    assert [article.article_id for article in fixes.answers(play.state)] == [WORN, DOCK]
    facts = (*ROOMY, Fact(name="locale.language", value="nl_NL"))
    play >> FactsRead(facts, 0.02)
    assert [one.article_id for one in fixes.answers(play.state)] == [ArticleId("worn-nl"), DOCK]


def test_answers_follow_the_laptop_and_the_shelf() -> None:
    play = Playbook(joined_state(facts=()))
    windows = an_article("w", applies_to=(AppliesTo(system=System.WINDOWS),))
    play >> intents.TypeQuestion("disk")
    play >> ArticlesArrived(a_page(windows)) << SearchArticles("disk")
    play >> SearchDone("disk", (ArticleId("w"),))
    assert fixes.answers(play.state) == ()
    play >> FactsRead(T14_FACTS, 0.1)
    assert fixes.answers(play.state) == (windows,)


def test_a_fresh_look_is_not_repeated_and_an_old_one_is() -> None:
    play = Playbook(joined_state())
    play >> intents.OpenHelp()
    assert play.commands == ()
    play.wall += fixes.FRESH_SECONDS
    play >> intents.OpenHelp() << ASKED
    play >> intents.OpenHelp()
    assert play.commands == ()


def test_the_connection_adds_what_it_knows_once_it_was_tried() -> None:
    play = Playbook(replace(joined_state(LinkState.CONNECTING)))
    assert facts_after_reading(play) == {}
    play.hear(welcome(server_time=NOW - 58))
    assert facts_after_reading(play) == {"network.server_reachable": True, "time.clock_offset": 60}
    play >> LinkClosed(None)
    assert facts_after_reading(play)["network.server_reachable"] is False


def facts_after_reading(play: Playbook) -> dict[str, object]:
    play >> FactsRead((), 0.1)
    return {fact.name: fact.value for fact in play.state.facts.values}


def test_a_recorded_machine_has_its_own_word_on_the_connection() -> None:
    recorded = Fact(name="network.server_reachable", value=False)
    play = Playbook(replace(joined_state(), link=Link(LinkState.ONLINE)))
    play >> FactsRead((recorded,), 0.1, ("battery",))
    assert play.state.facts.values == (recorded,)
    assert play.state.facts.failed == ("battery",)


def test_what_reading_cost_is_kept_with_the_facts() -> None:
    cost = Cost("storage", FactKind.STORAGE, 0.012)
    play = Playbook(joined_state())
    play >> FactsRead(T14_FACTS, 0.1, (), (cost,))
    assert list(play.state.facts.costs) == [cost]
    play >> intents.SetReading(False)
    assert list(play.state.facts.costs) == []


def test_a_look_of_the_clock_is_not_asked_for() -> None:
    play = Playbook(joined_state())
    play >> TimerFired(fixes.READ_FACTS)
    assert [each.asked for each in play.commands if isinstance(each, ReadFacts)] == [False]


def test_an_article_opens_if_it_is_there() -> None:
    play = a_shelf()
    play >> intents.OpenArticle(DISK) >> intents.OpenArticle(ArticleId("gone"))
    assert (play.state.fixes.open, play.state.window.pages[-1]) == (DISK, Page.ARTICLE)
    play >> intents.OpenSettingsPage("storage") << OpenSystemSettings("storage")


def test_what_was_tried_can_be_left_out() -> None:
    state = fixes.note_tried(joined_state(), DISK)
    assert fixes.forget_tried(state, DISK).fixes.tried == ()


def test_a_look_at_some_kinds_leaves_the_rest_and_its_age_as_they_were() -> None:
    play = a_shelf()
    full = play.state.facts
    roomy = (Fact(name="mounts.system_free_percent", value=42.0),)
    play >> FactsRead(roomy, 0.3, ("storage",), kinds=frozenset({FactKind.STORAGE}))
    assert play.state.facts.values == (*BLIND_OF_STORAGE, *roomy)
    assert (play.state.facts.read_at, play.state.facts.failed) == (full.read_at, ())
    assert play.state.fixes.findings == ()


def test_what_has_no_steps_is_not_suggested() -> None:
    play = Playbook(joined_state())
    play >> ArticlesArrived(a_page(an_article(steps=())))
    assert [one.article_id for one in play.state.fixes.findings] == [DISK]
    assert fixes.suggestions(play.state, play.wall) == ()
