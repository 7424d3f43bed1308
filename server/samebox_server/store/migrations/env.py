"""Alembic's entry: migrates the connection it is given, inside that connection's transaction."""

from alembic import context

from samebox_server.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
