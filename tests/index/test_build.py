"""Index versions: built whole, swapped in whole, and refused with the remedy where they do not fit."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from index.build import build_index, is_current
from index.engine import open_index
from index.errors import IndexUnavailableError
from index.text import TEXT_VERSION
from index.versions import (
    CURRENT_FILE,
    FORMAT_VERSION,
    MANIFEST_FILE,
    current_folder,
    index_folder,
    new_folder,
    read_manifest,
)
from ingest.library import LIBRARY_FILE, Library
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
    assert len(embedder.embedded) == 10  # of 2 · 9 passages all but one are the same with their headings
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


@pytest.mark.parametrize("name", ["", "../../etc", "0123456789abcdef", ".building-1"])
def test_a_pointer_to_nothing(data: Path, name: str) -> None:
    build(data)
    (index_folder(data) / CURRENT_FILE).write_text(name, encoding="utf-8")
    assert refusal(data) == f"{data / 'index'}: the current version {name!r} is missing; {REMEDY}"
    assert not current(data)
    build(data)
    assert len(open_fake(data).documents()) == 2


def test_a_pointer_that_is_no_text(data: Path) -> None:
    build(data)
    (index_folder(data) / CURRENT_FILE).write_bytes(b"\xff\xfe\x00\x81")
    assert REMEDY in refusal(data)
    build(data)
    assert len(open_fake(data).documents()) == 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (
            "text_version",
            TEXT_VERSION + 1,
            f"built with text version {TEXT_VERSION + 1}, this program has {TEXT_VERSION}",
        ),
        ("format_version", 99, f"built with format 99, this program has {FORMAT_VERSION}"),
        ("model_key", "fake:old weights", "built with model fake:old weights, this program has fake"),
    ],
)
def test_a_version_of_another_program_or_model_is_refused(data: Path, field: str, value: object, words: str) -> None:
    build(data)
    path = current_folder(data) / MANIFEST_FILE
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {field: value}), encoding="utf-8")
    assert refusal(data) == f"{path.parent}: {words}; {REMEDY}"
    assert not current(data)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"model": "fake"}', "\x00", '{"khác": 1}', "null"])
def test_a_damaged_manifest_is_refused(data: Path, text: str) -> None:
    build(data)
    path = current_folder(data) / MANIFEST_FILE
    path.write_text(text, encoding="utf-8")
    assert refusal(data) == f"{path.parent}: the manifest is damaged or of another program; {REMEDY}"
    assert not current(data)


def remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGES: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "no library": ("library.db", remove),
    "half a library": ("library.db", halve),
    "no vectors": ("dense.faiss", remove),
    "half the vectors": ("dense.faiss", halve),
    "empty vectors": ("dense.faiss", lambda path: path.write_bytes(b"")),
    "no words": ("lexical", remove),
    "no folded field": ("lexical/folded", remove),
    "half the words": ("lexical/folded/data.csc.index.npy", halve),
    "no vocabulary": ("lexical/accented/vocab.index.json", remove),
    "half the vocabulary": ("lexical/accented/vocab.index.json", halve),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_version_is_refused_and_built_anew(data: Path, damage: str) -> None:
    build(data)
    folder = current_folder(data)
    name, harm = DAMAGES[damage]
    harm(folder / name)
    message = refusal(data)
    assert message.startswith(f"{folder}: ")
    assert message.endswith(REMEDY)
    assert not current(data), "the remedy must not answer that all is up to date"


def test_vectors_of_another_version_are_refused(data: Path) -> None:
    build(data)
    whole = current_folder(data) / "dense.faiss"
    fill(data, [HUE_PLAN])
    build(data)
    shutil.copy(whole, current_folder(data) / "dense.faiss")
    assert refusal(data) == (
        f"{current_folder(data)}: 18 vectors for 9 passages; the files do not belong together; {REMEDY}"
    )


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
        def embed_passages(self, texts: list[str]) -> Any:
            raise MemoryError(len(texts))

    build(data)
    before = current_folder(data)
    fill(data, [HUE_PLAN, parsed(HUE.replace("Huế", "Vinh"), "moi.txt")])
    with pytest.raises(MemoryError):
        build(data, Broken())
    assert current_folder(data) == before
    assert open_fake(data).documents() == [HUE_PLAN, VINH_PLAN]
    assert not list(index_folder(data).glob(".building-*"))
