"""The laptop saves its cursor before the event, not together with it (DEL-4)."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "cursor saved before the event",
    (
        Change(
            "agent/samebox_agent/runtime/memory.py",
            "        with self.store.database.transaction():\n            return tuple(event for",
            "        if True:\n            return tuple(event for",
        ),
        Change(
            "agent/samebox_agent/storage/feed.py",
            "        with self._database.transaction():\n            have = self.position().seq",
            "        if True:\n            have = self.position().seq",
        ),
        Change(
            "agent/samebox_agent/storage/feed.py",
            "            added = self._database.execute(",
            '            self._database.execute("UPDATE cursor SET seq = ?", (event.seq,))\n'
            "            added = self._database.execute(",
        ),
    ),
    "agent kills",
)
