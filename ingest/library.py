"""The library: documents, sections and passages in SQLite, the one source of truth.

Every change is one transaction: a process killed at any moment leaves the library as it was
before or as it is after, never in between.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ingest.errors import LibraryError
from ingest.types import Document, DocumentFacts, Passage, ReadingWarning, Section

LIBRARY_FILE = "library.db"
SCHEMA_VERSION = 1
_LOCK_WAIT_S = 30.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    doc_id TEXT PRIMARY KEY, source TEXT NOT NULL, sha256 TEXT NOT NULL, text TEXT NOT NULL,
    page_starts TEXT NOT NULL, provenance TEXT NOT NULL, facts TEXT NOT NULL, warnings TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sections (
    doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, row INTEGER NOT NULL,
    label TEXT NOT NULL, locator TEXT NOT NULL, title TEXT NOT NULL, level INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, body_start INTEGER NOT NULL, kind TEXT NOT NULL,
    unit TEXT, parent INTEGER, PRIMARY KEY (doc_id, row)
) STRICT;
CREATE TABLE IF NOT EXISTS passages (
    passage_id TEXT PRIMARY KEY, doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, heading_path TEXT NOT NULL,
    locator TEXT NOT NULL, kind TEXT NOT NULL, unit TEXT, page INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS passages_by_document ON passages (doc_id, start);
"""


