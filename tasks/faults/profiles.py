"""How much is done in one run. A count that is not reached in the time fails the run.

A run ends as soon as everything was done; the time is what it may take, not what it takes.
"""

from dataclasses import dataclass, replace

RESERVE_SECONDS = 22.0
"""Of the time of a profile, kept for coming to rest, reading the stores and judging."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One size of run. `seconds` is all it may take, from the first process to the verdict;
    over `spread` seconds the faults are spread where the machine is quick enough."""

    name: str
    seconds: float
    spread: float
    messages: int
    server_kills: int
    agent_kills: int
    """Of real agents; hosts of many lean ones are killed beside these."""
    carrier_kills: int
    partitions: int
    races: int
    timers: int
    server_pauses: int
    agent_pauses: int
    toxics: int
    pairs: int = 8
    """In each of the two pairs of carriers."""
    groups: int = 4
    racers: int = 8
    waiters: int = 20
    window: int = 20
    rate: float = 14.0
    """Messages a second of each person."""

    def scaled(self, factor: float) -> "Profile":
        """The same with so much of everything that is counted."""
        counts = {
            name: max(1, round(getattr(self, name) * factor))
            for name in (
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
            )
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
        pairs=16,
        groups=8,
        window=64,
        rate=40.0,
    ),
}
