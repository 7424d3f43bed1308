"""The tables, as they are after the newest migration. Times are seconds since the Unix epoch."""

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("helping", Boolean, nullable=False),
    Column("joined_at", Double, nullable=False),
    Column("wishes", Text, nullable=False, server_default=""),
    Column("solved_total", Integer, nullable=False, server_default="0"),
    Column("left_at", Double, index=True),
    Column("rest_until", Double, nullable=False, server_default="0"),
)

role_grant = Table(
    "role_grant",
    metadata,
    Column("person_id", ForeignKey("person.person_id"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("granted_at", Double, nullable=False),
)

device = Table(
    "device",
    metadata,
    Column("device_id", Text, primary_key=True),
    Column("person_id", ForeignKey("person.person_id"), nullable=False, index=True),
    Column("token_sha256", Text, nullable=False, unique=True),
    Column("system", Text),
    Column("system_version", Text, nullable=False),
    Column("vendor", Text, nullable=False),
    Column("family", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("agent_version", Text, nullable=False),
    Column("acked_seq", Integer, nullable=False),
    Column("joined_at", Double, nullable=False),
    Column("last_seen", Double, nullable=False),
)

own_device = Table(
    "own_device",
    metadata,
    Column("device_id", Text, primary_key=True),
    Column("person_id", ForeignKey("person.person_id"), nullable=False, index=True),
    Column("device_type", Text, nullable=False),
    Column("added_at", Double, nullable=False),
)

block = Table(
    "block",
    metadata,
    Column("person_id", ForeignKey("person.person_id"), primary_key=True),
    Column("other_id", ForeignKey("person.person_id"), primary_key=True, index=True),
    Column("at", Double, nullable=False),
)

experience = Table(
    "experience",
    metadata,
    Column("person_id", ForeignKey("person.person_id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("amount", Double, nullable=False),
    Column("at", Double, nullable=False),
)

helped = Table(
    "helped",
    metadata,
    Column("helper_id", ForeignKey("person.person_id"), primary_key=True),
    Column("asker_id", ForeignKey("person.person_id"), primary_key=True),
)

minutes_given = Table(
    "minutes_given",
    metadata,
    Column("person_id", ForeignKey("person.person_id"), primary_key=True),
    Column("week", Integer, primary_key=True),
    Column("minutes", Double, nullable=False),
)

invite = Table(
    "invite",
    metadata,
    Column("code_sha256", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("made_by", ForeignKey("person.person_id")),
    Column("made_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    Column("device_id", ForeignKey("device.device_id")),
)

setup_link = Table(
    "setup_link",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("expires_at", Double, nullable=False),
    Column("used_at", Double),
)

question = Table(
    "question",
    metadata,
    Column("question_id", Text, primary_key=True),
    Column("asker_id", ForeignKey("person.person_id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("device_type", Text, nullable=False),
    Column("name_hidden", Boolean, nullable=False),
    Column("tried", Text, nullable=False),
    Column("asked_at", Double, nullable=False),
    Column("phase", Text, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("wave", Integer, nullable=False),
    Column("ring", Text, nullable=False),
    Column("until", Double, nullable=False, server_default="0"),
    Column("parked", Integer, nullable=False, server_default="0"),
    Column("told_day", Integer, nullable=False, server_default="0"),
    Column("told", Integer, nullable=False, server_default="0"),
    Column("topic", Text, nullable=False, server_default="other"),
    Column("language", Text, nullable=False, server_default=""),
    Column("place", Text, nullable=False, server_default=""),
    Index("ix_question_phase", "phase"),
    Index(
        "ix_question_open_of_asker",
        "asker_id",
        sqlite_where=text("phase IN ('asking', 'live', 'parked')"),
        postgresql_where=text("phase IN ('asking', 'live', 'parked')"),
    ),
)

granted_fact = Table(
    "granted_fact",
    metadata,
    Column("question_id", ForeignKey("question.question_id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

offer = Table(
    "offer",
    metadata,
    Column("offer_id", Text, primary_key=True),
    Column("question_id", ForeignKey("question.question_id"), nullable=False, index=True),
    Column("helper_id", ForeignKey("person.person_id"), nullable=False),
    Column("wave", Integer, nullable=False),
    Column("ring", Text, nullable=False),
    Column("made_at", Double, nullable=False),
    Column("until", Double, nullable=False),
    Column("state", Text, nullable=False),
    Column("part", Text, nullable=False, server_default="helper"),
    Column("why", Text, nullable=False, server_default="[]"),
    Index("ix_offer_helper_id_state", "helper_id", "state"),
)

session = Table(
    "session",
    metadata,
    Column("session_id", Text, primary_key=True),
    Column("question_id", ForeignKey("question.question_id"), nullable=False, index=True),
    Column("offer_id", ForeignKey("offer.offer_id"), nullable=False),
    Column("asker_id", ForeignKey("person.person_id"), nullable=False, index=True),
    Column("helper_id", ForeignKey("person.person_id"), nullable=False, index=True),
    Column("fence", Integer, nullable=False),
    Column("ring", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_at", Double, nullable=False),
    Column("closed_at", Double),
    Column("thanks", Boolean, nullable=False),
    Column("fixed_by", Text, nullable=False),
    Column("others", Text, nullable=False, server_default="[]"),
    Index(
        "one_live_session_per_question",
        "question_id",
        unique=True,
        sqlite_where=text("state = 'live'"),
        postgresql_where=text("state = 'live'"),
    ),
)

participant = Table(
    "participant",
    metadata,
    Column("session_id", ForeignKey("session.session_id"), primary_key=True),
    Column("person_id", ForeignKey("person.person_id"), primary_key=True),
    Column("offer_id", ForeignKey("offer.offer_id"), nullable=False, unique=True),
    Column("part", Text, nullable=False),
    Column("joined_at", Double, nullable=False),
    Column("left_at", Double),
)

answer = Table(
    "answer",
    metadata,
    Column("answer_id", Text, primary_key=True),
    Column("question_id", ForeignKey("question.question_id"), nullable=False, index=True),
    Column("author_id", ForeignKey("person.person_id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Double, nullable=False),
    Index("ix_answer_author_id_at", "author_id", "at"),
)

# Of what is written with every message, only the session is checked by the database: the author and
# whose feed it is were read from their own tables in the same transaction.
message = Table(
    "message",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("session_id", ForeignKey("session.session_id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("author_id", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("txn_id", Text, nullable=False),
    Column("body_sha256", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("edited_at", Double),
    Column("deleted_at", Double),
    UniqueConstraint("session_id", "ordinal"),
    UniqueConstraint("device_id", "txn_id"),
)

receipt = Table(
    "receipt",
    metadata,
    Column("session_id", ForeignKey("session.session_id"), primary_key=True),
    Column("person_id", ForeignKey("person.person_id"), primary_key=True),
    Column("delivered", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
)

done_act = Table(
    "done_act",
    metadata,
    Column("device_id", ForeignKey("device.device_id"), primary_key=True),
    Column("txn_id", Text, primary_key=True),
    Column("person_id", ForeignKey("person.person_id"), nullable=False),
    Column("body_sha256", Text, nullable=False),
    Column("refusal", Text),
    Column("at", Double, nullable=False),
)

feed_head = Table(
    "feed_head",
    metadata,
    Column("person_id", ForeignKey("person.person_id"), primary_key=True),
    Column("head", Integer, nullable=False),
    Column("at", Double, nullable=False),
)

feed = Table(
    "feed",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("event_id", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("payload", Text, nullable=False),
)

timer = Table(
    "timer",
    metadata,
    Column("timer_id", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("due_at", Double, nullable=False),
    Column("done_at", Double),
    UniqueConstraint("subject", "kind", "generation"),
    Index(
        "ix_timer_due_at",
        "due_at",
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
)

article = Table(
    "article",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("session_id", ForeignKey("session.session_id")),
    Column("owner_id", Text),
    Column("review_by", Double),
)
"""`version` is the one that laptops have, or had before the article was hidden."""

article_version = Table(
    "article_version",
    metadata,
    Column("article_id", ForeignKey("article.article_id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("written_at", Double, nullable=False),
    Column("author_id", Text),
    Column("reviewer_id", Text),
    Column("note", Text, nullable=False, server_default=""),
)

article_outcome = Table(
    "article_outcome",
    metadata,
    Column("article_id", ForeignKey("article.article_id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("tried", Text, primary_key=True),
    Column("amount", Integer, nullable=False),
)
"""Counts alone: who reported is not kept. `kind` is the device type as JSON."""

article_objection = Table(
    "article_objection",
    metadata,
    Column("article_id", ForeignKey("article.article_id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("tried", Text, primary_key=True),
    Column("mark", Text, primary_key=True),
    Column("amount", Integer, nullable=False),
)
"""How often somebody objected to a version, under a mark in place of a name."""

article_proven = Table(
    "article_proven",
    metadata,
    Column("article_id", ForeignKey("article.article_id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("system", Text, primary_key=True),
    Column("system_version", Text, primary_key=True),
)
"""Versions of systems on which a version of an article is known to work."""

article_task = Table(
    "article_task",
    metadata,
    Column("task_id", Text, primary_key=True),
    Column("article_id", ForeignKey("article.article_id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("made_at", Double, nullable=False),
    Column("taken_by", ForeignKey("person.person_id")),
    Column("done_at", Double),
    Column("done_by", Text),
    Index(
        "ix_article_task_open",
        "article_id",
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
)

proposal = Table(
    "proposal",
    metadata,
    Column("proposal_id", Text, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("base_version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("session_id", ForeignKey("session.session_id"), unique=True),
    Column("made_at", Double, nullable=False),
    Column("changed_at", Double, nullable=False),
    Column("it_id", Text),
    Index("ix_proposal_state", "state", "changed_at"),
)
"""A new article, or a new version of one, before it is published. `base_version` is the version it
was written from, 0 for a new article; `words` are those of whoever sent it back; `it_id` is who of
IT agreed to its risk."""

contributor = Table(
    "contributor",
    metadata,
    Column("proposal_id", ForeignKey("proposal.proposal_id"), primary_key=True),
    Column("person_id", ForeignKey("person.person_id"), primary_key=True, index=True),
    Column("kind", Text, nullable=False),
    Column("agreed_at", Double),
)
"""Everyone who contributed to a proposal, none of whom can review it."""

portal_link = Table(
    "portal_link",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("device_id", ForeignKey("device.device_id"), nullable=False),
    Column("path", Text, nullable=False),
    Column("expires_at", Double, nullable=False),
)

portal_session = Table(
    "portal_session",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("person_id", ForeignKey("person.person_id"), nullable=False, index=True),
    Column("device_id", ForeignKey("device.device_id"), nullable=False),
    Column("expires_at", Double, nullable=False),
)

article_change = Table(
    "article_change",
    metadata,
    Column("change", Integer, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("article.article_id"), nullable=False),
)

node = Table(
    "node",
    metadata,
    Column("node_id", Text, primary_key=True),
    Column("lease_until", Double, nullable=False),
)

presence = Table(
    "presence",
    metadata,
    Column("device_id", Text, primary_key=True),
    Column("person_id", Text, nullable=False, index=True),
    Column("node_id", Text, nullable=False, index=True),
    Column("away", Boolean, nullable=False),
    Column("since", Double, nullable=False),
)
