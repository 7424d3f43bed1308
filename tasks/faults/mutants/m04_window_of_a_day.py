"""Transaction ids are forgotten after 24 hours: a request that comes again later counts as new."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "transaction ids kept for a day only",
    (
        Change(
            "server/samebox_server/store/messages.py",
            "        execute = bulk.driver(connection).execute\n"
            "        return {one.message_id for one in new if",
            "        execute = bulk.driver(connection).execute\n"
            "        execute(\n"
            '            "UPDATE message SET txn_id = hex(randomblob(16)) WHERE at < ?",\n'
            "            (new[0].at - 86_400,),\n"
            "        )\n"
            "        return {one.message_id for one in new if",
        ),
    ),
    "late replays",
)
