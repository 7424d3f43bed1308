"""How quickly one person's browsers may ask: nobody keeps the server from the others."""

from collections import OrderedDict

from samebox_shared.model.ids import PersonId

AT_ONCE = 60.0
A_SECOND = 5.0
"""A preview is asked for four times a second at most, by somebody who types without a pause."""
MOST_PEOPLE = 10_000


class Pace:
    """Everyone has `AT_ONCE` requests and gets `A_SECOND` back each second. Who asked longest ago
    is forgotten first, so memory stays bounded."""

    def __init__(self) -> None:
        self._left: OrderedDict[PersonId, tuple[float, float]] = OrderedDict()

    def may_ask(self, person_id: PersonId, now: float) -> bool:
        """Whether this person may ask now; what is refused costs nothing. A clock that was set
        back gives nothing and takes nothing."""
        left, at = self._left.get(person_id, (AT_ONCE, now))
        left = min(AT_ONCE, left + max(0.0, now - at) * A_SECOND)
        may = left >= 1.0
        self._left[person_id] = (left - 1.0 if may else left, now)
        self._left.move_to_end(person_id)
        while len(self._left) > MOST_PEOPLE:
            self._left.popitem(last=False)
        return may
