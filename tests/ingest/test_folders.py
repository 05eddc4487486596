"""Documents of several folders: each folder looks after its own, and none takes a document away from another."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.library import Library
from ingest.sync import SyncOptions, sync_folder
from ingest.uploads import files_folder
from tests.plans import HUE

DA_NANG = HUE.replace("Thừa Thiên Huế", "Đà Nẵng").replace("112-KH", "7-KH").replace("Huế,", "Đà Nẵng,")
CHANGED = HUE.replace("văn nghệ", "xiếc")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "dữ liệu"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus"
    path.mkdir()
    (path / "huế.txt").write_text(HUE, encoding="utf-8")
    return path


@pytest.fixture
def files(data: Path) -> Path:
    path = files_folder(data)
    path.mkdir(parents=True)
    (path / "đà nẵng.txt").write_text(DA_NANG, encoding="utf-8")
    return path


@pytest.fixture
def library(data: Path) -> Iterator[Library]:
    with Library(data / "library.db", create=True) as opened:
        yield opened


def sync(folder: Path, library: Library, *, prune: bool = False) -> list[tuple[str, str]]:
    return [(result.status, result.source) for result in sync_folder(folder, library, SyncOptions(prune=prune))]


def test_what_came_from_another_folder_is_neither_gone_nor_pruned(
    corpus: Path, files: Path, data: Path, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sync(files, library) == [("added", "đà nẵng.txt")]
    assert sync(corpus, library, prune=True) == [("added", "huế.txt")]
    (corpus / "huế.txt").unlink()
    assert main([str(corpus), "--data", str(data), "--prune"]) == 0
    assert [document.source for document in library.documents()] == ["đà nẵng.txt"]
    assert "removed   huế.txt" in capsys.readouterr().out
    (files / "đà nẵng.txt").unlink()
    assert sync(files, library) == [("gone", "đà nẵng.txt")]


def test_library_and_files_can_be_moved_together(corpus: Path, files: Path, data: Path, tmp_path: Path) -> None:
    with Library(data / "library.db", create=True) as library:
        sync(files, library)
        sync(corpus, library)
    moved = tmp_path.rename(tmp_path.with_name(f"{tmp_path.name} mới"))
    with Library(moved / "dữ liệu" / "library.db") as library:
        assert set(library.folders().values()) == {moved / "corpus", moved / "dữ liệu" / "files"}
        assert sync(moved / "corpus", library, prune=True) == [("kept", "huế.txt")]
        assert len(library.documents()) == 2


def test_a_name_that_was_given_as_a_single_file_is_not_overwritten(corpus: Path, files: Path, library: Library) -> None:
    sync(files, library)
    (corpus / "đà nẵng.txt").write_text(CHANGED, encoding="utf-8")
    (result,) = [result for result in sync_folder(corpus, library) if result.source == "đà nẵng.txt"]
    assert (result.status, result.message) == (
        "failed",
        f"đà nẵng.txt: another file of this name was taken in from {files}; rename the file",
    )
    (corpus / "đà nẵng.txt").write_text(DA_NANG, encoding="utf-8")
    assert sync(corpus, library)[1] == ("duplicate", "đà nẵng.txt")
    assert {document.source: document.text for document in library.documents()} == {
        "huế.txt": HUE,
        "đà nẵng.txt": DA_NANG,
    }


def test_the_same_text_in_another_folder_is_a_duplicate_there(corpus: Path, files: Path, library: Library) -> None:
    sync(files, library)
    (corpus / "bản sao.txt").write_text(DA_NANG, encoding="utf-8")
    assert sync(corpus, library) == [("duplicate", "bản sao.txt"), ("added", "huế.txt")]
    assert {document.source for document in library.documents()} == {"huế.txt", "đà nẵng.txt"}


def test_a_file_of_the_same_name_in_another_folder_is_the_new_version(
    corpus: Path, library: Library, tmp_path: Path
) -> None:
    sync(corpus, library)
    later = tmp_path / "sau"
    later.mkdir()
    (later / "huế.txt").write_text(CHANGED, encoding="utf-8")
    assert sync(later, library, prune=True) == [("replaced", "huế.txt")]
    assert list(library.folders().values()) == [later]


def test_a_folder_that_has_moved_takes_its_documents_along(corpus: Path, library: Library, tmp_path: Path) -> None:
    (corpus / "đà nẵng.txt").write_text(DA_NANG, encoding="utf-8")
    sync(corpus, library)
    moved = corpus.rename(tmp_path / "kế hoạch")
    (moved / "huế.txt").unlink()
    assert sync(moved, library) == [("kept", "đà nẵng.txt"), ("gone", "huế.txt")]
    (moved / "đà nẵng.txt").unlink()
    assert sorted(sync(moved, library, prune=True)) == [("removed", "huế.txt"), ("removed", "đà nẵng.txt")]
    assert library.documents() == []


def test_files_that_were_given_stay_even_where_their_folder_is_gone(
    corpus: Path, files: Path, library: Library
) -> None:
    sync(files, library)
    shutil.rmtree(files)
    assert sync(corpus, library, prune=True) == [("added", "huế.txt")]
    assert {document.source for document in library.documents()} == {"huế.txt", "đà nẵng.txt"}


def test_a_library_that_does_not_know_its_folders_learns_them(corpus: Path, library: Library) -> None:
    sync(corpus, library)
    library._connection.execute("UPDATE documents SET folder = ''")
    library._connection.commit()
    assert list(library.folders().values()) == [None]
    assert sync(corpus, library) == [("kept", "huế.txt")]
    assert list(library.folders().values()) == [corpus]
