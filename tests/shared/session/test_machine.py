"""Every transition of a question, told as stories, and generated orders of events."""

from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import OfferId, PersonId, SessionId
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import OfferEnd, ReleaseReason
from samebox_shared.session import commands as do
from samebox_shared.session import events as on
from samebox_shared.session.machine import Phase, QuestionState, Refused, step

NOW = 1_000.0
ANA = on.Offered(offer_id=OfferId("a"), helper=PersonId("ana"), ring=Ring.SAME_MODEL)
BEN = on.Offered(offer_id=OfferId("b"), helper=PersonId("ben"), ring=Ring.SAME_MODEL)
INA = on.Offered(offer_id=OfferId("i"), helper=PersonId("ina"), ring=Ring.IT)
ONE = SessionId("1")
LEFT = ReleaseReason.LEFT


def story(
    *events: on.AnyQuestionEvent, state: QuestionState | None = None
) -> tuple[QuestionState, tuple[do.AnyQuestionCommand, ...]]:
    """Plays events one after the other; the last state and the last commands."""
    state = state or QuestionState()
    commands: tuple[do.AnyQuestionCommand, ...] = ()
    for event in events:
        stepped = step(state, event, NOW)
        assert not isinstance(stepped, Refused), event
        state, commands = stepped
    return state, commands


def refusal(state: QuestionState, event: on.AnyQuestionEvent) -> ErrorCode:
    stepped = step(state, event, NOW)
    assert isinstance(stepped, Refused)
    return stepped.code


ASKED = on.HelpersFound(Ring.SAME_MODEL, (ANA, BEN), NOW + 30)
ACCEPTED = on.OfferAccepted(ANA.offer_id, ONE)


def test_a_posted_question_looks_for_helpers() -> None:
    assert story(on.QuestionPosted()) == (QuestionState(), (do.FindHelpers(),))


def test_found_helpers_get_offers_a_timer_runs_and_the_asker_knows() -> None:
    state, commands = story(on.QuestionPosted(), ASKED)
    assert (state.wave, state.ring, state.offers) == (1, Ring.SAME_MODEL, (ANA, BEN))
    assert commands == (
        do.MakeOffers((ANA, BEN), 1, NOW + 30),
        do.StartTimer(1, NOW + 30),
        do.TellWave(1, Ring.SAME_MODEL, 2, NOW + 30),
    )


def test_with_nobody_there_the_timer_runs_all_the_same() -> None:
    state, commands = story(on.HelpersFound(Ring.IT, (), NOW + 120))
    assert state.phase is Phase.ASKING
    assert commands == (do.StartTimer(1, NOW + 120), do.TellWave(1, Ring.IT, 0, NOW + 120))


def test_a_new_wave_ends_the_offers_of_the_one_before() -> None:
    state, commands = story(ASKED, on.HelpersFound(Ring.IT, (INA,), NOW + 120))
    assert commands[0] == do.CloseOffers((ANA.offer_id, BEN.offer_id), OfferEnd.EXPIRED)
    assert (state.wave, state.offers) == (2, (INA,))


def test_whoever_comes_is_asked_beside_the_others() -> None:
    near = on.HelpersFound(Ring.SAME_MODEL, (ANA,), NOW + 30)
    state, commands = story(near, on.HelperCame(BEN, NOW + 50))
    assert state.offers == (ANA, BEN)
    assert commands == (
        do.MakeOffers((BEN,), 2, NOW + 50),
        do.StartTimer(2, NOW + 50),
        do.TellWave(2, Ring.SAME_MODEL, 2, NOW + 50),
    )


def test_whoever_comes_first_after_nobody_brings_their_own_ring() -> None:
    nobody = on.HelpersFound(Ring.IT, (), NOW + 120)
    state, commands = story(nobody, on.HelperCame(ANA, NOW + 30))
    assert state.ring is Ring.SAME_MODEL
    assert commands[-1] == do.TellWave(2, Ring.SAME_MODEL, 1, NOW + 30)


def test_the_end_of_a_wave_asks_the_next_and_an_old_timer_nobody() -> None:
    assert story(ASKED, on.WaveEnded(1))[1] == (do.FindHelpers(),)
    assert story(ASKED, on.WaveEnded(0))[1] == ()


