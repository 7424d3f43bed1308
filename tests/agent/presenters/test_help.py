"""The help page: one field, fixes first, and the way to a colleague (J2, J3)."""

import pytest
from msgspec.structs import replace
from samebox_agent.core import fixes, intents
from samebox_agent.core.article_copy import ArticleCopy
from samebox_agent.core.events import SearchDone
from samebox_agent.core.state import (
    AgentState,
    Answer,
    Facts,
    Link,
    LinkState,
    Outcome,
    Phase,
    Problem,
    Trouble,
)
from samebox_agent.presenters import article, help, wording
from samebox_agent.presenters.views import HelpView, Tone
from samebox_shared.model.facts import Fact
from samebox_shared.model.ids import AnswerId, ArticleId, QuestionId
from samebox_shared.protocol.acts import MOST_OPEN

from tests.support.builders import (
    BO,
    DISK,
    NOW,
    QUESTION,
    a_conversation,
    a_page,
    an_article,
    joined_state,
    live_state,
    parked_state,
)
from tests.support.playbook import Playbook


def stocked() -> AgentState:
    shelf = a_page(an_article(), *(an_article(f"a{n}", "") for n in range(8)))
    return fixes.with_articles(joined_state(), shelf)


def linked(link: LinkState, attempt: int = 0, trouble: Trouble | None = None) -> HelpView:
    state = replace(joined_state(), link=Link(link, attempt, trouble))
    return help.present(state, NOW)


def test_what_was_seen_stands_there_before_a_word_is_typed() -> None:
    view = help.present(stocked(), NOW)
    (section,) = view.sections
    (card,) = section.cards
    assert (section.heading, card.title) == ("Seen on this laptop", "Make room on a full disk")
    assert (card.reason, card.pill) == ("Only 3.5% of the disk is free.", None)
    assert [button.intent for button in card.buttons] == [
        intents.OpenArticle(DISK),
        intents.Snooze(DISK),
    ]


def test_what_was_fixed_says_so_until_the_window_is_closed() -> None:
    state = stocked()
    state = replace(state, fixes=replace(state.fixes, findings=(), fixed=(DISK, ArticleId("gone"))))
    (card,) = help.present(state, NOW).sections[0].cards
    assert (card.title, card.body) == ("Make room on a full disk", article.GONE)
    assert card.pill is not None
    assert (card.pill.text, card.pill.tone) == ("Fixed", Tone.GOOD)


def test_a_fix_that_did_not_work_yet_says_so() -> None:
    state = stocked()
    state = replace(state, fixes=replace(state.fixes, outcomes=((DISK, Outcome.NOT_YET),)))
    pill = help.present(state, NOW).sections[0].cards[0].pill
    assert pill is not None
    assert pill.text == "Not yet fixed"


def test_answers_come_while_typing_the_seen_one_first_and_only_a_few() -> None:
    play = Playbook(stocked())
    play >> intents.TypeQuestion("disk")
    assert help.present(play.state, NOW).empty == "Looking…"
    others = tuple(item for item in play.state.fixes.articles if item != DISK)
    play >> SearchDone("disk", (*others[:3], DISK, *others[3:]))
    (section,) = help.present(play.state, NOW).sections
    assert (section.heading, len(section.cards)) == ("Try this first", help.MOST_HITS)
    assert section.cards[0].pill is not None
    assert section.cards[1].pill is None
    play >> SearchDone("disk", (*others[:6], DISK))
    (section,) = help.present(play.state, NOW).sections
    assert section.cards[0].pill is None, "the words come first"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (replace(joined_state(), facts=Facts(busy=True)), "Looking at this laptop…"),
        (joined_state(), "Fixes arrive with the first connection."),
        (fixes.with_articles(joined_state(), a_page(an_article("a", ""))), "Nothing stands out"),
    ],
)
def test_an_empty_page_says_why(state: AgentState, words: str) -> None:
    assert help.present(state, NOW).empty.startswith(words)


def test_words_that_find_nothing_lead_to_a_colleague() -> None:
    play = Playbook(stocked())
    play >> intents.TypeQuestion("printer") >> SearchDone("printer", ())
    view = help.present(play.state, NOW)
    assert "A colleague may know" in view.empty
    assert view.ask.intent == intents.StartAsking()


@pytest.mark.parametrize(
    ("link", "word"),
    [
        (LinkState.ONLINE, "Online"),
        (LinkState.CONNECTING, "Connecting…"),
        (LinkState.OFFLINE, "Offline"),
        (LinkState.REFUSED, "Offline"),
        (LinkState.NOT_JOINED, "Offline"),
    ],
)
def test_the_pill_says_how_we_stand_with_the_server(link: LinkState, word: str) -> None:
    pill = linked(link).pill
    assert pill is not None
    assert pill.text == word


