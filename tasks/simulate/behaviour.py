"""What somebody does with an offer. The same person answers the same offer in the same spell alike,
whoever made it: the draw depends on seed, question and person only.

Assumed, not measured: nine in ten of those who are in the mood take a question about their own
model, fewer the farther the device; whoever is deep in something mostly does not notice.
"""

import math
from dataclasses import dataclass
from enum import Enum

from samebox_server.core.routing.closeness import nearest
from samebox_shared.model.devices import Ring

from tasks.simulate.company import Person, Question

AGREES = {
    Ring.SAME_MODEL: 0.9,
    Ring.SAME_FAMILY: 0.85,
    Ring.SAME_VENDOR: 0.65,
    Ring.SAME_SYSTEM: 0.5,
    None: 0.3,
}
"""In a good moment, by how near the asker's device is to one's own."""
OTHER_TOPIC = 0.85
AGREES_BUSY, DECLINES_BUSY, DECLINES = 0.08, 0.3, 0.7
IT_AGREES = 0.85
DELAY_MEDIAN, DELAY_SPREAD = 10.0, 0.7
_MASK = (1 << 64) - 1


class Answer(Enum):
    """What comes back."""

    ACCEPTS = "accepts"
    DECLINES = "declines"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reaction:
    """An answer after so many seconds."""

    answer: Answer
    seconds: float


NO_REACTION = Reaction(Answer.NOTHING, math.inf)


def react(person: Person, question: Question, now: float, seed: int) -> Reaction:
    """What this person does with an offer made now."""
    draw = _draw(seed, question.number, person.number)
    answer = _answer(person, question, now, draw / 2**64)
    return NO_REACTION if answer is Answer.NOTHING else Reaction(answer, _delay(person, draw))


def ring_of(person: Person, question: Question) -> Ring | None:
    """How near the nearest of their devices is."""
    return nearest(question.device_type, person.devices)


def _answer(person: Person, question: Question, now: float, draw: float) -> Answer:
    if not person.is_open(now):
        agrees, declines = AGREES_BUSY, DECLINES_BUSY
    else:
        agrees = person.agrees * _liking(person, question)
        declines = (1 - agrees) * DECLINES
    if draw < agrees:
        return Answer.ACCEPTS
    return Answer.DECLINES if draw < agrees + declines else Answer.NOTHING


def _liking(person: Person, question: Question) -> float:
    if person.is_it:
        return IT_AGREES
    topics = person.volunteering.topics
    known = not topics or question.topic in topics
    return AGREES[ring_of(person, question)] * (1.0 if known else OTHER_TOPIC)


def _delay(person: Person, draw: int) -> float:
    one, other = _mix(draw + 1) / 2**64, _mix(draw + 2) / 2**64
    normal = math.sqrt(-2 * math.log(one or 1e-12)) * math.cos(2 * math.pi * other)
    return DELAY_MEDIAN * math.exp(DELAY_SPREAD * normal) * person.slowness


def _draw(seed: int, question: int, person: int) -> int:
    """64 bits drawn from these numbers, far cheaper than a new Random."""
    return _mix(_mix(seed * 1_000_003 + question) + person)


def _mix(value: int) -> int:
    """One step of splitmix64."""
    value = (value + 0x9E3779B97F4A7C15) & _MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)
