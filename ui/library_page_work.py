"""The librarian's work as the page's scripts read it."""

from typing import Any

from ingest.types import Document
from ui.engine import Engine, EngineUnavailableError
from ui.holdings_columns import document_name
from ui.librarian import Librarian
from ui.library_types import FileOutcome, FileStatus, Work
from ui.names import document_url

_OTHERS: tuple[FileStatus, ...] = ("conflict", "duplicate")  # whose document is another one's


def work_json(librarian: Librarian, engine: Engine) -> dict[str, Any]:
    """Give the work as JSON: files with the address of what can be read already, and what else is under way."""
    work = librarian.work()
    return {
        "files": _files(work, librarian, engine),
        "reading": work.reading,
        "total": work.total,
        "indexing": work.indexing,
        "indexMessage": work.index_message,
        "lastChange": work.last_change,
    }


def files_json(librarian: Librarian, engine: Engine) -> list[dict[str, Any]]:
    """Give the files of the work alone."""
    return _files(librarian.work(), librarian, engine)


def _files(work: Work, librarian: Librarian, engine: Engine) -> list[dict[str, Any]]:
    statuses = {outcome.status for outcome in work.files}
    documents = {d.doc_id: d for d in librarian.documents()} if statuses.intersection(_OTHERS) else {}
    readable = _readable(engine) if any(outcome.doc_id for outcome in work.files) else set()
    return [_file(outcome, documents, readable) for outcome in work.files]


def _readable(engine: Engine) -> set[str]:
    """Give the ids of the documents that the open index has; only they have a page to read."""
    try:
        return {document.doc_id for document in engine.documents()}
    except EngineUnavailableError:
        return set()


def _file(outcome: FileOutcome, documents: dict[str, Document], readable: set[str]) -> dict[str, Any]:
    doc_id = outcome.doc_id or ""
    other = documents.get(doc_id) if outcome.status in _OTHERS else None
    return {
        "name": outcome.name,
        "status": outcome.status,
        "title": outcome.title,
        "other": document_name(other) if other is not None else "",
        "url": document_url(doc_id) if doc_id in readable else "",
        "message": outcome.message,
    }
