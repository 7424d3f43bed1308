"""Guesses from words, in English and Dutch."""

import pytest
from samebox_server.core.conversion_guesses import (
    is_problem,
    personal_words,
    risky_words,
    systems_in,
    topic_of,
)
from samebox_shared.model.devices import System


@pytest.mark.parametrize(
    ("section", "labels", "title", "topic"),
    [
        ("Printing", (), "It is offline", "printing"),
        ("", ("wifi",), "It is slow", "network"),
        ("Network", (), "VPN does not start", "vpn"),
        ("", (), "Mijn wachtwoord vergeten", "account"),
        ("Misc", ("news",), "A blueprint of the office", "general"),
    ],
)
def test_the_topic_is_what_most_words_speak_for(
    section: str, labels: tuple[str, ...], title: str, topic: str
) -> None:
    assert topic_of(section, labels, title) == topic


@pytest.mark.parametrize(
    ("heading", "is_one"),
    [
        ("Why is it slow?", True),
        ("The sound doesn't work", True),
        ("My document stays", True),
        ("Geen geluid", True),
        ("Before you begin", False),
        ("Notes", False),
    ],
)
def test_a_heading_that_says_what_goes_wrong_is_a_problem(heading: str, is_one: bool) -> None:
    assert is_problem(heading) is is_one


def test_systems_are_found_by_their_names() -> None:
    assert systems_in("On a MacBook or Ubuntu") == (System.MACOS, System.LINUX)
    assert systems_in("machine, windowsill") == ()


def test_words_that_want_a_second_look_are_named_once() -> None:
    assert risky_words("Open Regedit as administrator; regedit again.") == (
        "regedit",
        "administrator",
    )
    words = "Call +31 20 555 01 42 or a.b@acme.example, error 0x80070035, version 10.0.19045"
    assert personal_words(words) == ("a.b@acme.example", "+31 20 555 01 42")
