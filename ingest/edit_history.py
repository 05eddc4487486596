"""The table of facts corrected by hand; every correction stays, with the numbers of the changes that made and ended it.

All of it runs inside a transaction of the caller.
"""

import sqlite3
from collections.abc import Mapping

EDIT_CHANGES = """
SELECT made AS number FROM edits WHERE doc_id = coalesce(:doc_id, doc_id)
UNION ALL
SELECT ended FROM edits WHERE ended IS NOT NULL AND doc_id = coalesce(:doc_id, doc_id)
"""


def present_edits(connection: sqlite3.Connection, doc_id: str) -> dict[str, str]:
    """Give the corrected facts of a document by name, in order of the names."""
    found = connection.execute(
        "SELECT fact, value FROM edits WHERE doc_id = ? AND ended IS NULL ORDER BY fact", (doc_id,)
    )
    return dict(found.fetchall())


def all_edits(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Give what is corrected of the present documents: id, fact and value, in order."""
    return connection.execute(
        "SELECT doc_id, fact, value FROM edits WHERE ended IS NULL AND doc_id IN (SELECT doc_id FROM documents) "
        "ORDER BY doc_id, fact"
    ).fetchall()


def store_edits(connection: sqlite3.Connection, doc_id: str, edits: Mapping[str, str], change: int) -> None:
    """Put corrections in the place of those of the same facts; "" only ends what is there."""
    for fact, value in edits.items():
        connection.execute(
            "UPDATE edits SET ended = ? WHERE doc_id = ? AND fact = ? AND ended IS NULL", (change, doc_id, fact)
        )
        if value:
            connection.execute("INSERT INTO edits VALUES (?, ?, ?, ?, NULL)", (doc_id, fact, value, change))


def carry_edits(connection: sqlite3.Connection, old: str, new: str, change: int) -> None:
    """Give a document that takes the place of another the corrections of that one, where it has none of its own."""
    own = present_edits(connection, new)
    carried = {fact: value for fact, value in present_edits(connection, old).items() if fact not in own}
    store_edits(connection, new, carried, change)


def edits_of_change(connection: sqlite3.Connection, change: int) -> dict[str, tuple[str, ...]]:
    """Give which facts of which documents a change corrected, by the ids."""
    found: dict[str, tuple[str, ...]] = {}
    rows = connection.execute(
        "SELECT DISTINCT doc_id, fact FROM edits WHERE made = :change OR ended = :change ORDER BY doc_id, fact",
        {"change": change},
    )
    for doc_id, fact in rows:
        found[doc_id] = (*found.get(doc_id, ()), fact)
    return found


def undo_edits(connection: sqlite3.Connection, change: int) -> None:
    """Take back the corrections of a change; those that it ended count again."""
    connection.execute("DELETE FROM edits WHERE made = ?", (change,))
    connection.execute("UPDATE edits SET ended = NULL WHERE ended = ?", (change,))
