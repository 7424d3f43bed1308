"""One decision of the routing as the company grows, in a process of its own for each size."""

import random
import resource
import subprocess
import sys
import time
from dataclasses import dataclass

from samebox_server.core.routing import Asking, Directory, Helper, Progress, Wave, next_wave
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import PersonId
from samebox_shared.model.people import Hours, Volunteering
from samebox_shared.model.topics import Topic

from benchmarks.measures.figures import Figure, Goal, figure, single

TYPES = 2_000
PRESENT = 0.2
DECISIONS = 5_000
FLIPS = 20_000
DECISION_GOAL = Goal("p99", 300.0)
MEMORY_GOAL = 100.0
NOW = 1_799_625_600.0 + 12 * 3600
WORKDAYS = tuple(Hours(day=day, start=7 * 60, until=19 * 60) for day in range(5))
ZONES = ("Europe/Amsterdam", "America/New_York", "Asia/Singapore", "")
WISHES = tuple(
    Volunteering(helping=True, hours=hours, time_zone=zone, topics=topics, languages=languages)
    for hours in ((), WORKDAYS)
    for zone in ZONES
    for topics in ((), (Topic.NETWORK, Topic.PRINTING, Topic.OTHER))
    for languages in ((), ("en", "nl"))
)


@dataclass(frozen=True)
class Crowd:
    """A directory with everybody in it, and what questions are drawn from."""

    directory: Directory
    people: list[PersonId]
    types: list[DeviceType]
    shares: list[float]


def crowd(size: int, chance: random.Random) -> Crowd:
    """So many devices, each with its owner; 2,000 types, a few of them common (Zipf)."""
    types = [
        DeviceType(
            system=(System.WINDOWS, System.MACOS, System.LINUX)[number % 3],
            vendor=f"Maker {number % 7}",
            family=f"Line {number // 4}",
            model=f"Line {number // 4} Gen {number % 4}",
        )
        for number in range(TYPES)
    ]
    shares = [1 / (rank + 1) for rank in range(TYPES)]
    directory, people = Directory(), []
    for kind in chance.choices(types, shares, k=size):
        person = PersonId(f"{chance.getrandbits(128):032x}")
        people.append(person)
        directory.put(
            Helper(
                person_id=person,
                device_types=(kind,),
                volunteering=chance.choice(WISHES),
                is_it=len(people) % 250 == 0,
                solved_total=chance.randrange(9),
                last_asked=NOW - chance.random() * 1e6,
            )
        )
    for person in chance.sample(people, round(size * PRESENT)):
        directory.came(person)
    return Crowd(directory, people, types, shares)


def decisions(found: Crowd, chance: random.Random) -> list[float]:
    """Microseconds for each; what was offered is noted as the server does, and declined."""
    took = []
    kinds = chance.choices(found.types, found.shares, k=DECISIONS)
    for number, kind in enumerate(kinds):
        now = NOW + number
        asking = Asking(
            asker=chance.choice(found.people),
            device_type=kind,
            topic=chance.choice((Topic.NETWORK, Topic.PRINTING, Topic.DISPLAY, Topic.OTHER)),
            language=chance.choice(("en", "nl", "")),
        )
        began = time.perf_counter()
        wave = next_wave(found.directory, asking, Progress(), now)
        took.append((time.perf_counter() - began) * 1e6)
        if isinstance(wave, Wave):
            for chosen in wave.helpers:
                found.directory.asked(chosen.person_id, now)
                found.directory.declined(chosen.person_id, now - 850)
    return took


def flips(found: Crowd, chance: random.Random) -> float:
    """Microseconds for one person to come or to go, the mean of many."""
    people = chance.choices(found.people, k=FLIPS)
    began = time.perf_counter()
    for person in people:
        found.directory.came(person)
        found.directory.went(person)
    return (time.perf_counter() - began) / (2 * FLIPS) * 1e6


def measure(size: int) -> list[str]:
    """The samples of one size, in a process of its own so that its memory is its own."""
    chance = random.Random(size)
    found = crowd(size, chance)
    took = decisions(found, chance)
    flip = flips(found, chance)
    return [*(f"{each:.2f}" for each in took), f"{flip:.3f}", f"{memory():.1f}"]


def memory() -> float:
    """The most this process ever held, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 if sys.platform != "darwin" else 1024 * 1024)


def rows_of(size: int) -> list[Figure]:
    """Decision, flip and memory of one size."""
    command = [sys.executable, "-m", "benchmarks.routing", "--size", str(size)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    *took, flip, held = map(float, said)
    name = f"{size:,} devices"
    return [
        figure(f"{name}: decision, every rule", "us", took, DECISION_GOAL),
        single(f"{name}: somebody comes or goes", "us", flip),
        single(f"{name}: memory of the process", "MiB", held, MEMORY_GOAL),
    ]
