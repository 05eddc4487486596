"""The tables of the library, and how a library of an earlier version of the program comes up to date."""

import sqlite3
from itertools import chain

from ingest.rows import digest_of, load_as_read, load_passages

# A new library goes through every step too, so that old and new libraries have the same tables.
_STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE documents (
        doc_id TEXT PRIMARY KEY, source TEXT NOT NULL, sha256 TEXT NOT NULL, text TEXT NOT NULL,
        page_starts TEXT NOT NULL, provenance TEXT NOT NULL, facts TEXT NOT NULL, warnings TEXT NOT NULL,
        digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE sections (
        doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, row INTEGER NOT NULL,
        label TEXT NOT NULL, locator TEXT NOT NULL, title TEXT NOT NULL, level INTEGER NOT NULL,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, body_start INTEGER NOT NULL, kind TEXT NOT NULL,
        unit TEXT, parent INTEGER, PRIMARY KEY (doc_id, row)
        ) STRICT""",
        """CREATE TABLE passages (
        passage_id TEXT PRIMARY KEY, doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, heading_path TEXT NOT NULL,
        locator TEXT NOT NULL, kind TEXT NOT NULL, unit TEXT, page INTEGER
        ) STRICT""",
        "CREATE INDEX passages_by_document ON passages (doc_id, start)",
    ),
    (
        "ALTER TABLE documents ADD COLUMN notes TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE documents ADD COLUMN confidences TEXT NOT NULL DEFAULT '[]'",
        # Documents have the number of their version and of the change that brought them in; 0 is
        # before changes were counted.
        "ALTER TABLE documents ADD COLUMN version INTEGER NOT NULL DEFAULT 1",
        "ALTER TABLE documents ADD COLUMN made INTEGER NOT NULL DEFAULT 0",
        # Sections and passages as they were, in JSON; passages without their text, which is a span.
        """CREATE TABLE former_versions (
        doc_id TEXT NOT NULL, source TEXT NOT NULL, sha256 TEXT NOT NULL, text TEXT NOT NULL,
        page_starts TEXT NOT NULL, provenance TEXT NOT NULL, facts TEXT NOT NULL, warnings TEXT NOT NULL,
        digest TEXT NOT NULL, notes TEXT NOT NULL, confidences TEXT NOT NULL, version INTEGER NOT NULL,
        made INTEGER NOT NULL, sections TEXT NOT NULL, passages TEXT NOT NULL, ended INTEGER NOT NULL,
        reason TEXT NOT NULL, PRIMARY KEY (doc_id, version)
        ) STRICT""",
    ),
    (
        # The folder that holds the file, relative to that of the library; "" where nobody wrote it down.
        "ALTER TABLE documents ADD COLUMN folder TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE former_versions ADD COLUMN folder TEXT NOT NULL DEFAULT ''",
        # Facts corrected by hand. They are of a document's id, so that they outlive its versions;
        # `made` and `ended` are numbers of changes, and what has not ended counts.
        """CREATE TABLE edits (
        doc_id TEXT NOT NULL, fact TEXT NOT NULL, value TEXT NOT NULL,
        made INTEGER NOT NULL, ended INTEGER, PRIMARY KEY (doc_id, fact, made)
        ) STRICT""",
    ),
)
SCHEMA_VERSION = len(_STEPS)


def schema_version(connection: sqlite3.Connection) -> int:
    """Give the version of the tables of a library: 0 where there are none yet, -1 for a foreign file."""
    # One statement sees one state: another process may make the tables between two of them.
    version: int
    version, tables = connection.execute(
        "SELECT user_version, (SELECT count(*) FROM sqlite_master) FROM pragma_user_version"
    ).fetchone()
    return -1 if version == 0 and tables else version


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the tables, or those that an earlier version of the program did not have, in one transaction."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have done it while this one waited for its turn.
        found = schema_version(connection)
        for statement in chain.from_iterable(_STEPS[found:]):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        if 0 < found < SCHEMA_VERSION:
            _renew_digests(connection)


def _renew_digests(connection: sqlite3.Connection) -> None:
    """Digests are of the values as this program has them, so that what did not change is found unchanged."""
    for document in load_as_read(connection):
        digest = digest_of(document, load_passages(connection, document.doc_id))
        connection.execute("UPDATE documents SET digest = ? WHERE doc_id = ?", (digest, document.doc_id))
