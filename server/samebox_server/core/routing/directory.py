"""Everybody who might help, in memory, in pools by device type; only who can be asked is in them.

It is a cache: the server fills it from the database and tells it what was committed. A claim is
decided by the database, so a Directory that is a moment behind costs an offer, never a claim.
"""

from collections.abc import Iterator

from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.ids import PersonId

from samebox_server.core.routing.closeness import NEAR, keys
from samebox_server.core.routing.hours import day
from samebox_server.core.routing.pool import Pool
from samebox_server.core.routing.profile import FOR_EVER, Experience, Helper
from samebox_server.core.routing.settings import Routing
from samebox_server.core.routing.tally import add

_EMPTY = Pool()


class Directory:
    """Who is where. Everything that happens to somebody costs the same in any company.

    `counts` is off where several servers write to one database: which sessions and offers are open
    is then asked of the database for each decision, as memory would be a moment behind.
    """

    def __init__(self, settings: Routing | None = None, *, counts: bool = True) -> None:
        self._counts = counts
        self.settings = settings or Routing()
        self._people: dict[PersonId, Helper] = {}
        self._pools: dict[str, Pool] = {}
        self._it = Pool()

    def __len__(self) -> int:
        return len(self._people)

    def everybody(self) -> list[PersonId]:
        """Everyone who is known."""
        return list(self._people)

    def get(self, person_id: PersonId) -> Helper | None:
        """This person, if known."""
        return self._people.get(person_id)

    def put(self, helper: Helper) -> None:
        """Somebody new, or somebody who changed."""
        self.remove(helper.person_id)
        self._people[helper.person_id] = helper
        self._sort_in(helper)

    def remove(self, person_id: PersonId) -> None:
        """Somebody who is not asked any more."""
        helper = self._people.pop(person_id, None)
        if helper is not None:
            self._take_out(helper)

    def look(self, ring: Ring, device_type: DeviceType) -> Iterator[Helper]:
        """Those of a ring, at most `most_looked_at`; nearer ones are among them."""
        return self.pool(ring, device_type).look(self.settings.most_looked_at)

    def pool(self, ring: Ring, device_type: DeviceType) -> Pool:
        """Everybody of a ring who is present and free."""
        if ring is Ring.IT:
            return self._it
        return self._pools.get(keys(device_type)[NEAR.index(ring)], _EMPTY)

    def present(self) -> list[PersonId]:
        """Everyone who is here, free or not."""
        return [helper.person_id for helper in self._people.values() if helper.present_until]

    def came(self, person_id: PersonId, until: float = FOR_EVER) -> bool:
        """A sign of life: they can be asked `until` then. Whether they could not before."""
        helper = self._people.get(person_id)
        if helper is None:
            return False
        was_away = not helper.present_until
        helper.present_until, helper.missed = until, 0
        if was_away:
            self._sort_in(helper)
        return was_away

    def went(self, person_id: PersonId) -> None:
        """They are away: locked, asleep, in a call, presenting, or not connected."""
        helper = self._people.get(person_id)
        if helper is not None and helper.present_until:
            helper.present_until = 0.0
            self._take_out(helper)

    def asked(self, person_id: PersonId, now: float, *, is_parked: bool = False) -> None:
        """They have an offer on the screen, perhaps of a parked question."""
        helper = self._people.get(person_id)
        if helper is None:
            return
        helper.offers += self._counts
        helper.last_asked = now
        if is_parked:
            today = day(now)
            helper.parked_asks, helper.parked_day = helper.parked_asks_on(today) + 1, today

    def answered(self, person_id: PersonId) -> None:
        """Their offer is over, by themselves or because somebody else was first."""
        helper = self._people.get(person_id)
        if helper is not None:
            helper.offers = max(0, helper.offers - 1)

    def declined(self, person_id: PersonId, now: float) -> None:
        """They said "not now"."""
        self.answered(person_id)
        helper = self._people.get(person_id)
        if helper is not None:
            helper.missed = 0
            self._rest(helper, now + self.settings.limits.not_now_seconds)

    def missed(self, person_id: PersonId) -> None:
        """They let an offer run out. After a few they are away until the next sign of life; IT is
        not, because nobody stands behind it."""
        self.answered(person_id)
        helper = self._people.get(person_id)
        if helper is not None:
            helper.missed += 1
            if helper.missed >= self.settings.limits.missed_offers and not helper.is_it:
                self.went(person_id)

    def session_opened(self, person_id: PersonId) -> None:
        """They help somebody now."""
        helper = self._people.get(person_id)
        if helper is not None:
            helper.sessions += self._counts
            helper.missed = 0
            if helper.sessions >= helper.at_once(self.settings.limits):
                self._take_out(helper)

    def session_closed(self, person_id: PersonId, minutes: float, now: float) -> None:
        """A session of theirs is over after so many minutes."""
        helper = self._people.get(person_id)
        if helper is None:
            return
        limits = self.settings.limits
        helper.sessions = max(0, helper.sessions - 1)
        helper.give(minutes, now)
        self._rest(helper, now + limits.rest_after(minutes))
        self._sort_in(helper)

    def solved(
        self, person_id: PersonId, asker: PersonId, experience: Experience, now: float
    ) -> None:
        """They solved a question of this kind of device and topic."""
        helper = self._people.get(person_id)
        if helper is not None:
            half_life = self.settings.weights.solved_half_life
            helper.solved = add(helper.solved, experience, 1.0, now, half_life)
            helper.solved_total += 1
            helper.helped = helper.helped | {asker}

    def _rest(self, helper: Helper, until: float) -> None:
        """IT is not left in peace: whoever is last in line has nobody behind them."""
        if not helper.is_it:
            helper.rest_until = max(helper.rest_until, until)

    def _sort_in(self, helper: Helper) -> None:
        is_free = helper.sessions < helper.at_once(self.settings.limits)
        if not helper.present_until or not is_free:
            return
        if helper.is_it:
            self._it.add(helper)
        if helper.volunteering.helping:
            for key in _keys_of(helper):
                pool = self._pools.get(key)
                if pool is None:
                    pool = self._pools[key] = Pool()
                pool.add(helper)

    def _take_out(self, helper: Helper) -> None:
        self._it.discard(helper)
        for key in _keys_of(helper):
            pool = self._pools.get(key)
            if pool is not None:
                pool.discard(helper)
                if not pool:
                    del self._pools[key]


def _keys_of(helper: Helper) -> Iterator[str]:
    """The keys of all their devices; one that two of them share comes twice and harms nothing."""
    for device_type in helper.device_types:
        for key in keys(device_type):
            if key:
                yield key
