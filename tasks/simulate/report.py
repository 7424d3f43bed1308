"""What is counted, for every desk in the same way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, inf
from statistics import mean

from samebox_server.core.routing.hours import Clocks, edges, is_open
from samebox_server.core.routing.profile import Helper
from samebox_shared.model.devices import DeviceType, Ring

from tasks.simulate.company import Company, Person, Question
from tasks.simulate.rivals import RELENTLESS
from tasks.simulate.world import Outcome

USUAL_BUDGET = 60
CHANCE = 20
"""A chance of giving as much as others have those for whom so many questions about their own model
came while they were there: four on each workday."""
SOON = 60.0
HEADINGS = (
    "", "a human, p50 / p95 s", "same type: p50 s", "same type in 60 s", "answered by same type",
    "offers a question", "Jain, equal chances", "Jain, any chance", "offers over budget",
    "people over budget", "reached IT", "nobody there", "never",
)  # fmt: skip


@dataclass(frozen=True)
class Possible:
    """What the company allows, whoever chooses. `reachable`: questions for which somebody with the
    same model was present, willing and inside their hours when it was asked. `chances`: how many
    of those each helper could have had."""

    reachable: frozenset[int]
    chances: dict[int, int]


@dataclass(frozen=True)
class Row:
    """One desk's figures."""

    name: str
    waits: list[float]
    same_type: list[float]
    by_same_type: float
    offers: float
    minutes: list[float]
    minutes_any: list[float]
    offers_over: int
    people_over: int
    reached_it: float
    nobody: float

    def cells(self) -> tuple[str, ...]:
        """As a line of the table."""
        soon = sum(wait <= SOON for wait in self.same_type) / max(1, len(self.same_type))
        return (
            self.name,
            f"{_seconds(share_at(self.waits, 0.5))} / {_seconds(share_at(self.waits, 0.95))}",
            _seconds(share_at(self.same_type, 0.5)),
            f"{soon:.0%}",
            f"{self.by_same_type:.0%}",
            f"{self.offers:.2f}",
            _index(self.minutes),
            _index(self.minutes_any),
            f"{self.offers_over:,}",
            f"{self.people_over:,}",
            f"{self.reached_it:.1%}",
            f"{self.nobody:.1%}",
            f"{sum(wait == inf for wait in self.waits)}",
        )


def together(rows: Sequence[Row]) -> Row:
    """The same desk in several companies, as one row; they are of the same size."""
    return Row(
        name=rows[0].name,
        waits=[wait for each in rows for wait in each.waits],
        same_type=[wait for each in rows for wait in each.same_type],
        by_same_type=mean(each.by_same_type for each in rows),
        offers=mean(each.offers for each in rows),
        minutes=[minutes for each in rows for minutes in each.minutes],
        minutes_any=[minutes for each in rows for minutes in each.minutes_any],
        offers_over=sum(each.offers_over for each in rows),
        people_over=sum(each.people_over for each in rows),
        reached_it=mean(each.reached_it for each in rows),
        nobody=mean(each.nobody for each in rows),
    )


def possible(company: Company) -> Possible:
    """Looks at every question with everybody of its model."""
    helpers = [person for person in company.people if person.volunteering.helping]
    by_type: dict[DeviceType, list[Person]] = {}
    for person in helpers:
        for device in person.devices:
            by_type.setdefault(device, []).append(person)
    reachable: set[int] = set()
    chances: dict[int, int] = {}
    for question in company.questions:
        for person in by_type.get(question.device_type, ()):
            if could_help(person, question):
                reachable.add(question.number)
                chances[person.number] = chances.get(person.number, 0) + 1
    return Possible(frozenset(reachable), chances)


def could_help(person: Person, question: Question) -> bool:
    """Whether they were there for it: present, and it is what they said they would take."""
    wish = person.volunteering
    if person.number == question.asker or question.topic in RELENTLESS.it_only:
        return False
    if not person.is_present(question.at) or (wish.topics and question.topic not in wish.topics):
        return False
    helper = Helper(person_id=person.person_id, volunteering=wish)
    if wish.languages and not helper.speaks(question.language):
        return False
    return is_open(edges(wish.hours), Clocks(question.at).minute(wish.time_zone))


def row(company: Company, outcome: Outcome, allowed: Possible) -> Row:
    """The figures of one desk. Who was answered by somebody else, or by nobody, has waited for
    ever for somebody of the same type; only `reachable` questions count there."""
    cases = outcome.cases
    same = [case.claimed_ring is Ring.SAME_MODEL for case in cases]
    usual = [one for one in company.people if _is_usual(one)]
    return Row(
        name=outcome.name,
        waits=[case.wait for case in cases],
        same_type=[
            case.wait if is_same else inf
            for case, is_same in zip(cases, same, strict=True)
            if case.question.number in allowed.reachable
        ],
        by_same_type=mean(same),
        offers=mean(case.offers for case in cases),
        minutes=_minutes(outcome, usual, allowed, CHANCE),
        minutes_any=_minutes(outcome, usual, allowed, 1),
        offers_over=outcome.over_budget_offers,
        people_over=sum(_is_over(person, outcome) for person in company.people),
        reached_it=mean(case.reached_it for case in cases),
        nobody=mean(case.parked > 0 for case in cases),
    )


def jain(values: Sequence[float]) -> float:
    """Jain's index: 1 when all have the same, 1/n when one has everything; 0 for nothing."""
    squares = sum(value * value for value in values)
    return sum(values) ** 2 / (len(values) * squares) if squares else 0.0


def share_at(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else inf


def table(rows: Iterable[Row]) -> str:
    """The rows as Markdown."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *(each.cells() for each in rows)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _minutes(
    outcome: Outcome, people: Iterable[Person], allowed: Possible, least: int
) -> list[float]:
    return [
        outcome.minutes.get(person.number, 0.0)
        for person in people
        if allowed.chances.get(person.number, 0) >= least
    ]


def _is_usual(person: Person) -> bool:
    return person.volunteering.helping and person.volunteering.weekly_minutes == USUAL_BUDGET


def _is_over(person: Person, outcome: Outcome) -> bool:
    """Whether they gave more than their budget; the last session may have taken longer than
    anybody could know."""
    if not person.volunteering.helping or person.is_it:
        return False
    return outcome.minutes.get(person.number, 0.0) > person.volunteering.weekly_minutes


def _seconds(value: float) -> str:
    return "never" if value == inf else f"{value:,.0f}"


def _index(values: Sequence[float]) -> str:
    return f"{jain(values):.3f} ({len(values)})" if len(values) > 1 else "too few"
