"""What the hub writes down on its own: timers that fired, cursors, receipts, who has gone."""

from collections.abc import Iterable
from typing import assert_never

from samebox_shared.model.ids import PersonId, QuestionId, SessionId
from samebox_shared.protocol.events import ReleaseReason
from samebox_shared.session.events import HelperGone, WaveEnded

from samebox_server.live import questions, silence
from samebox_server.live.connection import Connection
from samebox_server.live.work import Work
from samebox_server.store import devices, sessions, timers
from samebox_server.store.timers import Due, TimerKind


def fire(work: Work, timer: Due) -> bool:
    """A timer is due. Taking it and its effect are one transaction; False if it was taken."""
    if not timers.finish(work.connection, timer.timer_id, work.now):
        return False
    match timer.kind:
        case TimerKind.WAVE:
            questions.move(work, QuestionId(timer.subject), WaveEnded(timer.generation))
        case TimerKind.SILENCE:
            _look_for_helper(work, SessionId(timer.subject))
        case _:
            assert_never(timer.kind)
    questions.sweep_freed(work)
    return True


def keep_cursors(work: Work, connections: Iterable[Connection]) -> None:
    """How far these devices are. A hint: what is lost of it is read again from the feed."""
    known = {connection: connection.acked for connection in connections}
    cursors = {connection.caller.device_id: acked for connection, acked in known.items()}
    devices.move_cursors(work.connection, cursors, work.now)
    for connection, acked in known.items():
        connection.kept_cursor = acked


def keep_leaving(work: Work, gone: Iterable[tuple[Connection, bool]]) -> None:
    """Devices have gone; True says that a person has gone with it."""
    gone = list(gone)
    keep_cursors(work, [connection for connection, _ in gone if connection.is_welcome])
    people = {PersonId(connection.caller.person_id) for connection, is_gone in gone if is_gone}
    silence.watch_all(work, people)


def _look_for_helper(work: Work, session_id: SessionId) -> None:
    """The timer of a silence fired. Whoever came back and left again is watched by a newer one, and
    what the clock jumped over was nobody's silence."""
    watched = sessions.load(work.connection, session_id)
    if watched is None or watched.end is not None or silence.is_here(work, watched.helper):
        return
    if silence.runs_out(work, watched.helper) > work.now:
        silence.watch(work, watched)
        return
    event = HelperGone(watched.fence, ReleaseReason.NO_SIGN_OF_LIFE)
    questions.move(work, watched.question_id, event)
