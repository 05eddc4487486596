"""The library: what goes in comes out, and a file that is no library is refused."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import LibraryError
from ingest.library import SCHEMA_VERSION, Library
from ingest.metadata import load_metadata
from ingest.parse import read_document
from ingest.passages import split_passages
from ingest.types import Document, Passage
from tests.plans import CORPUS, HUE, parsed

METADATA = load_metadata(CORPUS)
PLANS = [read_document(path, METADATA[path.name]) for path in sorted(CORPUS.glob("*.txt"))]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.db"


@pytest.fixture
def filled(path: Path) -> Path:
    with Library(path, create=True) as library:
        for document in PLANS:
            library.put(document, split_passages(document))
    return path


def contents(path: Path) -> tuple[list[Document], list[Passage]]:
    with Library(path) as library:
        return library.documents(), library.passages()


def test_documents_and_passages_come_out_as_they_went_in(filled: Path) -> None:
    documents, passages = contents(filled)
    assert documents == PLANS
    assert passages == [passage for document in PLANS for passage in split_passages(document)]
    with Library(filled) as library:
        assert library.document(PLANS[2].doc_id) == PLANS[2]
        assert library.document("không có") is None
        assert library.id_of_text(PLANS[3].text) == PLANS[3].doc_id
        assert library.id_of_text("không có") is None
        assert list(library.digests()) == [document.doc_id for document in PLANS]


def test_pages_and_odd_text_come_out_as_they_went_in(path: Path) -> None:
    odd = "I. NỘI DUNG\n\n1. Cờ 🎉 <script>alert('x')</script> \"đấu\" 𝕍 'nháy' ; DROP TABLE documents;--\n"
    document = replace(parsed(odd), page_starts=(0, 13))
    with Library(path, create=True) as library:
        library.put(document, split_passages(document))
    assert contents(path) == ([document], split_passages(document))


def test_put_takes_the_place_of_the_old_document_with_all_that_belonged_to_it(filled: Path) -> None:
    old = PLANS[0]
    new = replace(parsed(HUE), doc_id=old.doc_id)
    with Library(filled) as library:
        library.put(new, split_passages(new))
    documents, passages = contents(filled)
    assert documents == [new, *PLANS[1:]]
    assert [p for p in passages if p.doc_id == old.doc_id] == split_passages(new)


def test_put_under_a_new_name_and_remove(filled: Path) -> None:
    new = parsed(HUE)
    with Library(filled) as library:
        library.put(new, split_passages(new), replaces=PLANS[0].doc_id)
        library.remove(PLANS[1].doc_id)
        library.remove("không có")
    documents, passages = contents(filled)
    assert {d.doc_id for d in documents} == {new.doc_id, *(d.doc_id for d in PLANS[2:])}
    assert {p.doc_id for p in passages} == {d.doc_id for d in documents}
    connection = sqlite3.connect(filled)
    assert connection.execute("SELECT count(DISTINCT doc_id) FROM sections").fetchone() == (4,)
    connection.close()


def test_the_version_tells_contents_apart_and_nothing_else(filled: Path, tmp_path: Path) -> None:
    with Library(filled) as library:
        before = library.version()
        library.put(PLANS[0], split_passages(PLANS[0]))
        assert library.version() == before
        titled = replace(PLANS[0], facts=replace(PLANS[0].facts, short_title="khác"))
        library.put(titled, split_passages(titled))
        assert library.version() != before
        library.put(PLANS[0], split_passages(PLANS[0]))
        assert library.version() == before
        library.remove(PLANS[4].doc_id)
        assert library.version() != before
        library.copy_to(tmp_path / "copy.db")
        with Library(tmp_path / "copy.db") as copy:
            assert (copy.version(), copy.documents()) == (library.version(), PLANS[:4])


@pytest.mark.parametrize(
    "tamper",
    [
        lambda p: replace(p, text=p.text + "."),
        lambda p: replace(p, start=p.start + 1),
        lambda p: replace(p, end=p.end - 1),
        lambda p: replace(p, doc_id="khác"),
    ],
)
def test_a_passage_that_is_no_span_is_refused_and_nothing_changes(
    filled: Path, tamper: Callable[[Passage], Passage]
) -> None:
    passages = split_passages(PLANS[0])
    with Library(filled) as library, pytest.raises(LibraryError, match="is not a span of"):
        library.put(PLANS[0], [*passages[1:], tamper(passages[0])])
    assert contents(filled)[0] == PLANS


def test_a_put_that_fails_half_way_changes_nothing(filled: Path) -> None:
    passages = split_passages(PLANS[0])
    with Library(filled) as library, pytest.raises(LibraryError):
        library.put(PLANS[0], [*passages, passages[0]])  # the same id twice
    documents, stored = contents(filled)
    assert documents == PLANS
    assert [p for p in stored if p.doc_id == PLANS[0].doc_id] == passages


def test_a_missing_library_names_the_command(path: Path) -> None:
    with pytest.raises(LibraryError) as caught:
        Library(path)
    assert str(caught.value) == f"{path}: there is no library yet; run: python -m ingest corpus"
    assert not path.parent.exists()


@pytest.mark.parametrize("seed", range(8))
def test_damaged_files_are_refused_with_the_remedy(filled: Path, seed: int) -> None:
    chance = random.Random(seed)
    raw = filled.read_bytes()
    damaged = [
        chance.randbytes(5_000),
        raw[: chance.randrange(4_097, len(raw) - 4_096)],
        chance.randbytes(64) + raw[64:],
        raw[:100] + chance.randbytes(30_000) + raw[30_100:],
    ][seed % 4]
    filled.write_bytes(damaged)
    with pytest.raises(LibraryError) as caught:
        Library(filled)
    assert str(caught.value).startswith(f"{filled}: is damaged (")
    assert str(caught.value).endswith("); move it away and run: python -m ingest corpus")
    assert filled.read_bytes() == damaged


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION + 1])
def test_another_schema_is_refused(filled: Path, version: int) -> None:
    connection = sqlite3.connect(filled)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    with pytest.raises(LibraryError) as caught:
        Library(filled, create=True)
    assert str(caught.value) == (
        f"{filled}: made by another version of this program (schema {version}, expected {SCHEMA_VERSION}); "
        "move it away and run: python -m ingest corpus"
    )


def test_an_empty_file_becomes_an_empty_library(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    assert contents(path) == ([], [])


def test_a_folder_in_the_place_of_the_library(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(LibraryError, match="cannot be used now"):
        Library(path, create=True)


def test_a_library_that_another_process_writes_can_be_read(filled: Path) -> None:
    writer = sqlite3.connect(filled, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM documents")
    assert contents(filled)[0] == PLANS
    writer.execute("ROLLBACK")
    writer.close()


def test_a_copy_does_not_follow_the_library(filled: Path, tmp_path: Path) -> None:
    with Library(filled) as library:
        library.copy_to(tmp_path / "copy.db")
    shutil.rmtree(filled.parent)
    assert contents(tmp_path / "copy.db")[0] == PLANS
