"""What came of articles, counted by version and device type, without a name."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """One table. There is no way down: backups are that."""
    op.create_table(
        "article_outcome",
        sa.Column("article_id", sa.Text(), sa.ForeignKey("article.article_id"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("tried", sa.Text(), primary_key=True),
        sa.Column("amount", sa.Integer(), nullable=False),
    )
