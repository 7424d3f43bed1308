"""Every shape the laptop's database has had, oldest first. Only ever add to the end.

The file's `user_version` counts how many of these it has been through.
"""

ARTICLE_WORDS = """
CREATE VIRTUAL TABLE article_words USING fts5(
    title, symptoms, summary, steps, topic,
    content = '', tokenize = "porter unicode61 remove_diacritics 2", prefix = '2 3'
)
"""
"""Keeps only the index: the text stands in `article`. Dropped and made again when damaged."""

_FIRST = (
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    (
        "CREATE TABLE sharing (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, is_on INTEGER NOT NULL,"
        " at REAL NOT NULL)"
    ),
    "CREATE TABLE unsent_text (place TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID",
    (
        "CREATE TABLE feed (seq INTEGER PRIMARY KEY, prev_seq INTEGER NOT NULL,"
        " event_id TEXT NOT NULL UNIQUE, at REAL NOT NULL, body BLOB NOT NULL)"
    ),
    (
        "CREATE TABLE cursor (one INTEGER PRIMARY KEY CHECK (one = 1), epoch TEXT NOT NULL,"
        " seq INTEGER NOT NULL)"
    ),
    "INSERT INTO cursor VALUES (1, '', 0)",
    (
        "CREATE TABLE outbox (place INTEGER PRIMARY KEY AUTOINCREMENT, txn_id TEXT NOT NULL UNIQUE,"
        " act BLOB NOT NULL, at REAL NOT NULL)"
    ),
    (
        "CREATE TABLE article (number INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE,"
        " body BLOB NOT NULL)"
    ),
    "CREATE TABLE article_head (one INTEGER PRIMARY KEY CHECK (one = 1), head INTEGER NOT NULL)",
    "INSERT INTO article_head VALUES (1, 0)",
    ARTICLE_WORDS,
    (
        "CREATE TABLE shared (id INTEGER PRIMARY KEY, at REAL NOT NULL, whom TEXT NOT NULL,"
        " what TEXT NOT NULL, payload BLOB NOT NULL)"
    ),
    "CREATE TABLE suggestion (article_id TEXT PRIMARY KEY, until REAL) WITHOUT ROWID",
)

_RECORDS = ("ALTER TABLE article ADD COLUMN records BLOB NOT NULL DEFAULT X'5B5D'",)
"""What came of articles on all laptops, as a JSON list."""

_PROVEN = ("ALTER TABLE article ADD COLUMN proven BLOB NOT NULL DEFAULT X'5B5D'",)
"""The versions of systems that articles are known to work on, as a JSON list."""

ARTICLE = (
    "CREATE TABLE article (number INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE,"
    " body BLOB NOT NULL, records BLOB NOT NULL DEFAULT X'5B5D',"
    " proven BLOB NOT NULL DEFAULT X'5B5D')"
)
"""As it is by now. Dropped and made again when the copy is damaged: the server has it."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _RECORDS, _PROVEN)
