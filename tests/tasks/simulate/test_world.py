"""A small company's week, at Samebox and at its rivals."""

from samebox_shared.model.devices import Ring

from tasks.simulate.case import Desk
from tasks.simulate.company import Company, found
from tasks.simulate.report import possible, row
from tasks.simulate.rivals import Broadcast, LeastLoaded, RoundRobin, RoundRobinByRing
from tasks.simulate.samebox import Samebox
from tasks.simulate.world import Outcome, World

COMPANY = found(1_000, seed=3)


def week(desk: Desk, company: Company = COMPANY) -> Outcome:
    return World(company, desk, seed=3).run()


def test_the_same_week_twice_is_the_same() -> None:
    one, two = week(Samebox(COMPANY)), week(Samebox(COMPANY))
    assert [(case.claimed_by, case.claimed_at) for case in one.cases] == [
        (case.claimed_by, case.claimed_at) for case in two.cases
    ]


def test_no_desk_gives_a_question_to_its_asker_or_twice_to_one_person_at_a_time() -> None:
    for desk in (Samebox, Broadcast, RoundRobin, LeastLoaded, RoundRobinByRing):
        held: dict[int, list[tuple[float, float]]] = {}
        for case in week(desk(COMPANY)).cases:
            if case.claimed_by is not None:
                assert case.claimed_by != case.question.asker
                end = case.claimed_at + case.question.minutes * 60
                held.setdefault(case.claimed_by, []).append((case.claimed_at, end))
        for spans in held.values():
            spans.sort()
            ends = [end for _, end in spans[:-1]]
            assert all(end <= start for end, (start, _) in zip(ends, spans[1:], strict=True))


def test_samebox_asks_nobody_whose_budget_is_spent() -> None:
    assert week(Samebox(COMPANY)).over_budget_offers == 0


def test_samebox_is_first_with_the_same_type_and_bothers_fewest() -> None:
    allowed = possible(COMPANY)
    rows = [
        row(COMPANY, week(desk(COMPANY)), allowed)
        for desk in (Samebox, Broadcast, RoundRobin, LeastLoaded)
    ]
    samebox, *rivals = rows
    assert all(samebox.by_same_type > rival.by_same_type for rival in rivals)
    assert all(samebox.offers < rival.offers for rival in rivals)


def test_what_is_for_it_only_goes_to_it() -> None:
    only = [
        case
        for case in week(Samebox(COMPANY)).cases
        if case.question.topic.value in ("sign_in", "access") and case.claimed_by is not None
    ]
    assert only
    assert all(COMPANY.people[case.claimed_by or 0].is_it for case in only)
    assert {case.ring for case in only} == {Ring.IT}
