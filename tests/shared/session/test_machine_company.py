"""A live session with company: bringing in, watching, joining, leaving, and who goes on."""

import pytest
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import OfferId, PersonId, SessionId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import OfferEnd, ReleaseReason
from samebox_shared.session import commands as do
from samebox_shared.session import events as on
from samebox_shared.session.machine import Phase, QuestionState, Refused, step

NOW = 1_000.0
SEATS = 4
ONE = SessionId("1")
LEFT = ReleaseReason.LEFT


def offer(name: str, part: Part, ring: Ring = Ring.SAME_MODEL) -> on.Offered:
    return on.Offered(offer_id=OfferId(name), helper=PersonId(name), ring=ring, part=part)


HUGO = offer("hugo", Part.HELPER)
SARA, SVEN = offer("sara", Part.SECOND), offer("sven", Part.SECOND)
INA = offer("ina", Part.IT, Ring.IT)
WIM = offer("wim", Part.WATCHER)
LIVE = QuestionState(phase=Phase.LIVE, fence=1, wave=1, session_id=ONE, won=HUGO, until=NOW + 30)


def found(*offers: on.Offered, until: float = NOW + 60, seats: int = SEATS) -> on.CompanyFound:
    return on.CompanyFound(offers[0].part, offers, until, seats)


def took(one: on.Offered) -> on.OfferAccepted:
    return on.OfferAccepted(one.offer_id, SessionId("not needed"))


def story(
    *events: on.AnyQuestionEvent, state: QuestionState = LIVE
) -> tuple[QuestionState, tuple[do.AnyQuestionCommand, ...]]:
    commands: tuple[do.AnyQuestionCommand, ...] = ()
    for event in events:
        stepped = step(state, event, NOW)
        assert not isinstance(stepped, Refused), (event, stepped)
        state, commands = stepped
    return state, commands


def refusal(state: QuestionState, event: on.AnyQuestionEvent) -> ErrorCode:
    stepped = step(state, event, NOW)
    assert isinstance(stepped, Refused)
    return stepped.code


def test_asking_for_company_looks_for_it() -> None:
    assert story(on.CompanyWanted(1, Part.IT, SEATS)) == (LIVE, (do.FindCompany(Part.IT),))


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (on.CompanyWanted(0, Part.IT, SEATS), ErrorCode.STALE_FENCE),
        (on.CompanyWanted(1, Part.HELPER, SEATS), ErrorCode.MALFORMED),
        (on.CompanyWanted(1, Part.WATCHER, SEATS), ErrorCode.MALFORMED),
        (on.CompanyWanted(1, Part.IT, 2), ErrorCode.TOO_MANY),
    ],
)
def test_company_is_not_asked_for_by(event: on.CompanyWanted, code: ErrorCode) -> None:
    assert refusal(LIVE, event) is code


def test_the_same_part_is_not_asked_twice_at_a_time() -> None:
    asked, _ = story(found(SARA))
    assert refusal(asked, on.CompanyWanted(1, Part.SECOND, SEATS)) is ErrorCode.ALREADY_ASKING
    assert story(found(SVEN), state=asked) == (asked, ())


def test_a_fifth_person_is_not_asked() -> None:
    full, _ = story(found(SARA), took(SARA), found(INA))
    assert refusal(full, on.CompanyWanted(1, Part.SECOND, SEATS)) is ErrorCode.TOO_MANY
    assert story(found(SVEN), state=full) == (full, ())


def test_found_company_is_asked_under_a_timer_and_the_session_knows() -> None:
    state, commands = story(found(SARA, SVEN))
    assert (state.wave, state.offers, state.until) == (2, (SARA, SVEN), NOW + 60)
    assert commands == (
        do.MakeOffers((SARA, SVEN), 2, NOW + 60),
        do.StartTimer(2, NOW + 60),
        do.TellJoinAsked(ONE, Part.SECOND, 2, NOW + 60),
    )


def test_with_nobody_to_bring_in_the_session_is_told() -> None:
    nobody = on.CompanyFound(Part.IT, (), NOW + 60, SEATS)
    assert story(nobody) == (LIVE, (do.TellJoinAsked(ONE, Part.IT, 0, NOW + 60),))


def test_watchers_are_asked_without_a_word_to_the_session() -> None:
    state, commands = story(found(WIM))
    assert commands == (do.MakeOffers((WIM,), 2, NOW + 60), do.StartTimer(2, NOW + 60))
    over = (do.CloseOffers((WIM.offer_id,), OfferEnd.EXPIRED),)
    assert story(on.WaveEnded(2), state=state)[1] == over
    assert story(on.CompanyFound(Part.WATCHER, (), NOW, SEATS)) == (LIVE, ())


