"""A made-up company: who has which device, who helps with what and when. Always the same ones for
the same seed; every way of choosing helpers gets this same company."""

import random
from bisect import bisect_right
from dataclasses import dataclass, field

from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import PersonId
from samebox_shared.model.people import Hours, Volunteering
from samebox_shared.model.topics import Topic

MONDAY = 1_799_625_600.0
"""2027-01-11, 00:00 UTC: a Monday in winter, so that no clock changes in the week."""
DAY, HOUR, MINUTE = 86_400.0, 3_600.0, 60.0
WORKDAYS = 5

HELPING_SHARE = 0.08
"""One in twelve volunteers."""
IT_SHARE = 1 / 250
QUESTIONS_A_WEEK = 0.25
"""For each person: about one question a month."""
BUDGETS = ((60, 0.7), (120, 0.2), (30, 0.1))
MOST_TYPES = 2_000
MODELS_IN_FAMILY = 4

TOPICS = {
    Topic.OTHER: 10, Topic.NETWORK: 14, Topic.PRINTING: 10, Topic.SOUND_AND_CAMERA: 12,
    Topic.DISPLAY: 9, Topic.STORAGE: 6, Topic.BATTERY: 6, Topic.UPDATES: 8, Topic.SIGN_IN: 4,
    Topic.MAIL_AND_CALENDAR: 8, Topic.BROWSER: 5, Topic.APPLICATION: 12, Topic.ACCESS: 3,
}  # fmt: skip


@dataclass(frozen=True)
class Site:
    """A part of the company: its clock (hours from UTC in January), language and share."""

    name: str
    zone: str
    offset: float
    language: str
    share: float
    buildings: int


SITES = (
    Site("Utrecht", "Europe/Amsterdam", 1.0, "nl", 0.55, 4),
    Site("Boston", "America/New_York", -5.0, "en", 0.25, 3),
    Site("Singapore", "Asia/Singapore", 8.0, "zh", 0.2, 2),
)
SYSTEMS = ((System.WINDOWS, 0.62), (System.MACOS, 0.25), (System.LINUX, 0.13))
PHONES = tuple(
    DeviceType(system=system, vendor=vendor, family=family, model=f"{family} {number}")
    for system, vendor, family in (
        (System.IOS, "Apple", "iPhone"),
        (System.ANDROID, "Samsung", "Galaxy S"),
        (System.ANDROID, "Google", "Pixel"),
    )
    for number in range(12, 17)
)


