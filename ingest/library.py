"""The library: documents, sections and passages in SQLite, the one source of truth.

Every change is one transaction: a process killed at any moment leaves the library as it was
before or as it is after, never in between.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from ingest.edit_history import all_edits, present_edits
from ingest.errors import LibraryError
from ingest.history import (
    Change,
    Undone,
    edit_document,
    last_change,
    put_aside_by_hand,
    put_document,
    remove_document,
    undo_change,
)
from ingest.rows import load_documents, load_facts, load_former, load_passages
from ingest.schema import SCHEMA_VERSION, bring_up_to_date, schema_version
from ingest.types import Document, DocumentFacts, FormerReason, FormerVersion, Passage

LIBRARY_FILE = "library.db"
_LOCK_WAIT_S = 30.0


class Library:
    """An open library file; use it as a context manager or close it."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open the library at `path`; `create` makes it and brings one of an earlier program up to date.

        Raises LibraryError where it is missing, damaged or foreign.
        """
        if not create and not path.is_file():
            raise LibraryError(f"{path}: there is no library yet; run: python -m ingest corpus")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        with self._reporting():
            self._connection = sqlite3.connect(path, timeout=_LOCK_WAIT_S, check_same_thread=False)
            try:
                self._prepare(create)
            except BaseException:
                self._connection.close()
                raise

    @property
    def folder(self) -> Path:
        """The folder that holds the library, without links: what belongs to it lies beside it."""
        return self._path.parent.resolve()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the library cannot be used afterwards."""
        self._connection.close()

    def put(
        self,
        document: Document,
        passages: list[Passage],
        *,
        replaces: str | None = None,
        reason: FormerReason = "renamed",
        folder: Path | None = None,
    ) -> None:
        """Add a document as it was read, with its passages, in place of that with its id and of `replaces`.

        What had another text stays as a former version, that of `replaces` with `reason`; facts that
        were corrected by hand stay. `folder` holds the file. Raises LibraryError for a passage that
        is not the span of the document that it says.
        """
        for passage in passages:
            if document.text[passage.start : passage.end] != passage.text or passage.doc_id != document.doc_id:
                raise LibraryError(f"{self._path}: passage {passage.passage_id} is not a span of {document.doc_id}")
        with self._changing() as connection:
            put_document(connection, document, passages, replaces, reason, self._stored_folder(folder))

    def remove(self, doc_id: str, reason: FormerReason = "removed") -> None:
        """Make a document with its passages a former version; nothing happens where there is none."""
        with self._changing() as connection:
            remove_document(connection, doc_id, reason)

    def edit(self, doc_id: str, changes: Mapping[str, str]) -> dict[str, str]:
        """Correct facts of a document by hand, as one change; "" takes what the text says.

        Gives what has changed by the name of the fact. Raises EditError for what cannot be a fact,
        LibraryError where there is no such document.
        """
        with self._changing() as connection:
            return edit_document(connection, doc_id, changes)

    def edits(self, doc_id: str) -> dict[str, str]:
        """Give the facts of a document that were corrected by hand."""
        with self._reporting():
            return present_edits(self._connection, doc_id)

    def last_change(self) -> Change | None:
        """Give the change that `undo` would take back, None where no change is left."""
        with self._reporting():
            return last_change(self._connection, None)

    def undo(self, doc_id: str | None = None) -> Undone:
        """Take back the last change of one document, or of all; nothing where no change is left.

        Raises LibraryError where it touched another document too, which has changed since.
        """
        with self._changing() as connection:
            return undo_change(connection, doc_id)

    def documents(self) -> list[Document]:
        """Give all documents in order of their ids, with the facts that were corrected by hand."""
        with self._reporting():
            return load_documents(self._connection)

    def document(self, doc_id: str) -> Document | None:
        """Give one document, None where there is none with this id."""
        with self._reporting():
            return next(iter(load_documents(self._connection, doc_id)), None)

    def passages(self) -> list[Passage]:
        """Give all passages in order of document and position: the rows of the index."""
        with self._reporting():
            return load_passages(self._connection)

    def passage_counts(self) -> dict[str, int]:
        """Give how many passages each document has, by its id; those without any are left out."""
        with self._reporting():
            return dict(self._connection.execute("SELECT doc_id, count(*) FROM passages GROUP BY doc_id"))

    def version_of(self, doc_id: str) -> int | None:
        """Give the version of a document, from 1, which grows with its text; None where there is none."""
        with self._reporting():
            row = self._connection.execute("SELECT version FROM documents WHERE doc_id = ?", (doc_id,)).fetchone()
        return row[0] if row else None

    def versions(self) -> dict[str, tuple[int, int]]:
        """Give the version of each document and how many former ones there are, by its id."""
        count = "SELECT count(*) FROM former_versions f WHERE f.doc_id = d.doc_id"
        with self._reporting():
            rows = self._connection.execute(f"SELECT doc_id, version, ({count}) FROM documents d").fetchall()
        return {doc_id: (version, former) for doc_id, version, former in rows}

    def former_versions(self, doc_id: str) -> list[FormerVersion]:
        """Give the versions of a document that are not the present one, oldest first."""
        with self._reporting():
            return load_former(self._connection, doc_id)

    def put_aside_by_hand(self, doc_id: str) -> dict[str, FormerReason]:
        """Give the SHA-256 of file contents that a person has put aside since the document last came in."""
        with self._reporting():
            return put_aside_by_hand(self._connection, doc_id)

    def facts(self, *, as_read: bool = False) -> dict[str, DocumentFacts]:
        """Give the facts of each document by its id, with those that were corrected by hand or `as_read`."""
        with self._reporting():
            return load_facts(self._connection, as_read=as_read)

    def folders(self) -> dict[str, Path | None]:
        """Give the folder that holds the file of each document, None where nobody wrote it down."""
        with self._reporting():
            rows = self._connection.execute("SELECT doc_id, folder FROM documents").fetchall()
        return {doc_id: Path(os.path.normpath(self.folder / folder)) if folder else None for doc_id, folder in rows}

    def set_folder(self, doc_id: str, folder: Path) -> None:
        """Write down which folder holds the file of a document; that is no change of the document."""
        with self._changing() as connection:
            values = (self._stored_folder(folder), doc_id)
            connection.execute("UPDATE documents SET folder = ? WHERE doc_id = ?", values)

    def sources(self) -> set[str]:
        """Give the file names of all documents, present and former."""
        with self._reporting():
            rows = self._connection.execute("SELECT source FROM documents UNION SELECT source FROM former_versions")
            return {source for (source,) in rows}

    def find(self, name: str) -> str | None:
        """Give the id of the document, present or former, that has this id or file name (NFC)."""
        with self._reporting():
            row = self._connection.execute(
                "SELECT doc_id FROM documents WHERE :name IN (doc_id, source) UNION ALL "
                "SELECT doc_id FROM former_versions WHERE :name IN (doc_id, source)",
                {"name": name},
            ).fetchone()
        return row[0] if row else None

    def digests(self) -> dict[str, str]:
        """Give the digest of each document with its passages, as they were read, by its id."""
        with self._reporting():
            return dict(self._connection.execute("SELECT doc_id, digest FROM documents ORDER BY doc_id"))

    def id_of_text(self, text: str) -> str | None:
        """Give the id of the document with exactly this text."""
        with self._reporting():
            row = self._connection.execute("SELECT doc_id FROM documents WHERE text = ?", (text,)).fetchone()
        return row[0] if row else None

    def version(self) -> str:
        """Give a digest of the whole contents; it changes with every change of a document or of its facts."""
        with self._reporting():
            edits = all_edits(self._connection)
        return hashlib.sha256(json.dumps([self.digests(), edits]).encode()).hexdigest()

    def copy_to(self, path: Path) -> None:
        """Write a whole, consistent copy of the library to a new file."""
        with self._reporting():
            target = sqlite3.connect(path)
            try:
                self._connection.backup(target)
            finally:
                target.close()

    def _stored_folder(self, folder: Path | None) -> str:
        """Give a folder as it is stored: relative, so that library and files can be moved together."""
        if folder is None:
            return ""
        try:
            return Path(os.path.relpath(folder.resolve(), self.folder)).as_posix()
        except ValueError:  # on another drive
            return folder.resolve().as_posix()

    def _prepare(self, create: bool) -> None:
        found = schema_version(self._connection)
        # To read a library never changes it: the index knows its copy by a digest of the file.
        if found == 0 or (create and 0 < found < SCHEMA_VERSION):
            bring_up_to_date(self._connection)
        elif 0 < found < SCHEMA_VERSION:
            raise LibraryError(
                f"{self._path}: made by an earlier version of this program (schema {found}, this one has "
                f"{SCHEMA_VERSION}); bring it up to date, which loses nothing: python -m ingest corpus"
            )
        elif found != SCHEMA_VERSION:
            raise LibraryError(
                f"{self._path}: made by another version of this program (schema {max(found, 0)}, expected "
                f"{SCHEMA_VERSION}); move it away and run: python -m ingest corpus"
            )
        self._connection.execute("PRAGMA foreign_keys = ON")
        check = self._connection.execute("PRAGMA quick_check").fetchone()[0]
        if check != "ok":
            raise sqlite3.DatabaseError(check)

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, which has the library to itself from its first look on."""
        with self._reporting(), self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise LibraryError(
                f"{self._path}: cannot be used now ({error}); check that the disk is not full, that the folder can "
                "be written, and that no other ingest is running"
            ) from error
        except (sqlite3.DatabaseError, json.JSONDecodeError) as error:
            raise LibraryError(
                f"{self._path}: is damaged ({error}); move it away and run: python -m ingest corpus"
            ) from error
