"""Whom to ask next, and why: the first form of routing. Pure; the caller brings everyone who
might help and gets one wave back."""

from collections.abc import Iterable
from dataclasses import dataclass

from samebox_shared.model.devices import DeviceType, Ring, closeness
from samebox_shared.model.ids import PersonId

RINGS = tuple(Ring)
"""From near to far."""


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How many are asked at a time, and for how long (seconds). The last ring has its own time,
    because it repeats until somebody comes."""

    wave_size: int = 3
    wave_seconds: float = 30.0
    it_seconds: float = 120.0


@dataclass(frozen=True, kw_only=True)
class Asking:
    """The question, as far as routing cares."""

    asker: PersonId
    device_type: DeviceType


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who might be asked. `is_free` is connected, not away and in no session;
    `last_asked` is when they last got an offer (0 for never)."""

    person_id: PersonId
    device_types: tuple[DeviceType, ...] = ()
    is_helping: bool = False
    is_it: bool = False
    is_free: bool = True
    last_asked: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One helper of a wave and the reason: the ring they stand in."""

    person_id: PersonId
    ring: Ring


@dataclass(frozen=True, kw_only=True)
class Wave:
    """One round of asking. Without helpers it is the last ring with nobody in it: the question
    is kept and asked again at `until`."""

    ring: Ring
    helpers: tuple[Chosen, ...]
    until: float


def next_wave(
    question: Asking,
    candidates: Iterable[Candidate],
    asked: frozenset[PersonId],
    now: float,
    pace: Pace,
) -> Wave:
    """The nearest ring with somebody in it who was not `asked` for this question before.

    Empty rings are skipped at once. The last ring takes all of IT, and takes them again each
    time, so a question is never without an owner or a running timer.
    """
    everyone = [candidate for candidate in candidates if _may_be_asked(candidate, question)]
    for ring in RINGS[:-1]:
        near = [
            candidate
            for candidate in everyone
            if candidate.person_id not in asked and _ring(candidate, question) is ring
        ]
        if near:
            helpers = _longest_not_asked(near)[: pace.wave_size]
            return _wave(ring, helpers, now + pace.wave_seconds)
    it = _longest_not_asked([candidate for candidate in everyone if candidate.is_it])
    return _wave(Ring.IT, it, now + pace.it_seconds)


def newcomer(
    question: Asking,
    candidate: Candidate,
    asked: frozenset[PersonId],
    current: Ring,
    open_offers: int,
    pace: Pace,
) -> Chosen | None:
    """Whether somebody who has just become free is asked beside those who are asked already.

    They are if they stand in the current ring or nearer and the wave has room; the last ring
    always has. IT who were asked in this question before wait for the ring to repeat.
    """
    if not _may_be_asked(candidate, question) or candidate.person_id in asked:
        return None
    ring = _ring(candidate, question) or (Ring.IT if candidate.is_it else None)
    if ring is None or RINGS.index(ring) > RINGS.index(current):
        return None
    if current is not Ring.IT and open_offers >= pace.wave_size:
        return None
    return Chosen(person_id=candidate.person_id, ring=ring)


def _may_be_asked(candidate: Candidate, question: Asking) -> bool:
    return candidate.is_free and candidate.person_id != question.asker


def _ring(candidate: Candidate, question: Asking) -> Ring | None:
    """The nearest ring any of their devices stands in; None if they do not want to be asked."""
    if not candidate.is_helping:
        return None
    rings = (closeness(question.device_type, kind) for kind in candidate.device_types)
    return min((ring for ring in rings if ring is not None), key=RINGS.index, default=None)


def _longest_not_asked(candidates: list[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda candidate: (candidate.last_asked, candidate.person_id))


def _wave(ring: Ring, helpers: list[Candidate], until: float) -> Wave:
    chosen = tuple(Chosen(person_id=helper.person_id, ring=ring) for helper in helpers)
    return Wave(ring=ring, helpers=chosen, until=until)
