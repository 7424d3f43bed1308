"""Brings the routing what it needs to know, and turns what it chose into offers."""

from samebox_shared.model.devices import Ring, closeness
from samebox_shared.model.ids import OfferId, PersonId, new_id
from samebox_shared.model.topics import Part
from samebox_shared.session.events import HelperCame, HelpersFound, NobodyThere, Offered
from samebox_shared.session.machine import Phase

from samebox_server.core import parking, routing
from samebox_server.core.routing import Asking, Candidate, Chosen
from samebox_server.live.work import Work
from samebox_server.store import offers, people, sessions
from samebox_server.store.questions import StoredQuestion


def next_wave(work: Work, question: StoredQuestion) -> HelpersFound | NobodyThere:
    """Whom to ask now."""
    resting = left_lately(work, question)
    wave = routing.next_wave(
        _asking(question),
        [one for one in candidates(work) if one.person_id not in resting],
        offers.asked(work.connection, question.question_id),
        work.now,
        work.rules.pace,
    )
    if not wave.helpers:
        again_at = parking.again_at(question.state.parked, work.now, work.rules.patience)
        return NobodyThere(again_at)
    return HelpersFound(wave.ring, tuple(_offer(chosen) for chosen in wave.helpers), wave.until)


def newcomer(work: Work, question: StoredQuestion, candidate: Candidate) -> HelperCame | None:
    """Whether this person, who has just become free, is asked about a waiting question. IT, which
    is asked again and again, is asked about a parked one whenever somebody of IT comes."""
    asked = offers.asked(work.connection, question.question_id)
    if question.state.phase is Phase.PARKED and candidate.is_it:
        asked = left_lately(work, question)
    chosen = routing.newcomer(
        _asking(question),
        candidate,
        asked,
        question.state.ring,
        len(question.state.offers),
        work.rules.pace,
    )
    if chosen is None:
        return None
    return HelperCame(_offer(chosen), work.now + work.rules.pace.wave_seconds)


def company(
    work: Work, question: StoredQuestion, part: Part, inside: frozenset[PersonId]
) -> tuple[Offered, ...]:
    """Whom to ask to join a live session; nobody who is or was `inside` it. Watchers are not
    chosen yet."""
    if part is Part.WATCHER:
        return ()
    left_out = inside | left_lately(work, question)
    rings: dict[Ring, list[Candidate]] = {}
    for one in candidates(work):
        if one.is_free and one.person_id not in left_out:
            ring = Ring.IT if part is Part.IT else _nearest(question, one)
            if ring is not None and (part is not Part.IT or one.is_it):
                rings.setdefault(ring, []).append(one)
    for ring in routing.RINGS:
        nearest = sorted(rings.get(ring, ()), key=lambda one: (one.last_asked, one.person_id))
        if nearest:
            return tuple(
                Offered(offer_id=OfferId(new_id()), helper=one.person_id, ring=ring, part=part)
                for one in nearest[: work.rules.pace.wave_size]
            )
    return ()


def left_lately(work: Work, question: StoredQuestion) -> frozenset[PersonId]:
    """Whoever gave this question back, or was lost from it, has some time without it."""
    since = work.now - work.rules.rest_seconds
    return sessions.left_lately(work.connection, question.question_id, since)


def _nearest(question: StoredQuestion, candidate: Candidate) -> Ring | None:
    if not candidate.is_helping:
        return None
    rings = (closeness(question.device_type, kind) for kind in candidate.device_types)
    return min((ring for ring in rings if ring), key=routing.RINGS.index, default=None)


def candidates(work: Work, only: PersonId | None = None) -> list[Candidate]:
    """Everyone (or `only` this one) who helps, and whether they are free now."""
    busy = sessions.live_helpers(work.connection)
    return [
        Candidate(
            person_id=one.person_id,
            device_types=one.device_types,
            is_helping=one.is_helping,
            is_it=one.is_it,
            is_free=work.presence.may_be_asked(one.person_id) and one.person_id not in busy,
            last_asked=one.last_asked,
        )
        for one in people.who_may_help(work.connection, only)
    ]


def _asking(question: StoredQuestion) -> Asking:
    return Asking(asker=question.asker, device_type=question.device_type)


def _offer(chosen: Chosen) -> Offered:
    return Offered(offer_id=OfferId(new_id()), helper=chosen.person_id, ring=chosen.ring)
