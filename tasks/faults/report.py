"""What a run found, for a person to read and for a file to keep."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tasks.faults import history
from tasks.faults.checks import MOST, Breach, breaches
from tasks.faults.history import AnyEntry
from tasks.faults.pacing import Done
from tasks.faults.profiles import Profile
from tasks.faults.timing import (
    CONVERGE_SECONDS,
    LATE,
    RESUME_SECONDS,
    RESUMED_SHARE,
    Resumed,
    converged,
    resumed,
    send_to_shown,
    share,
    timers,
)
from tasks.faults.world import World

NEAR_SECONDS = 1.5
SLICE = 14
"""Lines of history that are shown for a breach."""


@dataclass(frozen=True)
class Count:
    """One thing that had to be done so often."""

    what: str
    done: int
    wanted: int


@dataclass(frozen=True)
class Verdict:
    """The whole of it."""

    counts: tuple[Count, ...]
    figures: dict[str, float]
    breaches: tuple[Breach, ...]
    slow: tuple[Breach, ...]
    """What took longer than promised: on a busy machine that says little."""

    @property
    def is_whole(self) -> bool:
        """Nothing was broken, and as much was done as was promised."""
        return not self.breaches and all(count.done >= count.wanted for count in self.counts)


def judge(world: World, profile: Profile, done: Done, races: int, grace: float) -> Verdict:
    """Ask every check."""
    took, back, healed = send_to_shown(world), resumed(world), converged(world)
    waves = timers(world, grace)
    acknowledged = sum(
        message.answered is not None and not message.answered.code
        for message in world.messages.values()
    )
    counts = (
        Count("messages acknowledged", acknowledged, profile.messages),
        Count("server kills", done.server_kills, profile.server_kills),
        Count("kills of real agents", done.agent_kills, profile.agent_kills),
        Count("kills of hosts of many agents", done.carrier_kills, profile.carrier_kills),
        Count("partitions", done.partitions, profile.partitions),
        Count("claim races with everybody in them", races, profile.races),
        Count("timers", waves.fired, profile.timers),
        Count("pauses of the server", done.server_pauses, profile.server_pauses),
        Count("pauses of agents", done.agent_pauses, profile.agent_pauses),
        Count("bad networks", done.toxics, profile.toxics),
        Count("full disks", done.full_disks, profile.full_disks),
        Count("locked databases", done.locks, profile.locks),
        Count("jumps of the clock", done.clock_jumps, profile.clock_jumps),
        Count("backups restored", done.restores, profile.restores),
        Count("immediate stops of PostgreSQL", done.database_stops, profile.database_stops),
        Count("losses of Redis", done.redis_losses, profile.redis_losses),
        Count("rolling restarts", done.rolling_restarts, profile.rolling_restarts),
    )
    figures = {
        "send to shown, p50 (s)": share(took, 0.5),
        "send to shown, p99 (s)": share(took, 0.99),
        "resumed after a restart, p50 (s)": share(back.seconds, 0.5),
        "resumed after a restart, p99 (s)": share(back.seconds, 0.99),
        "resumed after a restart, worst (s)": max(back.seconds, default=0.0),
        "resumptions measured": len(back.seconds),
        "resumptions hit by something else": back.unknown,
        "converged after a partition, worst (s)": max(healed, default=0.0),
        "timers late, p99 (s)": share(waves.late, 0.99),
        "timers late, worst (s)": max(waves.late, default=0.0),
        "start of the server, median (s)": share(done.starts, 0.5),
        "claims refused": sum(bool(claim.code) for claim in world.claims),
        "claims won": sum(not claim.code for claim in world.claims),
    }
    found = (*breaches(world), *waves.breaches)
    told = tuple(count for count in counts if count.done or count.wanted)
    return Verdict(told, figures, found, tuple(_slow(healed, back, waves.late)))


def _slow(healed: Sequence[float], back: Resumed, late: Sequence[float]) -> Iterable[Breach]:
    if max(late, default=0.0) > LATE:
        yield Breach("timer late", f"a timer came {max(late):.1f} s late")
    if max(healed, default=0.0) > CONVERGE_SECONDS:
        yield Breach("converged late", f"{max(healed):.1f} s after a partition")
    quick = sum(seconds <= RESUME_SECONDS for seconds in back.seconds)
    if quick < RESUMED_SHARE * len(back.seconds):
        part = quick / len(back.seconds)
        yield Breach(
            "resumed late", f"only {part:.1%} were back {RESUME_SECONDS:g} s after a start"
        )


def tell(
    verdict: Verdict, profile: Profile, seconds: float, seed: int, notes: Sequence[str]
) -> str:
    """For a person."""
    lines = [f"Profile {profile.name}, seed {seed}, {seconds:.0f} s."]
    lines += [
        f"  {count.done:>9,} {count.what}"
        + ("" if count.done >= count.wanted else f"   (wanted {count.wanted:,})")
        for count in verdict.counts
    ]
    lines += [f"  {value:>9.3f} {name}" for name, value in verdict.figures.items()]
    lines += [f"  {note}" for note in notes]
    by: dict[str, int] = {}
    for breach in verdict.breaches:
        by[breach.check] = by.get(breach.check, 0) + 1
    lines += [f"  BROKEN {check}: {count} times" for check, count in by.items()]
    lines += [f"  SLOW {breach.check}: {breach.what}" for breach in verdict.slow]
    lines.append("Good." if verdict.is_whole and not verdict.slow else "NOT good.")
    return "\n".join(lines)


def explain(verdict: Verdict, folder: Path, extra: Sequence[AnyEntry]) -> str:
    """For each kind of breach the first one, with the lines of the history that are about it."""
    first: dict[str, Breach] = {}
    for breach in verdict.breaches:
        first.setdefault(breach.check, breach)
    parts = []
    for breach in list(first.values())[:MOST]:
        entries = [*history.read(folder), *extra]
        parts.append(f"{breach.check}: {breach.what}")
        parts += [f"    {line}" for line in slice_of(entries, breach)]
    return "\n".join(parts)


def slice_of(entries: Sequence[AnyEntry], breach: Breach) -> list[str]:
    """The entries about it, with what the harness did shortly before and after."""
    about = [
        entry for entry in entries if any(word and word in repr(entry) for word in breach.about)
    ]
    about = sorted(about, key=lambda entry: entry.at)[:SLICE]
    times = [entry.at for entry in about if not isinstance(entry, history.Kept)]
    near = [
        entry
        for entry in entries
        if isinstance(entry, history.Fault)
        and any(abs(entry.at - at) < NEAR_SECONDS for at in times)
    ]
    chosen = sorted([*about, *near[:SLICE]], key=lambda entry: entry.at)
    return [_line(entry) for entry in chosen]


def _line(entry: AnyEntry) -> str:
    if isinstance(entry, history.Fault):
        return f"{entry.at:.3f} {entry.what} {entry.whom}"
    return f"{entry.at:.3f} {entry!r}"[:240]


def keep(
    verdict: Verdict, profile: Profile, seconds: float, seed: int, notes: Sequence[str], file: Path
) -> None:
    """For later: everything as JSON."""
    found: dict[str, Any] = {
        "profile": asdict(profile),
        "seed": seed,
        "seconds": round(seconds, 1),
        "counts": [asdict(count) for count in verdict.counts],
        "figures": {name: round(value, 4) for name, value in verdict.figures.items()},
        "breaches": [asdict(breach) for breach in verdict.breaches[:MOST]],
        "notes": list(notes),
        "slow": [asdict(breach) for breach in verdict.slow],
        "good": verdict.is_whole and not verdict.slow,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
