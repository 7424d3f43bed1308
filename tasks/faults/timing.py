"""Times of a world: how late timers were, how fast people were back, how long messages took.

Pure. Server times are brought to the harness's clock by the `clock` entry of its history.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.faults.checks import Breach
from tasks.faults.history import Fault, Kept
from tasks.faults.world import ASKED, CANCELLED, OPENED, PARKED, RELEASED, SOLVED, WAVE, World

SERVER = "server"
WRITES = (SERVER, "disk", "database")
EARLY = 0.005
"""Seconds that a timer may look early because two numbers were rounded."""
LATE = 5.0
"""Seconds a timer may be late once the server has been up for its time of grace."""
CONVERGE_SECONDS = 20.0
RESUME_SECONDS = 5.0
RESUMED_SHARE = 0.99
LOOK_BACK = 120.0
FOR_EVER = float("inf")


def share(values: Sequence[float], part: float) -> float:
    """The value below which this part of them lies; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def send_to_shown(world: World) -> list[float]:
    """Seconds from a person's key to the other one's screen, for every message."""
    return [
        at - message.said.at
        for message in world.messages.values()
        for person, at in message.shown.items()
        if person != message.said.person
    ]


def converged(world: World) -> list[float]:
    """For each partition that healed: seconds until everything said before was where it belongs.
    Whoever was hit by something else before that, or the server was, does not count from there."""
    ordered = sorted(world.messages.values(), key=lambda message: message.said.at)
    times = [message.said.at for message in ordered]
    found = []
    for heal in (fault for fault in world.faults if fault.what == "heal"):
        slowest = 0.0
        near = ordered[bisect_left(times, heal.at - LOOK_BACK) : bisect_left(times, heal.at)]
        quiet = {person: _quiet_until(world, person, heal.at) for person in heal.people}
        for message in near:
            answered = message.answered.at if message.answered else heal.at
            if answered <= quiet.get(message.said.person, 0.0):
                slowest = max(slowest, answered - heal.at)
            for person, at in message.shown.items():
                if answered <= heal.at and at <= quiet.get(person, 0.0):
                    slowest = max(slowest, at - heal.at)
        found.append(slowest)
    return found


def _quiet_until(world: World, person: str, healed: float) -> float:
    """Until when nothing else stood in this person's way; for ever if that is long enough."""
    hits = [
        fault.at
        for fault in world.faults
        if healed < fault.at < healed + CONVERGE_SECONDS
        and fault.what in STOPS
        and (person in fault.people or fault.whom in WRITES)
    ]
    return min(hits, default=FOR_EVER)


@dataclass(frozen=True)
class Resumed:
    """How long people took to come back after restarts; `unknown` were hit by something else."""

    seconds: tuple[float, ...]
    unknown: int


STOPS = ("kill", "cut", "stop", "down", "toxic")
GOES = ("started", "heal", "cont", "up", "clean")


def resumed(world: World) -> Resumed:
    """From the moment the server is ready until its welcome, for everybody who was undisturbed."""
    seconds, unknown = [], 0
    readies = [fault for fault in world.faults if (fault.what, fault.whom) == ("ready", SERVER)]
    for ready in readies:
        ended = min(
            (fault.at for fault in world.faults if _ends(fault, ready.at)), default=world.ended
        )
        for person in ready.people:
            back = _first_up(world, person, ready.at)
            until = min(ended, _next_hit(world, person, ready.at))
            if _is_hit(world, person, ready.at) or (
                back > until and until < ready.at + RESUME_SECONDS
            ):
                unknown += 1
            else:
                seconds.append(back - ready.at)
    return Resumed(tuple(seconds), unknown)


def _ends(fault: Fault, after: float) -> bool:
    return fault.whom in WRITES and fault.at > after and fault.what in ENDS


def _first_up(world: World, person: str, after: float) -> float:
    ups = world.ups.get(person, [])
    return next((up.at for up in ups if up.at > after), world.ended)


def _next_hit(world: World, person: str, after: float) -> float:
    return min(
        (
            fault.at
            for fault in world.faults
            if fault.at > after and fault.what in STOPS and person in fault.people
        ),
        default=world.ended,
    )


def _is_hit(world: World, person: str, at: float) -> bool:
    """Whether something of this person's own stands at this moment: cut, stopped, killed."""
    standing = 0
    for fault in world.faults:
        if fault.at <= at and fault.whom != SERVER and person in fault.people:
            standing += (fault.what in STOPS) - (fault.what in GOES)
    return standing > 0


