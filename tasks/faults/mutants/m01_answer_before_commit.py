"""The server answers done before the commit: the act may yet be lost (DEL-3)."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "answer before commit",
    (
        Change(
            "server/samebox_server/live/desk.py",
            "        if talk.is_talk(asked):\n            self._database.submit(",
            "        connection.push(Done(txn_id=asked.txn_id))\n"
            "        if talk.is_talk(asked):\n            self._database.submit(",
        ),
    ),
    "server kills",
)
