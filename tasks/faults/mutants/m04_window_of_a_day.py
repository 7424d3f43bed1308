"""Transaction ids are forgotten after 24 hours: a request that comes again later counts as new."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "transaction ids kept for a day only",
    (
        Change(
            "server/samebox_server/store/messages.py",
            "    before = driver.total_changes\n",
            "    driver.execute(\n"
            '        "UPDATE message SET txn_id = hex(randomblob(16)) WHERE at < ?",\n'
            "        (new[0].at - 86_400,),\n"
            "    )\n"
            "    before = driver.total_changes\n",
        ),
    ),
    "late replays",
)
