"""Every number of the routing, with its reason. The simulation (docs/routing.md) chose those that
are marked (sim); the others are promises to people."""

from dataclasses import dataclass, field

from samebox_shared.model.devices import Ring
from samebox_shared.model.topics import Topic

MINUTE = 60.0
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How many are asked at a time and for how long; seconds unless said otherwise.

    `wave_size`: the first wave is small because most questions need no second one; each further
    wave is larger by one, up to `widest` (sim). `wave_seconds`: how long before more people are
    asked (sim).
    `offer_seconds`: how long one offer stands; longer than a wave, so that asking more people
    takes nothing from those who are asked already and whoever reads slowly or by ear can answer.
    `it_size`, `it_seconds`, `it_rounds`: IT is few and paid for it; after so many rounds without
    an answer the asker is better served by the truth than by a fourth. `park_seconds`: after so
    long a parked question is asked again, because rests and meetings have ended by then (sim);
    each further time it takes twice as long, up to `park_most`.
    `parked_offers_a_day`: a question that waits long must not become noise for its colleagues;
    `parked_kept` of these are for owners of the same model, who may come late in the day.
    `parked_asks_a_day`: nor may one helper be shown the whole board.
    """

    wave_size: int = 2
    widest: int = 4
    wave_seconds: float = 30.0
    offer_seconds: float = 60.0
    it_size: int = 3
    it_seconds: float = 60.0
    it_rounds: int = 3
    park_seconds: float = 10 * MINUTE
    park_most: float = DAY
    parked_offers_a_day: int = 12
    parked_kept: int = 6
    parked_asks_a_day: int = 3

    def parked_for(self, parked: int) -> float:
        """Seconds until the next look at a question that was parked so often before."""
        return min(self.park_most, self.park_seconds * 2.0 ** min(parked, 20))

    def parked_most(self, ring: Ring) -> int:
        """How many colleagues are asked about a parked question on one day before this ring is left
        out."""
        kept = 0 if ring is Ring.SAME_MODEL else self.parked_kept
        return self.parked_offers_a_day - kept

    def size(self, waves: int) -> int:
        """How many the next wave asks after so many `waves`."""
        return max(self.wave_size, min(self.wave_size + waves, self.widest))


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What protects helpers; seconds unless said otherwise.

    `session_minutes`: what a usual session takes; somebody is asked only if that much of their
    weekly budget is left. `hard_minutes`: a session this long was hard; after it one is left in
    peace for `cool_seconds`. `rest_seconds`: after any other session, time for one's own work;
    none is needed after one shorter than `short_minutes`. `not_now_seconds`: who said "not now"
    means the next while, too; it changes nothing else. `missed_offers`: so many unanswered offers
    in a row mean that nobody looks at the screen; one may be chance. `newcomer_sessions`: below so
    many solved sessions one is a newcomer and is given one session at a time.
    `experienced_sessions`: from here on one may watch newcomers. `spared_from`: whoever gave this
    share of their week is spared questions about another model while somebody farther gave less;
    a smaller one evens out little more and takes families apart (sim).
    """

    session_minutes: float = 10.0
    hard_minutes: float = 25.0
    cool_seconds: float = HOUR
    rest_seconds: float = 10 * MINUTE
    short_minutes: float = 2.0
    not_now_seconds: float = 15 * MINUTE
    missed_offers: int = 2
    newcomer_sessions: int = 3
    experienced_sessions: int = 10
    spared_from: float = 0.25

    def rest_after(self, minutes: float) -> float:
        """Seconds of peace after a session of so many minutes."""
        if minutes >= self.hard_minutes:
            return self.cool_seconds
        return self.rest_seconds if minutes >= self.short_minutes else 0.0


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What counts in the order within a ring. Each part lies between 0 and its weight.

    `budget` is the largest: evening out minutes is what keeps helpers (P13). Three minutes of an
    hour's budget weigh as much as having solved the very same thing lately, so the other parts
    decide between people who gave about the same (sim). `solved_lately` saves the asker
    most; it counts fully from `solved_enough` solved questions of this type and topic, halving
    every `solved_half_life` seconds because systems change. `same_place` counts only where the
    trouble is of a place. `language` and `topic` are what people say of themselves. `before` is a
    bonus for having helped this asker and never a lock (P4). `rest` grows for `rest_full` seconds
    after the last offer. `demanding` is taken off for a newcomer when the topic is a demanding
    one; `fresh` is given to a newcomer otherwise, so that first sessions come at all.
    """

    budget: float = 60.0
    solved_lately: float = 3.0
    same_place: float = 2.0
    language: float = 1.0
    topic: float = 1.0
    before: float = 0.5
    rest: float = 1.0
    demanding: float = 3.0
    fresh: float = 0.5
    solved_enough: float = 3.0
    solved_half_life: float = 30 * DAY
    rest_full: float = 2 * HOUR


@dataclass(frozen=True, kw_only=True)
class Routing:
    """All settings together.

    `most_looked_at` bounds a decision: so many people of one ring are looked at, beginning where
    the last look ended, so that its cost does not grow with the company and everyone's turn
    comes. `enough` eligible ones end the look early: the best of 32 is among the best few percent
    of any number. `it_only` topics need rights that no colleague has. `demanding` topics can do
    harm when the advice is wrong.
    """

    pace: Pace = field(default_factory=Pace)
    limits: Limits = field(default_factory=Limits)
    weights: Weights = field(default_factory=Weights)
    most_looked_at: int = 200
    enough: int = 32
    it_only: frozenset[Topic] = frozenset({Topic.SIGN_IN, Topic.ACCESS})
    demanding: frozenset[Topic] = frozenset({Topic.STORAGE, Topic.UPDATES, Topic.NETWORK})
