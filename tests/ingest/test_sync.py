"""A folder against the library: added, replaced, kept, renamed, duplicate, gone, failed."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.library import Library
from ingest.sync import FileResult, sync_folder
from tests.plans import HUE

DA_NANG = HUE.replace("Thừa Thiên Huế", "Đà Nẵng")
VINH = HUE.replace("Thừa Thiên Huế", "Nghệ An")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "văn bản"
    path.mkdir()
    (path / "huế.txt").write_text(HUE, encoding="utf-8")
    (path / "đà nẵng.txt").write_text(DA_NANG, encoding="utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data" / "library.db", create=True) as opened:
        yield opened


def sync(folder: Path, library: Library, *, prune: bool = False) -> list[tuple[str, str]]:
    return [(result.status, result.source) for result in sync_folder(folder, library, prune=prune)]


def texts(library: Library) -> dict[str, str]:
    return {document.source: document.text for document in library.documents()}


def test_added_then_kept(folder: Path, library: Library) -> None:
    assert sync(folder, library) == [("added", "huế.txt"), ("added", "đà nẵng.txt")]
    version = library.version()
    assert sync(folder, library) == [("kept", "huế.txt"), ("kept", "đà nẵng.txt")]
    assert library.version() == version


def test_a_changed_file_replaces_its_document(folder: Path, library: Library) -> None:
    sync(folder, library)
    changed = HUE + "\nPhụ lục kèm theo gồm ba trang.\n"
    (folder / "huế.txt").write_text(changed, encoding="utf-8")
    assert sync(folder, library) == [("replaced", "huế.txt"), ("kept", "đà nẵng.txt")]
    assert texts(library) == {"huế.txt": changed, "đà nẵng.txt": DA_NANG}


def test_changed_metadata_replaces_the_document(folder: Path, library: Library) -> None:
    sync(folder, library)
    (folder / "metadata.toml").write_text('["huế.txt"]\nplace = "Thành phố Huế"\n', encoding="utf-8")
    assert sync(folder, library) == [("replaced", "huế.txt"), ("kept", "đà nẵng.txt")]
    assert {d.facts.place for d in library.documents()} == {"Thành phố Huế", "Huế"}


def test_a_renamed_file_keeps_one_document(folder: Path, library: Library) -> None:
    sync(folder, library)
    (folder / "huế.txt").rename(folder / "thừa thiên.txt")
    assert sync(folder, library) == [("replaced", "thừa thiên.txt"), ("kept", "đà nẵng.txt")]
    assert texts(library) == {"thừa thiên.txt": HUE, "đà nẵng.txt": DA_NANG}


def test_the_same_content_is_taken_in_once(folder: Path, library: Library) -> None:
    (folder / "bản sao.txt").write_bytes((folder / "huế.txt").read_bytes())
    (result, *_), second = (list(sync_folder(folder, library)) for _ in range(2))
    assert (result.status, result.source) == ("added", "bản sao.txt")
    assert second[1] == FileResult("huế.txt", "duplicate", message="same text as bản sao.txt; not added")
    assert set(texts(library)) == {"bản sao.txt", "đà nẵng.txt"}


def test_a_file_that_becomes_a_copy_leaves_nothing_old_behind(folder: Path, library: Library) -> None:
    sync(folder, library)
    (folder / "đà nẵng.txt").write_text(HUE, encoding="utf-8")
    assert sync(folder, library) == [("kept", "huế.txt"), ("duplicate", "đà nẵng.txt")]
    assert texts(library) == {"huế.txt": HUE}


def test_two_files_that_swap_their_contents(folder: Path, library: Library) -> None:
    sync(folder, library)
    (folder / "huế.txt").write_text(DA_NANG, encoding="utf-8")
    (folder / "đà nẵng.txt").write_text(HUE, encoding="utf-8")
    assert sync(folder, library) == [("replaced", "huế.txt"), ("replaced", "đà nẵng.txt")]
    assert texts(library) == {"huế.txt": DA_NANG, "đà nẵng.txt": HUE}


def test_a_removed_file_is_kept_until_pruned(folder: Path, library: Library) -> None:
    sync(folder, library)
    (folder / "huế.txt").unlink()
    results = list(sync_folder(folder, library))
    assert [(r.status, r.source) for r in results] == [("kept", "đà nẵng.txt"), ("gone", "huế.txt")]
    assert results[1].message == "its file is gone from the folder; kept, --prune removes it"
    assert set(texts(library)) == {"huế.txt", "đà nẵng.txt"}
    assert sync(folder, library, prune=True) == [("kept", "đà nẵng.txt"), ("removed", "huế.txt")]
    assert set(texts(library)) == {"đà nẵng.txt"}
    assert all(passage.doc_id.startswith("da-nang") for passage in library.passages())


def test_a_name_in_decomposed_letters_is_not_gone(folder: Path, library: Library) -> None:
    sync(folder, library)
    (folder / "huế.txt").rename(folder / unicodedata.normalize("NFD", "huế.txt"))
    assert sync(folder, library, prune=True) == [("kept", "huế.txt"), ("kept", "đà nẵng.txt")]


@pytest.mark.parametrize("raw", [b"", b"\x00\x01\x02", b"Th\xb5nh \xf1y"])
def test_a_file_that_fails_changes_nothing_and_the_others_go_on(folder: Path, library: Library, raw: bytes) -> None:
    sync(folder, library)
    (folder / "huế.txt").write_bytes(raw)
    (folder / "vinh.txt").write_text(VINH, encoding="utf-8")
    assert sync(folder, library, prune=True) == [("failed", "huế.txt"), ("added", "vinh.txt"), ("kept", "đà nẵng.txt")]
    assert texts(library) == {"huế.txt": HUE, "đà nẵng.txt": DA_NANG, "vinh.txt": VINH}


def test_hidden_files_folders_and_metadata_are_no_plans(folder: Path, library: Library) -> None:
    (folder / ".ẩn.txt").write_text(VINH, encoding="utf-8")
    (folder / "thư mục.txt").mkdir()
    (folder / "metadata.toml").write_text("", encoding="utf-8")
    assert sync(folder, library) == [("added", "huế.txt"), ("added", "đà nẵng.txt")]


def test_a_folder_that_is_none(tmp_path: Path, library: Library) -> None:
    with pytest.raises(IngestError, match="is not a folder; give the folder that holds the plans"):
        sync(tmp_path / "không có", library)


def test_metadata_errors_stop_before_anything_changes(folder: Path, library: Library) -> None:
    (folder / "metadata.toml").write_text("lỗi", encoding="utf-8")
    with pytest.raises(IngestError, match="is not valid TOML"):
        sync(folder, library)
    assert texts(library) == {}
