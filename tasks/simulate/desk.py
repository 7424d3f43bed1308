"""What every desk does: it keeps a Directory of its own up to date."""

from msgspec import structs
from samebox_server.core.routing import Asking, Directory, Helper, Routing
from samebox_server.core.routing.closeness import kind
from samebox_server.core.routing.hours import week

from tasks.simulate.case import Case, Round
from tasks.simulate.company import Company, Person

NO_BUDGET = 10**9


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
    """Everybody who helps, as this desk sees them."""

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
