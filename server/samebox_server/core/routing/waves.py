"""The next wave: who is asked now, in which ring, until when, and why (B12-B19)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import PersonId
from samebox_shared.model.topics import Why

from samebox_server.core.routing.closeness import NEAR, is_at_most, nearest
from samebox_server.core.routing.directory import Directory
from samebox_server.core.routing.eligibility import Asking, unfit_colleague, unfit_it
from samebox_server.core.routing.hours import Clocks, day
from samebox_server.core.routing.order import Order
from samebox_server.core.routing.profile import Helper
from samebox_server.core.routing.settings import Routing


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What was done for this question so far: who was asked, how many waves there were, how often
    IT was asked, how often the question was parked, and how many colleagues were asked today
    since then."""

    asked: frozenset[PersonId] = frozenset()
    waves: int = 0
    it_rounds: int = 0
    parked: int = 0
    parked_offers: int = 0


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One helper of a wave: the ring they stand in, the reasons, and until when the offer holds."""

    person_id: PersonId
    ring: Ring
    until: float
    why: tuple[Why, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wave:
    """One round of asking; at `until` more people are asked. `why` holds for all of them."""

    ring: Ring
    helpers: tuple[Chosen, ...]
    until: float
    why: tuple[Why, ...] = ()


@dataclass(frozen=True)
class Nobody:
    """Nobody can be asked now; try again at `again_at`, or when somebody comes."""

    again_at: float


def next_wave(
    directory: Directory, asking: Asking, progress: Progress, now: float
) -> Wave | Nobody:
    """Whom to ask next. Rings in which nobody can be asked are skipped at once."""
    settings = directory.settings
    clocks = Clocks(now)
    order = Order(asking, clocks, settings)
    near = None if asking.topic in settings.it_only else _near(directory, asking, progress, clocks)
    if near is None:
        return it_wave(directory, asking, progress, clocks)
    ring, found = near
    return _wave(ring, _best(found, order, settings, progress), asking, order, settings, now)


def comer(
    directory: Directory,
    person_id: PersonId,
    asking: Asking,
    progress: Progress,
    current: Ring,
    open_offers: int,
    now: float,
) -> Chosen | None:
    """Whether somebody who has just become free is asked beside those who are asked already.

    They are if they stand in the current ring or nearer and the wave has room; the last ring
    always has. IT who were asked in this question before wait for the ring to repeat.
    """
    helper = directory.get(person_id)
    if helper is None or person_id in progress.asked:
        return None
    settings, clocks = directory.settings, Clocks(now)
    ring = _ring_of(helper, asking, clocks, settings)
    if ring is None or not is_at_most(ring, current):
        return None
    if ring is not Ring.IT and progress.parked:
        seen = helper.parked_asks_on(day(now))
        if seen >= settings.pace.parked_asks_a_day or _is_told_enough(ring, progress, settings):
            return None
    if current is not Ring.IT and open_offers >= settings.pace.size(progress.waves):
        return None
    order = Order(asking, clocks, settings)
    return _chosen(helper, ring, asking, order, settings, now)


def _is_told_enough(ring: Ring, progress: Progress, settings: Routing) -> bool:
    """Whether a parked question was shown to enough colleagues for today; IT is asked still."""
    return progress.parked > 0 and progress.parked_offers >= settings.pace.parked_most(ring)


def _ring_of(helper: Helper, asking: Asking, clocks: Clocks, settings: Routing) -> Ring | None:
    """Where this person is asked: as a colleague when they fit, or as IT."""
    nobody: frozenset[PersonId] = frozenset()
    if asking.topic not in settings.it_only:
        ring = nearest(asking.device_type, helper.device_types)
        if ring and not unfit_colleague(helper, asking, nobody, clocks, settings.limits):
            return ring
    return None if unfit_it(helper, asking, clocks, settings.limits) else Ring.IT


def it_wave(
    directory: Directory, asking: Asking, progress: Progress, clocks: Clocks
) -> Wave | Nobody:
    """A few of IT: whoever was not asked yet first, then whoever was not asked for longest. Each
    time the question was parked allows one more round."""
    settings, pace = directory.settings, directory.settings.pace
    limits = settings.limits
    found = [
        helper
        for helper in directory.look(Ring.IT, asking.device_type)
        if unfit_it(helper, asking, clocks, limits) is None
    ]
    if not found or progress.it_rounds >= pace.it_rounds + progress.parked:
        return Nobody(clocks.now + pace.parked_for(progress.parked))
    found.sort(key=lambda one: (one.person_id in progress.asked, one.last_asked, one.person_id))
    order = Order(asking, clocks, settings)
    return _wave(Ring.IT, found[: pace.it_size], asking, order, settings, clocks.now)


def _near(
    directory: Directory, asking: Asking, progress: Progress, clocks: Clocks
) -> tuple[Ring, list[Helper]] | None:
    """The nearest ring with colleagues who can be asked. Those who have another model and gave a
    good part of their week are spared while somebody farther, who gave less, can be asked."""
    settings = directory.settings
    spared = None
    for ring in NEAR:
        if _is_told_enough(ring, progress, settings):
            continue
        found = _fit(directory, ring, asking, progress, clocks)
        fresh = found
        if ring is not Ring.SAME_MODEL:
            most = settings.limits.spared_from
            fresh = [helper for helper in found if helper.given(clocks.week) < most]
        if fresh:
            return ring, fresh
        if found and spared is None:
            spared = ring, found
    return spared


def _fit(
    directory: Directory, ring: Ring, asking: Asking, progress: Progress, clocks: Clocks
) -> list[Helper]:
    """Enough of those who can be asked in this ring."""
    limits, enough = directory.settings.limits, directory.settings.enough
    found: list[Helper] = []
    for helper in directory.look(ring, asking.device_type):
        if unfit_colleague(helper, asking, progress.asked, clocks, limits) is None:
            found.append(helper)
            if len(found) == enough:
                break
    return found


def _best(found: list[Helper], order: Order, settings: Routing, progress: Progress) -> list[Helper]:
    """The best of them; equal ones by who was not asked for longest, then by id.

    A wave of several is not made of newcomers alone while somebody else can be asked.
    """
    ranked = sorted(found, key=_ranking(order.score))
    size, limits = settings.pace.size(progress.waves), settings.limits
    wave, rest = ranked[:size], ranked[size:]
    if size > 1 and rest and all(helper.is_newcomer(limits) for helper in wave):
        wave[-1] = next((one for one in rest if not one.is_newcomer(limits)), wave[-1])
    return wave


def _ranking(
    score: Callable[[Helper], float],
) -> Callable[[Helper], tuple[float, float, PersonId]]:
    return lambda helper: (-score(helper), helper.last_asked, helper.person_id)


def _wave(
    ring: Ring,
    helpers: Iterable[Helper],
    asking: Asking,
    order: Order,
    settings: Routing,
    now: float,
) -> Wave:
    chosen = tuple(_chosen(one, ring, asking, order, settings, now) for one in helpers)
    pace = settings.pace
    seconds = pace.it_seconds if ring is Ring.IT else pace.wave_seconds
    shared = tuple(why for why in Why if all(why in one.why for one in chosen))
    return Wave(ring=ring, helpers=chosen, until=now + seconds, why=shared)


def _chosen(
    helper: Helper, ring: Ring, asking: Asking, order: Order, settings: Routing, now: float
) -> Chosen:
    pace = settings.pace
    if ring is Ring.IT:
        why = order.why(helper) + ((Why.IT_ONLY,) if asking.topic in settings.it_only else ())
        return Chosen(person_id=helper.person_id, ring=ring, until=now + pace.it_seconds, why=why)
    true_ring = nearest(asking.device_type, helper.device_types) or ring
    return Chosen(
        person_id=helper.person_id,
        ring=true_ring,
        until=now + pace.offer_seconds,
        why=order.why(helper),
    )


def unfit_of(
    directory: Directory, ring: Ring, asking: Asking, progress: Progress, now: float
) -> Iterator[tuple[PersonId, str]]:
    """Why each of a ring is not asked now, to answer "why was nobody asked"."""
    clocks, limits = Clocks(now), directory.settings.limits
    for helper in directory.look(ring, asking.device_type):
        reason = unfit_colleague(helper, asking, progress.asked, clocks, limits)
        if reason is not None:
            yield helper.person_id, reason