def test_the_first_to_accept_wins_and_the_others_are_told() -> None:
    state, commands = story(ASKED, ACCEPTED)
    assert (state.phase, state.fence, state.won) == (Phase.LIVE, 1, ANA)
    assert commands == (
        do.CloseOffers((ANA.offer_id,), OfferEnd.ACCEPTED),
        do.CloseOffers((BEN.offer_id,), OfferEnd.TAKEN),
        do.OpenSession(ONE, ANA, 1),
    )
    late = on.OfferAccepted(BEN.offer_id, SessionId("2"))
    assert refusal(state, late) is ErrorCode.ALREADY_TAKEN


def test_an_offer_that_is_not_open_wins_nothing() -> None:
    state, _ = story(ASKED)
    assert refusal(state, on.OfferAccepted(INA.offer_id, ONE)) is ErrorCode.OFFER_OVER
    assert refusal(state, on.OfferDeclined(INA.offer_id)) is ErrorCode.OFFER_OVER


def test_not_now_closes_one_offer_and_the_last_one_asks_on() -> None:
    state, commands = story(ASKED, on.OfferDeclined(ANA.offer_id))
    assert commands == (do.CloseOffers((ANA.offer_id,), OfferEnd.DECLINED),)
    busy = on.OfferDeclined(BEN.offer_id, OfferEnd.WITHDRAWN)
    _, commands = story(busy, state=state)
    closed = do.CloseOffers((BEN.offer_id,), OfferEnd.WITHDRAWN)
    assert commands == (closed, do.FindHelpers())


def test_when_the_last_of_it_says_not_now_the_timer_decides() -> None:
    asked = on.HelpersFound(Ring.IT, (INA,), NOW + 120)
    _, commands = story(asked, on.OfferDeclined(INA.offer_id))
    assert commands == (do.CloseOffers((INA.offer_id,), OfferEnd.DECLINED),)


def test_cancelling_withdraws_every_offer() -> None:
    state, commands = story(ASKED, on.AskerCancelled())
    withdrawn = do.CloseOffers((ANA.offer_id, BEN.offer_id), OfferEnd.WITHDRAWN)
    assert commands == (withdrawn, do.TellCancelled())
    assert (state.phase, state.offers) == (Phase.CANCELLED, ())
    assert story(on.AskerCancelled())[1] == (do.TellCancelled(),)


def test_messages_need_the_fence_of_the_session() -> None:
    live, _ = story(ASKED, ACCEPTED)
    assert story(on.MessageWritten(1), state=live)[1] == (do.RecordMessage(),)
    assert refusal(live, on.MessageWritten(0)) is ErrorCode.STALE_FENCE


def test_a_helper_who_goes_hands_the_question_back_under_a_new_fence() -> None:
    live, _ = story(ASKED, ACCEPTED)
    state, commands = story(on.HelperGone(1, LEFT), state=live)
    assert (state.phase, state.fence, state.session_id, state.won) == (Phase.ASKING, 2, None, None)
    assert commands == (do.ReleaseSession(ONE, LEFT), do.FindHelpers())
    assert refusal(live, on.HelperGone(0, LEFT)) is ErrorCode.STALE_FENCE
    again, _ = story(ASKED, ACCEPTED, state=state)
    assert refusal(again, on.HelperGone(1, LEFT)) is ErrorCode.STALE_FENCE


def test_only_a_live_question_is_solved() -> None:
    live, _ = story(ASKED, ACCEPTED)
    solved, commands = story(on.AskerSolved(True, "a restart"), state=live)
    assert solved.phase is Phase.SOLVED
    assert commands == (do.CloseSession(ONE, True, "a restart"), do.WriteDraft(ONE))
    assert refusal(QuestionState(), on.AskerSolved()) is ErrorCode.SESSION_OVER
    without_session = replace(live, session_id=None)
    assert refusal(without_session, on.AskerSolved()) is ErrorCode.SESSION_OVER


@pytest.mark.parametrize("phase", [Phase.SOLVED, Phase.CANCELLED])
def test_what_is_over_stays_over(phase: Phase) -> None:
    over = QuestionState(phase=phase, fence=1)
    for timer in (on.WaveEnded(0), ASKED, on.HelperCame(ANA, NOW)):
        assert story(timer, state=over) == (over, ())
    for event in (ACCEPTED, on.OfferDeclined(ANA.offer_id)):
        assert refusal(over, event) is ErrorCode.OFFER_OVER
    for late in (on.MessageWritten(1), on.HelperGone(1, LEFT), on.AskerSolved()):
        assert refusal(over, late) is ErrorCode.SESSION_OVER