class Library:
    """An open library file; use it as a context manager or close it."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open the library at `path`; raises LibraryError where it is missing, damaged or foreign."""
        if not create and not path.is_file():
            raise LibraryError(f"{path}: there is no library yet; run: python -m ingest corpus")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        with self._reporting():
            self._connection = sqlite3.connect(path, timeout=_LOCK_WAIT_S, check_same_thread=False)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the library cannot be used afterwards."""
        self._connection.close()

    def put(self, document: Document, passages: list[Passage], *, replaces: str | None = None) -> None:
        """Add a document with its passages, in place of the document with its id and of `replaces`.

        Raises LibraryError for a passage that is not the span of the document that it says.
        """
        for passage in passages:
            if document.text[passage.start : passage.end] != passage.text or passage.doc_id != document.doc_id:
                raise LibraryError(f"{self._path}: passage {passage.passage_id} is not a span of {document.doc_id}")
        with self._reporting(), self._connection as connection:
            connection.executemany(
                "DELETE FROM documents WHERE doc_id = ?", [(document.doc_id,), (replaces or document.doc_id,)]
            )
            connection.execute("INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?)", _document_row(document, passages))
            connection.executemany(
                "INSERT INTO sections VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                [(document.doc_id, row, *astuple(section)) for row, section in enumerate(document.sections)],
            )
            connection.executemany("INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?,?)", map(_passage_row, passages))

    def remove(self, doc_id: str) -> None:
        """Remove a document with its passages; nothing happens where there is none."""
        with self._reporting(), self._connection as connection:
            connection.execute("DELETE FROM documents WHERE doc_id = ?", (doc_id,))

    def documents(self) -> list[Document]:
        """Give all documents in order of their ids."""
        with self._reporting():
            ids = [row[0] for row in self._connection.execute("SELECT doc_id FROM documents ORDER BY doc_id")]
            return [document for doc_id in ids if (document := self.document(doc_id)) is not None]

    def document(self, doc_id: str) -> Document | None:
        """Give one document, None where there is none with this id."""
        with self._reporting():
            row = self._connection.execute("SELECT * FROM documents WHERE doc_id = ?", (doc_id,)).fetchone()
            sections = self._connection.execute(
                "SELECT * FROM sections WHERE doc_id = ? ORDER BY row", (doc_id,)
            ).fetchall()
        return _document(row, sections) if row else None

    def passages(self) -> list[Passage]:
        """Give all passages in order of document and position: the rows of the index."""
        with self._reporting():
            rows = self._connection.execute("SELECT * FROM passages ORDER BY doc_id, start").fetchall()
        return [_passage(row) for row in rows]

    def digests(self) -> dict[str, str]:
        """Give the digest of each document with its passages by id; equal digests, equal contents."""
        with self._reporting():
            return dict(self._connection.execute("SELECT doc_id, digest FROM documents ORDER BY doc_id"))

    def id_of_text(self, text: str) -> str | None:
        """Give the id of the document with exactly this text."""
        with self._reporting():
            row = self._connection.execute("SELECT doc_id FROM documents WHERE text = ?", (text,)).fetchone()
        return row[0] if row else None

    def version(self) -> str:
        """Give a digest of the whole contents; it changes with every change of a document."""
        return hashlib.sha256(json.dumps(self.digests()).encode()).hexdigest()

    def copy_to(self, path: Path) -> None:
        """Write a whole, consistent copy of the library to a new file."""
        with self._reporting():
            target = sqlite3.connect(path)
            try:
                self._connection.backup(target)
            finally:
                target.close()

    def _prepare(self) -> None:
        tables = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        found = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if found == 0 and tables == 0:
            # One transaction for tables and version: a kill in between would leave half a schema. Another
            # process may have made them while this one waited for its turn.
            self._connection.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}PRAGMA user_version = {SCHEMA_VERSION};COMMIT;")
        elif found != SCHEMA_VERSION:
            raise LibraryError(
                f"{self._path}: made by another version of this program (schema {found}, expected {SCHEMA_VERSION}); "
                "move it away and run: python -m ingest corpus"
            )
        self._connection.execute("PRAGMA foreign_keys = ON")
        check = self._connection.execute("PRAGMA quick_check").fetchone()[0]
        if check != "ok":
            raise sqlite3.DatabaseError(check)

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise LibraryError(
                f"{self._path}: cannot be used now ({error}); check that the disk is not full, that the folder can "
                "be written, and that no other ingest is running"
            ) from error
        except sqlite3.DatabaseError as error:
            raise LibraryError(
                f"{self._path}: is damaged ({error}); move it away and run: python -m ingest corpus"
            ) from error


def digest_of(document: Document, passages: list[Passage]) -> str:
    """Give the digest by which the library tells whether a document has changed."""
    return hashlib.sha256(repr((document, passages)).encode()).hexdigest()


def _document_row(document: Document, passages: list[Passage]) -> tuple[str, ...]:
    return (
        document.doc_id,
        document.source,
        document.sha256,
        document.text,
        json.dumps(document.page_starts),
        document.provenance,
        json.dumps(_as_dict(document.facts), ensure_ascii=False),
        json.dumps([astuple(warning) for warning in document.warnings], ensure_ascii=False),
        digest_of(document, passages),
    )


def _as_dict(facts: DocumentFacts) -> dict[str, Any]:
    return {field.name: getattr(facts, field.name) for field in fields(facts)}


def _document(row: tuple[Any, ...], sections: list[tuple[Any, ...]]) -> Document:
    doc_id, source, sha256, text, page_starts, provenance, facts, warnings, _ = row
    stated: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in json.loads(facts).items()}
    return Document(
        doc_id=doc_id,
        source=source,
        sha256=sha256,
        text=text,
        page_starts=tuple(json.loads(page_starts)),
        provenance=provenance,
        facts=DocumentFacts(**stated),
        sections=tuple(Section(*section[2:]) for section in sections),
        warnings=tuple(ReadingWarning(*warning) for warning in json.loads(warnings)),
    )


def _passage_row(passage: Passage) -> tuple[object, ...]:
    row = list(astuple(passage))
    row[5] = json.dumps(passage.heading_path, ensure_ascii=False)
    return tuple(row)


def _passage(row: tuple[Any, ...]) -> Passage:
    passage_id, doc_id, start, end, text, heading_path, locator, kind, unit, page = row
    path = tuple(json.loads(heading_path))
    return Passage(passage_id, doc_id, start, end, text, path, locator, kind, unit, page)
