"""Changes of the library: what was put aside stays readable, and a change can be taken back.

Every change has a number. A document holds the number of the change that brought it in, a former
version also that of the change that ended it, and so does a fact that was corrected by hand; what a change did can
so be told and undone. All of it runs inside a transaction of the caller.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.edit_history import EDIT_CHANGES, carry_edits, edits_of_change, present_edits, store_edits, undo_edits
from ingest.edits import checked_edits, edited_facts
from ingest.errors import LibraryError
from ingest.rows import facts_of, insert_document, load_as_read, move_from_former, move_to_former
from ingest.types import Document, FormerReason, Passage

_LAST_CHANGE = f"""
SELECT max(number) FROM (
    SELECT made AS number FROM documents WHERE made > 0 AND doc_id = coalesce(:doc_id, doc_id)
    UNION ALL
    SELECT ended FROM former_versions WHERE reason <> 'undone' AND doc_id = coalesce(:doc_id, doc_id)
    UNION ALL
    SELECT number FROM ({EDIT_CHANGES})
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
    """What taking back a change did: names of files with what came back or went."""

    restored: tuple[tuple[str, int], ...] = ()  # with the version
    withdrawn: tuple[tuple[str, int], ...] = ()  # with the version
    unedited: tuple[tuple[str, tuple[str, ...]], ...] = ()  # with the facts whose correction was taken back


@dataclass(frozen=True, slots=True)
class Touched:
    """A document that a change touched, as it is called."""

    doc_id: str
    source: str  # file name
    title: str
    version: int


@dataclass(frozen=True, slots=True)
class Change:
    """A change that can be taken back, and what it did."""

    number: int
    came: tuple[Touched, ...]  # documents that it brought in
    left: tuple[tuple[Touched, FormerReason], ...]  # documents that it put aside
    edited: tuple[tuple[Touched, tuple[str, ...]], ...]  # documents with the facts that were corrected


def put_document(
    connection: sqlite3.Connection,
    document: Document,
    passages: list[Passage],
    replaces: str | None,
    reason: FormerReason,
    folder: str,
) -> None:
    """Add a document in place of the one with its id and of `replaces`, which become former versions.

    A document that keeps its text keeps its version: what was cited of it can still be found. Facts
    that were corrected by hand stay so.
    """
    change = _next_change(connection)
    if replaces is not None and replaces != document.doc_id:
        move_to_former(connection, replaces, change, reason)
        carry_edits(connection, replaces, document.doc_id, change)
    kept = connection.execute(
        "DELETE FROM documents WHERE doc_id = ? AND text = ? RETURNING version, made", (document.doc_id, document.text)
    ).fetchone()
    if kept is None:
        move_to_former(connection, document.doc_id, change, "replaced")
    version, made = kept or (_next_version(connection, document.doc_id), change)
    insert_document(connection, document, passages, version, made, folder)


def remove_document(connection: sqlite3.Connection, doc_id: str, reason: FormerReason) -> None:
    """Make a document a former version; nothing happens where there is none."""
    move_to_former(connection, doc_id, _next_change(connection), reason)


def edit_document(connection: sqlite3.Connection, doc_id: str, changes: Mapping[str, str]) -> dict[str, str]:
    """Correct facts of a document by hand; "" takes what the text says, and so does the very value of the text.

    Gives what has changed. Raises EditError, and LibraryError where there is no such document.
    """
    document = next(iter(load_as_read(connection, doc_id)), None)
    if document is None:
        raise LibraryError(f"{doc_id}: no such document; its names: python -m ingest report")
    before = present_edits(connection, doc_id)
    shown = edited_facts(document.facts, before)
    stated = checked_edits(changes)
    wanted = {fact: value for fact, value in stated.items() if not value or value != getattr(shown, fact)}
    for fact, value in wanted.items():
        others = {name: given for name, given in {**before, **stated}.items() if given and name != fact}
        if value == getattr(edited_facts(document.facts, others), fact):
            wanted[fact] = ""
    changed = {fact: value for fact, value in wanted.items() if value != before.get(fact, "")}
    store_edits(connection, doc_id, changed, _next_change(connection))
    return changed


def undo_change(connection: sqlite3.Connection, doc_id: str | None) -> Undone:
    """Take back the last change, of one document or of all.

    Raises LibraryError where the change touched another document too, which has changed since.
    """
    change = last_change(connection, doc_id)
    if change is None:
        return Undone()
    for touched in [*change.came, *(one for one, _ in change.left), *(one for one, _ in change.edited)]:
        if _last_number(connection, touched.doc_id) != change.number:
            raise LibraryError(
                f"{touched.source}: has changed since; undo that first: python -m ingest undo '{touched.source}'"
            )
    for touched in change.came:
        move_to_former(connection, touched.doc_id, change.number, "undone")
    for touched, _ in change.left:
        move_from_former(connection, touched.doc_id, touched.version)
    undo_edits(connection, change.number)
    return Undone(
        restored=tuple((touched.source, touched.version) for touched, _ in change.left),
        withdrawn=tuple((touched.source, touched.version) for touched in change.came),
        unedited=tuple((touched.source, facts) for touched, facts in change.edited),
    )


def last_change(connection: sqlite3.Connection, doc_id: str | None) -> Change | None:
    """Give the change that `undo_change` would take back, None where none is left."""
    number = _last_number(connection, doc_id)
    if number is None:
        return None
    names = "doc_id, source, facts, version"
    came = connection.execute(f"SELECT {names} FROM documents WHERE made = ?", (number,))
    left = connection.execute(
        f"SELECT {names}, reason FROM former_versions WHERE ended = ? AND reason <> 'undone'", (number,)
    )
    return Change(
        number,
        tuple(_touched(connection, *row) for row in came),
        tuple((_touched(connection, *row), reason) for *row, reason in left),
        tuple(_edited(connection, names, edits_of_change(connection, number).items())),
    )


def put_aside_by_hand(connection: sqlite3.Connection, doc_id: str) -> dict[str, FormerReason]:
    """Give the digests of the file contents that a person has put aside since the document last came in."""
    return dict(connection.execute(_PUT_ASIDE, {"doc_id": doc_id}).fetchall())


def _edited(
    connection: sqlite3.Connection, names: str, edits: Iterable[tuple[str, tuple[str, ...]]]
) -> Iterable[tuple[Touched, tuple[str, ...]]]:
    for doc_id, facts in edits:
        row = connection.execute(
            f"SELECT {names} FROM documents WHERE doc_id = :doc_id UNION ALL "
            f"SELECT {names} FROM former_versions WHERE doc_id = :doc_id",
            {"doc_id": doc_id},
        ).fetchone()
        yield _touched(connection, *row), facts


def _touched(connection: sqlite3.Connection, doc_id: str, source: str, facts: str, version: int) -> Touched:
    shown = edited_facts(facts_of(facts), present_edits(connection, doc_id))
    return Touched(doc_id, source, shown.title, version)


def _next_change(connection: sqlite3.Connection) -> int:
    last = connection.execute(
        "SELECT max(number) FROM (SELECT made AS number FROM documents UNION ALL SELECT ended FROM former_versions "
        f"UNION ALL SELECT number FROM ({EDIT_CHANGES}))",
        {"doc_id": None},
    ).fetchone()[0]
    return int(last or 0) + 1


def _last_number(connection: sqlite3.Connection, doc_id: str | None) -> int | None:
    last: int | None = connection.execute(_LAST_CHANGE, {"doc_id": doc_id}).fetchone()[0]
    return last


def _next_version(connection: sqlite3.Connection, doc_id: str) -> int:
    last = connection.execute("SELECT max(version) FROM former_versions WHERE doc_id = ?", (doc_id,)).fetchone()[0]
    return int(last or 0) + 1
