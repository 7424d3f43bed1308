"""Feeds are numbered by a sequence, as databases have them: what is rolled back leaves a hole, and
with two servers a lower number may be committed after a higher one (DEL-1)."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "numbers of a sequence",
    (
        Change(
            "server/samebox_server/store/feeds.py",
            "        found = {person: known[person] + counts[person] for person in people}\n",
            "        found = {\n"
            "            person: max(known[person], _SEQUENCE.get(person, 0)) + counts[person]\n"
            "            for person in people\n"
            "        }\n"
            "        _SEQUENCE.update(found)\n",
        ),
        Change(
            "server/samebox_server/store/feeds.py",
            '_TOLD = "told"\n',
            '_TOLD = "told"\n_SEQUENCE: dict[str, int] = {}\n',
        ),
    ),
    "full disks",
)
