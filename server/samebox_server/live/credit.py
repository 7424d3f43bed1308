"""Notes what helpers give: who is in a session, for how long, and what they solved. Called by
questions.py and company.py inside their unit."""

from collections.abc import Iterable

from samebox_shared.model.ids import PersonId

from samebox_server.core.routing.closeness import kind
from samebox_server.core.routing.hours import week
from samebox_server.live.work import Work
from samebox_server.store import credit, sessions
from samebox_server.store.questions import StoredQuestion
from samebox_server.store.sessions import StoredSession


def came(work: Work, person_id: PersonId) -> None:
    """Somebody helps in a session now."""
    work.touched.add(person_id)
    work.whereabouts.directory.session_opened(person_id)


def went(work: Work, session: StoredSession, people: Iterable[PersonId]) -> None:
    """These helpers have been in the session until now. Before it is closed, or they are let go."""
    since = sessions.since(work.connection, session.session_id)
    directory = work.whereabouts.directory
    for person_id in people:
        minutes = max(0.0, work.now - since.get(person_id, work.now)) / 60
        work.touched.add(person_id)
        directory.session_closed(person_id, minutes, work.now)
        credit.give_minutes(work.connection, person_id, week(work.now), minutes)
        helper = directory.get(person_id)
        if helper is not None:
            credit.rest(work.connection, person_id, helper.rest_until)
        work.freed.append(person_id)


def solved(work: Work, question: StoredQuestion, session: StoredSession) -> None:
    """The asker said solved: it counts for the helper, and only for them."""
    experience = (kind(question.device_type), question.topic)
    half_life = work.rules.routing.weights.solved_half_life
    credit.add_solved(
        work.connection, session.helper, session.asker, experience, work.now, half_life
    )
    work.whereabouts.directory.solved(session.helper, session.asker, experience, work.now)
