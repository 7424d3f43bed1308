"""Three other ways to choose helpers, two of them also with Samebox's rings.

All get the same people, presence, hours, topics and languages, the same IT behind them, the same
topics that are for IT only, and one offer at a time for each person (not broadcast). Rivals do not
know budgets and rests: that is what Samebox adds. The plain ones do not know device types either,
as is usual; the two "by ring" are told Samebox's rings, so that one sees what the rings give and
what the rest of the routing gives.
"""

import heapq
from collections.abc import Iterable, Iterator

from samebox_server.core.routing import Asking, Helper, Routing
from samebox_server.core.routing.closeness import NEAR
from samebox_server.core.routing.eligibility import unfit_colleague, unfit_it
from samebox_server.core.routing.hours import Clocks
from samebox_server.core.routing.pool import Pool
from samebox_server.core.routing.settings import Limits
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import PersonId

from tasks.simulate.case import Case, Later, Round
from tasks.simulate.company import Company
from tasks.simulate.desk import NO_BUDGET, Recorded, asking_of

RIVAL_SECONDS = 30.0
"""How long one person has at a rival's desk: the usual default of chat routers."""
BROADCAST_SECONDS = 600.0
LOOK_AGAIN = 60.0
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


Load = tuple[float, float, PersonId]
"""Minutes this week, when last asked, who."""


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

    def choose(self, asking: Asking, asked: frozenset[PersonId], clocks: Clocks) -> list[Helper]:
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

    def choose_it(self, asking: Asking, asked: frozenset[PersonId], clocks: Clocks) -> list[Helper]:
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

    def choose(self, asking: Asking, asked: frozenset[PersonId], clocks: Clocks) -> list[Helper]:
        return list(self.fit(self.all_present(), asking, asked, clocks))

    def seconds(self, chosen: list[Helper]) -> float:
        return BROADCAST_SECONDS


class RoundRobin(Rival):
    """One after the other, going on where the last question ended."""

    name = "round robin"

    def choose(self, asking: Asking, asked: frozenset[PersonId], clocks: Clocks) -> list[Helper]:
        found = next(self.fit(self.all_present(), asking, asked, clocks), None)
        return [] if found is None else [found]


class LeastLoaded(Rival):
    """Whoever gave the fewest minutes this week, and was not asked for longest."""

    name = "least loaded"

    def __init__(self, company: Company) -> None:
        super().__init__(company)
        self._heap: list[Load] = []

    def came(self, number: int) -> None:
        super().came(number)
        self._note(number)

    def asked(self, number: int, now: float) -> None:
        super().asked(number, now)
        self._note(number)

    def closed(self, number: int, case: Case, now: float) -> None:
        super().closed(number, case, now)
        self._note(number)

    def choose(self, asking: Asking, asked: frozenset[PersonId], clocks: Clocks) -> list[Helper]:
        """Entries that are no longer true fall out of the heap; those that do not fit stay."""
        kept: list[Load] = []
        found: list[Helper] = []
        while self._heap and not found:
            load = heapq.heappop(self._heap)
            helper = self.directory.get(load[2])
            if helper is None or not helper.present_until or load != _load(helper, clocks):
                continue
            kept.append(load)
            found = list(self.fit([helper], asking, asked, clocks))
        for load in kept:
            heapq.heappush(self._heap, load)
        return found

    def _note(self, number: int) -> None:
        helper = self.directory.get(self.people[number].person_id)
        if helper is not None and helper.present_until and helper.volunteering.helping:
            heapq.heappush(self._heap, (helper.minutes, helper.last_asked, helper.person_id))


class RoundRobinByRing(Rival):
    """Round robin that is told Samebox's rings."""

    name = "round robin by ring"

    def choose(self, asking: Asking, asked: frozenset[PersonId], clocks: Clocks) -> list[Helper]:
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


def _load(helper: Helper, clocks: Clocks) -> Load:
    return helper.minutes_in(clocks.week), helper.last_asked, helper.person_id
