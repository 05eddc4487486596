"""The index follows the library through replacement, removal and undo, and embeds only what it has never seen."""

from pathlib import Path

import pytest

from index.versions import current_folder, read_manifest
from ingest.__main__ import main as ingest
from tests.fakes import FakeEmbedder, build, open_fake
from tests.plans import HUE

ITEM = "2. Báo Thừa Thiên Huế, Đài Phát thanh và Truyền hình tỉnh: mở chuyên mục từ ngày 20/01/2025."
NEW_ITEM = "2. Đài Phát thanh và Truyền hình tỉnh phát sóng phim tài liệu về Đảng."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "văn bản"
    path.mkdir()
    (path / "huế.txt").write_text(HUE, encoding="utf-8")
    return path


def embedded(data: Path) -> list[str]:
    """Build the index and give what had to be embedded for it."""
    embedder = FakeEmbedder()
    build(data, embedder)
    return embedder.embedded


def test_only_new_passages_are_embedded(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    take_in = [str(folder), "--data", str(data)]
    assert ingest(take_in) == 0
    assert len(embedded(data)) > 2
    first = read_manifest(current_folder(data)).passages_sha256
    (folder / "huế.txt").write_text(HUE.replace(ITEM, NEW_ITEM), encoding="utf-8")
    assert ingest(take_in) == 0
    new = embedded(data)
    assert len(new) == 1  # the passage, below its headings
    assert all(NEW_ITEM.removeprefix("2. ") in text for text in new)
    assert ingest(["undo", "--data", str(data)]) == 0
    assert embedded(data) == []
    assert read_manifest(current_folder(data)).passages_sha256 == first
    assert [document.text for document in open_fake(data).documents()] == [HUE]


def test_what_is_removed_is_not_found_and_undo_brings_it_back(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert ingest([str(folder), "--data", str(data)]) == 0
    build(data)
    question = "chương trình văn nghệ tại Nhà hát Sông Hương"
    assert open_fake(data).search(question)[0].passage.locator == "Mục II.1"
    assert ingest(["remove", "huế.txt", "--data", str(data)]) == 0
    assert open_fake(data).stale()
    assert embedded(data) == []
    assert open_fake(data).search(question) == []
    assert ingest(["undo", "--data", str(data)]) == 0
    assert embedded(data) == []
    assert open_fake(data).search(question)[0].passage.locator == "Mục II.1"
