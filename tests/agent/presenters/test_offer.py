"""The quiet notice to a helper (J5)."""

import pytest
from msgspec.structs import replace
from samebox_agent.core import intents
from samebox_agent.core.state import Answer, Phase
from samebox_agent.presenters import offer
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import AnswerId
from samebox_shared.model.topics import Part, Topic
from samebox_shared.protocol.events import OfferEnd

from tests.support.builders import BO, NOW, OFFER, QUESTION, a_conversation, an_offer


@pytest.mark.parametrize(
    ("ring", "why"),
    [
        (Ring.SAME_MODEL, "same laptop"),
        (Ring.SAME_FAMILY, "ThinkPad T14"),
        (Ring.SAME_SYSTEM, "same system"),
        (Ring.IT, "you are IT"),
    ],
)
def test_a_helper_is_told_what_and_why_and_not_who(ring: Ring, why: str) -> None:
    view = offer.present(an_offer(ring))
    assert why in view.reason
    assert (view.device, view.line) == ("ThinkPad T14 Gen 3, Windows 11", "My disk is full")
    assert (view.accept.intent, view.pass_.intent) == (
        intents.TakeOffer(OFFER),
        intents.PassOffer(OFFER),
    )


def test_while_the_server_decides_nothing_can_be_pressed() -> None:
    view = offer.present(replace(an_offer(), accepting=True))
    assert (view.accept.label, view.accept.enabled, view.pass_.enabled) == (
        "Accepting…",
        False,
        False,
    )


def test_one_who_was_second_is_thanked() -> None:
    view = offer.present(replace(an_offer(), end=OfferEnd.TAKEN))
    assert view.heading == "A colleague was a moment quicker"
    assert view.accept.intent == view.pass_.intent == intents.PassOffer(OFFER)


@pytest.mark.parametrize(
    ("part", "heading", "reason"),
    [
        (Part.SECOND, "A second helper is wanted", "Somebody helps already"),
        (Part.IT, "IT is wanted in a conversation", "You are IT."),
        (Part.WATCHER, "A newcomer is about to help", "read along"),
    ],
)
def test_one_who_would_join_is_told_as_what(part: Part, heading: str, reason: str) -> None:
    view = offer.present(replace(an_offer(), part=part, topic=Topic.NETWORK))
    assert view.heading == heading
    assert reason in view.reason
    assert view.device == "ThinkPad T14 Gen 3, Windows 11 · Wi-Fi and network"


def test_an_answer_is_told_by_the_same_quiet_notice() -> None:
    answer = Answer(AnswerId("a1"), BO, "Off and on", NOW)
    item = replace(a_conversation(Phase.PARKED), answers=(answer,))
    assert offer.of_answer(item) is None
    view = offer.of_answer(replace(item, unread=AnswerId("a1")))
    assert view is not None
    assert (view.heading, view.line) == ("Bo answered your question", "Off and on")
    assert (view.accept.intent, view.pass_.intent) == (
        intents.OpenSession(QUESTION),
        intents.PutAnswerAway(QUESTION),
    )
