"""The heartbeat says nothing of the feed's head: a lost wake-up is never noticed (DEL-7).

The hardship is that one wake-up in twenty is lost, as with Redis gone.
"""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "heartbeat without the head",
    (
        Change(
            "server/samebox_server/live/pulse.py",
            "            connection.notice(heads.get(connection.caller.person_id, 0))\n",
            "",
        ),
    ),
    "quiet",
    weather=(
        Change(
            "server/samebox_server/live/hub.py",
            "                for connection in connections:\n"
            "                    connection.deliver(line)\n",
            "                for connection in connections:\n"
            "                    if random.random() > 0.05:\n"
            "                        connection.deliver(line)\n",
        ),
    ),
)
