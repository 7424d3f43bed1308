"""What is counted, and that the hot counters stay cheap to call."""

from samebox_server.metrics import Metrics
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.ids import OfferId, QuestionId, SessionId, TxnId
from samebox_shared.protocol.acts import SetHelping
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import (
    HelpingChanged,
    OfferClosed,
    OfferEnd,
    OfferMade,
    QuestionCancelled,
    SessionSolved,
)
from samebox_shared.protocol.messages import Done, Refused, ServerFrame, TryLater
from samebox_shared.session.machine import Phase


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(f"samebox_{name}", labels)


def test_acts_are_counted_by_kind_and_outcome() -> None:
    metrics = Metrics()
    txn_id = TxnId("t")
    answers: list[ServerFrame] = [
        Done(txn_id=txn_id),
        Done(txn_id=txn_id),
        Refused(txn_id=txn_id, code=ErrorCode.BUSY),
        TryLater(txn_id=txn_id, code=ErrorCode.STORAGE_FULL, after_seconds=1),
    ]
    for answer in answers:
        metrics.answered(SetHelping(helping=True), answer)
    outcomes = ("done", "busy", "trylater")
    assert [
        value(metrics, "acts_total", act="set_helping", outcome=outcome) for outcome in outcomes
    ] == [2, 1, 1]


def test_an_event_told_to_two_people_counts_once() -> None:
    metrics = Metrics()
    solved = SessionSolved(
        session_id=SessionId("s"), question_id=QuestionId("q"), thanks=False, fixed_by=""
    )
    metrics.told([solved, solved, HelpingChanged(helping=True), solved])
    assert value(metrics, "questions_total", what="solved") == 2
    assert value(metrics, "feed_events_total") == 4
    metrics.told([QuestionCancelled(question_id=QuestionId("q"))])
    assert value(metrics, "questions_total", what="cancelled") == 1


def test_offers_are_counted_by_what_became_of_them() -> None:
    metrics = Metrics()
    made = OfferMade(
        offer_id=OfferId("o"),
        question_id=QuestionId("q"),
        device_type=DeviceType(),
        line="",
        ring=Ring.IT,
        until=0.0,
    )
    closed = [OfferClosed(offer_id=OfferId("o"), end=end) for end in OfferEnd]
    metrics.told([made, *closed])
    ends = ("made", *(end.value for end in OfferEnd))
    assert [value(metrics, "offers_total", end=end) for end in ends] == [1] * len(ends)


def test_times_and_sizes_are_put_into_buckets() -> None:
    metrics = Metrics()
    metrics.committed(0.0015, 3)
    metrics.claimed(15)
    metrics.fired(-0.5)
    assert value(metrics, "commit_seconds_bucket", le="0.001") == 0
    assert value(metrics, "commit_seconds_bucket", le="0.002") == 1
    assert value(metrics, "batch_units_sum") == 3
    assert value(metrics, "claim_seconds_bucket", le="20.0") == 1
    assert value(metrics, "timer_late_seconds_sum") == 0


def test_a_gauge_looks_when_it_is_asked() -> None:
    metrics = Metrics()
    sockets = [1, 2]
    metrics.watch("sockets", "Connected devices.", lambda: len(sockets))
    sockets.append(3)
    assert b"samebox_sockets 3.0" in metrics.text()


def test_questions_that_are_gone_from_a_phase_read_as_none() -> None:
    metrics = Metrics()
    metrics.questions({Phase.ASKING: 2})
    metrics.questions({Phase.LIVE: 1})
    assert value(metrics, "questions_open", phase="asking") == 0
    assert value(metrics, "questions_open", phase="live") == 1


def test_labels_of_requests_stay_few() -> None:
    metrics = Metrics()
    metrics.requested("GET", "/join/{code:str}", 200)
    metrics.requested("BREW", "(none)", 405)
    metrics.closed(4408)
    assert value(metrics, "http_requests_total", method="other", route="(none)", status="405") == 1
    assert value(metrics, "sockets_closed_total", code="4408") == 1
