"""The ways of choosing helpers: Samebox's real routing, and its rivals.

All get the same people, presence, hours, topics, languages and blocks, the same IT behind them,
the same topics that are for IT only, and one offer at a time for each person (not broadcast).
Rivals do not know budgets and rests: that is what Samebox adds. The plain ones do not know device
types either, as is usual; the two "by ring" are told Samebox's rings, so that one sees what the
rings give and what the rest of the routing gives.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import replace

from msgspec import structs
from samebox_server.core.routing import Asking, Directory, Helper, Nobody, Progress, Routing, Wave
from samebox_server.core.routing import comer, next_wave
from samebox_server.core.routing.closeness import NEAR, kind
from samebox_server.core.routing.eligibility import unfit_colleague, unfit_it
from samebox_server.core.routing.hours import Clocks, week
from samebox_server.core.routing.pool import Pool
from samebox_server.core.routing.settings import Limits
from samebox_server.core.routing.waiting import Waiting
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import PersonId, QuestionId

from tasks.simulate.case import Case, Later, Round
from tasks.simulate.company import Company, Person

RIVAL_SECONDS = 30.0
"""How long one person has at a rival's desk: the usual default of chat routers."""
BROADCAST_SECONDS = 600.0
LOOK_AGAIN = 60.0
NO_BUDGET = 10**9
RELENTLESS = Routing(
    limits=Limits(
        session_minutes=0.0,
        cool_seconds=0.0,
        rest_seconds=0.0,
        not_now_seconds=0.0,
        missed_offers=NO_BUDGET,
        newcomer_sessions=0,
    ),
    most_looked_at=NO_BUDGET,
)


def asking_of(case: Case, people: list[Person]) -> Asking:
    """The question as routing sees it."""
    question = case.question
    return Asking(
        asker=people[question.asker].person_id,
        device_type=question.device_type,
        topic=question.topic,
        language=question.language,
        place=question.place,
    )


class Recorded:
    """What every desk does: it keeps a Directory of its own up to date."""

    name = ""

    def __init__(self, company: Company, settings: Routing, budgets: bool) -> None:
        self.people = company.people
        self.directory = Directory(settings)
        self.number = {one.person_id: one.number for one in company.people}
        for person in company.people:
            if person.can_be_asked:
                self.directory.put(_helper(person, budgets))

    def came(self, number: int) -> None:
        self.directory.came(self.people[number].person_id)

    def went(self, number: int) -> None:
        self.directory.went(self.people[number].person_id)

    def asked(self, number: int, now: float) -> None:
        self.directory.asked(self.people[number].person_id, now)

    def declined(self, number: int, now: float) -> None:
        self.directory.declined(self.people[number].person_id, now)

    def missed(self, number: int) -> None:
        self.directory.missed(self.people[number].person_id)

    def passed_over(self, number: int) -> None:
        self.directory.answered(self.people[number].person_id)

    def opened(self, number: int, case: Case) -> None:
        self.directory.session_opened(self.people[number].person_id)

    def closed(self, number: int, case: Case, now: float) -> None:
        person, question = self.people[number].person_id, case.question
        self.directory.session_closed(person, question.minutes, now)
        experience = (kind(question.device_type), question.topic)
        self.directory.solved(person, self.people[question.asker].person_id, experience, now)

    def sweep(self, number: int, now: float) -> list[tuple[Case, Round]]:
        return []

    def minutes(self, number: int, now: float) -> float:
        helper = self.directory.get(self.people[number].person_id)
        return helper.minutes_in(week(now)) if helper else 0.0


def _helper(person: Person, budgets: bool) -> Helper:
    volunteering = person.volunteering
    if not budgets:
        volunteering = structs.replace(volunteering, weekly_minutes=NO_BUDGET)
    return Helper(
        person_id=person.person_id,
        device_types=person.devices,
        volunteering=volunteering,
        is_it=person.is_it,
        solved_total=person.solved_total,
    )


class Samebox(Recorded):
    """The real routing: waves, sweep, parking."""

    name = "Samebox"

    def __init__(self, company: Company, settings: Routing | None = None) -> None:
        super().__init__(company, settings or Routing(), budgets=True)
        self._waiting = Waiting()
        self._cases: dict[QuestionId, Case] = {}
        self._open: dict[int, int] = {}

    def wave(self, case: Case, now: float) -> Round | Later:
        asking = asking_of(case, self.people)
        found = next_wave(self.directory, asking, self._progress(case), now)
        question_id = QuestionId(str(case.question.number))
        self._cases[question_id] = case
        ring = found.ring if isinstance(found, Wave) else Ring.IT
        self._waiting.put(question_id, asking, ring, case.question.at)
        if isinstance(found, Nobody):
            return Later(found.again_at)
        if found.ring is Ring.IT:
            case.it_rounds += 1
        people = [self.number[one.person_id] for one in found.helpers]
        return Round(people, found.ring, found.helpers[0].until - now, found.until)

    def sweep(self, number: int, now: float) -> list[tuple[Case, Round]]:
        helper = self.directory.get(self.people[number].person_id)
        if helper is None:
            return []
        for question_id in self._waiting.fitting(helper):
            case = self._cases[question_id]
            chosen = comer(
                self.directory,
                helper.person_id,
                asking_of(case, self.people),
                self._progress(case),
                case.ring if not case.parked else Ring.IT,
                len(case.open),
                now,
            )
            if chosen is not None and case.is_waiting:
                return [(case, Round([number], case.ring, chosen.until - now, 0.0))]
        return []

    def opened(self, number: int, case: Case) -> None:
        self._waiting.remove(QuestionId(str(case.question.number)))
        super().opened(number, case)

    def _progress(self, case: Case) -> Progress:
        asked = frozenset(self.people[number].person_id for number in case.asked)
        return Progress(
            asked=asked, waves=case.waves, it_rounds=case.it_rounds, parked=case.parked
        )


