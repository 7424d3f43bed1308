"""People who have left the organisation."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """One column. There is no way down: backups are that."""
    op.add_column("person", sa.Column("left_at", sa.Double()))
    op.create_index(op.f("ix_person_left_at"), "person", ["left_at"])
