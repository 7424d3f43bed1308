"""A laptop that comes back is put at the feed's head, whatever it has: position and content are of
two moments (DEL-6)."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "position of another moment than the snapshot",
    (
        Change(
            "server/samebox_server/live/greeting.py",
            "        cursor=0 if resync else hello.acked_seq,\n",
            "        cursor=head,\n",
        ),
    ),
    "agent kills",
)
