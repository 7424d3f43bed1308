"""Brings the routing what it needs to know, and turns what it chose into offers."""

from samebox_shared.model.ids import OfferId, PersonId, new_id
from samebox_shared.session.events import HelperCame, HelpersFound, Offered

from samebox_server.core import routing
from samebox_server.core.routing import Asking, Candidate, Chosen
from samebox_server.live.work import Work
from samebox_server.store import offers, people, sessions
from samebox_server.store.questions import StoredQuestion


def next_wave(work: Work, question: StoredQuestion) -> HelpersFound:
    """Whom to ask now."""
    wave = routing.next_wave(
        _asking(question),
        candidates(work),
        offers.asked(work.connection, question.question_id),
        work.now,
        work.rules.pace,
    )
    return HelpersFound(wave.ring, tuple(_offer(chosen) for chosen in wave.helpers), wave.until)


def newcomer(work: Work, question: StoredQuestion, candidate: Candidate) -> HelperCame | None:
    """Whether this person, who has just become free, is asked about a waiting question."""
    chosen = routing.newcomer(
        _asking(question),
        candidate,
        offers.asked(work.connection, question.question_id),
        question.state.ring,
        len(question.state.offers),
        work.rules.pace,
    )
    if chosen is None:
        return None
    return HelperCame(_offer(chosen), work.now + work.rules.pace.wave_seconds)


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
