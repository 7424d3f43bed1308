"""Who is brought into a live session: a second helper, IT, or somebody who watches a newcomer."""

from samebox_shared.model.ids import PersonId
from samebox_shared.model.topics import Part

from samebox_server.core.routing.closeness import NEAR
from samebox_server.core.routing.directory import Directory
from samebox_server.core.routing.eligibility import Asking, unfit_colleague
from samebox_server.core.routing.hours import Clocks
from samebox_server.core.routing.order import Order
from samebox_server.core.routing.profile import Helper
from samebox_server.core.routing.waves import Chosen, Nobody, Progress, Wave, it_wave, next_wave


def second_helper(
    directory: Directory, asking: Asking, progress: Progress, part: Part, now: float
) -> Wave | Nobody:
    """A wave for one more person in the session: a colleague (`Part.SECOND`) or `Part.IT`.

    `asking.others` are those who are in it already; nobody is brought together with somebody they
    have blocked, whoever of them it is.
    """
    if part is Part.IT:
        return it_wave(directory, asking, progress, Clocks(now))
    return next_wave(directory, asking, progress, now)


def watcher_for(
    directory: Directory, asking: Asking, newcomer: PersonId, now: float
) -> Chosen | None:
    """Any experienced helper who watches newcomers and is free now, the nearest first, is invited
    to watch this newcomer's session (P14); None when nobody is, and the session goes on without.
    """
    settings, clocks = directory.settings, Clocks(now)
    watched = directory.get(newcomer)
    if watched is None or not watched.is_newcomer(settings.limits):
        return None
    order = Order(asking, clocks, settings)
    nobody: frozenset[PersonId] = frozenset()
    for ring in NEAR:
        fit = [
            helper
            for helper in directory.look(ring, asking.device_type)
            if _may_watch(directory, helper, newcomer)
            and unfit_colleague(helper, asking, nobody, clocks, settings.limits) is None
        ]
        if fit:
            best = min(fit, key=lambda one: (-order.score(one), one.last_asked, one.person_id))
            until = now + settings.pace.offer_seconds
            return Chosen(person_id=best.person_id, ring=ring, until=until, why=order.why(best))
    return None


def _may_watch(directory: Directory, helper: Helper, newcomer: PersonId) -> bool:
    return (
        helper.volunteering.watches_newcomers
        and helper.solved_total >= directory.settings.limits.experienced_sessions
        and newcomer not in helper.blocked
        and helper.person_id != newcomer
    )