@dataclass(slots=True)
class Person:
    """One employee. `present` are the edges (came, went, came…) of their presence in the week;
    `open_` the edges of the spells in which they would rather help, which nobody can see."""

    number: int
    person_id: PersonId
    site: Site
    place: str
    devices: tuple[DeviceType, ...]
    is_it: bool = False
    volunteering: Volunteering = field(default_factory=Volunteering)
    solved_total: int = 0
    present: list[float] = field(default_factory=list)
    open_: list[float] = field(default_factory=list)
    agrees: float = 1.0
    slowness: float = 1.0

    @property
    def can_be_asked(self) -> bool:
        """Whether they are a volunteer or IT."""
        return self.is_it or self.volunteering.helping

    def is_open(self, now: float) -> bool:
        """Whether they are in a spell in which they would rather help."""
        return bisect_right(self.open_, now) % 2 == 1

    def is_present(self, now: float) -> bool:
        """Whether their agent says present."""
        return bisect_right(self.present, now) % 2 == 1


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the week; `minutes` is what it takes to solve, whoever helps."""

    number: int
    at: float
    asker: int
    device_type: DeviceType
    topic: Topic
    language: str
    place: str
    minutes: float


@dataclass
class Company:
    """Everybody and all they will ask."""

    people: list[Person]
    questions: list[Question]
    types: int


def found(size: int, seed: int) -> Company:
    """A company of so many people."""
    chance = random.Random(seed)
    types = device_types(max(10, min(MOST_TYPES, size // 20)))
    zipf = [1 / (rank + 1) for rank in range(len(types))]
    laptops = chance.choices(types, zipf, k=size)
    people = [_person(number, laptops[number], chance) for number in range(size)]
    for person in chance.sample(people, max(1, round(size * IT_SHARE))):
        person.is_it = True
    for person in people:
        if person.can_be_asked:
            _live(person, chance)
    return Company(people, _questions(people, chance), len(types))


def device_types(count: int) -> list[DeviceType]:
    """So many device types, the commonest first, four models to a family."""
    vendors = {
        System.WINDOWS: ("Lenovo", "Dell", "HP", "Microsoft"),
        System.MACOS: ("Apple",),
        System.LINUX: ("Lenovo", "Dell", "Framework"),
    }
    chance = random.Random(count)
    found = []
    for family in range((count + MODELS_IN_FAMILY - 1) // MODELS_IN_FAMILY):
        system = chance.choices([s for s, _ in SYSTEMS], [share for _, share in SYSTEMS])[0]
        vendor = chance.choice(vendors[system])
        name = f"{vendor} Line {family}"
        found += [
            DeviceType(system=system, vendor=vendor, family=name, model=f"{name} Gen {model}")
            for model in range(MODELS_IN_FAMILY)
        ]
    chance.shuffle(found)
    return found[:count]


def _person(number: int, laptop: DeviceType, chance: random.Random) -> Person:
    site = chance.choices(SITES, [site.share for site in SITES])[0]
    place = f"{site.name} {chance.randrange(site.buildings) + 1}"
    phone = (chance.choice(PHONES),) if chance.random() < 0.2 else ()
    person = Person(number, PersonId(f"p{number:06}"), site, place, (laptop, *phone))
    if chance.random() < HELPING_SHARE:
        person.volunteering = _volunteering(person, chance)
        person.solved_total = chance.choice((0, 0, 1, 2, 4, 8, 15, 30))
    return person


def _volunteering(person: Person, chance: random.Random) -> Volunteering:
    budget = chance.choices([b for b, _ in BUDGETS], [share for _, share in BUDGETS])[0]
    topics = tuple(chance.sample(list(TOPICS), chance.randint(4, 8)))
    hours = tuple(Hours(day=day, start=9 * 60, until=17 * 60) for day in range(WORKDAYS))
    return Volunteering(
        helping=True,
        topics=topics if chance.random() < 0.3 else (),
        languages=("en", person.site.language) if chance.random() < 0.7 else (),
        hours=hours if chance.random() < 0.5 else (),
        time_zone=person.site.zone,
        weekly_minutes=budget,
        place=person.place if chance.random() < 0.7 else "",
        watches_newcomers=chance.random() < 0.2,
    )


def _live(person: Person, chance: random.Random) -> None:
    """Their week: workdays of about 8.5 hours, broken by meetings and lunch; a day off at times."""
    person.agrees = chance.uniform(0.7, 1.0)
    person.slowness = 2.5 if chance.random() < 0.15 else 1.0
    busy_mean = chance.uniform(15, 45) * MINUTE
    for day in range(WORKDAYS):
        if chance.random() < 0.08:
            continue
        start = MONDAY + day * DAY + (chance.gauss(8.6, 0.5) - person.site.offset) * HOUR
        end = start + chance.gauss(8.5, 0.6) * HOUR
        person.present += _spells(start, end, 70 * MINUTE, 25 * MINUTE, chance)
        person.open_ += _spells(start, end, 40 * MINUTE, busy_mean, chance)


def _spells(
    start: float, end: float, in_mean: float, out_mean: float, chance: random.Random
) -> list[float]:
    edges = []
    now = start + (chance.expovariate(1 / out_mean) if chance.random() < 0.3 else 0.0)
    while now < end:
        until = min(end, now + chance.expovariate(1 / in_mean))
        edges += [now, until]
        now = until + chance.expovariate(1 / out_mean)
    return edges


def _questions(people: list[Person], chance: random.Random) -> list[Question]:
    count = round(len(people) * QUESTIONS_A_WEEK)
    slots, weights = zip(*_week().items(), strict=True)
    asked = []
    for slot in chance.choices(slots, weights, k=count):
        person = chance.choice(people)
        at = MONDAY + (slot + chance.random() - person.site.offset) * HOUR
        asked.append((at, person))
    asked.sort(key=lambda one: (one[0], one[1].number))
    return [_question(number, at, person, chance) for number, (at, person) in enumerate(asked)]


def _week() -> dict[int, float]:
    """How many ask in each hour of the week on their own clock: mornings more than afternoons,
    and three times as many on Monday when everybody starts."""
    day = {8: 0.8, 9: 1.5, 10: 1.4, 11: 1.2, 12: 0.6, 13: 1.0, 14: 1.2, 15: 1.0, 16: 0.8, 17: 0.3}
    week = {d * 24 + hour: share for d in range(WORKDAYS) for hour, share in day.items()}
    return {hour: share * (3.0 if hour in (8, 9, 10) else 1.0) for hour, share in week.items()}


def _question(number: int, at: float, person: Person, chance: random.Random) -> Question:
    is_phone = len(person.devices) > 1 and chance.random() < 0.3
    return Question(
        number=number,
        at=at,
        asker=person.number,
        device_type=person.devices[1 if is_phone else 0],
        topic=chance.choices(list(TOPICS), list(TOPICS.values()))[0],
        language=person.site.language if chance.random() < 0.5 else "en",
        place=person.place if chance.random() < 0.6 else "",
        minutes=min(90.0, chance.lognormvariate(2.2, 0.6)),
    )
