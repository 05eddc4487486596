"""Changes of the library: what was put aside stays readable, and a change can be taken back.

Every change has a number. A document holds the number of the change that brought it in, a former
version also that of the change that ended it; what a change did can so be told and undone. All of it
runs inside a transaction of the caller.
"""

import sqlite3
from dataclasses import dataclass

from ingest.errors import LibraryError
from ingest.rows import insert_document, move_from_former, move_to_former
from ingest.types import Document, FormerReason, Passage

_LAST_CHANGE = """
SELECT max(number) FROM (
    SELECT made AS number FROM documents WHERE made > 0 AND doc_id = coalesce(:doc_id, doc_id)
    UNION ALL
    SELECT ended FROM former_versions WHERE reason <> 'undone' AND doc_id = coalesce(:doc_id, doc_id)
)
"""
_PUT_ASIDE = """
SELECT sha256, reason FROM former_versions
WHERE doc_id = :doc_id AND reason IN ('removed', 'superseded', 'undone') AND ended > (
    SELECT coalesce(max(made), 0) FROM (
        SELECT made FROM documents WHERE doc_id = :doc_id
        UNION ALL
        SELECT made FROM former_versions WHERE doc_id = :doc_id AND reason <> 'undone'
    )
)
ORDER BY ended
"""


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking back a change did: names of files with the versions that came back or went."""

    restored: tuple[tuple[str, int], ...] = ()
    withdrawn: tuple[tuple[str, int], ...] = ()


def put_document(
    connection: sqlite3.Connection,
    document: Document,
    passages: list[Passage],
    replaces: str | None,
    reason: FormerReason,
) -> None:
    """Add a document in place of the one with its id and of `replaces`, which become former versions.

    A document that keeps its text keeps its version: what was cited of it can still be found.
    """
    change = _next_change(connection)
    if replaces is not None and replaces != document.doc_id:
        move_to_former(connection, replaces, change, reason)
    same = connection.execute(
        "DELETE FROM documents WHERE doc_id = ? AND text = ? RETURNING version, made", (document.doc_id, document.text)
    ).fetchone()
    if same is None:
        move_to_former(connection, document.doc_id, change, "replaced")
        same = _next_version(connection, document.doc_id), change
    insert_document(connection, document, passages, *same)


def remove_document(connection: sqlite3.Connection, doc_id: str, reason: FormerReason) -> None:
    """Make a document a former version; nothing happens where there is none."""
    move_to_former(connection, doc_id, _next_change(connection), reason)


def undo_change(connection: sqlite3.Connection, doc_id: str | None) -> Undone:
    """Take back the last change, of one document or of all.

    Raises LibraryError where the change touched another document too, which has changed since.
    """
    change = _last_change(connection, doc_id)
    if change is None:
        return Undone()
    made = connection.execute("SELECT doc_id, source, version FROM documents WHERE made = ?", (change,)).fetchall()
    ended = connection.execute(
        "SELECT doc_id, source, version FROM former_versions WHERE ended = ? AND reason <> 'undone'", (change,)
    ).fetchall()
    for touched, source, _ in [*made, *ended]:
        if _last_change(connection, touched) != change:
            raise LibraryError(f"{source}: has changed since; undo that first: python -m ingest undo '{source}'")
    for touched, _, _ in made:
        move_to_former(connection, touched, change, "undone")
    for touched, _, version in ended:
        move_from_former(connection, touched, version)
    return Undone(tuple(row[1:] for row in ended), tuple(row[1:] for row in made))


def put_aside_by_hand(connection: sqlite3.Connection, doc_id: str) -> dict[str, FormerReason]:
    """Give the digests of the file contents that a person has put aside since the document last came in."""
    return dict(connection.execute(_PUT_ASIDE, {"doc_id": doc_id}).fetchall())


def _next_change(connection: sqlite3.Connection) -> int:
    last = connection.execute(
        "SELECT max(number) FROM (SELECT made AS number FROM documents UNION ALL SELECT ended FROM former_versions)"
    ).fetchone()[0]
    return int(last or 0) + 1


def _last_change(connection: sqlite3.Connection, doc_id: str | None) -> int | None:
    last: int | None = connection.execute(_LAST_CHANGE, {"doc_id": doc_id}).fetchone()[0]
    return last


def _next_version(connection: sqlite3.Connection, doc_id: str) -> int:
    last = connection.execute("SELECT max(version) FROM former_versions WHERE doc_id = ?", (doc_id,)).fetchone()[0]
    return int(last or 0) + 1
