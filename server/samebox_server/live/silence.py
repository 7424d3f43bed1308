"""Watches over helpers who are not connected: a claim without a sign of life is released."""

from collections.abc import Collection

from samebox_shared.model.ids import PersonId

from samebox_server.live.work import Work
from samebox_server.store import nodes, sessions, timers
from samebox_server.store.sessions import StoredSession
from samebox_server.store.timers import TimerKind


def watch(work: Work, watched: StoredSession) -> None:
    """Starts the timer of a session whose helper is not connected now."""
    due_at = runs_out(work, watched.helper)
    generation = timers.next_generation(work.connection, TimerKind.SILENCE, watched.session_id)
    work.start_timer(TimerKind.SILENCE, watched.session_id, generation, max(due_at, work.now))


def watch_all(work: Work, helpers: Collection[PersonId] | None = None) -> None:
    """Starts the timers of every live session (of `helpers`) whose helper is not connected."""
    for live in sessions.live(work.connection) if helpers is None or helpers else ():
        is_meant = helpers is None or live.helper in helpers
        if is_meant and not work.presence.is_here(live.helper):
            watch(work, live)


def runs_out(work: Work, helper: PersonId) -> float:
    """When somebody who is not connected has been silent for too long, if they do not come."""
    return work.presence.last_seen(helper, work.now) + work.rules.silence_seconds


def is_here(work: Work, person_id: PersonId) -> bool:
    """Before somebody's session is released the database is asked whether another server has them,
    which may be news to this one."""
    return work.presence.is_here(person_id) or (
        work.is_shared and nodes.is_here(work.connection, person_id)
    )
