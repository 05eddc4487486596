"""A folder against the library: added, replaced, kept, renamed, duplicate, gone, failed."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.library import Library
from ingest.metadata import FileMetadata
from ingest.parse import parse_document, sha256_of
from ingest.passages import split_passages
from ingest.readers.pages import Pages
from ingest.sync import Decision, FileResult, SyncOptions, sync_folder
from ingest.types import Document
from tests.plans import HUE

DA_NANG = HUE.replace("Thừa Thiên Huế", "Đà Nẵng").replace("112-KH", "113-KH")
VINH = HUE.replace("Thừa Thiên Huế", "Nghệ An").replace("112-KH", "114-KH")


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
    return [(result.status, result.source) for result in sync_folder(folder, library, SyncOptions(prune=prune))]


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
    assert (second[1].source, second[1].status) == ("huế.txt", "duplicate")
    assert second[1].message == "same text as bản sao.txt; not added"
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
    (folder / "thư mục").mkdir()
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


def changed(text: str) -> str:
    return text.replace("văn nghệ", "xiếc")


def test_a_file_of_the_same_number_and_issuer_waits_for_a_decision(folder: Path, library: Library) -> None:
    sync(folder, library)
    (folder / "huế (sửa).txt").write_text(changed(HUE), encoding="utf-8")
    for _ in range(2):
        result = next(iter(sync_folder(folder, library)))
        assert (result.status, result.source) == ("conflict", "huế (sửa).txt")
        assert result.message == (
            "same number and issuer as huế.txt (112-KH/BTGTU, Ban Tuyên giáo Tỉnh ủy), other text; "
            "not taken in, --replace puts it in its place, --keep-both keeps both"
        )
    assert texts(library) == {"huế.txt": HUE, "đà nẵng.txt": DA_NANG}


def test_a_file_that_was_put_in_the_place_of_another(folder: Path, library: Library) -> None:
    asked = []

    def replace_it(new: Document, old: Document) -> Decision:
        asked.append((new.source, old.source))
        return "replace"

    sync(folder, library)
    (folder / "huế (sửa).txt").write_text(changed(HUE), encoding="utf-8")
    result = next(iter(sync_folder(folder, library, SyncOptions(decide=replace_it))))
    assert (result.status, result.message) == ("replaced", "in place of huế.txt")
    assert asked == [("huế (sửa).txt", "huế.txt")]
    assert sync(folder, library) == [("kept", "huế (sửa).txt"), ("left out", "huế.txt"), ("kept", "đà nẵng.txt")]
    assert texts(library) == {"huế (sửa).txt": changed(HUE), "đà nẵng.txt": DA_NANG}
    library.undo()
    assert sync(folder, library) == [("left out", "huế (sửa).txt"), ("kept", "huế.txt"), ("kept", "đà nẵng.txt")]


def test_both_are_kept_and_not_asked_about_again(folder: Path, library: Library) -> None:
    sync(folder, library)
    (folder / "huế (sửa).txt").write_text(changed(HUE), encoding="utf-8")
    both = SyncOptions(decide=lambda _new, _old: "keep both")
    result = next(iter(sync_folder(folder, library, both)))
    assert (result.status, result.message) == ("added", "beside huế.txt")
    (folder / "huế (sửa).txt").write_text(changed(HUE) + "\nPhụ lục.\n", encoding="utf-8")
    assert sync(folder, library) == [("replaced", "huế (sửa).txt"), ("kept", "huế.txt"), ("kept", "đà nẵng.txt")]


def test_a_plan_that_changed_while_its_file_got_another_name_waits_for_a_decision(
    folder: Path, library: Library
) -> None:
    sync(folder, library)
    (folder / "huế.txt").rename(folder / "thừa thiên.txt")
    (folder / "thừa thiên.txt").write_text(changed(HUE), encoding="utf-8")
    assert sync(folder, library) == [("conflict", "thừa thiên.txt"), ("kept", "đà nẵng.txt"), ("gone", "huế.txt")]


def test_what_was_removed_by_hand_is_left_out_until_it_changes(folder: Path, library: Library) -> None:
    sync(folder, library)
    (document,) = (d for d in library.documents() if d.source == "huế.txt")
    library.remove(document.doc_id)
    result = next(iter(sync_folder(folder, library)))
    message = "was removed; left out until it changes, --again takes it in"
    assert result == FileResult("huế.txt", "left out", message=message)
    (folder / "huế.txt").write_text(changed(HUE), encoding="utf-8")
    assert sync(folder, library) == [("added", "huế.txt"), ("kept", "đà nẵng.txt")]
    library.undo()
    assert sync(folder, library) == [("left out", "huế.txt"), ("kept", "đà nẵng.txt")]
    (result, _) = sync_folder(folder, library, SyncOptions(again=True))
    assert (result.status, result.source) == ("added", "huế.txt")
    assert library.version_of(document.doc_id) == 3


def test_a_pruned_document_comes_back_with_its_file(folder: Path, library: Library) -> None:
    sync(folder, library)
    (folder / "huế.txt").unlink()
    sync(folder, library, prune=True)
    (folder / "huế.txt").write_text(HUE, encoding="utf-8")
    assert sync(folder, library) == [("added", "huế.txt"), ("kept", "đà nẵng.txt")]


def test_a_scan_that_has_not_changed_is_not_recognised_again(folder: Path, library: Library) -> None:
    scan = folder / "quét.png"
    scan.write_bytes(b"no image: to read it would fail")
    pages = Pages(("I. NỘI DUNG\n\n1. Tuyên truyền sâu rộng.", "2. Treo cờ Tổ quốc."), True, "OCR 0.85", (0.9, 0.8))
    document = parse_document(pages, "quét.png", sha256_of(scan), FileMetadata())
    library.put(document, split_passages(document))
    assert sync(folder, library)[1] == ("kept", "quét.png")
    assert library.document(document.doc_id) == document
    (folder / "metadata.toml").write_text('["quét.png"]\nplace = "Huế"\n', encoding="utf-8")
    assert sync(folder, library)[1] == ("replaced", "quét.png")
    (again,) = (
        result for result in sync_folder(folder, library, SyncOptions(again=True)) if result.source == "quét.png"
    )
    assert again.status == "failed"
    scan.write_bytes(b"another file")
    assert sync(folder, library)[1] == ("failed", "quét.png")
