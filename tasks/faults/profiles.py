"""How much is done in one run. A count that is not reached in the time fails the run.

A run ends as soon as everything was done; the time is what it may take, not what it takes.
"""

from dataclasses import dataclass, replace

COUNTED = (
    "messages",
    "server_kills",
    "agent_kills",
    "carrier_kills",
    "partitions",
    "races",
    "timers",
    "server_pauses",
    "agent_pauses",
    "toxics",
    "full_disks",
    "locks",
    "clock_jumps",
    "restores",
    "database_stops",
    "redis_losses",
    "rolling_restarts",
)
RESERVE_SECONDS = 16.0
"""Of the time of a profile, kept for coming to rest, reading the stores and judging."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One size of run. `seconds` is all it may take, from the first process to the verdict;
    over `spread` seconds the faults are spread where the machine is quick enough."""

    name: str
    seconds: float
    spread: float
    messages: int = 0
    server_kills: int = 0
    agent_kills: int = 0
    """Of real agents; hosts of many lean ones are killed beside these."""
    carrier_kills: int = 0
    partitions: int = 0
    races: int = 0
    timers: int = 0
    server_pauses: int = 0
    agent_pauses: int = 0
    toxics: int = 0
    full_disks: int = 0
    locks: int = 0
    clock_jumps: int = 0
    restores: int = 0
    replicas: int = 1
    """Servers; two or more share PostgreSQL and Redis."""
    database_stops: int = 0
    """Immediate stops of PostgreSQL."""
    redis_losses: int = 0
    """Redis forgets everything, or is killed and comes back."""
    rolling_restarts: int = 0
    rotates: bool = True
    """Whether whoever restores a backup begins a new epoch, as they must."""
    pairs: int = 8
    """In each of the two pairs of carriers."""
    real: int = 2
    """Pairs of real agents, at most two."""
    groups: int = 6
    racers: int = 8
    waiters: int = 20
    window: int = 20
    rate: float = 14.0
    """Messages a second of each person."""

    def scaled(self, factor: float) -> "Profile":
        """The same with so much of everything that is counted."""
        counts = {
            name: max(1, round(getattr(self, name) * factor))
            for name in COUNTED
            if getattr(self, name)
        }
        return replace(self, **counts)


PROFILES = {
    "pr": Profile(
        name="pr",
        seconds=120.0,
        spread=75.0,
        messages=20_000,
        server_kills=30,
        agent_kills=30,
        carrier_kills=4,
        partitions=10,
        races=200,
        timers=500,
        server_pauses=2,
        agent_pauses=4,
        toxics=10,
    ),
    "nightly": Profile(
        name="nightly",
        seconds=3600.0,
        spread=3300.0,
        messages=1_000_000,
        server_kills=1_000,
        agent_kills=1_000,
        carrier_kills=200,
        partitions=500,
        races=10_000,
        timers=20_000,
        server_pauses=60,
        agent_pauses=120,
        toxics=400,
        pairs=8,
        groups=8,
        window=64,
        rate=40.0,
    ),
    "disk": Profile(
        name="disk",
        seconds=180.0,
        spread=80.0,
        messages=5_000,
        server_kills=2,
        carrier_kills=2,
        full_disks=4,
        locks=2,
        timers=200,
        real=1,
        groups=0,
    ),
    "clock": Profile(
        name="clock",
        seconds=120.0,
        spread=40.0,
        messages=3_000,
        clock_jumps=5,
        timers=300,
        carrier_kills=2,
        toxics=4,
        real=1,
        groups=1,
        races=20,
    ),
    "replicas": Profile(
        name="replicas",
        seconds=240.0,
        spread=80.0,
        messages=10_000,
        server_kills=12,
        agent_kills=6,
        carrier_kills=2,
        partitions=4,
        races=50,
        timers=200,
        agent_pauses=2,
        toxics=4,
        replicas=2,
        database_stops=2,
        redis_losses=6,
        rolling_restarts=2,
        real=1,
    ),
    "restore": Profile(
        name="restore",
        seconds=180.0,
        spread=40.0,
        messages=5_000,
        restores=3,
        server_kills=2,
        agent_kills=2,
        carrier_kills=2,
        agent_pauses=2,
        timers=100,
        real=1,
        groups=0,
    ),
}
PARTS = {"nightly": ("nightly", "disk", "clock", "restore", "replicas")}
"""What a night consists of, one after the other; the first takes most of it."""
