"""The unique index over device and transaction id is gone: what is resent counts as new (DEL-2)."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "unique index dropped",
    (
        Change(
            "server/samebox_server/store/migrations/versions/0001_first_tables.py",
            '        sa.UniqueConstraint("device_id", "txn_id", '
            'name=op.f("uq_message_device_id_txn_id")),\n',
            "",
        ),
        Change(
            "server/samebox_server/store/messages.py",
            "WHERE NOT EXISTS (SELECT 1 FROM done_act WHERE device_id = ?4 AND txn_id = ?5)\n"
            "ON CONFLICT (device_id, txn_id) DO NOTHING\n",
            "WHERE NOT EXISTS (SELECT 1 FROM done_act WHERE device_id = ?4 AND txn_id = ?5)\n",
        ),
    ),
    "lost answers",
)
