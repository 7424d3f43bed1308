"""What stands at and over the field of a session."""

from msgspec.structs import replace
from samebox_agent.core.session_intents import (
    Confirm,
    Discard,
    DoConfirmed,
    SendAgain,
    StopConfirming,
    StopEditing,
)
from samebox_agent.core.state import Conversation, Phase
from samebox_agent.presenters import composer
from samebox_agent.presenters.views import Banner
from samebox_shared.model.ids import MessageId, TxnId
from samebox_shared.protocol.acts import PostMessage

from tests.support.builders import (
    BO,
    QUESTION,
    SESSION,
    a_conversation,
    a_live_conversation,
    joined_state,
    waiting,
)


def shown(item: Conversation) -> Banner:
    banner = composer.notice(joined_state(), item)
    assert banner is not None
    return banner


def confirming(what: Confirm, *, mine: bool = True) -> Conversation:
    item = a_live_conversation(mine=mine)
    return replace(item, confirming=what, confirm_whom=BO.person_id)


def test_the_field_says_whether_words_are_read() -> None:
    assert composer.placeholder(a_live_conversation()) == "Write a message"
    assert "as soon as someone accepts" in composer.placeholder(a_conversation(Phase.PARKED))
    assert composer.placeholder(a_conversation(Phase.SOLVED)) == "This conversation is over"
    assert composer.notice(joined_state(), a_live_conversation()) is None


def test_who_is_brought_in_and_what_they_will_see_is_said_first() -> None:
    second = shown(confirming(Confirm.SECOND))
    assert second.title == "Bring in a second helper?"
    assert "reads everything said so far" in second.detail
    assert "the facts that you shared" in second.detail
    it = shown(confirming(Confirm.IT, mine=False))
    assert (it.title, "the facts that were shared" in it.detail) == ("Bring in IT?", True)
    yes, no = it.buttons
    assert (yes.intent, no.intent) == (DoConfirmed(QUESTION), StopConfirming(QUESTION))
    assert composer.escape(confirming(Confirm.IT)) == StopConfirming(QUESTION)


def test_what_blocking_means_is_said_first() -> None:
    assert shown(confirming(Confirm.BLOCK)).title == "Never meet Bo again?"
    nobody = replace(confirming(Confirm.BLOCK), confirm_whom=None)
    assert shown(nobody).title == "Never meet this person again?"


def test_a_change_can_be_left() -> None:
    item = replace(a_live_conversation(), editing=MessageId("m1"))
    banner = shown(item)
    assert (banner.title, banner.buttons[0].intent) == (
        "Changing your message",
        StopEditing(QUESTION),
    )
    assert composer.escape(item) == StopEditing(QUESTION)
    assert composer.escape(a_live_conversation()) is None


def test_drafts_are_offered_one_by_one() -> None:
    drafts = tuple(
        replace(
            waiting(PostMessage(session_id=SESSION, fence=1, text=f"Hello {number}"), f"t{number}"),
            draft=True,
        )
        for number in range(2)
    )
    state = replace(joined_state(), outbox=drafts)
    banner = composer.notice(state, a_live_conversation())
    assert banner is not None
    assert banner.title == "Not sent: “Hello 0”"
    assert "1 more after this one" in banner.detail
    assert [button.intent for button in banner.buttons] == [
        SendAgain(QUESTION, TxnId("t0")),
        Discard(QUESTION, TxnId("t0")),
    ]
    last = composer.notice(replace(state, outbox=drafts[1:]), a_live_conversation())
    assert last is not None
    assert "more after" not in last.detail
    assert composer.notice(state, replace(a_live_conversation(), phase=Phase.SOLVED)) is None