class Rival(Recorded):
    """Everybody present in one list, then IT in the same manner."""

    def __init__(self, company: Company) -> None:
        super().__init__(company, RELENTLESS, budgets=False)
        self.everybody = Pool()
        self.limits = RELENTLESS.limits

    def came(self, number: int) -> None:
        super().came(number)
        helper = self.directory.get(self.people[number].person_id)
        if helper is not None and helper.volunteering.helping:
            self.everybody.add(helper)

    def went(self, number: int) -> None:
        super().went(number)
        helper = self.directory.get(self.people[number].person_id)
        if helper is not None:
            self.everybody.discard(helper)

    def wave(self, case: Case, now: float) -> Round | Later:
        asking, clocks = asking_of(case, self.people), Clocks(now)
        asked = frozenset(self.people[number].person_id for number in case.asked)
        ring, chosen = Ring.SAME_SYSTEM, list[Helper]()
        if asking.topic not in RELENTLESS.it_only:
            chosen = self.choose(asking, asked, clocks)
        if not chosen:
            ring, chosen = Ring.IT, self.choose_it(asking, asked, clocks)
        if not chosen:
            return Later(now + LOOK_AGAIN)
        people = [self.number[one.person_id] for one in chosen]
        seconds = self.seconds(chosen)
        return Round(people, ring, seconds, now + min(seconds, LOOK_AGAIN))

    def seconds(self, chosen: list[Helper]) -> float:
        return RIVAL_SECONDS

    def choose(
        self, asking: Asking, asked: frozenset[PersonId], clocks: Clocks
    ) -> list[Helper]:
        raise NotImplementedError

    def fit(
        self,
        among: Iterable[Helper],
        asking: Asking,
        asked: frozenset[PersonId],
        clocks: Clocks,
    ) -> Iterator[Helper]:
        for helper in among:
            if unfit_colleague(helper, asking, asked, clocks, self.limits) is None:
                yield helper

    def choose_it(
        self, asking: Asking, asked: frozenset[PersonId], clocks: Clocks
    ) -> list[Helper]:
        """One of IT, whoever was not asked for longest."""
        it = (
            helper
            for helper in self.directory.look(Ring.IT, asking.device_type)
            if unfit_it(helper, asking, clocks, self.limits) is None
        )
        best = min(it, key=lambda one: (one.last_asked, one.person_id), default=None)
        return [] if best is None else [best]

    def all_present(self) -> Iterator[Helper]:
        return self.everybody.look(len(self.everybody))


class Broadcast(Rival):
    """Everybody eligible at once; the first wins."""

    name = "broadcast"

    def asked(self, number: int, now: float) -> None:
        """Several offers can stand at once, so an open one keeps nobody out."""

    def choose(
        self, asking: Asking, asked: frozenset[PersonId], clocks: Clocks
    ) -> list[Helper]:
        return list(self.fit(self.all_present(), asking, asked, clocks))

    def seconds(self, chosen: list[Helper]) -> float:
        return BROADCAST_SECONDS


class RoundRobin(Rival):
    """One after the other, going on where the last question ended."""

    name = "round robin"

    def choose(
        self, asking: Asking, asked: frozenset[PersonId], clocks: Clocks
    ) -> list[Helper]:
        found = next(self.fit(self.all_present(), asking, asked, clocks), None)
        return [] if found is None else [found]


class LeastLoaded(Rival):
    """Whoever gave the fewest minutes this week, and was not asked for longest."""

    name = "least loaded"

    def choose(
        self, asking: Asking, asked: frozenset[PersonId], clocks: Clocks
    ) -> list[Helper]:
        least = heapq.nsmallest(50, self.all_present(), key=lambda one: _load(one, clocks))
        found = next(self.fit(least, asking, asked, clocks), None)
        if found is None:
            rest = self.fit(self.all_present(), asking, asked, clocks)
            found = min(rest, key=lambda one: _load(one, clocks), default=None)
        return [] if found is None else [found]


class RoundRobinByRing(Rival):
    """Round robin that is told Samebox's rings."""

    name = "round robin by ring"

    def choose(
        self, asking: Asking, asked: frozenset[PersonId], clocks: Clocks
    ) -> list[Helper]:
        for ring in NEAR:
            among = self.directory.look(ring, asking.device_type)
            found = self.pick(self.fit(among, asking, asked, clocks), clocks)
            if found is not None:
                return [found]
        return []

    def pick(self, fit: Iterator[Helper], clocks: Clocks) -> Helper | None:
        return next(fit, None)


class LeastLoadedByRing(RoundRobinByRing):
    """Least loaded that is told Samebox's rings."""

    name = "least loaded by ring"

    def pick(self, fit: Iterator[Helper], clocks: Clocks) -> Helper | None:
        return min(fit, key=lambda one: _load(one, clocks), default=None)


def _load(helper: Helper, clocks: Clocks) -> tuple[float, float, PersonId]:
    return helper.minutes_in(clocks.week), helper.last_asked, helper.person_id


DESKS = (Samebox, Broadcast, RoundRobin, LeastLoaded, RoundRobinByRing, LeastLoadedByRing)
_ = replace
