"""Every transition of a question without company, told as stories."""

from dataclasses import replace

import pytest
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import AnswerId, OfferId, PersonId, SessionId
from samebox_shared.model.topics import Part, Why
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
NOBODY = on.NobodyThere(NOW + 14_400)
ANSWER = on.Answered(AnswerId("w"), PersonId("ben"), "Turn it off and on.")
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


def test_an_offer_that_stands_longer_than_its_wave_is_left_open_by_the_next() -> None:
    long = replace(ANA, until=NOW + 60)
    asked = on.HelpersFound(Ring.SAME_MODEL, (long, BEN), NOW + 20)
    wider = on.HelpersFound(Ring.SAME_FAMILY, (INA,), NOW + 40)
    state, commands = story(asked, wider)
    assert state.offers == (long, INA)
    assert commands == (
        do.CloseOffers((BEN.offer_id,), OfferEnd.EXPIRED),
        do.MakeOffers((INA,), 2, NOW + 40),
        do.StartTimer(2, NOW + 40),
        do.TellWave(2, Ring.SAME_FAMILY, 2, NOW + 40),
    )


def test_with_nobody_else_there_it_waits_for_the_offers_that_still_stand() -> None:
    long = replace(ANA, until=NOW + 60)
    asked = on.HelpersFound(Ring.SAME_MODEL, (long, BEN), NOW + 20)
    state, commands = story(asked, NOBODY)
    assert (state.phase, state.offers, state.until, state.parked) == (
        Phase.ASKING,
        (long,),
        NOW + 60,
        0,
    )
    assert commands == (
        do.CloseOffers((BEN.offer_id,), OfferEnd.EXPIRED),
        do.StartTimer(2, NOW + 60),
        do.TellWave(2, Ring.SAME_MODEL, 1, NOW + 60),
    )
    later = step(state, NOBODY, NOW + 60)
    assert not isinstance(later, Refused)
    assert later[0].phase is Phase.PARKED


def test_the_asker_is_told_what_holds_for_everyone_who_is_asked() -> None:
    ana = replace(ANA, why=(Why.SAME_PLACE, Why.SOLVED_LATELY))
    ben = replace(BEN, why=(Why.SAME_PLACE,))
    asked = on.HelpersFound(Ring.SAME_MODEL, (ana, ben), NOW + 30)
    state, commands = story(asked)
    assert commands[-1] == do.TellWave(1, Ring.SAME_MODEL, 2, NOW + 30, (Why.SAME_PLACE,))
    _, commands = story(on.OfferDeclined(BEN.offer_id), state=state)
    assert commands[-1] == do.TellWave(
        1, Ring.SAME_MODEL, 1, NOW + 30, (Why.SOLVED_LATELY, Why.SAME_PLACE)
    )


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
        do.FindCompany(Part.WATCHER),
    )
    late = on.OfferAccepted(BEN.offer_id, SessionId("2"))
    assert refusal(state, late) is ErrorCode.ALREADY_TAKEN


def test_an_offer_that_is_not_open_wins_nothing() -> None:
    state, _ = story(ASKED)
    assert refusal(state, on.OfferAccepted(INA.offer_id, ONE)) is ErrorCode.OFFER_OVER
    assert refusal(state, on.OfferDeclined(INA.offer_id)) is ErrorCode.OFFER_OVER


def test_not_now_closes_one_offer_and_the_last_one_asks_on() -> None:
    state, commands = story(ASKED, on.OfferDeclined(ANA.offer_id))
    closed = do.CloseOffers((ANA.offer_id,), OfferEnd.DECLINED)
    assert commands == (closed, do.TellWave(1, Ring.SAME_MODEL, 1, NOW + 30))
    busy = on.OfferDeclined(BEN.offer_id, OfferEnd.WITHDRAWN)
    _, commands = story(busy, state=state)
    closed = do.CloseOffers((BEN.offer_id,), OfferEnd.WITHDRAWN)
    assert commands == (closed, do.FindHelpers())


def test_when_the_last_of_it_says_not_now_the_timer_decides() -> None:
    asked = on.HelpersFound(Ring.IT, (INA,), NOW + 120)
    _, commands = story(asked, on.OfferDeclined(INA.offer_id))
    closed = do.CloseOffers((INA.offer_id,), OfferEnd.DECLINED)
    assert commands == (closed, do.TellWave(1, Ring.IT, 0, NOW + 120))


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
    assert commands == (do.CloseSession(ONE, True, "a restart"),)
    assert refusal(QuestionState(), on.AskerSolved()) is ErrorCode.SESSION_OVER
    without_session = replace(live, session_id=None)
    assert refusal(without_session, on.AskerSolved()) is ErrorCode.SESSION_OVER


@pytest.mark.parametrize("phase", [Phase.ASKING, Phase.PARKED])
def test_without_a_session_nothing_is_said_in_it(phase: Phase) -> None:
    for late in (
        on.MessageWritten(0),
        on.HelperGone(0, LEFT),
        on.CompanyWanted(0, Part.IT, 4),
        on.PersonGone(0, ANA.helper),
    ):
        assert refusal(QuestionState(phase=phase), late) is ErrorCode.SESSION_OVER


