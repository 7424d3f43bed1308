"""Which keys are typed."""

import random
from itertools import pairwise

from benchmarks.matching.latency import LENGTHS, TIMES, keys, thinned


def test_questions_are_typed_letter_by_letter_up_to_their_length() -> None:
    typed = list(keys(random.Random(1)))
    starts = [at for at, text in enumerate(typed) if len(text) == 1]
    ends = [typed[at - 1] for at in [*starts[1:], 0]]
    assert [len(text.split()) for text in ends] == list(LENGTHS * TIMES)
    assert all(b.startswith(a) for a, b in pairwise(typed) if len(b) > 1)


def test_thinned_keys_are_spread() -> None:
    assert list(thinned([str(n) for n in range(10)], 4)) == ["0", "3", "6", "9"]
    assert list(thinned(["a", "b"], 5)) == ["a", "b"]
