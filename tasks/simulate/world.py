"""Virtual time: one heap of things to happen, and what they do to questions and people."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from samebox_shared.model.devices import Ring

from tasks.simulate.behaviour import Answer, react, ring_of
from tasks.simulate.case import Case, Desk, Later, Round
from tasks.simulate.company import DAY, MINUTE, Company, Person

GIVEN_UP = DAY
"""A question without a helper after a day counts as not reached."""
FOLLOWED = 20
"""In a larger round only those who would accept are followed, the first one first."""

Event = tuple[float, int, Callable[[], None]]


@dataclass
class Outcome:
    """What one desk did with the week."""

    name: str
    cases: list[Case] = field(default_factory=list)
    minutes: dict[int, float] = field(default_factory=dict)
    over_budget_offers: int = 0
    offered: dict[int, int] = field(default_factory=dict)


class World:
    """The week of one company at one desk."""

    def __init__(self, company: Company, desk: Desk, seed: int) -> None:
        self._people = company.people
        self._desk = desk
        self._seed = seed
        self._heap: list[Event] = []
        self._count = 0
        self._busy: set[int] = set()
        self._present: set[int] = set()
        self._outcome = Outcome(desk.name)
        self._now = 0.0
        for person in company.people:
            self._plan_presence(person)
        for question in company.questions:
            case = Case(question)
            self._outcome.cases.append(case)
            self._at(question.at, partial(self._ask, case))

    def run(self) -> Outcome:
        """The whole week and what was left of it."""
        while self._heap:
            self._now, _, happen = heapq.heappop(self._heap)
            happen()
        return self._outcome

    def _at(self, when: float, happen: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._heap, (when, self._count, happen))

    def _plan_presence(self, person: Person) -> None:
        for place, when in enumerate(person.present):
            change = self._come if place % 2 == 0 else self._go
            self._at(when, partial(change, person.number))

    def _come(self, number: int) -> None:
        self._present.add(number)
        self._desk.came(number)
        for case, found in self._desk.sweep(number, self._now):
            self._offer(case, found)

    def _go(self, number: int) -> None:
        self._present.discard(number)
        self._desk.went(number)

    def _ask(self, case: Case) -> None:
        if not case.is_waiting:
            return
        if self._now - case.question.at > GIVEN_UP:
            case.is_over = True
            return
        found = self._desk.wave(case, self._now)
        case.waves += 1
        wave = case.waves
        if isinstance(found, Later):
            case.parked += 1
            next_at = found.at
        else:
            self._offer(case, found)
            next_at = found.next_at
        self._at(next_at, lambda: self._ask(case) if case.waves == wave else None)

    def _offer(self, case: Case, found: Round) -> None:
        case.ring = found.ring
        case.reached_it = case.reached_it or found.ring is Ring.IT
        case.offers += len(found.people)
        case.asked.update(found.people)
        case.open.update(found.people)
        for number in found.people:
            self._note_offer(number)
        if len(found.people) > FOLLOWED:
            self._follow_many(case, found)
            return
        for number in found.people:
            self._follow(case, number, found.offer_seconds)

    def _note_offer(self, number: int) -> None:
        self._desk.asked(number, self._now)
        self._outcome.offered[number] = self._outcome.offered.get(number, 0) + 1
        person = self._people[number]
        if not person.is_it and self._desk.minutes(number, self._now) >= _budget(person):
            self._outcome.over_budget_offers += 1

    def _follow(self, case: Case, number: int, seconds: float) -> None:
        reaction = react(self._people[number], case.question, self._now, self._seed)
        if reaction.answer is Answer.NOTHING or reaction.seconds > seconds:
            self._at(self._now + seconds, lambda: self._expire(case, number))
        elif reaction.answer is Answer.DECLINES:
            self._at(self._now + reaction.seconds, lambda: self._decline(case, number))
        else:
            self._at(self._now + reaction.seconds, lambda: self._accept(case, number))

    def _follow_many(self, case: Case, found: Round) -> None:
        accepting = list(self._accepting(case, found))
        case.pending = sorted({*case.pending, *accepting}, reverse=True)
        self._follow_next(case)

    def _accepting(self, case: Case, found: Round) -> Iterator[tuple[float, int]]:
        for number in found.people:
            reaction = react(self._people[number], case.question, self._now, self._seed)
            if reaction.answer is Answer.ACCEPTS and reaction.seconds <= found.offer_seconds:
                yield self._now + reaction.seconds, number

    def _follow_next(self, case: Case) -> None:
        if case.pending:
            when, number = case.pending.pop()
            self._at(max(when, self._now), lambda: self._accept(case, number))

    def _expire(self, case: Case, number: int) -> None:
        if number in case.open:
            case.open.discard(number)
            self._desk.missed(number)
            self._ask_on(case)

    def _decline(self, case: Case, number: int) -> None:
        if number in case.open:
            case.open.discard(number)
            self._desk.declined(number, self._now)
            self._ask_on(case)

    def _ask_on(self, case: Case) -> None:
        """Everybody has said no: nobody needs to wait for the timer; only IT is given its time."""
        if not case.open and case.ring is not Ring.IT and case.is_waiting:
            self._ask(case)

    def _accept(self, case: Case, number: int) -> None:
        if not case.is_waiting or number not in case.open:
            return
        if number in self._busy or number not in self._present:
            self._drop(case, number)
            return
        case.open.discard(number)
        case.claimed_by, case.claimed_at = number, self._now
        case.claimed_ring = self._ring(case, number)
        self._desk.passed_over(number)
        for other in sorted(case.open):
            self._desk.passed_over(other)
        case.open.clear()
        self._busy.add(number)
        self._desk.opened(number, case)
        self._at(self._now + case.question.minutes * MINUTE, lambda: self._close(case, number))

    def _drop(self, case: Case, number: int) -> None:
        """They wanted to, but were called away in between."""
        case.open.discard(number)
        self._desk.passed_over(number)
        if case.pending:
            self._follow_next(case)
        else:
            self._ask_on(case)

    def _ring(self, case: Case, number: int) -> Ring:
        person = self._people[number]
        near = ring_of(person, case.question) if person.volunteering.helping else None
        return Ring.IT if person.is_it and near is None else near or Ring.SAME_SYSTEM

    def _close(self, case: Case, number: int) -> None:
        self._busy.discard(number)
        minutes = case.question.minutes
        self._outcome.minutes[number] = self._outcome.minutes.get(number, 0.0) + minutes
        self._desk.closed(number, case, self._now)
        if number in self._present:
            for other, found in self._desk.sweep(number, self._now):
                self._offer(other, found)


def _budget(person: Person) -> float:
    return float(person.volunteering.weekly_minutes)
