"""Alembic's scripts; run through `samebox_server.store.migrate`."""
