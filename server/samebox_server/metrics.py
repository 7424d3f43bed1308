"""Everything this process counts for Prometheus: numbers only, never a person or their words.

Counting is cheap where it is hot: children are bound once, and most counts are taken a batch at a
time. What can be looked at when somebody asks (sockets, queue) is not counted at all.
"""

from collections.abc import Callable, Mapping, Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector
from samebox_shared.protocol.acts import AnyAct
from samebox_shared.protocol.events import (
    AnyEvent,
    OfferClosed,
    OfferMade,
    QuestionAnswered,
    QuestionAsked,
    QuestionCancelled,
    QuestionParked,
    SessionReleased,
    SessionSolved,
)
from samebox_shared.protocol.messages import Refused, ServerFrame

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_FAST = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
_CLAIMS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600)
_LATE = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_COUNTED: dict[type, str] = {
    OfferMade: "made",
    OfferClosed: "closed",
    QuestionAsked: "asked",
    QuestionParked: "parked",
    QuestionAnswered: "answered",
    QuestionCancelled: "cancelled",
    SessionSolved: "solved",
    SessionReleased: "released",
}

Look = Callable[[], float]


class Metrics:
    """One for each process. The `watch_...` methods say where a gauge looks when it is asked."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry(auto_describe=False)
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        self._acts = Counter(
            "samebox_acts", "Acts answered.", ["act", "outcome"], registry=registry
        )
        self._phases: frozenset[str] = frozenset()
        self._bound_acts: dict[tuple[type, str], Counter] = {}
        self._events = Counter("samebox_feed_events", "Lines added to feeds.", registry=registry)
        self._offers = Counter(
            "samebox_offers", "Offers, by what became of them.", ["end"], registry=registry
        )
        self._questions = Counter(
            "samebox_questions", "Questions, by what happened.", ["what"], registry=registry
        )
        self._open = Gauge(
            "samebox_questions_open", "Questions by phase.", ["phase"], registry=registry
        )
        self._claim = Histogram(
            "samebox_claim_seconds",
            "From asking to the claim.",
            buckets=_CLAIMS,
            registry=registry,
        )
        self._commit = Histogram(
            "samebox_commit_seconds", "One transaction.", buckets=_FAST, registry=registry
        )
        self._batch = Histogram(
            "samebox_batch_units", "Units in a transaction.", buckets=_SIZES, registry=registry
        )
        self._late = Histogram(
            "samebox_timer_late_seconds",
            "From when a timer was due to its effect.",
            buckets=_LATE,
            registry=registry,
        )
        self._closed = Counter(
            "samebox_sockets_closed", "Sockets the server closed.", ["code"], registry=registry
        )
        self._http = Counter(
            "samebox_http_requests",
            "Requests answered.",
            ["method", "route", "status"],
            registry=registry,
        )

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)

    def watch(self, name: str, what: str, look: Look) -> None:
        """A gauge that looks only when it is asked."""
        Gauge(f"samebox_{name}", what, registry=self.registry).set_function(look)

    def answered(self, act: AnyAct, answer: ServerFrame) -> None:
        """An act is decided: done, later, or refused with a code."""
        outcome = answer.code.value if isinstance(answer, Refused) else type(answer).__name__
        bound = self._bound_acts.get((type(act), outcome))
        if bound is None:
            bound = self._acts.labels(str(act.__struct_config__.tag), outcome.lower())
            self._bound_acts[type(act), outcome] = bound
        bound.inc()

    def committed(self, seconds: float, units: int) -> None:
        """One transaction of the writer."""
        self._commit.observe(seconds)
        self._batch.observe(units)

    def told(self, events: Sequence[AnyEvent]) -> None:
        """These were committed, one for each feed; what several are told in a row counts once."""
        self._events.inc(len(events))
        before: AnyEvent | None = None
        for event in events:
            what = _COUNTED.get(type(event))
            if what is not None and event is not before:
                self._count(what, event)
            before = event

    def claimed(self, seconds: float) -> None:
        """A question has found its helper so long after it was asked."""
        self._claim.observe(seconds)

    def fired(self, late: float) -> None:
        """A timer took effect so many seconds after it was due."""
        self._late.observe(max(0.0, late))

    def closed(self, code: int) -> None:
        """The server closed a socket."""
        self._closed.labels(code).inc()

    def requested(self, method: str, route: str, status: int) -> None:
        """An HTTP request was answered. `route` is a template, so that the labels stay few."""
        self._http.labels(method if method in _METHODS else "other", route, status).inc()

    def questions(self, open_by_phase: Mapping[str, int]) -> None:
        """How many questions stand where, read just now."""
        for phase in set(self._phases) | set(open_by_phase):
            self._open.labels(phase).set(open_by_phase.get(phase, 0))
        self._phases = frozenset(open_by_phase) | self._phases

    def _count(self, what: str, event: AnyEvent) -> None:
        if isinstance(event, OfferClosed):
            self._offers.labels(event.end.value).inc()
        elif isinstance(event, OfferMade):
            self._offers.labels(what).inc()
        else:
            self._questions.labels(what).inc()
