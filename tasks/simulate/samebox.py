"""Samebox at work: the real routing with its waves, its sweep and its parking."""

from samebox_server.core.routing import Nobody, Progress, Routing, Wave, comer, next_wave
from samebox_server.core.routing.hours import day
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import QuestionId

from tasks.simulate.case import Case, Later, Round
from tasks.simulate.company import Company
from tasks.simulate.desk import Recorded, asking_of
from tasks.simulate.waiting import Waiting


class Samebox(Recorded):
    name = "Samebox"

    def __init__(self, company: Company, settings: Routing | None = None) -> None:
        super().__init__(company, settings or Routing(), budgets=True)
        self._waiting = Waiting()
        self._cases: dict[QuestionId, Case] = {}
        self._parked_offers: dict[tuple[int, int], int] = {}

    def wave(self, case: Case, now: float) -> Round | Later:
        asking = asking_of(case, self.people)
        found = next_wave(self.directory, asking, self._progress(case, now), now)
        question_id = QuestionId(str(case.question.number))
        self._cases[question_id] = case
        ring = found.ring if isinstance(found, Wave) else Ring.IT
        self._waiting.put(question_id, asking, ring, case.question.at)
        if isinstance(found, Nobody):
            return Later(found.again_at)
        if found.ring is Ring.IT:
            case.it_rounds += 1
        self._note(case, found.ring, len(found.helpers), now)
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
                self._progress(case, now),
                case.ring if not case.parked else Ring.IT,
                len(case.open),
                now,
            )
            if chosen is not None and case.is_waiting:
                self._note(case, chosen.ring, 1, now)
                return [(case, Round([number], case.ring, chosen.until - now, 0.0))]
        return []

    def opened(self, number: int, case: Case) -> None:
        self._waiting.remove(QuestionId(str(case.question.number)))
        super().opened(number, case)

    def _note(self, case: Case, ring: Ring, offers: int, now: float) -> None:
        if case.parked and ring is not Ring.IT:
            key = (case.question.number, day(now))
            self._parked_offers[key] = self._parked_offers.get(key, 0) + offers

    def _progress(self, case: Case, now: float) -> Progress:
        asked = frozenset(self.people[number].person_id for number in case.asked)
        return Progress(
            asked=asked,
            waves=case.waves,
            it_rounds=case.it_rounds,
            parked=case.parked,
            parked_offers=self._parked_offers.get((case.question.number, day(now)), 0),
        )
