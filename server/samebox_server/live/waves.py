"""Brings the routing what it needs to know, and turns what it chose into offers."""

from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import OfferId, PersonId, new_id
from samebox_shared.model.topics import Part
from samebox_shared.session.events import HelperCame, HelpersFound, NobodyThere, Offered
from samebox_shared.session.machine import Phase

from samebox_server.core import routing
from samebox_server.core.routing import Asking, Chosen, Nobody, Progress, Wave
from samebox_server.core.routing.closeness import is_at_most, nearest
from samebox_server.core.routing.eligibility import is_out
from samebox_server.core.routing.hours import Clocks, day
from samebox_server.core.routing.joining import second_helper, watcher_for
from samebox_server.live.work import Work
from samebox_server.store import offers, sessions
from samebox_server.store.questions import StoredQuestion, WaitingQuestion


def next_wave(work: Work, question: StoredQuestion) -> HelpersFound | NobodyThere:
    """Whom to ask now."""
    directory, progress = work.whereabouts.directory, _progress(work, question)
    asking = _asking(work, question)
    found = routing.next_wave(directory, asking, progress, work.now)
    is_short = work.is_shared and _has_room(work, found, progress)
    if is_short and work.whereabouts.meet_strangers(work.connection, work.now):
        found = routing.next_wave(directory, asking, progress, work.now)
    if isinstance(found, Nobody):
        return NobodyThere(found.again_at)
    return HelpersFound(found.ring, tuple(_offer(chosen) for chosen in found.helpers), found.until)


def comer(work: Work, question: StoredQuestion, person_id: PersonId) -> HelperCame | None:
    """Whether this person, who has just become free, is asked about a waiting question. IT, which
    is asked again and again, is asked about a parked one whenever somebody of IT comes."""
    directory, progress = work.whereabouts.directory, _progress(work, question)
    helper = directory.get(person_id)
    if helper is not None and helper.is_it and question.state.phase is Phase.PARKED:
        progress = Progress(parked=progress.parked)
    chosen = routing.comer(
        directory,
        person_id,
        _asking(work, question),
        progress,
        question.state.ring,
        len(question.state.offers),
        work.now,
    )
    if chosen is None:
        return None
    return HelperCame(_offer(chosen), work.now + work.rules.routing.pace.wave_seconds)


def room_of(work: Work, person_id: PersonId) -> int:
    """How many offers this person can have now, whatever the question."""
    routing = work.rules.routing
    helper = work.whereabouts.directory.get(person_id)
    if helper is None or is_out(helper, Clocks(work.now), routing.limits):
        return 0
    return routing.pace.it_size if helper.is_it else 1


def may_fit(work: Work, waiting: WaitingQuestion, person_id: PersonId) -> bool:
    """A quick look, without the database, whether this person can be asked about a waiting
    question: they stand in its ring or nearer, and it was not shown enough today."""
    helper = work.whereabouts.directory.get(person_id)
    if helper is None or waiting.asker == person_id:
        return False
    if helper.is_it and waiting.ring is Ring.IT:
        return True
    ring = nearest(waiting.device_type, helper.device_types)
    if ring is None or not is_at_most(ring, waiting.ring):
        return False
    pace, today = work.rules.routing.pace, day(work.now)
    return not waiting.is_parked or (
        waiting.told.on(today) < pace.parked_most(ring)
        and helper.parked_asks_on(today) < pace.parked_asks_a_day
    )


def company(
    work: Work, question: StoredQuestion, part: Part, inside: frozenset[PersonId]
) -> tuple[Offered, ...]:
    """Whom to ask to join a live session; nobody who is or was `inside` it."""
    directory = work.whereabouts.directory
    asking = _asking(work, question, inside)
    if part is Part.WATCHER:
        won = question.state.won
        chosen = watcher_for(directory, asking, won.helper, work.now) if won else None
        return (_offer(chosen, part),) if chosen else ()
    found = second_helper(directory, asking, Progress(), part, work.now)
    if isinstance(found, Nobody):
        return ()
    return tuple(_offer(chosen, part) for chosen in found.helpers)


def _has_room(work: Work, found: Wave | Nobody, progress: Progress) -> bool:
    """Whether fewer were found than a wave asks: somebody else may be known to another server."""
    size = work.rules.routing.pace.size(progress.waves)
    return isinstance(found, Nobody) or len(found.helpers) < size


def _progress(work: Work, question: StoredQuestion) -> Progress:
    connection, question_id = work.connection, question.question_id
    return Progress(
        asked=offers.asked(connection, question_id),
        waves=question.state.wave,
        it_rounds=offers.it_rounds(connection, question_id) if question.state.wave else 0,
        parked=question.state.parked,
        parked_offers=question.told.on(day(work.now)),
    )


def _asking(
    work: Work, question: StoredQuestion, inside: frozenset[PersonId] = frozenset()
) -> Asking:
    """Whoever gave this question back, or was lost from it, has some time without it."""
    since = work.now - work.rules.rest_seconds
    return Asking(
        asker=question.asker,
        device_type=question.device_type,
        topic=question.topic,
        language=question.language,
        place=question.place,
        others=inside,
        without=sessions.left_lately(work.connection, question.question_id, since),
        busy=_busy(work) if work.is_shared else frozenset(),
        being_asked=offers.being_asked(work.connection) if work.is_shared else frozenset(),
    )


def _busy(work: Work) -> frozenset[PersonId]:
    """Everyone who is in as many sessions as they take, whichever server they were opened by."""
    directory, limits = work.whereabouts.directory, work.rules.routing.limits
    return frozenset(
        person_id
        for person_id, count in sessions.helping_in(work.connection).items()
        if (helper := directory.get(person_id)) and count >= helper.at_once(limits)
    )


def _offer(chosen: Chosen, part: Part = Part.HELPER) -> Offered:
    return Offered(
        offer_id=OfferId(new_id()),
        helper=chosen.person_id,
        ring=chosen.ring,
        part=part,
        until=chosen.until if part is Part.HELPER else 0.0,
        why=chosen.why,
    )
