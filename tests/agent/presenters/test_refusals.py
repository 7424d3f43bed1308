"""Every refusal in words: what happened, what was kept, what to do next."""

import pytest
from samebox_agent.core import intents
from samebox_agent.core.state import Problem, Trouble
from samebox_agent.presenters import refusals
from samebox_agent.presenters.views import Tone
from samebox_shared.protocol.errors import ErrorCode


@pytest.mark.parametrize("problem", [*ErrorCode, *Problem])
def test_every_trouble_has_two_sentences_for_people(problem: ErrorCode | Problem) -> None:
    title, detail = refusals.sentence(Trouble(problem))
    assert title
    assert not title.endswith(".")
    assert detail.endswith((".", "…"))
    assert problem.value not in title + detail or "_" not in problem.value


def test_the_outside_worlds_own_words_stand_last() -> None:
    banner = refusals.banner(Trouble(Problem.SERVER_TROUBLE, "status 502"), dismiss=True)
    assert banner.detail.endswith("(status 502)")
    assert banner.buttons[0].intent == intents.DismissTrouble()
    assert banner.tone is Tone.WARN


def test_being_second_is_no_warning() -> None:
    assert refusals.banner(Trouble(ErrorCode.ALREADY_TAKEN)).tone is Tone.NEUTRAL


def test_one_who_was_signed_out_is_led_back_in() -> None:
    for problem in (Problem.SIGNED_OUT, ErrorCode.NOT_SIGNED_IN):
        (button,) = refusals.banner(Trouble(problem)).buttons
        assert button.intent == intents.GoTo(intents.Page.JOIN)
    assert refusals.banner(Trouble(Problem.TIMED_OUT)).buttons == ()
