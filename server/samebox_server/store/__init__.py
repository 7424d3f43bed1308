"""All SQL of the server, one noun a file.

Every function takes an open `Connection` and is synchronous; none begins or ends a transaction.
Writes run inside a unit of the one writer (writer.py), reads on the read engine (database.py).
SQL that only SQLite understands stays in engine.py; PostgreSQL must stay possible.
"""
