"""Feeds are numbered by a sequence, as databases have them: what is rolled back leaves a hole, and
with two servers a lower number may be committed after a higher one (DEL-1)."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "numbers of a sequence",
    (
        Change(
            "server/samebox_server/store/feeds.py",
            "            row = driver.execute(_TAKE_ONE, (counts[person], now, person)).fetchone()\n"
            "            found[person] = row[0]\n",
            "            row = driver.execute(_TAKE_ONE, (counts[person], now, person)).fetchone()\n"
            "            newest = max(row[0], _SEQUENCE.get(person, 0) + counts[person])\n"
            "            found[person] = _SEQUENCE[person] = newest\n"
            '            driver.execute(f"UPDATE feed_head SET head = {newest} '
            'WHERE person_id = ?", (person,))\n',
        ),
        Change(
            "server/samebox_server/store/feeds.py",
            '_TOLD = "told"\n',
            '_TOLD = "told"\n_SEQUENCE: dict[str, int] = {}\n',
        ),
    ),
    "full disks",
)
