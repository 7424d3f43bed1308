"""The icon: quiet, with a count of what a person can act on."""

from msgspec.structs import replace
from samebox_agent.core import fixes, intents
from samebox_agent.core.draft_intents import OpenPortal
from samebox_agent.core.state import AgentState, LinkState, Notices, Phase
from samebox_agent.presenters import tray
from samebox_agent.presenters.views import TrayIcon, TrayNotice
from samebox_shared.model.ids import AnswerId, ArticleId
from samebox_shared.protocol.events import OfferEnd

from tests.support.builders import (
    DISK,
    NOW,
    OFFER,
    QUESTION,
    a_conversation,
    a_page,
    an_article,
    an_offer,
    joined_state,
    live_state,
)


def test_before_joining_there_is_nothing_to_count_and_little_to_choose() -> None:
    state = fixes.with_articles(replace(joined_state(), me=None), a_page(an_article()))
    view = tray.present(state, NOW)
    assert (view.count, view.tooltip) == (0, "Samebox: paste your invite to start")
    assert [item.intent for item in view.menu] == [intents.OpenHelp(), intents.Quit()]


def test_offers_and_fixes_are_counted_and_the_kind_word_is_not() -> None:
    state = fixes.with_articles(joined_state(), a_page(an_article()))
    view = tray.present(state, NOW)
    assert (view.icon, view.count) == (TrayIcon.ATTENTION, 1)
    assert view.tooltip == "Samebox: 1 thing for you"
    asked = replace(state, offers={OFFER: an_offer()})
    assert tray.present(asked, NOW).tooltip == "Samebox: 2 things for you"
    ended = replace(state, offers={OFFER: replace(an_offer(), end=OfferEnd.TAKEN)})
    assert tray.present(ended, NOW).count == 1


def test_a_notice_of_one_event_has_its_words_and_leads_to_its_card() -> None:
    state = fixes.with_articles(joined_state(), a_page(an_article()))
    assert tray.present(state, NOW).notice is None
    told = replace(state, notices=Notices(number=2, shown=(DISK,)))
    assert tray.present(told, NOW).notice == TrayNotice(
        2,
        "Make room on a full disk",
        "Only 3.5% of the disk is free.",
        intents.OpenArticle(DISK),
    )
    gone = replace(told, fixes=replace(told.fixes, findings=()))
    assert tray.present(gone, NOW).notice is None


def test_a_notice_of_several_leads_to_all_of_them() -> None:
    small = an_article("small", "mounts.system_free_percent < 50.0", title="The disk is small")
    state = fixes.with_articles(joined_state(), a_page(an_article(), small))
    told = replace(state, notices=Notices(number=1, shown=(DISK, ArticleId("small"))))
    notice = tray.present(told, NOW).notice
    assert notice is not None
    assert notice.title == "Samebox found 2 things on this laptop"
    assert notice.text == "Make room on a full disk\nThe disk is small"
    assert notice.intent == intents.OpenHelp()


def test_the_icon_tells_how_it_stands() -> None:
    assert tray.present(joined_state(), NOW).icon is TrayIcon.READY
    assert tray.present(joined_state(), NOW).tooltip == "Samebox: click for help"
    assert tray.present(live_state(), NOW).icon is TrayIcon.TALKING
    offline = tray.present(joined_state(LinkState.OFFLINE), NOW)
    assert (offline.icon, offline.tooltip) == (
        TrayIcon.OFFLINE,
        "Samebox: offline, fixes still work",
    )


def test_the_menu_leads_to_open_questions() -> None:
    long = replace(a_conversation(), text="My disk is full and I cannot save anything at all")
    items = tray.present(joined_state().with_conversation(long), NOW).menu
    assert items[1].label == "Your question: My disk is full and I cannot sa…"
    assert items[1].intent == intents.OpenSession(QUESTION)
    assert tray.present(live_state(), NOW).menu[1].label == "Bo: My disk is full"
    over = joined_state().with_conversation(a_conversation(Phase.SOLVED))
    assert len(tray.present(over, NOW).menu) == len(tray.present(joined_state(), NOW).menu)


def test_the_wish_to_help_is_a_tick_in_the_menu() -> None:
    items = {item.label: item for item in tray.present(joined_state(), NOW).menu}
    helping = items["Help colleagues with the same laptop"]
    assert (helping.checked, helping.intent) == (False, intents.SetHelpingWish(True))
    assert AgentState().preferences.helping is False


def test_one_who_is_asked_can_say_not_now_for_a_while_and_come_back() -> None:
    state = replace(joined_state(), preferences=replace(joined_state().preferences, helping=True))
    labels = [item.label for item in tray.present(state, NOW).menu]
    assert "Not now: pause for 1 hour" in labels
    assert "Not now: pause until tomorrow" in labels
    wish = replace(state.helping.volunteering, paused_until=NOW + 60)
    paused = replace(state, helping=replace(state.helping, volunteering=wish))
    assert "Paused. Be asked again now" in [item.label for item in tray.present(paused, NOW).menu]
    assert not any("ause" in item.label for item in tray.present(joined_state(), NOW).menu)


def test_an_unread_answer_counts() -> None:
    item = replace(a_conversation(Phase.PARKED), unread=AnswerId("a1"))
    assert tray.present(joined_state().with_conversation(item), NOW).count == 1


def test_the_portal_opens_from_the_menu() -> None:
    items = {item.label: item.intent for item in tray.present(joined_state(), NOW).menu}
    assert items["Open the portal"] == OpenPortal()
