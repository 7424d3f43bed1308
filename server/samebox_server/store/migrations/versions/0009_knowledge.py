"""The way of an article: proposals and their people, versions with authors, tasks, proven systems,
and the links and sessions of the portal."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

OPEN = sa.text("done_at IS NULL")


def upgrade() -> None:
    """Drafts become proposals. There is no way down: backups are that."""
    op.add_column("article", sa.Column("owner_id", sa.Text()))
    op.add_column("article", sa.Column("review_by", sa.Double()))
    op.add_column("article_version", sa.Column("author_id", sa.Text()))
    op.add_column("article_version", sa.Column("reviewer_id", sa.Text()))
    op.add_column(
        "article_version", sa.Column("note", sa.Text(), nullable=False, server_default="")
    )
    _add_tables_of_articles()
    _add_tables_of_proposals()
    _add_tables_of_the_portal()
    _move_drafts()


def _add_tables_of_articles() -> None:
    op.create_table(
        "article_proven",
        sa.Column("article_id", sa.Text(), sa.ForeignKey("article.article_id"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("system", sa.Text(), primary_key=True),
        sa.Column("system_version", sa.Text(), primary_key=True),
    )
    op.create_table(
        "article_task",
        sa.Column("task_id", sa.Text(), primary_key=True),
        sa.Column("article_id", sa.Text(), sa.ForeignKey("article.article_id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Double(), nullable=False),
        sa.Column("taken_by", sa.Text(), sa.ForeignKey("person.person_id")),
        sa.Column("done_at", sa.Double()),
        sa.Column("done_by", sa.Text()),
    )
    op.create_index(
        "ix_article_task_open",
        "article_task",
        ["article_id"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _add_tables_of_proposals() -> None:
    op.create_table(
        "proposal",
        sa.Column("proposal_id", sa.Text(), primary_key=True),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), sa.ForeignKey("session.session_id")),
        sa.Column("made_at", sa.Double(), nullable=False),
        sa.Column("changed_at", sa.Double(), nullable=False),
        sa.Column("it_id", sa.Text()),
        sa.UniqueConstraint("session_id", name="uq_proposal_session_id"),
    )
    op.create_index("ix_proposal_state", "proposal", ["state", "changed_at"])
    op.create_table(
        "contributor",
        sa.Column(
            "proposal_id", sa.Text(), sa.ForeignKey("proposal.proposal_id"), primary_key=True
        ),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("person.person_id"), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("agreed_at", sa.Double()),
    )
    op.create_index("ix_contributor_person_id", "contributor", ["person_id"])


def _add_tables_of_the_portal() -> None:
    op.create_table(
        "portal_link",
        sa.Column("token_sha256", sa.Text(), primary_key=True),
        sa.Column("device_id", sa.Text(), sa.ForeignKey("device.device_id"), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
    )
    op.create_table(
        "portal_session",
        sa.Column("token_sha256", sa.Text(), primary_key=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("person.person_id"), nullable=False),
        sa.Column("device_id", sa.Text(), sa.ForeignKey("device.device_id"), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
    )
    op.create_index("ix_portal_session_person_id", "portal_session", ["person_id"])


def _move_drafts() -> None:
    """A draft that a server wrote goes on where its asker has agreed and its helper is to look."""
    drafts = "SELECT article_id FROM article WHERE state = 'draft'"
    op.execute(
        "INSERT INTO proposal (proposal_id, article_id, base_version, title, source, note, state,"
        " words, session_id, made_at, changed_at)"
        " SELECT a.article_id, a.article_id, 0, '', v.source, '', 'looking', '', a.session_id,"
        " v.written_at, v.written_at FROM article a JOIN article_version v"
        " ON v.article_id = a.article_id AND v.version = a.version WHERE a.state = 'draft'"
    )
    for kind, agreed in (("asked", "p.made_at"), ("wrote", "NULL")):
        person = "asker_id" if kind == "asked" else "helper_id"
        op.execute(
            "INSERT INTO contributor (proposal_id, person_id, kind, agreed_at)"
            f" SELECT p.proposal_id, s.{person}, '{kind}', {agreed} FROM proposal p"
            " JOIN session s ON s.session_id = p.session_id"
        )
    op.execute(f"DELETE FROM article_version WHERE article_id IN ({drafts})")
    op.execute("DELETE FROM article WHERE state = 'draft'")
