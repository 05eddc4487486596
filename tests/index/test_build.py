"""Index versions: built whole, swapped in whole, and refused with the remedy where they do not fit."""

import re
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from index.build import build_index, is_building, is_current, is_stale
from index.context import context_of
from index.errors import IndexUnavailableError
from index.opening import open_index
from index.text import TEXT_VERSION
from index.versions import (
    FORMAT_VERSION,
    SNAPSHOT_FILE,
    current_folder,
    index_folder,
    new_folder,
    read_manifest,
)
from ingest.library import LIBRARY_FILE, Library
from ingest.types import Document, Passage
from tests.fakes import DIMENSION, FakeEmbedder, build, fill, open_fake
from tests.plans import HUE, parsed

REMEDY = "run: python -m index build"
HUE_PLAN = parsed(HUE, "hue.txt")
VINH_PLAN = parsed(HUE.replace("Thừa Thiên Huế", "Nghệ An"), "vinh.txt")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    fill(tmp_path, [HUE_PLAN, VINH_PLAN])
    return tmp_path


def refusal(data: Path) -> str:
    with pytest.raises(IndexUnavailableError) as caught:
        open_index(data)
    return str(caught.value)


def current(data: Path, model: str = "fake") -> bool:
    with Library(data / LIBRARY_FILE) as library:
        return is_current(data, library, model) is not None


def test_the_manifest_says_what_the_version_was_made_of(data: Path) -> None:
    manifest = build(data)
    assert (manifest.model, manifest.model_key, manifest.dimension) == ("fake", "fake", DIMENSION)
    assert (manifest.text_version, manifest.format_version) == (TEXT_VERSION, FORMAT_VERSION)
    assert (manifest.documents, manifest.passages) == (2, 18)
    assert re.fullmatch("[0-9a-f]{64}", manifest.passages_sha256)
    with Library(data / LIBRARY_FILE) as library:
        assert manifest.library_version == library.version()
    assert read_manifest(current_folder(data)) == manifest


def test_an_open_version_holds_what_the_library_held(data: Path) -> None:
    build(data)
    fill(data, [HUE_PLAN])
    index = open_fake(data)
    assert index.documents() == [HUE_PLAN, VINH_PLAN]
    assert index.document("vinh") == VINH_PLAN
    assert index.document("không có") is None
    assert index.stale()


def test_nothing_is_embedded_twice_and_only_two_versions_stay(data: Path) -> None:
    embedder = FakeEmbedder()
    build(data, embedder)
    assert len(embedder.embedded) == 10  # of 2 · 9 passages all but one are the same
    for number in range(3):
        fill(data, [HUE_PLAN, VINH_PLAN, parsed(f"I. NỘI DUNG\n\n1. Một việc mới thứ {number} cần làm.\n", "moi.txt")])
        again = FakeEmbedder()
        build(data, again)
        assert len(again.embedded) == 1
    versions = [path for path in index_folder(data).iterdir() if path.is_dir()]
    assert len(versions) == 2
    assert current_folder(data) in versions


def test_progress_counts_up_to_all_passages(data: Path) -> None:
    seen: list[tuple[int, int]] = []
    with Library(data / LIBRARY_FILE) as library:
        build_index(
            library, FakeEmbedder(), data, model="fake", progress=lambda done, total: seen.append((done, total))
        )
    assert seen[-1] == (18, 18)
    assert seen == sorted(seen)


def test_an_empty_library_makes_an_empty_index(tmp_path: Path) -> None:
    fill(tmp_path, [])
    manifest = build(tmp_path)
    assert (manifest.documents, manifest.passages) == (0, 0)
    assert open_fake(tmp_path).ask("ai ký kế hoạch?").refusal == "no_documents"
    assert current(tmp_path)


def test_stale_and_up_to_date(data: Path) -> None:
    assert not current(data)
    build(data)
    assert current(data)
    assert not current(data, "other")
    assert not open_fake(data).stale()
    fill(data, [HUE_PLAN])
    assert not current(data)
    assert open_fake(data).stale()
    (data / LIBRARY_FILE).unlink()
    assert open_fake(data).stale()


def test_no_index_yet(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path / 'index'}: there is no index yet; {REMEDY}"


def test_leftovers_of_killed_builds_go(data: Path) -> None:
    leftover = new_folder(data)
    (leftover / "dense.faiss").write_bytes(b"half")
    build(data)
    assert not leftover.exists()
    assert not list(index_folder(data).glob(".building-*"))


def test_a_second_build_waits_and_then_says_so(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.build._LOCK_WAIT_S", 0.05)
    build(data)
    before = current_folder(data)
    with FileLock(index_folder(data) / ".lock"), pytest.raises(IndexUnavailableError) as caught:
        build(data)
    assert str(caught.value) == f"{data}: another build is running; wait until it is done"
    assert current_folder(data) == before


def test_a_build_that_fails_leaves_the_old_version(data: Path) -> None:
    class Broken(FakeEmbedder):
        def embed_tokens(self, texts: list[str]) -> Any:
            raise MemoryError(len(texts))

    build(data)
    before = current_folder(data)
    fill(data, [HUE_PLAN, parsed(HUE.replace("Huế", "Vinh"), "moi.txt")])
    with pytest.raises(MemoryError):
        build(data, Broken())
    assert current_folder(data) == before
    assert open_fake(data).documents() == [HUE_PLAN, VINH_PLAN]
    assert not list(index_folder(data).glob(".building-*"))


def test_an_index_is_stale_once_a_fact_is_corrected(data: Path) -> None:
    with Library(data / LIBRARY_FILE) as library:
        assert is_stale(data, library)
        build(data)
        assert not is_stale(data, library)
        library.edit(HUE_PLAN.doc_id, {"short_title": "Kế hoạch của Huế"})
        assert is_stale(data, library)
        build(data)
        assert not is_stale(data, library)
    contexts = {passage.doc_id: context_of(passage, doc) for passage, doc in passages_of(data)}
    assert contexts["hue"].startswith("Kế hoạch của Huế. ")
    assert contexts["vinh"].startswith("Kế hoạch tuyên truyền kỷ niệm 95 năm Ngày thành lập")


def passages_of(data: Path) -> list[tuple[Passage, Document]]:
    """Give what the current version was made of: each passage with its document."""
    with Library(current_folder(data) / SNAPSHOT_FILE) as snapshot:
        documents = {document.doc_id: document for document in snapshot.documents()}
        return [(passage, documents[passage.doc_id]) for passage in snapshot.passages()]


def test_an_index_of_an_earlier_program_is_stale(data: Path) -> None:
    build(data)
    manifest = current_folder(data) / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format_version": {FORMAT_VERSION}', '"format_version": 5'))
    with Library(data / LIBRARY_FILE) as library:
        assert is_stale(data, library)


def test_a_build_is_seen_by_other_processes(data: Path) -> None:
    assert not is_building(data)
    build(data)
    assert not is_building(data)
    with FileLock(index_folder(data) / ".lock"):
        assert is_building(data)
    assert not is_building(data)
