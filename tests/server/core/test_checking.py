"""The limits on what people say."""

from typing import Any

import pytest
from samebox_server.core.checking import (
    MAX_LINE,
    check_ask,
    check_device_type,
    check_id,
    check_text,
    check_volunteering,
    check_why,
    one_line,
)
from samebox_shared.model.article_limits import WHY_LIMIT
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.facts import CATALOGUE, Audience, Fact
from samebox_shared.model.ids import ArticleId, QuestionId
from samebox_shared.model.people import Hours, Volunteering
from samebox_shared.protocol.acts import Ask
from samebox_shared.protocol.codec import MAX_TEXT
from samebox_shared.protocol.errors import ErrorCode

EVERY_FACT = tuple(
    Fact(name=spec.name, value=spec.example)
    for spec in CATALOGUE
    if spec.audience is not Audience.NOBODY
)


def ask(**changes: object) -> Ask:
    values: dict[str, Any] = {
        "question_id": QuestionId("1"),
        "text": "Help",
        "device_type": DeviceType(vendor="Lenovo"),
        "facts": EVERY_FACT,
        "tried": (ArticleId("disk-full"),),
    }
    return Ask(**(values | changes))


def test_a_whole_question_with_every_fact_is_fine() -> None:
    assert check_ask(ask()) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"question_id": ""}, ErrorCode.MALFORMED),
        ({"question_id": "../1"}, ErrorCode.MALFORMED),
        ({"text": " \n"}, ErrorCode.MALFORMED),
        ({"text": "a\0b"}, ErrorCode.MALFORMED),
        ({"text": "x" * (MAX_TEXT + 1)}, ErrorCode.TOO_LARGE),
        ({"text": "\x01" * MAX_TEXT, "device_type": DeviceType(vendor="x" * 9000)}, None),
        ({"device_type": DeviceType(vendor="x" * 121)}, ErrorCode.MALFORMED),
        ({"language": "x" * 81}, ErrorCode.MALFORMED),
        ({"place": "Utrecht\n"}, ErrorCode.MALFORMED),
        ({"tried": (ArticleId("x"),) * 51}, ErrorCode.MALFORMED),
        ({"tried": (ArticleId(""),)}, ErrorCode.MALFORMED),
        ({"facts": (Fact(name="shell.history", value="ls"),)}, ErrorCode.UNKNOWN_FACT),
        ({"facts": (Fact(name="firewall.active", value=False),)}, ErrorCode.UNKNOWN_FACT),
        ({"facts": (Fact(name="battery.present", value=1),)}, ErrorCode.MALFORMED),
        ({"facts": EVERY_FACT[:1] * 2}, ErrorCode.MALFORMED),
        ({"facts": (Fact(name="os_version.name", value="x" * 201),)}, ErrorCode.TOO_LARGE),
    ],
)
def test_what_is_wrong_is_refused(changes: dict[str, Any], code: ErrorCode | None) -> None:
    assert check_ask(ask(**changes)) is (code or ErrorCode.TOO_LARGE)


def test_ids_texts_and_types_by_themselves() -> None:
    assert check_id("0123abcdef") is None
    assert check_id("x" * 65) is ErrorCode.MALFORMED
    assert check_text("x" * MAX_TEXT) is None
    assert check_device_type(DeviceType()) is None
    assert check_device_type(DeviceType(model="a\nb")) is ErrorCode.MALFORMED


def test_an_offer_shows_one_short_line() -> None:
    assert one_line("  The Wi-Fi\n is gone.\t") == "The Wi-Fi is gone."
    long = one_line("word " * 100)
    assert len(long) <= MAX_LINE
    assert long.endswith("word…")


DAYS = tuple(Hours(day=day, start=540, until=1020) for day in range(5))


@pytest.mark.parametrize(
    ("wishes", "refusal"),
    [
        (Volunteering(), None),
        (Volunteering(hours=DAYS, languages=("nl",), time_zone="Europe/Amsterdam"), None),
        (Volunteering(languages=("nl",) * 31), ErrorCode.TOO_LARGE),
        (Volunteering(hours=DAYS * 6), ErrorCode.TOO_LARGE),
        (Volunteering(hours=(Hours(day=0, start=9, until=9),)), ErrorCode.MALFORMED),
        (Volunteering(paused_until=1e12), ErrorCode.MALFORMED),
        (Volunteering(paused_until=-1), ErrorCode.MALFORMED),
        (Volunteering(time_zone="x" * 81), ErrorCode.MALFORMED),
        (Volunteering(place="Utrecht\n"), ErrorCode.MALFORMED),
    ],
)
def test_how_somebody_wants_to_be_asked(wishes: Volunteering, refusal: ErrorCode | None) -> None:
    assert check_volunteering(wishes) is refusal


def test_a_reason_is_a_few_sentences() -> None:
    assert check_why("Step 2 is for another laptop.") is None
    assert check_why(" ") is ErrorCode.MALFORMED
    assert check_why("x" * (WHY_LIMIT + 1)) is ErrorCode.TOO_LARGE
