"""Events in any order, repeated and late: what holds for every question all the time.

The walk plays the shell that the machine expects: it keeps timers and offers as the commands say,
answers `FindHelpers` and `FindCompany` at once, and also does everything at the wrong time.
I5, I6, I7 and I14 are those of the reliability requirements: one helper holds the fence and an
old fence changes nothing, an offer wins once, a timer takes effect once and never early, and only
documented edges are taken.
"""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import AnswerId, OfferId, PersonId, SessionId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.events import ReleaseReason
from samebox_shared.session import commands as do
from samebox_shared.session import events as on
from samebox_shared.session.machine import GOES_ON, Phase, QuestionState, Refused, step

SEATS = 4
EDGES = {
    (Phase.ASKING, Phase.LIVE),
    (Phase.ASKING, Phase.PARKED),
    (Phase.ASKING, Phase.SOLVED),
    (Phase.ASKING, Phase.CANCELLED),
    (Phase.PARKED, Phase.ASKING),
    (Phase.PARKED, Phase.SOLVED),
    (Phase.PARKED, Phase.CANCELLED),
    (Phase.LIVE, Phase.ASKING),
    (Phase.LIVE, Phase.PARKED),  # released, and nobody there, in one breath
    (Phase.LIVE, Phase.SOLVED),
}
ASKERS_WORD = (on.AskerSolved, on.AskerFoundIt, on.AskerCancelled)

few = st.integers(0, 3)
behind_by = st.sampled_from([0, 0, 0, 1, 2])  # fences: mostly the right one
rings = st.sampled_from(tuple(Ring))
parts = st.sampled_from(tuple(Part))
places = st.integers(0, 10_000)


def is_live(walk: "AnyOrder") -> bool:
    return walk.state.phase is Phase.LIVE