@pytest.mark.parametrize("phase", [Phase.SOLVED, Phase.CANCELLED])
def test_what_is_over_stays_over(phase: Phase) -> None:
    over = QuestionState(phase=phase, fence=1)
    for timer in (on.WaveEnded(0), ASKED, on.HelperCame(ANA, NOW)):
        assert story(timer, state=over) == (over, ())
    for event in (ACCEPTED, on.OfferDeclined(ANA.offer_id)):
        assert refusal(over, event) is ErrorCode.OFFER_OVER
    for late in (
        on.MessageWritten(1),
        on.HelperGone(1, LEFT),
        on.AskerSolved(),
        on.AskerFoundIt(),
        on.AskerCancelled(),
        on.CompanyWanted(1, Part.IT, 4),
        on.PersonGone(1, ANA.helper),
        ANSWER,
    ):
        assert refusal(over, late) is ErrorCode.SESSION_OVER


def test_a_live_question_takes_no_wave_and_no_cancel() -> None:
    live, _ = story(ASKED, ACCEPTED)
    assert story(on.WaveEnded(1), state=live) == (live, ())
    for late in (on.AskerCancelled(), on.AskerFoundIt(), ANSWER):
        assert refusal(live, late) is ErrorCode.ALREADY_TAKEN


def test_with_nobody_there_the_question_is_parked_with_a_timer_and_the_asker_knows() -> None:
    state, commands = story(on.QuestionPosted(), NOBODY)
    assert (state.phase, state.wave, state.until, state.parked) == (
        Phase.PARKED,
        1,
        NOW + 14_400,
        1,
    )
    assert commands == (do.StartTimer(1, NOW + 14_400), do.TellParked(NOW + 14_400))


def test_whoever_has_not_answered_is_not_asked_any_longer_when_it_is_parked() -> None:
    state, commands = story(ASKED, on.WaveEnded(1), NOBODY)
    assert commands[0] == do.CloseOffers((ANA.offer_id, BEN.offer_id), OfferEnd.EXPIRED)
    assert state.offers == ()
    assert refusal(state, ACCEPTED) is ErrorCode.OFFER_OVER
    assert refusal(state, on.OfferDeclined(ANA.offer_id)) is ErrorCode.OFFER_OVER


def test_a_parked_question_is_looked_at_again_and_asked_when_somebody_is_there() -> None:
    parked, _ = story(NOBODY)
    assert story(on.WaveEnded(0), state=parked) == (parked, ())
    looking, commands = story(on.WaveEnded(1), state=parked)
    assert (looking, commands) == (parked, (do.FindHelpers(),))
    still, commands = story(on.NobodyThere(NOW + 86_400), state=looking)
    assert (still.phase, still.parked) == (Phase.PARKED, 2)
    assert commands == (do.StartTimer(2, NOW + 86_400), do.TellParked(NOW + 86_400))
    asking, commands = story(ASKED, state=looking)
    assert (asking.phase, asking.offers) == (Phase.ASKING, (ANA, BEN))
    assert commands[0] == do.MakeOffers((ANA, BEN), 2, NOW + 30)


def test_whoever_comes_is_asked_about_a_parked_question() -> None:
    state, commands = story(NOBODY, on.HelperCame(ANA, NOW + 30))
    assert (state.phase, state.ring, state.offers) == (Phase.ASKING, Ring.SAME_MODEL, (ANA,))
    assert commands == (
        do.MakeOffers((ANA,), 2, NOW + 30),
        do.StartTimer(2, NOW + 30),
        do.TellWave(2, Ring.SAME_MODEL, 1, NOW + 30),
    )


def test_an_answer_from_the_board_is_kept_also_when_it_is_asked_again_meanwhile() -> None:
    recorded = (do.RecordAnswer(ANSWER.answer_id, ANSWER.author, ANSWER.text),)
    parked, _ = story(NOBODY)
    assert story(ANSWER, state=parked) == (parked, recorded)
    asking, _ = story(on.HelperCame(ANA, NOW + 30), state=parked)
    assert story(ANSWER, state=asking) == (asking, recorded)
    assert refusal(QuestionState(), ANSWER) is ErrorCode.NOT_FOUND


def test_the_asker_may_find_it_without_a_session() -> None:
    state, commands = story(ASKED, on.AskerFoundIt("a restart"))
    withdrawn = do.CloseOffers((ANA.offer_id, BEN.offer_id), OfferEnd.WITHDRAWN)
    assert commands == (withdrawn, do.TellSolved("a restart"))
    assert (state.phase, state.offers) == (Phase.SOLVED, ())
    assert story(NOBODY, on.AskerFoundIt())[1] == (do.TellSolved(""),)


def test_a_parked_question_is_cancelled_by_its_asker() -> None:
    state, commands = story(NOBODY, on.AskerCancelled())
    assert (state.phase, commands) == (Phase.CANCELLED, (do.TellCancelled(),))


def test_an_asker_who_leaves_the_organisation_lets_everybody_go() -> None:
    state, commands = story(ASKED, on.AskerLeft())
    assert state.phase is Phase.CANCELLED
    assert commands == (do.CloseOffers((ANA.offer_id, BEN.offer_id), OfferEnd.WITHDRAWN),)
    parked, commands = story(NOBODY, on.AskerLeft())
    assert (parked.phase, commands) == (Phase.CANCELLED, ())
    live, commands = story(ASKED, ACCEPTED, on.AskerLeft())
    assert (live.phase, live.session_id, live.won) == (Phase.CANCELLED, None, None)
    assert commands == (do.ReleaseSession(ONE, ReleaseReason.ASKER_LEFT),)
    assert refusal(live, on.MessageWritten(1)) is ErrorCode.SESSION_OVER
