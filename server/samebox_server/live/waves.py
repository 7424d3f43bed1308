"""Brings the routing what it needs to know, and turns what it chose into offers."""

from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import OfferId, PersonId, new_id
from samebox_shared.model.people import Volunteering
from samebox_shared.session.events import HelperCame, HelpersFound, Offered

from samebox_server.core import routing
from samebox_server.core.routing import Asking, Chosen, Directory, Helper, Nobody, Progress
from samebox_server.core.routing.profile import FOR_EVER
from samebox_server.live.work import Work
from samebox_server.store import offers, people, sessions
from samebox_server.store.questions import StoredQuestion


def next_wave(work: Work, question: StoredQuestion) -> HelpersFound:
    """Whom to ask now."""
    progress = _progress(work, question)
    wave = routing.next_wave(directory(work), _asking(question), progress, work.now)
    if isinstance(wave, Nobody):
        return HelpersFound(Ring.IT, (), wave.again_at)
    return HelpersFound(wave.ring, tuple(_offer(chosen) for chosen in wave.helpers), wave.until)


def comer(work: Work, question: StoredQuestion, person_id: PersonId) -> HelperCame | None:
    """Whether this person, who has just become free, is asked about a waiting question."""
    chosen = routing.comer(
        directory(work, person_id),
        person_id,
        _asking(question),
        _progress(work, question),
        question.state.ring,
        len(question.state.offers),
        work.now,
    )
    if chosen is None:
        return None
    return HelperCame(_offer(chosen), work.now + work.rules.routing.pace.wave_seconds)


def directory(work: Work, only: PersonId | None = None) -> Directory:
    """Everyone (or `only` this one) who helps, and whether they are free now."""
    busy = sessions.live_helpers(work.connection)
    found = Directory(work.rules.routing)
    for one in people.who_may_help(work.connection, only):
        found.put(
            Helper(
                person_id=one.person_id,
                device_types=one.device_types,
                volunteering=Volunteering(helping=one.is_helping),
                is_it=one.is_it,
                sessions=1 if one.person_id in busy else 0,
                present_until=FOR_EVER if work.presence.may_be_asked(one.person_id) else 0.0,
                last_asked=one.last_asked,
            )
        )
    return found


def _progress(work: Work, question: StoredQuestion) -> Progress:
    return Progress(
        asked=offers.asked(work.connection, question.question_id), waves=question.state.wave
    )


def _asking(question: StoredQuestion) -> Asking:
    return Asking(asker=question.asker, device_type=question.device_type)


def _offer(chosen: Chosen) -> Offered:
    return Offered(offer_id=OfferId(new_id()), helper=chosen.person_id, ring=chosen.ring)
