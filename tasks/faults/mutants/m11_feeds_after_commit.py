"""The feeds are written in a transaction after the one that keeps the message (DEL-1)."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "feeds written after the commit",
    (
        Change(
            "server/samebox_server/store/sqlite.py",
            "                    feeds.settle(self._writing)\n"
            "                    await self._in_thread(_commit)\n",
            "                    await self._in_thread(_commit)\n"
            '                    self._driver.execute("BEGIN IMMEDIATE")\n'
            "                    feeds.settle(self._writing)\n"
            "                    await self._in_thread(_commit)\n",
        ),
    ),
    "server kills",
)