def test_a_live_question_takes_no_wave_and_no_cancel() -> None:
    live, _ = story(ASKED, ACCEPTED)
    assert story(on.WaveEnded(1), state=live) == (live, ())
    assert refusal(live, on.AskerCancelled()) is ErrorCode.ALREADY_TAKEN


EDGES = {
    (Phase.ASKING, Phase.LIVE),
    (Phase.ASKING, Phase.CANCELLED),
    (Phase.LIVE, Phase.ASKING),
    (Phase.LIVE, Phase.SOLVED),
}


class AnyOrder(RuleBasedStateMachine):
    """Events in any order, repeated and late: I5, I6 and I14 of trust.md hold all the time."""

    def __init__(self) -> None:
        super().__init__()
        self.state = QuestionState()
        self.count = 0
        self.made: list[OfferId] = []
        self.winners: dict[int, OfferId] = {}
        self.is_waiting_for_helpers = False

    def play(self, event: on.AnyQuestionEvent) -> tuple[do.AnyQuestionCommand, ...] | Refused:
        before, stepped = self.state, step(self.state, event, NOW)
        if isinstance(stepped, Refused):
            return stepped
        self.state, commands = stepped
        assert before.phase is self.state.phase or (before.phase, self.state.phase) in EDGES  # I14
        assert self.state.fence >= before.fence
        self.is_waiting_for_helpers |= do.FindHelpers() in commands
        return commands

    def offer(self, ring: Ring) -> on.Offered:
        self.count += 1
        name = str(self.count)
        self.made.append(OfferId(name))
        return on.Offered(offer_id=OfferId(name), helper=PersonId(name), ring=ring)

    @rule(ring=st.sampled_from(Ring), size=st.integers(0, 3))
    def helpers_are_found(self, ring: Ring, size: int) -> None:
        self.is_waiting_for_helpers = False
        offers = tuple(self.offer(ring) for _ in range(size))
        self.play(on.HelpersFound(ring, offers, NOW + 30))

    @rule(ring=st.sampled_from(Ring))
    def a_helper_comes(self, ring: Ring) -> None:
        self.play(on.HelperCame(self.offer(ring), NOW + 30))

    @rule(wave=st.integers(0, 5))
    def a_timer_fires(self, wave: int) -> None:
        self.play(on.WaveEnded(wave))

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def somebody_accepts(self, data: st.DataObject) -> None:
        offer_id = data.draw(st.sampled_from(self.made))
        before = self.state
        result = self.play(on.OfferAccepted(offer_id, SessionId(offer_id)))
        if isinstance(result, Refused):
            assert before == self.state
        else:
            assert self.state.fence not in self.winners  # I5: one winner for each fence
            assert offer_id not in self.winners.values()  # I6: an offer wins once
            self.winners[self.state.fence] = offer_id

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def somebody_declines(self, data: st.DataObject) -> None:
        self.play(on.OfferDeclined(data.draw(st.sampled_from(self.made))))

    @rule(fence=st.integers(0, 6))
    def somebody_writes(self, fence: int) -> None:
        result = self.play(on.MessageWritten(fence))
        if not isinstance(result, Refused):
            assert (self.state.phase, self.state.fence) == (Phase.LIVE, fence)  # I5

    @rule(fence=st.integers(0, 6), reason=st.sampled_from(ReleaseReason))
    def the_helper_goes(self, fence: int, reason: ReleaseReason) -> None:
        before = self.state
        result = self.play(on.HelperGone(fence, reason))
        if not isinstance(result, Refused):
            assert before.fence == fence

    @rule()
    def the_asker_cancels(self) -> None:
        self.play(on.AskerCancelled())

    @rule()
    def the_asker_is_done(self) -> None:
        self.play(on.AskerSolved())

    @invariant()
    def a_live_question_has_one_helper_and_no_open_offer(self) -> None:
        is_live = self.state.phase is Phase.LIVE
        assert (self.state.won is not None) == (is_live or self.state.phase is Phase.SOLVED)
        assert not (is_live and self.state.offers)

    @invariant()
    def the_next_fence_belongs_to_nobody_yet(self) -> None:
        assert all(fence <= self.state.fence for fence in self.winners)


TestAnyOrder = AnyOrder.TestCase
