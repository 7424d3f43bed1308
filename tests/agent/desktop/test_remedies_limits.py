"""The time limit that every remedy keeps to."""

from samebox_agent.core.remedy_list import Found, WhyNot
from samebox_agent.desktop.remedies_limits import CannotDo, Deadline


def test_time_runs_out_and_never_below_nothing() -> None:
    now = [100.0]
    deadline = Deadline(10.0, lambda: now[0])
    assert (deadline.left(), deadline.is_over) == (10.0, False)
    now[0] = 109.0
    assert (deadline.left(), deadline.is_over) == (1.0, False)
    now[0] = 200.0
    assert (deadline.left(), deadline.is_over) == (0.0, True)


def test_what_could_not_be_done_says_why_and_what_was() -> None:
    plain = CannotDo(WhyNot.BROKEN)
    assert (str(plain), plain.done) == ("broken", Found())
    assert CannotDo(WhyNot.LEFT_OVER, "2 left", Found(items=1)).done == Found(items=1)
