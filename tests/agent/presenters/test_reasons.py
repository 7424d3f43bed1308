"""Why somebody is asked, for both sides."""

import pytest
from samebox_agent.presenters import reasons, wording
from samebox_shared.model.devices import DeviceType, Ring, System
from samebox_shared.model.topics import Topic, Why

from tests.support.builders import a_device_type


def test_every_topic_has_a_name() -> None:
    assert set(reasons.TOPICS) == set(Topic)


def test_no_topic_has_the_name_of_a_kind_of_fact_on_the_same_sheet() -> None:
    assert not set(reasons.TOPICS.values()) & set(wording.KINDS.values())


@pytest.mark.parametrize(
    ("why", "count", "said"),
    [
        ((), 2, ""),
        ((Why.SOLVED_LATELY,), 2, "They solved this kind of trouble lately."),
        (
            (Why.SPEAKS_LANGUAGE, Why.SAME_PLACE),
            1,
            "This colleague speaks your language and is at your place.",
        ),
        ((Why.IT_ONLY, Why.SAME_PLACE), 1, "Questions about this topic go to IT at once."),
    ],
)
def test_the_asker_is_told_why_them(why: tuple[Why, ...], count: int, said: str) -> None:
    assert reasons.of_them(why, count) == said


def test_about_the_one_who_came_it_ends_the_sentence() -> None:
    assert reasons.who(()) == ""
    assert reasons.who((Why.HELPED_BEFORE, Why.KNOWS_TOPIC)) == (
        ", who helped you before and chose to help with this topic"
    )


@pytest.mark.parametrize(
    ("ring", "said"),
    [
        (Ring.SAME_MODEL, "you have the same laptop"),
        (Ring.SAME_FAMILY, "you have another ThinkPad T14"),
        (Ring.SAME_VENDOR, "you have a Lenovo, too"),
        (Ring.SAME_SYSTEM, "you use the same system"),
        (Ring.IT, "no colleague could answer and you are IT"),
    ],
)
def test_the_helper_is_told_why_me(ring: Ring, said: str) -> None:
    asked = reasons.of_you((Why.SAME_PLACE,), ring, a_device_type())
    assert asked == f"You are asked because {said} and you are at the same place."
    assert reasons.of_you((), ring, a_device_type()) == f"You are asked because {said}."


def test_a_phone_is_called_a_phone_and_it_only_is_said_alone() -> None:
    phone = DeviceType(system=System.IOS, model="iPhone 15")
    assert "same phone" in reasons.of_you((), Ring.SAME_MODEL, phone)
    only = reasons.of_you((Why.IT_ONLY,), Ring.IT, a_device_type())
    assert only == "You are asked because this topic goes to IT at once."


def test_lists_read_like_sentences() -> None:
    assert [reasons.listed("abc"[:count]) for count in range(4)] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
