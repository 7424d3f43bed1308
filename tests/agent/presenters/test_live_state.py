"""What both are told while they talk (J6)."""

import pytest
from msgspec.structs import replace
from samebox_agent.core.state import Companion, Conversation, LinkState
from samebox_agent.presenters import live_state
from samebox_agent.presenters.views import Banner
from samebox_shared.model.topics import Part, Why
from samebox_shared.protocol.acts import PostMessage

from tests.support.builders import (
    BO,
    IRIS,
    SESSION,
    a_live_conversation,
    joined_state,
    waiting,
    with_bo,
)

IT_TOO = Companion(IRIS, Part.IT)


def shown(item: Conversation, link: LinkState = LinkState.ONLINE) -> Banner:
    return live_state.present(joined_state(link), item)


def with_it(item: Conversation) -> Conversation:
    return replace(item, company=(*item.company, IT_TOO))


def test_the_asker_is_told_who_and_why_them() -> None:
    item = with_bo(a_live_conversation(), why=(Why.SOLVED_LATELY,))
    assert shown(item).detail == (
        "A colleague with the same ThinkPad T14 Gen 3, who solved this kind of trouble lately."
    )
    alone = shown(replace(a_live_conversation(), company=()))
    assert alone.title == "You are talking with your colleague"


def test_with_several_it_says_that_all_read_the_same() -> None:
    banner = shown(with_it(a_live_conversation()))
    assert banner.title == "You are talking with Bo and Iris"
    assert banner.detail == "Everyone here reads the same, from the beginning."


@pytest.mark.parametrize(
    ("part", "title"),
    [
        (Part.HELPER, "You are helping Bo"),
        (Part.SECOND, "You are helping Bo"),
        (Part.IT, "You are helping Bo, as IT"),
        (Part.WATCHER, "You are reading along with Bo's helper"),
    ],
)
def test_everyone_is_told_their_own_part(part: Part, title: str) -> None:
    item = replace(a_live_conversation(mine=False), part=part)
    assert shown(item).title == title
    assert shown(with_it(item)).detail == "My disk is full Together with Iris."


def test_an_asker_who_is_gone_is_still_a_colleague() -> None:
    item = replace(a_live_conversation(mine=False), company=())
    assert shown(item).title == "You are helping a colleague"


def test_who_is_being_asked_to_come_is_said() -> None:
    item = replace(a_live_conversation(), bringing=frozenset({Part.SECOND, Part.IT}))
    assert shown(item).detail.endswith("A second helper is being asked. IT is being asked.")


def test_away_is_said_when_nobody_is_left() -> None:
    away = with_bo(with_it(a_live_conversation()), here=False)
    assert shown(away).title == "You are talking with Bo and Iris"
    both = away.with_companion(replace(IT_TOO, here=False))
    assert shown(both).title == "Bo and Iris are away for a moment"
    assert shown(with_bo(a_live_conversation(), here=False)).title == "Bo is away for a moment"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "Everything you wrote has been sent."),
        (1, "1 message is saved on this laptop and will be sent when the server is back."),
        (2, "2 messages are saved on this laptop"),
    ],
)
def test_without_the_server_it_says_what_is_saved_where(count: int, said: str) -> None:
    post = PostMessage(session_id=SESSION, fence=1, text="Hello")
    outbox = tuple(waiting(post, f"t{number}") for number in range(count))
    draft = replace(waiting(post, "draft"), draft=True)
    state = replace(joined_state(LinkState.OFFLINE), outbox=(*outbox, draft))
    banner = live_state.present(state, a_live_conversation())
    assert banner.title == "Reconnecting…"
    assert banner.detail.startswith(said)


def test_saying_solved_shows() -> None:
    assert shown(replace(a_live_conversation(), solved_wish=True)).title == "Saying solved…"
    it = replace(a_live_conversation(), company=(Companion(IRIS, Part.HELPER),))
    assert shown(it).detail == "From IT."
    assert shown(replace(a_live_conversation(), ring=None)).detail == ""
    assert BO.name in shown(a_live_conversation()).title
