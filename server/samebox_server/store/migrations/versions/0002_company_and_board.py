"""Parked questions with their answers, company in a session, edited and deleted messages."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

OPEN = sa.text("phase IN ('asking', 'live', 'parked')")


def upgrade() -> None:
    """Adds to what is there; nothing is rewritten."""
    for column in (
        sa.Column("until", sa.Double(), nullable=False, server_default="0"),
        sa.Column("parked", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("topic", sa.Text(), nullable=False, server_default="other"),
        sa.Column("language", sa.Text(), nullable=False, server_default=""),
        sa.Column("place", sa.Text(), nullable=False, server_default=""),
    ):
        op.add_column("question", column)
    op.drop_index("one_open_question_per_asker", "question")
    op.create_index(
        "one_open_question_per_asker",
        "question",
        ["asker_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.add_column("offer", sa.Column("part", sa.Text(), nullable=False, server_default="helper"))
    op.add_column("offer", sa.Column("why", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("session", sa.Column("others", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("message", sa.Column("edited_at", sa.Double(), nullable=True))
    op.add_column("message", sa.Column("deleted_at", sa.Double(), nullable=True))
    _new_tables()


def _new_tables() -> None:
    op.create_table(
        "participant",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.Double(), nullable=False),
        sa.Column("left_at", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.session_id"], name=op.f("fk_participant_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.person_id"], name=op.f("fk_participant_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.offer_id"], name=op.f("fk_participant_offer_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_participant")),
        sa.UniqueConstraint("offer_id", name=op.f("uq_participant_offer_id")),
    )
    op.create_table(
        "answer",
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.question_id"], name=op.f("fk_answer_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.person_id"], name=op.f("fk_answer_author_id")
        ),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_question_id"), "answer", ["question_id"], unique=False)
    op.create_index("ix_answer_author_id_at", "answer", ["author_id", "at"], unique=False)
