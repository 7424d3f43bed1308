"""Waiting questions found by who comes."""

from dataclasses import replace

from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import QuestionId

from tasks.simulate.waiting import Waiting
from tests.server.core.routing.people import (
    ASKING,
    CARBON,
    DELL,
    GEN_1,
    GEN_3,
    MAC,
    ina,
    twin,
    volunteer,
)

FIRST, SECOND = QuestionId("first"), QuestionId("second")
CAST = [
    twin(),
    volunteer("cousin", GEN_1),
    volunteer("vendor", CARBON),
    volunteer("neighbour", DELL),
    ina(),
    volunteer("stranger", MAC),
]


def finders(ring: Ring) -> list[str]:
    waiting = Waiting()
    waiting.put(FIRST, ASKING, ring, 0.0)
    return [helper.person_id for helper in CAST if waiting.fitting(helper)]


def test_a_question_is_found_by_its_ring_and_nearer_ones() -> None:
    assert finders(Ring.SAME_MODEL) == ["twin"]
    assert finders(Ring.SAME_FAMILY) == ["twin", "cousin"]
    assert finders(Ring.SAME_VENDOR) == ["twin", "cousin", "vendor"]
    assert finders(Ring.SAME_SYSTEM) == ["twin", "cousin", "vendor", "neighbour"]
    assert finders(Ring.IT) == ["twin", "cousin", "vendor", "neighbour", "ina"]


def test_the_oldest_comes_first_and_each_once() -> None:
    waiting = Waiting()
    waiting.put(SECOND, ASKING, Ring.SAME_SYSTEM, 9.0)
    waiting.put(FIRST, replace(ASKING, device_type=GEN_1), Ring.SAME_FAMILY, 1.0)
    assert waiting.fitting(volunteer("both", GEN_3, GEN_1)) == [FIRST, SECOND]


def test_it_moves_and_leaves_without_a_trace() -> None:
    waiting = Waiting()
    waiting.put(FIRST, ASKING, Ring.IT, 0.0)
    waiting.put(FIRST, ASKING, Ring.SAME_MODEL, 0.0)
    assert waiting.fitting(ina()) == []
    assert (waiting.fitting(twin()), len(waiting)) == ([FIRST], 1)
    waiting.remove(FIRST)
    waiting.remove(FIRST)
    assert (waiting.fitting(twin()), len(waiting)) == ([], 0)
