"""Parked questions stand beside the one that is asked, and count whom they were shown to."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

OPEN = sa.text("phase IN ('asking', 'live', 'parked')")


def upgrade() -> None:
    """Two columns; the index is no longer unique. There is no way down: backups are that."""
    for name in ("told_day", "told"):
        op.add_column("question", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("one_open_question_per_asker", "question")
    op.create_index(
        "ix_question_open_of_asker",
        "question",
        ["asker_id"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
