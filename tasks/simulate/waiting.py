"""Questions that wait, found by who could take them; the server asks its database instead."""

from dataclasses import dataclass

from samebox_server.core.routing.closeness import NEAR, RINGS, keys
from samebox_server.core.routing.eligibility import Asking
from samebox_server.core.routing.profile import Helper
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import QuestionId

_IT = "it"


@dataclass(frozen=True, slots=True)
class _Entry:
    since: float
    number: int
    keys: tuple[str, ...]


class Waiting:
    """Each question stands under the keys of its current ring and of all nearer ones, so that
    whoever comes sees only what they could be asked about. In the last ring, or parked, that is
    all of them, and IT too."""

    def __init__(self) -> None:
        self._entries: dict[QuestionId, _Entry] = {}
        self._by_key: dict[str, set[QuestionId]] = {}
        self._added = 0

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, question_id: QuestionId, asking: Asking, ring: Ring, since: float) -> None:
        """It waits in this ring now."""
        self.remove(question_id)
        reach = min(RINGS.index(ring) + 1, len(NEAR))
        under = {key for key in keys(asking.device_type)[:reach] if key}
        if ring is Ring.IT:
            under.add(_IT)
        self._added += 1
        self._entries[question_id] = _Entry(since, self._added, tuple(sorted(under)))
        for key in under:
            self._by_key.setdefault(key, set()).add(question_id)

    def remove(self, question_id: QuestionId) -> None:
        """It found somebody, or is over."""
        entry = self._entries.pop(question_id, None)
        for key in entry.keys if entry else ():
            left = self._by_key[key]
            left.discard(question_id)
            if not left:
                del self._by_key[key]

    def fitting(self, helper: Helper) -> list[QuestionId]:
        """What somebody could be asked about, the oldest first."""
        under = {key for kind in helper.device_types for key in keys(kind) if key}
        if helper.is_it:
            under.add(_IT)
        found = set().union(*(self._by_key.get(key, ()) for key in under))
        return sorted(found, key=self._place)

    def _place(self, question_id: QuestionId) -> tuple[float, int]:
        entry = self._entries[question_id]
        return entry.since, entry.number
