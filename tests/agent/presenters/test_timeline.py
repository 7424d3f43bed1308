"""The lines of a conversation: who said what, and how far it has come (DEL-9)."""

from datetime import UTC

import pytest
from msgspec.structs import replace
from samebox_agent.core.fixes import with_articles
from samebox_agent.core.state import Companion, Conversation, Keeping, Line, LinkState, Phase
from samebox_agent.presenters import timeline
from samebox_agent.presenters.views import Entry, Side
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import ArticleId, MessageId, PersonId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import DeleteMessage, EditMessage, MarkSeen, PostMessage
from samebox_shared.protocol.events import (
    AnyEvent,
    DraftWritten,
    HelpingChanged,
    QuestionCancelled,
    ReleaseReason,
    SessionReleased,
    SessionSolved,
    WaveStarted,
)

from tests.support.builders import (
    ANA,
    BO,
    DISK,
    IRIS,
    NOW,
    QUESTION,
    SESSION,
    a_live_conversation,
    a_page,
    an_article,
    an_event,
    joined_state,
    live_state,
    session_opened,
    waiting,
    with_bo,
)


def entries(item: Conversation, link: LinkState = LinkState.ONLINE) -> tuple[Entry, ...]:
    return timeline.present(joined_state(link), item, UTC)


def mine(text: str, keeping: Keeping = Keeping.SENT, message: str = "") -> Line:
    message_id = MessageId(message) if message else None
    return Line(f"t-{text}", NOW, text, ANA.person_id, message_id, keeping)


def test_the_question_itself_stands_first() -> None:
    first = entries(a_live_conversation())[0]
    assert (first.side, first.text, first.at) == (Side.MINE, "My disk is full", "08:00")
    helper = entries(replace(a_live_conversation(mine=False), since=0.0))[0]
    assert (helper.side, helper.at) == (Side.THEIRS, "")


def test_each_side_has_its_words_and_keys_are_those_of_the_lines() -> None:
    lines = (mine("Hello"), Line("b1", NOW, "Hi", BO.person_id), Line("n1", NOW, "Who?"))
    said = entries(a_live_conversation(lines=lines))[1:]
    assert [(entry.key, entry.side) for entry in said] == [
        ("t-Hello", Side.MINE),
        ("b1", Side.THEIRS),
        ("n1", Side.THEIRS),
    ]


@pytest.mark.parametrize(
    ("keeping", "link", "words"),
    [
        (Keeping.SAVING, LinkState.ONLINE, "Saving…"),
        (Keeping.SAVED, LinkState.ONLINE, "Sending…"),
        (Keeping.SAVED, LinkState.OFFLINE, "Saved here, sent later"),
        (Keeping.SENT, LinkState.ONLINE, "Sent"),
        (Keeping.NOT_SAVED, LinkState.ONLINE, "Not sent: your disk is full"),
        (Keeping.REFUSED, LinkState.ONLINE, "Not sent: the conversation is over"),
    ],
)
def test_a_message_says_how_far_it_has_come(keeping: Keeping, link: LinkState, words: str) -> None:
    assert entries(a_live_conversation(lines=(mine("Hello", keeping),)), link)[1].state == words


def test_delivered_and_seen_reach_back_to_everything_before() -> None:
    lines = (mine("1", message="m1"), mine("2", message="m2"), mine("3", message="m3"), mine("4"))
    item = with_bo(
        a_live_conversation(lines=lines), delivered=MessageId("m2"), seen=MessageId("m1")
    )
    assert [entry.state for entry in entries(item)[1:]] == ["Seen", "Delivered", "Sent", "Sent"]
    seen_only = with_bo(item, delivered=None, seen=MessageId("m2"))
    assert [entry.state for entry in entries(seen_only)[1:]] == ["Seen", "Seen", "Sent", "Sent"]


def released(reason: ReleaseReason) -> SessionReleased:
    return SessionReleased(session_id=SESSION, question_id=QUESTION, reason=reason)


def solved(*, thanks: bool) -> SessionSolved:
    return SessionSolved(session_id=SESSION, question_id=QUESTION, thanks=thanks, fixed_by="")


def wave(asked: int) -> WaveStarted:
    ring = Ring.SAME_MODEL
    return WaveStarted(question_id=QUESTION, wave=1, ring=ring, asked=asked, until=NOW)


@pytest.mark.parametrize(
    ("event", "asker", "helper"),
    [
        (wave(0), "Nobody is there right now; the question stays open", None),
        (wave(1), "Asked 1 colleague with the same ThinkPad T14 Gen 3", None),
        (session_opened(), "Bo accepted", "You accepted; Ana sees your name and what you write"),
        (
            released(ReleaseReason.LEFT),
            "Your helper handed back; asking again",
            "You handed back",
        ),
        (
            released(ReleaseReason.NO_SIGN_OF_LIFE),
            "Your helper is gone; asking again",
            "You were away too long; others are asked",
        ),
        (solved(thanks=True), "Solved, with thanks", "Solved, with thanks"),
        (solved(thanks=False), "Solved", "Solved"),
        (
            DraftWritten(session_id=SESSION, draft=an_article()),
            "You handed over a draft article of this",
            "Bo handed over a draft article of this",
        ),
        (QuestionCancelled(question_id=QUESTION), "Withdrawn", None),
    ],
)
def test_what_happened_is_said_to_each_in_their_words(
    event: AnyEvent, asker: str, helper: str | None
) -> None:
    for is_mine, words in ((True, asker), (False, helper or asker)):
        item = a_live_conversation(mine=is_mine, lines=(Line("e1", NOW, event=event),))
        assert entries(item)[1] == Entry("e1", Side.SYSTEM, words, "08:00")


