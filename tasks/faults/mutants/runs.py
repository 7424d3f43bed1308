"""The short runs that have to find the mutants; the code as it is has to pass each of them."""

from dataclasses import replace

from tasks.faults.profiles import Profile

_SHORT = Profile(
    name="short",
    seconds=75.0,
    spread=12.0,
    messages=600,
    pairs=3,
    real=0,
    groups=0,
    waiters=0,
    window=24,
    rate=40.0,
)
RUNS = {
    "server kills": replace(_SHORT, server_kills=6),
    "agent kills": replace(_SHORT, carrier_kills=12),
    "lost answers": replace(_SHORT, server_kills=3, toxics=10),
    "claims": replace(_SHORT, pairs=1, groups=2, races=20, messages=50),
    "timers": replace(_SHORT, pairs=1, waiters=20, server_kills=8, timers=60, messages=50),
    "late replays": replace(_SHORT, messages=200, rate=2.0, clock_jumps=5, toxics=8),
    "restored without a new epoch": replace(_SHORT, restores=2, agent_pauses=1, rotates=False),
    "restored": replace(_SHORT, restores=2, agent_pauses=1),
    "full disks": replace(_SHORT, full_disks=2),
    "quiet": replace(_SHORT, messages=1_000, carrier_kills=2),
}
