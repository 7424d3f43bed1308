"""The tables of `bench live`: printed, kept as data, and as Markdown for docs/performance.md."""

import sys
from collections.abc import Sequence

from benchmarks.live.findings import Column, Outcome, as_data, markdown, plain
from benchmarks.measures.figures import RESULTS, keep
from benchmarks.measures.machine import machine_class

MESSAGES = (
    Column("quiet p50 / p99 ms", ("quiet p50", "quiet p99")),
    Column("200/s p50 / p99 ms", ("200/s p50", "200/s p99")),
    Column("1,000/s p50 / p99 ms", ("1000/s p50", "1000/s p99")),
    Column("acked/s, 32 in flight", ("32 in flight acked",)),
    Column("acked/s, 512 in flight", ("512 in flight acked",)),
    Column("received/s, 512", ("512 in flight received",)),
)
SOCKETS = (
    Column("base MiB", ("base",)),
    Column("KiB per idle socket at 1k / 5k / 10k", ("idle 1000", "idle 5000", "idle 10000")),
    Column("connects/s", ("connects",)),
    Column("notice to 5,000: last one, median / worst ms", ("last", "last worst")),
    Column("chat p99 meanwhile ms", ("chat p99",)),
)
CLAIMS = (
    Column("races", ("races",)),
    Column("racers", ("racers",)),
    Column("without exactly one winner", ("split",)),
    Column("winner knows p50 / p99 ms", ("won p50", "won p99")),
    Column("all know p50 / p99 ms", ("known p50", "known p99")),
)
LIMITS = (Column("p50 / p99 ms", ("limit p50", "limit p99")),)
BUSY = (
    ("quiet", "quiet p50"),
    ("200/s", "200/s p50"),
    ("1,000/s", "1000/s p50"),
    ("32 in flight", "32 in flight acked"),
    ("512 in flight", "512 in flight acked"),
    ("connecting", "connects"),
    ("notices", "last"),
)
NO_CLAIM = (
    "claims: MQTT and XMPP have none; of nats-server it is the publish that expects an empty "
    "subject, of ours the whole way from the accepted offer to the open session"
)
TABLES = (
    ("Durable messages, 512 people connected", MESSAGES),
    ("Idle sockets and a notice to everyone", SOCKETS),
    ("Claim races", CLAIMS),
)


def publish(
    name: str, outcomes: Sequence[Outcome], bounds: Sequence[Outcome], *, runs: int, load: float
) -> int:
    """Print everything and keep it; the exit code of a benchmark that ran."""
    machine = machine_class()
    out = sys.stdout.write
    out(f"\n{name} on {machine['cpu']}, {machine['cores']} cores; load {load:.1f} at the end\n")
    sections: list[tuple[str, Sequence[Outcome], Sequence[Column]]] = [
        (title, outcomes, columns) for title, columns in TABLES
    ]
    sections.append(("Limits", bounds, LIMITS))
    parts = []
    for title, rows, columns in sections:
        if _has_any(rows, columns):
            out(f"\n{title}\n\n{plain(rows, columns)}")
            parts.append(f"### {title}\n\n{markdown(rows, columns)}")
    remarks = [*_busy(outcomes), *_keeps(outcomes), *_notes(outcomes)]
    out("\n" + "".join(f"  {line}\n" for line in remarks) + "\n")
    parts.append("".join(f"- {line}\n" for line in remarks))
    keep(
        name,
        {
            "runs": runs,
            "servers": [as_data(each) for each in outcomes],
            "limits": [as_data(each) for each in bounds],
        },
    )
    (RESULTS / f"{name}.md").write_text("\n".join(parts), encoding="utf-8")
    return 0


def _has_any(outcomes: Sequence[Outcome], columns: Sequence[Column]) -> bool:
    keys = {key for column in columns for key in column.keys}
    return any(keys & each.cells.keys() for each in outcomes)


def _busy(outcomes: Sequence[Outcome]) -> list[str]:
    """How much of its core the generator used, beside the server, in every measurement."""
    lines = []
    for outcome in outcomes:
        shares = [
            f"{label} {effort.generator:.0%} / {effort.server:.0%}"
            for label, key in BUSY
            if key in outcome.cells and (effort := outcome.cells[key].effort).seconds
        ]
        if shares:
            lines.append(f"{outcome.server}, generator / server busy: {', '.join(shares)}")
    return lines


def _keeps(outcomes: Sequence[Outcome]) -> list[str]:
    return [f"{each.server} keeps messages in: {each.keeps}" for each in outcomes]


def _notes(outcomes: Sequence[Outcome]) -> list[str]:
    notes = [f"{each.server}: {note}" for each in outcomes for note in each.notes]
    if _has_any(outcomes, CLAIMS):
        notes.append(NO_CLAIM)
    return notes