def test_what_means_nothing_to_people_is_left_out() -> None:
    line = Line("e1", NOW, event=HelpingChanged(helping=True))
    assert len(entries(a_live_conversation(lines=(line,)))) == 1


def test_the_helper_reads_what_was_tried_already() -> None:
    state = with_articles(live_state(mine=False), a_page(an_article(DISK, "")))
    title = state.fixes.articles[DISK].title
    opened = an_event(replace(session_opened(), tried=(DISK, ArticleId("gone"))))
    line = Line(opened.event_id, opened.at, event=opened.body)
    found = replace(state.conversations[QUESTION], lines=(line,))
    shown = timeline.present(state.with_conversation(found), found, UTC)
    assert shown[1].text == f"You accepted. Tried already: {title}"


def test_back_again_is_one_quiet_line() -> None:
    line = Line("resumed", NOW, resumed=True)
    entry = entries(a_live_conversation(lines=(line,)))[1]
    assert (entry.side, entry.text) == (
        Side.SYSTEM,
        "Connected again. Everything said meanwhile is here.",
    )


IT_TOO = Companion(IRIS, Part.IT)


@pytest.mark.parametrize(
    ("bo", "iris", "words"),
    [
        ((None, None), (None, None), "Sent"),
        (("m1", None), (None, None), "Delivered to 1 of 2"),
        (("m1", None), ("m1", None), "Delivered to all"),
        (("m1", "m1"), ("m1", None), "Seen by 1 of 2"),
        (("m1", "m1"), ("m1", "m1"), "Seen by all"),
    ],
)
def test_with_several_it_says_how_many(
    bo: tuple[str | None, str | None], iris: tuple[str | None, str | None], words: str
) -> None:
    item = a_live_conversation(lines=(mine("1", message="m1"),))
    item = with_bo(item, delivered=bo[0], seen=bo[1])
    item = item.with_companion(replace(IT_TOO, delivered=iris[0], seen=iris[1]))
    assert entries(item)[1].state == words


def test_with_several_a_name_stands_over_what_each_said() -> None:
    said = (
        Line("b1", NOW, "Hi", BO.person_id, MessageId("b1")),
        Line("i1", NOW, "Hello", IRIS.person_id, MessageId("i1")),
    )
    alone = entries(a_live_conversation(lines=said[:1]))[1]
    assert (alone.who, alone.badge) == ("", "")
    both = entries(a_live_conversation(lines=said).with_companion(IT_TOO))[1:]
    assert [(entry.who, entry.badge) for entry in both] == [("Bo", ""), ("Iris", "IT")]


def test_what_was_changed_or_taken_back_is_said_so() -> None:
    lines = (
        Line("b1", NOW, "The", BO.person_id, MessageId("b1"), edited=True),
        Line("b2", NOW, "", BO.person_id, MessageId("b2"), taken_back=True),
        Line("x", NOW, "", PersonId("x"), MessageId("x"), taken_back=True),
        replace(mine("Mine", message="m1"), edited=True),
        replace(mine("", message="m2"), taken_back=True),
    )
    shown = entries(a_live_conversation(lines=lines))[1:]
    assert [(entry.text, entry.at, entry.faint) for entry in shown] == [
        ("The", "08:00 · changed", False),
        ("Bo took this back", "08:00", True),
        ("Your colleague took this back", "08:00", True),
        ("Mine", "08:00 · changed", False),
        ("You took this back", "08:00", True),
    ]


@pytest.mark.parametrize(
    ("act", "link", "text", "state"),
    [
        (EditMessage, LinkState.ONLINE, "Better", "Changing…"),
        (EditMessage, LinkState.OFFLINE, "Better", "Changed here, sent later"),
        (DeleteMessage, LinkState.ONLINE, "Mine", "Taking back…"),
        (DeleteMessage, LinkState.OFFLINE, "Mine", "Taken back here, sent later"),
    ],
)
def test_what_is_asked_of_the_server_already_shows(
    act: type[EditMessage | DeleteMessage], link: LinkState, text: str, state: str
) -> None:
    more = {"text": "Better"} if act is EditMessage else {}
    asked = act(session_id=SESSION, fence=1, message_id=MessageId("m1"), **more)
    other = waiting(MarkSeen(session_id=SESSION, message_id=MessageId("m1")), "t2")
    laptop = replace(joined_state(link), outbox=(waiting(asked), other))
    item = a_live_conversation(lines=(mine("Mine", message="m1"),))
    entry = timeline.present(laptop, item, UTC)[1]
    assert (entry.text, entry.state) == (text, state)


def test_ones_own_words_can_be_changed_and_everything_copied() -> None:
    lines = (mine("Mine", message="m1"), Line("b1", NOW, "Hi", BO.person_id, MessageId("b1")))
    own, theirs = entries(a_live_conversation(lines=lines))[1:]
    assert [item.label for item in own.menu] == ["Change", "Take back", "Copy"]
    assert [item.label for item in theirs.menu] == ["Copy"]
    over = replace(a_live_conversation(lines=lines), phase=Phase.SOLVED)
    assert [item.label for item in entries(over)[1].menu] == ["Copy"]


def test_a_draft_says_so_and_can_be_sent_or_thrown_away() -> None:
    post = PostMessage(session_id=SESSION, fence=1, text="Mine")
    draft = replace(waiting(post, "t-Mine"), draft=True)
    item = a_live_conversation(lines=(mine("Mine", Keeping.DRAFT),))
    state = replace(joined_state(), outbox=(draft,))
    entry = timeline.present(state, item, UTC)[1]
    assert entry.state == "Not sent, kept as a draft"
    assert [one.label for one in entry.menu] == ["Send again", "Discard", "Copy"]
    assert [one.label for one in entries(item)[1].menu] == ["Copy"]
