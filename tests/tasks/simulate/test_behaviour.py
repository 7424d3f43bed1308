"""What people do with an offer."""

from statistics import mean

from tasks.simulate.behaviour import Answer, react
from tasks.simulate.company import Person, found

COMPANY = found(400, seed=5)
HELPER = next(person for person in COMPANY.people if person.volunteering.helping)


def agreed(person: Person, now: float) -> float:
    reactions = [react(person, each, now, 1) for each in COMPANY.questions]
    return mean(each.answer is Answer.ACCEPTS for each in reactions)


def test_the_same_offer_gets_the_same_answer() -> None:
    question = COMPANY.questions[0]
    assert react(HELPER, question, 5.0, 1) == react(HELPER, question, 5.0, 1)


def test_a_good_moment_counts() -> None:
    good, bad = HELPER.open_[0], HELPER.open_[1]
    assert (HELPER.is_open(good), HELPER.is_open(bad)) == (True, False)
    assert agreed(HELPER, good) > 2 * agreed(HELPER, bad)
