"""Feeds are numbered by a sequence, as databases have them: what is rolled back leaves a hole, and
with two servers a lower number may be committed after a higher one (DEL-1)."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "numbers of a sequence",
    (
        Change(
            "server/samebox_server/store/feeds.py",
            "    number(entries, known)\n    heads = [",
            "    known = {who: max(at, _SEQUENCE.get(who, 0)) for who, at in known.items()}\n"
            "    _SEQUENCE.update({who: known[who] + count for who, count in counts.items()})\n"
            "    number(entries, known)\n    heads = [",
        ),
        Change(
            "server/samebox_server/store/feeds.py",
            '_TOLD = "told"\n',
            '_TOLD = "told"\n_SEQUENCE: dict[str, int] = {}\n',
        ),
    ),
    "full disks",
)
