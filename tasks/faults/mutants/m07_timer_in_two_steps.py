"""A timer is taken in one transaction and takes effect in the next (DEL-12)."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "timer's effect outside its transaction",
    (
        Change(
            "server/samebox_server/live/keeping.py",
            "    if not timers.finish(work.connection, timer.timer_id, work.now):\n"
            "        return False\n    match timer.kind:",
            "    match timer.kind:",
        ),
        Change(
            "server/samebox_server/live/keeping.py",
            "def fire(work: Work, timer: Due) -> bool:",
            "def take(work: Work, timer: Due) -> bool:\n"
            "    return timers.finish(work.connection, timer.timer_id, work.now)\n\n\n"
            "def fire(work: Work, timer: Due) -> bool:",
        ),
        Change(
            "server/samebox_server/live/due.py",
            "                if await self._write(partial(keeping.fire, timer=timer)):\n",
            "                if await self._write(partial(keeping.take, timer=timer)):\n"
            "                    await self._write(partial(keeping.fire, timer=timer))\n",
        ),
    ),
    "timers",
)
