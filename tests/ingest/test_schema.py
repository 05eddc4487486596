"""A library of the first version of the program comes up to date in one step and loses nothing."""

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, astuple, replace
from pathlib import Path

import pytest

from ingest.errors import LibraryError
from ingest.library import Library
from ingest.passages import split_passages
from ingest.schema import SCHEMA_VERSION, schema_version
from ingest.sync import sync_folder
from ingest.types import Document, ReadingWarning
from tests.plans import HUE, parsed

FIRST_SCHEMA = """
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
PRAGMA user_version = 1;
"""
PAGED = replace(
    parsed(HUE.replace("112-KH", "113-KH"), "huế 2.txt"),
    page_starts=(0, 200),
    provenance="OCR 0.93",
    warnings=(ReadingWarning("repeated_label", "II.3"),),
)


def write_first_version(path: Path, documents: list[Document]) -> None:
    """Write a library as the first version of the program did."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(FIRST_SCHEMA)
        for document in documents:
            fields = asdict(document)
            row = [fields[name] for name in ("doc_id", "source", "sha256", "text")]
            row += [json.dumps(document.page_starts), document.provenance]
            row += [json.dumps(fields["facts"]), json.dumps([astuple(w) for w in document.warnings]), "digest"]
            connection.execute("INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?)", row)
            for at, section in enumerate(document.sections):
                values = (document.doc_id, at, *astuple(section))
                connection.execute("INSERT INTO sections VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", values)
            for passage in split_passages(document):
                given = [*astuple(passage)]
                given[5] = json.dumps(passage.heading_path)
                connection.execute("INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?,?)", given)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "văn bản"
    path.mkdir()
    (path / "huế.txt").write_text(HUE, encoding="utf-8")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


def tables(path: Path) -> list[tuple[str, ...]]:
    """Give the columns of every table: position, name, type, whether it may be empty, default, place in the key."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE sql IS NOT NULL")]
        return [(name, *row) for name in sorted(names) for row in connection.execute(f"PRAGMA table_info({name})")]


def test_nothing_is_lost_and_what_did_not_change_is_found_unchanged(folder: Path, path: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "như mới.db", create=True) as fresh:
        list(sync_folder(folder, fresh))
        (plan,) = fresh.documents()
        fresh.put(PAGED, split_passages(PAGED))
        write_first_version(path, [plan, PAGED])
        with Library(path, create=True) as library:
            assert library.documents() == fresh.documents() == [PAGED, plan]
            assert library.passages() == fresh.passages()
            assert library.version() == fresh.version()
            assert [library.version_of(document.doc_id) for document in (plan, PAGED)] == [1, 1]
            assert [result.status for result in sync_folder(folder, library)] == ["kept", "gone"]
            assert library.undo().withdrawn == ()


def test_it_has_the_tables_of_a_new_library(path: Path, tmp_path: Path) -> None:
    write_first_version(path, [PAGED])
    Library(path, create=True).close()
    Library(tmp_path / "mới.db", create=True).close()
    assert tables(path) == tables(tmp_path / "mới.db")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


@pytest.mark.parametrize("statement", [1, 2, 3])
def test_tables_made_by_another_process_meanwhile_are_not_taken_for_a_foreign_file(path: Path, statement: int) -> None:
    seen: list[str] = []

    def another_process(text: str) -> None:
        seen.append(text)
        if len(seen) == statement:
            Library(path, create=True).close()

    with closing(sqlite3.connect(path)) as connection:
        connection.set_trace_callback(another_process)
        assert schema_version(connection) in (0, SCHEMA_VERSION)


def test_a_library_of_the_second_version_comes_up_to_date(folder: Path, path: Path, tmp_path: Path) -> None:
    with Library(path, create=True) as library:
        list(sync_folder(folder, library))
        library.put(PAGED, split_passages(PAGED))
        library.remove(PAGED.doc_id)
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in (
            "DROP TABLE edits",
            "ALTER TABLE documents DROP COLUMN folder",
            "ALTER TABLE former_versions DROP COLUMN folder",
            "PRAGMA user_version = 2",
        ):
            connection.execute(statement)
    with Library(path, create=True) as library:
        assert [result.status for result in sync_folder(folder, library)] == ["kept"]
        library.undo()
        assert [document.source for document in library.documents()] == [PAGED.source, "huế.txt"]
    Library(tmp_path / "mới.db", create=True).close()
    assert tables(path) == tables(tmp_path / "mới.db")


def test_what_was_migrated_has_a_history_from_then_on(path: Path) -> None:
    write_first_version(path, [PAGED])
    changed = replace(parsed(HUE, PAGED.source), confidences=(0.5,))
    with Library(path, create=True) as library:
        library.put(changed, split_passages(changed))
        assert [former.document for former in library.former_versions(PAGED.doc_id)] == [PAGED]
        library.undo()
        assert library.documents() == [PAGED]
        assert library.passages() == split_passages(PAGED)


def test_reading_an_old_library_leaves_it_alone_and_says_what_to_do(path: Path) -> None:
    write_first_version(path, [PAGED])
    before = path.read_bytes()
    with pytest.raises(LibraryError) as caught:
        Library(path)
    assert str(caught.value) == (
        f"{path}: made by an earlier version of this program (schema 1, this one has {SCHEMA_VERSION}); "
        "bring it up to date, which loses nothing: python -m ingest corpus"
    )
    assert path.read_bytes() == before


def test_a_migration_that_fails_half_way_changes_nothing(path: Path) -> None:
    write_first_version(path, [PAGED])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE documents SET warnings = 'không phải JSON'")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="is damaged"):
        Library(path, create=True)
    assert path.read_bytes() == before