def test_a_short_loss_is_not_worth_a_banner_and_a_longer_one_is() -> None:
    assert linked(LinkState.OFFLINE, 1).banners == ()
    (banner,) = linked(LinkState.OFFLINE, 2).banners
    assert banner.title == "The server cannot be reached"
    (banner,) = linked(LinkState.OFFLINE, 2, Trouble(Problem.TIMED_OUT)).banners
    assert banner.title == "The server takes too long to answer"
    assert "kept and sent later" in banner.detail


def test_a_server_that_cannot_prove_itself_is_a_warning_of_its_own() -> None:
    (banner,) = linked(LinkState.OFFLINE, 2, Trouble(Problem.BAD_CERTIFICATE)).banners
    assert "Do not go on" in banner.detail


def test_a_signed_out_laptop_is_led_to_a_new_invite() -> None:
    (banner,) = linked(LinkState.REFUSED, 0, Trouble(Problem.SIGNED_OUT)).banners
    assert banner.buttons[0].intent == intents.GoTo(intents.Page.JOIN)
    assert linked(LinkState.REFUSED).banners == ()


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (live_state(), "Bo is helping you"),
        (live_state(mine=False), "You are helping a colleague"),
        (joined_state().with_conversation(a_conversation(Phase.KEPT)), "Your question is kept"),
        (joined_state().with_conversation(a_conversation()), "Your question is being asked"),
    ],
)
def test_an_open_question_has_a_way_back_to_it(state: AgentState, title: str) -> None:
    (banner,) = help.present(state, NOW).banners
    assert banner.title.startswith(title)
    assert banner.buttons[0].intent == intents.OpenSession(QUESTION)


def test_with_a_question_of_ones_own_open_the_button_leads_to_it() -> None:
    view = help.present(live_state(), NOW)
    assert (view.ask.intent, view.footnote) == (
        intents.OpenSession(QUESTION),
        "One question at a time.",
    )
    assert help.present(live_state(mine=False), NOW).ask.intent == intents.StartAsking()


def test_beside_parked_questions_another_can_be_asked_until_there_are_too_many() -> None:
    view = help.present(parked_state(MOST_OPEN - 1), NOW)
    assert (len(view.banners), view.ask.intent) == (MOST_OPEN - 1, intents.StartAsking())
    view = help.present(parked_state(MOST_OPEN), NOW)
    assert view.ask.intent == intents.OpenSession(QuestionId("q0"))
    assert view.footnote == wording.TOO_MANY_OPEN


def test_the_footnote_names_the_laptop() -> None:
    assert help.present(joined_state(), NOW).footnote.startswith("ThinkPad T14 Gen 3, Windows 11")


def test_a_parked_question_says_whether_it_was_answered() -> None:
    parked = a_conversation(Phase.PARKED)
    answer = Answer(AnswerId("a1"), BO, "Off and on", NOW)
    for item, title in (
        (parked, "Your question stands on the board"),
        (replace(parked, answers=(answer,)), "Your question was answered"),
    ):
        view = help.present(joined_state().with_conversation(item), NOW)
        assert view.banners[0].title == title


def test_the_open_questions_of_others_are_offered_while_they_can_be_fetched() -> None:
    def labels(link: LinkState) -> list[str]:
        return [button.label for button in help.present(joined_state(link), NOW).links]

    assert {"Open questions", "Portal"} <= set(labels(LinkState.ONLINE))
    assert not {"Open questions", "Portal"} & set(labels(LinkState.OFFLINE))


def test_fixes_that_the_server_did_not_sign_are_said_in_words() -> None:
    state = joined_state()
    copy = ArticleCopy(is_refused=True)
    view = help.present(replace(state, fixes=replace(state.fixes, copy=copy)), NOW)
    (banner,) = view.banners
    assert banner.title == "New fixes could not be checked"
    assert "nothing was taken over" in banner.detail
    assert "tries again by itself" in banner.detail


def test_a_diagnosis_of_the_network_stands_before_everything() -> None:
    told = {"network.server_reachable": False, "routes.gateway_present": False}
    facts = (*(Fact(name=name, value=value) for name, value in told.items()),)
    state = joined_state(LinkState.OFFLINE).with_conversation(a_conversation(Phase.KEPT))
    nothing = (*facts, Fact(name="interface_details.connection", value="none"))
    titles = [
        banner.title
        for banner in help.present(replace(state, facts=Facts(nothing, NOW)), NOW).banners
    ]
    assert titles == ["No network cable and no Wi-Fi.", "Your question is kept and will be sent"]
