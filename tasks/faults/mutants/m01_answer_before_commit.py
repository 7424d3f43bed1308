"""The server answers done before the commit: the act may yet be lost (DEL-3)."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "answer before commit",
    (
        Change(
            "server/samebox_server/live/desk.py",
            "        if not talk.is_talk(asked):\n",
            "        connection.push(Done(txn_id=asked.txn_id))\n"
            "        if not talk.is_talk(asked):\n",
        ),
    ),
    "server kills",
)
