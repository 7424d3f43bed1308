"""How people want to be asked, their devices without an agent, blocks, and what they gave."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Adds to what is there; nothing is rewritten. Who wishes may help in several sessions."""
    op.drop_index("one_live_session_per_helper", "session")
    for column in (
        sa.Column("wishes", sa.Text(), nullable=False, server_default=""),
        sa.Column("solved_total", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("rest_until", sa.Double(), nullable=False, server_default="0"),
    ):
        op.add_column("person", column)
    op.create_table(
        "own_device",
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("device_type", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Double(), nullable=False),
        _person("own_device", "person_id"),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_own_device")),
    )
    op.create_index(op.f("ix_own_device_person_id"), "own_device", ["person_id"], unique=False)
    _pair("block", "person_id", "other_id", sa.Column("at", sa.Double(), nullable=False))
    op.create_index(op.f("ix_block_other_id"), "block", ["other_id"], unique=False)
    _pair("helped", "helper_id", "asker_id")
    op.create_table(
        "experience",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("amount", sa.Double(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        _person("experience", "person_id"),
        sa.PrimaryKeyConstraint("person_id", "kind", "topic", name=op.f("pk_experience")),
    )
    op.create_table(
        "minutes_given",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Double(), nullable=False),
        _person("minutes_given", "person_id"),
        sa.PrimaryKeyConstraint("person_id", "week", name=op.f("pk_minutes_given")),
    )


def _pair(name: str, one: str, other: str, *columns: sa.Column[float]) -> None:
    op.create_table(
        name,
        sa.Column(one, sa.Text(), nullable=False),
        sa.Column(other, sa.Text(), nullable=False),
        *columns,
        _person(name, one),
        _person(name, other),
        sa.PrimaryKeyConstraint(one, other, name=op.f(f"pk_{name}")),
    )


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["person.person_id"], name=op.f(f"fk_{table}_{column}")
    )
