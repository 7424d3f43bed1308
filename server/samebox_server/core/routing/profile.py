"""Somebody who might be asked: what they said of themselves and where they stand now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import PersonId
from samebox_shared.model.people import Volunteering
from samebox_shared.model.topics import Topic

from samebox_server.core.routing.hours import Edges, edges, week
from samebox_server.core.routing.settings import Limits
from samebox_server.core.routing.tally import Tally

Experience = tuple[str, Topic]
"""The kind of device (closeness.kind) and the topic of a solved question."""

NOBODY: frozenset[PersonId] = frozenset()
NOTHING: Mapping[Experience, Tally] = MappingProxyType({})
STRANGER = Volunteering()
FOR_EVER = float("inf")


@lru_cache(maxsize=1_024)
def tongue(language: str) -> str:
    """The language of an IETF tag without its region."""
    return language.partition("-")[0].casefold()


@lru_cache(maxsize=1_024)
def tongues(languages: tuple[str, ...]) -> frozenset[str]:
    """The languages of these tags; remembered, because people share them."""
    return frozenset(map(tongue, languages))


@dataclass(slots=True, kw_only=True)
class Helper:
    """One person as the routing knows them. The Directory changes it as things happen.

    `present_until`: until when their presence is believed, 0 for away. `sessions`: live ones they
    help in. `offers`: open ones. `minutes`: given in week `week_of` (see hours.week).
    `rest_until`: left in peace until then. `missed`: offers in a row that they did not answer.
    `parked_asks`: how many parked questions they were asked about on day `parked_day` (UTC).
    `solved_total`: sessions ever solved. `blocked`: in either direction. `helped`: whom before.
    """

    person_id: PersonId
    device_types: tuple[DeviceType, ...] = ()
    volunteering: Volunteering = STRANGER
    is_it: bool = False
    blocked: frozenset[PersonId] = NOBODY
    helped: frozenset[PersonId] = NOBODY
    solved: Mapping[Experience, Tally] = field(default_factory=lambda: NOTHING)
    solved_total: int = 0
    present_until: float = 0.0
    sessions: int = 0
    offers: int = 0
    minutes: float = 0.0
    week_of: int = 0
    last_asked: float = 0.0
    rest_until: float = 0.0
    missed: int = 0
    parked_asks: int = 0
    parked_day: int = 0
    opening: Edges = field(init=False, default=())
    tongues: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        self.opening = edges(self.volunteering.hours)
        self.tongues = tongues(self.volunteering.languages)

    def speaks(self, language: str) -> bool:
        """Whether they named this language: "nl" is understood by who speaks "nl-BE"."""
        return tongue(language) in self.tongues

    def minutes_in(self, current_week: int) -> float:
        """Minutes given in this week."""
        return self.minutes if self.week_of == current_week else 0.0

    def given(self, current_week: int) -> float:
        """The share of this week's budget that was given, at most 1."""
        spent = self.minutes_in(current_week)
        if not spent:
            return 0.0
        budget = self.volunteering.weekly_minutes
        return min(1.0, spent / budget) if budget else 1.0

    def give(self, minutes: float, now: float) -> None:
        """Counts minutes spent in somebody's session."""
        current = week(now)
        self.minutes, self.week_of = self.minutes_in(current) + minutes, current

    def parked_asks_on(self, day: int) -> int:
        """How many parked questions they were asked about on this day."""
        return self.parked_asks if self.parked_day == day else 0

    def is_newcomer(self, limits: Limits) -> bool:
        """Whether their first sessions are still ahead of them."""
        return self.solved_total < limits.newcomer_sessions

    def at_once(self, limits: Limits) -> int:
        """How many sessions they can have at the same time."""
        return 1 if self.is_newcomer(limits) else self.volunteering.sessions_at_once
