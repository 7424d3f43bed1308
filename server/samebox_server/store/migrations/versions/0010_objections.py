"""That one person alone cannot hide an article: marks of who objected, without a name."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """One table. There is no way down: backups are that."""
    op.create_table(
        "article_objection",
        sa.Column("article_id", sa.Text(), sa.ForeignKey("article.article_id"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("tried", sa.Text(), primary_key=True),
        sa.Column("mark", sa.Text(), primary_key=True),
        sa.Column("amount", sa.Integer(), nullable=False),
    )
