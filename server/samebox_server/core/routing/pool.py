"""A set of people in a ring that is looked at from where the last look ended."""

from collections.abc import Iterator

from samebox_shared.model.ids import PersonId

from samebox_server.core.routing.profile import Helper


class Pool:
    """Joining, leaving and beginning to look cost the same however many are in it. It goes round
    instead of drawing lots, so that the same events always give the same choice."""

    __slots__ = ("_at", "_members", "_next")

    def __init__(self) -> None:
        self._members: list[Helper] = []
        self._at: dict[PersonId, int] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._members)

    def add(self, helper: Helper) -> None:
        """Does nothing for somebody who is in it."""
        if helper.person_id not in self._at:
            self._at[helper.person_id] = len(self._members)
            self._members.append(helper)

    def discard(self, helper: Helper) -> None:
        """The last one takes the place of whoever leaves."""
        place = self._at.pop(helper.person_id, None)
        if place is None:
            return
        last = self._members.pop()
        if last.person_id != helper.person_id:
            self._members[place] = last
            self._at[last.person_id] = place

    def look(self, most: int) -> Iterator[Helper]:
        """At most so many, each once; the next look begins behind the last one given."""
        members = self._members
        size = len(members)
        start = self._next % size if size else 0
        for step in range(min(most, size)):
            place = (start + step) % size
            self._next = place + 1
            yield members[place]