def test_one_of_those_who_were_asked_joins_and_that_is_enough() -> None:
    asked, _ = story(found(SARA, SVEN), found(INA))
    state, commands = story(took(SARA), state=asked)
    assert (state.fence, state.won, state.others, state.offers) == (1, HUGO, (SARA,), (INA,))
    assert commands == (
        do.CloseOffers((SARA.offer_id,), OfferEnd.ACCEPTED),
        do.CloseOffers((SVEN.offer_id,), OfferEnd.TAKEN),
        do.JoinSession(ONE, SARA, 1),
    )
    assert refusal(state, took(SARA)) is ErrorCode.ALREADY_TAKEN
    assert refusal(state, took(SVEN)) is ErrorCode.ALREADY_TAKEN


def test_when_all_say_not_now_or_the_time_is_over_the_session_is_told() -> None:
    asked, _ = story(found(SARA, SVEN))
    one, commands = story(on.OfferDeclined(SARA.offer_id), state=asked)
    assert commands == (do.CloseOffers((SARA.offer_id,), OfferEnd.DECLINED),)
    nobody = do.TellJoinAsked(ONE, Part.SECOND, 0, NOW + 60)
    declined = do.CloseOffers((SVEN.offer_id,), OfferEnd.DECLINED)
    assert story(on.OfferDeclined(SVEN.offer_id), state=one)[1] == (declined, nobody)
    expired = do.CloseOffers((SVEN.offer_id,), OfferEnd.EXPIRED)
    assert story(on.WaveEnded(2), state=one)[1] == (expired, nobody)
    assert story(on.WaveEnded(1), state=one) == (one, ())
    assert refusal(one, on.OfferDeclined(SARA.offer_id)) is ErrorCode.OFFER_OVER


def test_whoever_was_brought_in_leaves_and_the_session_stays() -> None:
    state, _ = story(found(SARA), took(SARA))
    after, commands = story(on.PersonGone(1, SARA.helper), state=state)
    assert (after.others, commands) == ((), (do.LetGo(ONE, SARA.helper),))
    assert refusal(state, on.PersonGone(0, SARA.helper)) is ErrorCode.STALE_FENCE
    assert refusal(after, on.PersonGone(1, SARA.helper)) is ErrorCode.NOT_FOUND


def test_when_the_helper_goes_whoever_was_brought_in_goes_on() -> None:
    state, _ = story(found(WIM), took(WIM), found(INA), took(INA))
    after, commands = story(on.HelperGone(1, LEFT), state=state)
    assert (after.phase, after.fence, after.won, after.others) == (Phase.LIVE, 2, INA, (WIM,))
    assert commands == (do.ChangeHelper(ONE, INA, 2, LEFT),)
    assert refusal(after, on.MessageWritten(1)) is ErrorCode.STALE_FENCE
    assert refusal(after, on.HelperGone(1, LEFT)) is ErrorCode.STALE_FENCE


def test_a_watcher_does_not_go_on() -> None:
    state, _ = story(found(WIM), took(WIM), found(SARA))
    after, commands = story(on.HelperGone(1, LEFT), state=state)
    assert (after.phase, after.fence, after.others, after.offers) == (Phase.ASKING, 2, (), ())
    assert commands == (
        do.CloseOffers((SARA.offer_id,), OfferEnd.WITHDRAWN),
        do.ReleaseSession(ONE, LEFT),
        do.FindHelpers(),
    )


def test_solved_withdraws_who_is_asked_to_join() -> None:
    state, _ = story(found(SARA))
    after, commands = story(on.AskerSolved(), state=state)
    assert (after.phase, after.offers) == (Phase.SOLVED, ())
    assert commands[0] == do.CloseOffers((SARA.offer_id,), OfferEnd.WITHDRAWN)


@pytest.mark.parametrize("phase", [Phase.ASKING, Phase.PARKED, Phase.SOLVED, Phase.CANCELLED])
def test_company_that_is_found_too_late_is_not_asked(phase: Phase) -> None:
    state = QuestionState(phase=phase)
    assert story(found(SARA), state=state) == (state, ())


def test_a_state_without_its_session_asks_and_tells_nobody() -> None:
    lost = QuestionState(phase=Phase.LIVE, fence=1, wave=1, offers=(SARA,))
    assert story(found(INA), state=lost) == (lost, ())
    assert refusal(lost, took(SARA)) is ErrorCode.ALREADY_TAKEN
    assert refusal(lost, on.PersonGone(1, SARA.helper)) is ErrorCode.STALE_FENCE
    expired = (do.CloseOffers((SARA.offer_id,), OfferEnd.EXPIRED),)
    assert story(on.WaveEnded(1), state=lost)[1] == expired