@dataclass(frozen=True)
class Timers:
    """What became of timers: how many fired, how late, and what is wrong."""

    fired: int
    late: tuple[float, ...]
    """Seconds the server was up and could have fired it, for each."""
    breaches: tuple[Breach, ...]


class _Clock:
    """Server time on the harness's clock. It never goes back (DEL-13), so a clock that is set back
    changes nothing, and one that is set ahead makes everything due at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self._steps: list[tuple[float, float]] = []
        for fault in faults:
            if fault.what == "clock" and (not self._steps or fault.seconds > self._steps[-1][1]):
                self._steps.append((fault.at, fault.seconds))

    def when(self, server: float) -> float:
        """The first moment at which the server's time was this."""
        ends = [at for at, _ in self._steps[1:]] + [float("inf")]
        for (begins, ahead), end in zip(self._steps, ends, strict=True):
            if server - ahead < end:
                return max(server - ahead, begins)
        return server


def timers(world: World, grace: float) -> Timers:
    """The end of every wait is followed by the next: once, never early, and not late."""
    uptimes = _uptimes(world, grace)
    clock = _Clock(world.faults)
    late: list[float] = []
    found: list[Breach] = []
    for question, waits in _waits(world).items():
        for wait, after in pairwise(waits):
            if after.told_at < wait.until - EARLY:
                early = wait.until - after.told_at
                what = f"the timer of {question} came {early:.3f} s early, or twice"
                found.append(Breach("timer early or twice", what, (question,)))
            late.append(_overdue(clock.when(wait.until), clock.when(after.told_at), uptimes))
    found.extend(_ownerless(world, uptimes, clock))
    return Timers(len(late), tuple(late), tuple(found))


def _waits(world: World) -> dict[str, list[Kept]]:
    """What was told of questions that nobody was offered: there only a timer can say the next."""
    waits: dict[str, list[Kept]] = {}
    for found in world.kept.values():
        for kept in found:
            if kept.kind in (WAVE, PARKED):
                waits.setdefault(kept.question, []).append(kept)
    return {
        question: found
        for question, found in waits.items()
        if all(kept.kind == PARKED or kept.label == "0" for kept in found)
    }


BEGINS_AFTER = {"ready": 0.0, "cont": 0.0, "freed": 10.0, "unlocked": 10.0, "up": 10.0}
"""What lets the server fire timers again, and how many seconds later it tries."""
ENDS = ("kill", "stop", "down", "full", "locked")


def _uptimes(world: World, grace: float) -> list[tuple[float, float]]:
    """When the server could write and had been up for its time of grace, until it was hit."""
    ups: list[tuple[float, float]] = []
    since: float | None = None
    for fault in world.faults:
        if fault.whom not in WRITES:
            continue
        if fault.what in BEGINS_AFTER:
            since = fault.at + grace + BEGINS_AFTER[fault.what]
        elif fault.what in ENDS and since is not None:
            ups.append((since, fault.at))
            since = None
    if since is not None:
        ups.append((since, float("inf")))
    return [up for up in ups if up[1] > up[0]]


def _overdue(due: float, fired: float, uptimes: list[tuple[float, float]]) -> float:
    """Seconds between the two in which the server could have fired the timer."""
    return sum(
        max(0.0, min(fired, ends) - max(due, begins))
        for begins, ends in uptimes
        if begins < fired and ends > due
    )


def _ownerless(world: World, uptimes: list[tuple[float, float]], clock: _Clock) -> Iterable[Breach]:
    """A question that is neither live nor over has a timer, and that is not overdue."""
    for person, found in world.kept.items():
        state: dict[str, str] = {}
        until: dict[str, float] = {}
        for kept in found:
            if kept.kind in (ASKED, CANCELLED, OPENED, RELEASED, SOLVED, WAVE, PARKED):
                state[kept.question] = kept.kind
            if kept.kind in (WAVE, PARKED):
                until[kept.question] = kept.until
        asked = {kept.question for kept in found if kept.kind == ASKED}
        for question in asked:
            if state[question] in (CANCELLED, SOLVED, OPENED):
                continue
            due = clock.when(until.get(question, 0.0))
            if _overdue(due, world.ended, uptimes) > LATE:
                what = f"{person} asked {question} and nothing happens any more"
                yield Breach("ownerless", what, (question,))
