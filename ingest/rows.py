"""Documents, sections and passages as rows of the library, and back."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from typing import Any

from ingest.edits import edited_document, edited_facts
from ingest.types import Document, DocumentFacts, FormerVersion, Passage, ReadingWarning, Section

_DOCUMENT = (
    "doc_id, source, sha256, text, page_starts, provenance, facts, warnings, digest, notes, confidences, "
    "version, made, folder"
)
_SECTION = 'row, label, locator, title, level, start, "end", body_start, kind, unit, parent'
_PASSAGE = 'passage_id, doc_id, start, "end", text, heading_path, locator, kind, unit, page'
_CUT = 'passage_id, doc_id, start, "end", NULL, heading_path, locator, kind, unit, page'
# A document is read in one statement, so that no other process can change it in between.
_SECTIONS = f"(SELECT json_group_array(json_array({_SECTION})) FROM sections s WHERE s.doc_id = d.doc_id)"
_PASSAGES = f"(SELECT json_group_array(json_array({_CUT})) FROM passages p WHERE p.doc_id = d.doc_id)"
_EDITS = "(SELECT json_group_object(fact, value) FROM edits e WHERE e.doc_id = d.doc_id AND e.ended IS NULL)"


def digest_of(document: Document, passages: list[Passage]) -> str:
    """Give the digest by which the library tells whether a document, as it was read, has changed."""
    return hashlib.sha256(repr((document, passages)).encode()).hexdigest()


def insert_document(
    connection: sqlite3.Connection, document: Document, passages: list[Passage], version: int, made: int, folder: str
) -> None:
    """Insert a document as it was read, with its sections and passages; `made` is the number of the change."""
    row = (*_document_row(document), digest_of(document, passages), *_reading_row(document), version, made, folder)
    connection.execute(f"INSERT INTO documents ({_DOCUMENT}) VALUES ({_marks(row)})", row)
    _insert_sections(connection, document.doc_id, [(at, *astuple(s)) for at, s in enumerate(document.sections)])
    _insert_passages(connection, map(_passage_row, passages))


def load_documents(connection: sqlite3.Connection, doc_id: str | None = None) -> list[Document]:
    """Read the document with this id, or all in order of their ids, with the facts that were corrected."""
    where, values = ("WHERE doc_id = ?", (doc_id,)) if doc_id is not None else ("", ())
    found = f"SELECT {_EDITS}, {_SECTIONS}, {_DOCUMENT} FROM documents d {where} ORDER BY doc_id"
    rows = connection.execute(found, values)
    return [edited_document(_document(sections, row), json.loads(edits)) for edits, sections, *row in rows]


def load_as_read(connection: sqlite3.Connection, doc_id: str | None = None) -> list[Document]:
    """Read the document with this id, or all, as they were read: without what was corrected by hand."""
    where, values = ("WHERE doc_id = ?", (doc_id,)) if doc_id is not None else ("", ())
    rows = connection.execute(f"SELECT {_SECTIONS}, {_DOCUMENT} FROM documents d {where} ORDER BY doc_id", values)
    return [_document(sections, row) for sections, *row in rows]


def load_facts(connection: sqlite3.Connection, *, as_read: bool) -> dict[str, DocumentFacts]:
    """Read the facts of each document by its id, with those that were corrected or as they were read."""
    edits = "'{}'" if as_read else _EDITS
    rows = connection.execute(f"SELECT doc_id, facts, {edits} FROM documents d ORDER BY doc_id")
    return {doc_id: edited_facts(facts_of(stored), json.loads(edits)) for doc_id, stored, edits in rows}


def load_passages(connection: sqlite3.Connection, doc_id: str | None = None) -> list[Passage]:
    """Read the passages of one document or of all, in order of document and position."""
    where, values = ("WHERE doc_id = ?", (doc_id,)) if doc_id is not None else ("", ())
    rows = connection.execute(f"SELECT {_PASSAGE} FROM passages {where} ORDER BY doc_id, start", values)
    return [_passage(row) for row in rows]


def load_former(connection: sqlite3.Connection, doc_id: str) -> list[FormerVersion]:
    """Read the former versions of a document as they were read, oldest first."""
    rows = connection.execute(
        f"SELECT version, reason, sections, {_DOCUMENT} FROM former_versions WHERE doc_id = ? ORDER BY version",
        (doc_id,),
    )
    return [FormerVersion(version, reason, _document(sections, row)) for version, reason, sections, *row in rows]


def move_to_former(connection: sqlite3.Connection, doc_id: str, ended: int, reason: str) -> None:
    """Move a document with its sections and passages among the former versions."""
    connection.execute(
        f"INSERT INTO former_versions ({_DOCUMENT}, sections, passages, ended, reason) "
        f"SELECT {_DOCUMENT}, {_SECTIONS}, {_PASSAGES}, ?, ? FROM documents d WHERE doc_id = ?",
        (ended, reason, doc_id),
    )
    connection.execute("DELETE FROM documents WHERE doc_id = ?", (doc_id,))


def move_from_former(connection: sqlite3.Connection, doc_id: str, version: int) -> None:
    """Move a former version back in its place, exactly as it was."""
    key = (doc_id, version)
    where = "FROM former_versions WHERE doc_id = ? AND version = ?"
    text, sections, passages = connection.execute(f"SELECT text, sections, passages {where}", key).fetchone()
    connection.execute(f"INSERT INTO documents ({_DOCUMENT}) SELECT {_DOCUMENT} {where}", key)
    _insert_sections(connection, doc_id, json.loads(sections))
    cut = json.loads(passages)
    _insert_passages(connection, [(*row[:4], text[row[2] : row[3]], *row[5:]) for row in cut])
    connection.execute(f"DELETE {where}", key)


def facts_of(stored: str) -> DocumentFacts:
    """Give the facts that stand in the row of a document."""
    stated: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in json.loads(stored).items()}
    return DocumentFacts(**stated)


def _marks(row: Sequence[object]) -> str:
    return ",".join("?" * len(row))


def _insert_sections(connection: sqlite3.Connection, doc_id: str, rows: Iterable[Sequence[object]]) -> None:
    given = [(doc_id, *row) for row in rows]
    connection.executemany(f"INSERT INTO sections (doc_id, {_SECTION}) VALUES ({_marks(range(12))})", given)


def _insert_passages(connection: sqlite3.Connection, rows: Iterable[Sequence[object]]) -> None:
    connection.executemany(f"INSERT INTO passages ({_PASSAGE}) VALUES ({_marks(range(10))})", rows)


def _document_row(document: Document) -> tuple[str, ...]:
    facts = {field.name: getattr(document.facts, field.name) for field in fields(DocumentFacts)}
    return (
        document.doc_id,
        document.source,
        document.sha256,
        document.text,
        json.dumps(document.page_starts),
        document.provenance,
        json.dumps(facts, ensure_ascii=False),
        json.dumps([astuple(warning) for warning in document.warnings], ensure_ascii=False),
    )


def _reading_row(document: Document) -> tuple[str, str]:
    return json.dumps(document.notes, ensure_ascii=False), json.dumps(document.confidences)


def _document(sections: str, row: Sequence[Any]) -> Document:
    doc_id, source, sha256, text, page_starts, provenance, facts, warnings, _, notes, confidences, *_ = row
    return Document(
        doc_id=doc_id,
        source=source,
        sha256=sha256,
        text=text,
        page_starts=tuple(json.loads(page_starts)),
        provenance=provenance,
        facts=facts_of(facts),
        sections=tuple(Section(*section[1:]) for section in sorted(json.loads(sections), key=lambda row: row[0])),
        warnings=tuple(ReadingWarning(*warning) for warning in json.loads(warnings)),
        notes=tuple(json.loads(notes)),
        confidences=tuple(json.loads(confidences)),
    )


def _passage_row(passage: Passage) -> tuple[object, ...]:
    row = list(astuple(passage))
    row[5] = json.dumps(passage.heading_path, ensure_ascii=False)
    return tuple(row)


def _passage(row: Sequence[Any]) -> Passage:
    passage_id, doc_id, start, end, text, heading_path, locator, kind, unit, page = row
    path = tuple(json.loads(heading_path))
    return Passage(passage_id, doc_id, start, end, text, path, locator, kind, unit, page)