class AnyOrder(RuleBasedStateMachine):
    """One question, and everything that can happen to it."""

    def __init__(self) -> None:
        super().__init__()
        self.state = QuestionState()
        self.now = 0.0
        self.count = 0
        self.timers: dict[int, float] = {}
        self.fired: set[int] = set()
        self.made: list[on.Offered] = []
        self.open: set[OfferId] = set()
        self.closed: set[OfferId] = set()
        self.taken: set[OfferId] = set()
        self.holders: dict[int, PersonId] = {}
        self.found: tuple[Ring, int] = (Ring.SAME_MODEL, 2)
        self.patience = 0.0
        self.play(on.QuestionPosted())

    def play(self, event: on.AnyQuestionEvent) -> Refused | None:
        before, stepped = self.state, step(self.state, event, self.now)
        if isinstance(stepped, Refused):
            return stepped
        self.state, commands = stepped
        is_end = self.state.phase in (Phase.SOLVED, Phase.CANCELLED)
        if before.phase is not self.state.phase:
            assert (before.phase, self.state.phase) in EDGES  # I14
            assert not is_end or isinstance(event, ASKERS_WORD)
        assert self.state.fence >= before.fence
        for command in commands:
            self.carry_out(command)
        return None

    def carry_out(self, command: do.AnyQuestionCommand) -> None:
        match command:
            case do.FindHelpers():
                ring, size = self.found
                offers = tuple(self.offer(Part.HELPER, ring) for _ in range(size))
                found = on.HelpersFound(ring, offers, self.now + 30)
                self.play(found if size else on.NobodyThere(self.now + 14_400))
            case do.FindCompany(part):
                self.company_is_found(part, self.found[1])
            case do.StartTimer(wave, due):
                assert wave not in self.timers  # I7: no generation comes twice
                self.timers[wave] = due
            case do.MakeOffers(offers=offers):
                assert self.open.isdisjoint(one.offer_id for one in offers)
                self.open |= {one.offer_id for one in offers}
            case do.CloseOffers(offers=ids):
                assert self.open.issuperset(ids)  # each offer ends once
                self.open.difference_update(ids)
                self.closed.update(ids)
            case do.OpenSession(won=won, fence=fence) | do.ChangeHelper(helper=won, fence=fence):
                assert fence not in self.holders  # I5: one holder for each fence
                self.holders[fence] = won.helper
            case do.RecordAnswer():
                assert self.state.parked
            case _:
                pass

    def offer(self, part: Part, ring: Ring) -> on.Offered:
        self.count += 1
        name = str(self.count)
        until = self.now + self.patience if self.patience else 0.0
        made = on.Offered(
            offer_id=OfferId(name), helper=PersonId(name), ring=ring, part=part, until=until
        )
        self.made.append(made)
        return made

    @rule(ring=rings, size=few, patience=st.sampled_from([0.0, 10.0, 90.0]))
    def others_are_there(self, ring: Ring, size: int, patience: float) -> None:
        self.found = (ring, size)
        self.patience = patience

    @rule(seconds=st.sampled_from([1.0, 31.0, 20_000.0]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule(ring=rings)
    def a_helper_comes(self, ring: Ring) -> None:
        if self.state.phase is not Phase.LIVE:
            self.play(on.HelperCame(self.offer(Part.HELPER, ring), self.now + 30))

    @rule()
    def the_timer_fires(self) -> None:
        wave = self.state.wave
        if wave in self.timers and wave not in self.fired:
            self.now = max(self.now, self.timers[wave])
            self.fired.add(wave)
            self.play(on.WaveEnded(wave))

    @rule(place=places)
    def an_old_timer_fires(self, place: int) -> None:
        before, old = self.state, [*self.fired, 0]
        wave = old[place % len(old)]
        if wave != before.wave or before.phase is Phase.LIVE:
            self.play(on.WaveEnded(wave))
            assert self.state == before  # I7: a second time, and a past wave, do nothing

    @rule(place=places, is_open=st.sampled_from([True, True, False]))
    def somebody_accepts(self, place: int, is_open: bool) -> None:
        made = self.one_of(place, is_open)
        if made is None:
            return
        before, was_open = self.state, made.offer_id in self.open
        refused = self.play(on.OfferAccepted(made.offer_id, SessionId(made.offer_id)))
        assert (refused is None) == was_open
        if refused is not None:
            assert before == self.state
        else:
            assert made.offer_id not in self.taken  # I6: an offer wins once
            self.taken.add(made.offer_id)

    @rule(place=places, is_open=st.sampled_from([True, True, False]))
    def somebody_declines(self, place: int, is_open: bool) -> None:
        made = self.one_of(place, is_open)
        if made is not None:
            was_open = made.offer_id in self.open
            assert (self.play(on.OfferDeclined(made.offer_id)) is None) == was_open

    def one_of(self, place: int, is_open: bool) -> on.Offered | None:
        """Some offer: an open one, or any that was ever made."""
        found = self.state.offers if is_open else tuple(self.made)
        return found[place % len(found)] if found else None

    @precondition(is_live)
    @rule(behind=behind_by)
    def somebody_writes(self, behind: int) -> None:
        refused = self.play(on.MessageWritten(self.state.fence - behind))
        assert (refused is None) == (not behind)  # I5

    @precondition(is_live)
    @rule(behind=behind_by, reason=st.sampled_from(tuple(ReleaseReason)))
    def the_helper_goes(self, behind: int, reason: ReleaseReason) -> None:
        before = self.state
        refused = self.play(on.HelperGone(self.state.fence - behind, reason))
        if refused is None:
            assert not behind
            goes_on = any(one.part in GOES_ON for one in before.others)
            assert goes_on == (self.state.phase is Phase.LIVE)
        else:
            assert self.state == before

    @precondition(is_live)
    @rule(behind=behind_by, part=parts, size=few)
    def company_is_wanted(self, behind: int, part: Part, size: int) -> None:
        before, self.found = self.state, (Ring.SAME_SYSTEM, size)
        refused = self.play(on.CompanyWanted(self.state.fence - behind, part, SEATS))
        if behind or part not in GOES_ON:
            assert refused is not None
            assert self.state == before

    @precondition(is_live)
    @rule(part=st.sampled_from([Part.SECOND, Part.IT, Part.WATCHER]), size=few)
    def company_is_found(self, part: Part, size: int) -> None:
        offers = tuple(self.offer(part, Ring.SAME_SYSTEM) for _ in range(size))
        self.play(on.CompanyFound(part, offers, self.now + 60, SEATS))

    @precondition(is_live)
    @rule(place=places, behind=behind_by)
    def somebody_who_was_brought_in_leaves(self, place: int, behind: int) -> None:
        inside = self.state.others
        person = inside[place % len(inside)].helper if inside else PersonId("nobody")
        refused = self.play(on.PersonGone(self.state.fence - behind, person))
        assert (refused is None) == bool(inside and not behind)

    @rule(place=places, behind=behind_by)
    def something_comes_at_the_wrong_time(self, place: int, behind: int) -> None:
        fence = self.state.fence - behind
        late: tuple[on.AnyQuestionEvent, ...] = (
            on.MessageWritten(fence),
            on.HelperGone(fence, ReleaseReason.LEFT),
            on.CompanyWanted(fence, Part.IT, SEATS),
            on.PersonGone(fence, PersonId("nobody")),
        )
        if self.state.phase is not Phase.LIVE:
            before = self.state
            assert self.play(late[place % len(late)]) is not None
            assert self.state == before

    @rule()
    def somebody_answers_on_the_board(self) -> None:
        self.play(on.Answered(AnswerId("a"), PersonId("p"), "Turn it off and on."))

    @rule(
        word=st.sampled_from([on.AskerSolved(), on.AskerFoundIt(), on.AskerCancelled()]),
        seldom=st.integers(0, 9),
    )
    def the_asker_ends_it(self, word: on.AnyQuestionEvent, seldom: int) -> None:
        if seldom == 9:  # so that most walks are long
            self.play(word)

    @invariant()
    def somebody_has_it_or_a_timer_runs(self) -> None:
        if self.state.phase in (Phase.ASKING, Phase.PARKED):
            assert self.timers[self.state.wave] == self.state.until
            assert self.state.wave not in self.fired

    @invariant()
    def a_live_question_has_one_helper_who_holds_the_fence(self) -> None:
        if self.state.phase is Phase.LIVE:
            assert self.state.won is not None
            assert self.holders[self.state.fence] == self.state.won.helper
        assert all(fence <= self.state.fence for fence in self.holders)

    @invariant()
    def the_open_offers_are_those_that_were_made_and_not_closed(self) -> None:
        assert {one.offer_id for one in self.state.offers} == self.open
        asked = {one.part for one in self.state.offers}
        match self.state.phase:
            case Phase.ASKING:
                assert asked <= {Part.HELPER}
            case Phase.LIVE:
                assert Part.HELPER not in asked
            case _:
                assert not asked

    @invariant()
    def nobody_is_in_it_twice_and_never_too_many(self) -> None:
        inside = [one.helper for one in self.state.others]
        if self.state.won is not None:
            inside.append(self.state.won.helper)
        assert len(set(inside)) == len(inside)
        assert 1 + len(inside) <= SEATS


TestAnyOrder = pytest.mark.timeout(600)(AnyOrder.TestCase)  # a busy machine is no failure
TestAnyOrder.settings = settings(max_examples=2_000, stateful_step_count=50, deadline=None)
