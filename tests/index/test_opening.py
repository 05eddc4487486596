"""The current version is opened again with the model that is loaded, also where builds overtake the reading."""

import shutil
from pathlib import Path

import pytest

import index.opening
from index.__main__ import main
from index.engine import Index
from index.errors import IndexUnavailableError
from index.opening import IndexOpener
from index.versions import current_folder
from ingest.library import LIBRARY_FILE, Library
from tests.fakes import fill
from tests.plans import HUE, parsed

PLAN = parsed(HUE, "huế.txt")


@pytest.fixture
def data(tmp_path: Path, tiny_model: Path) -> Path:
    folder = tmp_path / "dữ liệu"
    fill(folder, [PLAN])
    build(folder, tiny_model)
    return folder


def build(data: Path, model: Path) -> None:
    assert main(["build", "--data", str(data), "--model", str(model)]) == 0


def edit(data: Path, **facts: str) -> None:
    with Library(data / LIBRARY_FILE) as library:
        library.edit(PLAN.doc_id, facts)


def test_the_next_version_is_opened_with_the_same_model(data: Path, tiny_model: Path) -> None:
    opener = IndexOpener(data)
    first, version = opener.open(), opener.version()
    assert opener.version() == version == current_folder(data).name
    edit(data, place="Cố đô", short_title="Kế hoạch của Cố đô")
    assert first.stale()
    build(data, tiny_model)
    assert opener.version() != version
    second = opener.open()
    assert second.embedder is first.embedder
    assert not second.stale()
    assert [document.facts.place for index in (first, second) for document in index.documents()] == ["Huế", "Cố đô"]
    assert second.ask("ai chủ trì văn nghệ ở Cố đô?").citations[0].document.facts.short_title == "Kế hoạch của Cố đô"


def test_another_model_is_loaded(data: Path, tiny_model: Path, tmp_path: Path) -> None:
    opener = IndexOpener(data)
    first = opener.open()
    other = Path(shutil.copytree(tiny_model, tmp_path / "khác"))
    build(data, other)
    second = opener.open()
    assert second.embedder is not first.embedder
    assert second.embedder.key == second.manifest.model_key if second.manifest else False


def test_a_version_removed_from_under_the_reading_is_no_failure(
    data: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overtaken = current_folder(data)
    really_open = index.opening.open_index

    def open_late(data: Path, **given: object) -> Index:
        if overtaken.exists():
            for place in ("Cố đô", "Kinh đô"):
                edit(data, place=place)
                build(data, tiny_model)
            assert not overtaken.exists()
            raise IndexUnavailableError(f"{overtaken}: is missing")
        return really_open(data, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(index.opening, "open_index", open_late)
    assert [document.facts.place for document in IndexOpener(data).open().documents()] == ["Kinh đô"]


def test_without_an_index(tmp_path: Path) -> None:
    opener = IndexOpener(tmp_path)
    assert opener.version() == ""
    with pytest.raises(IndexUnavailableError, match="there is no index yet"):
        opener.open()


def test_an_open_version_answers_after_it_is_removed(data: Path, tiny_model: Path) -> None:
    opened, folder = IndexOpener(data).open(), current_folder(data)
    for place in ("Cố đô", "Kinh đô"):
        edit(data, place=place)
        build(data, tiny_model)
    assert not folder.exists()
    answer = opened.ask("ai chủ trì tổ chức chương trình văn nghệ?")
    assert "Sở Văn hóa và Thể thao" in answer.citations[0].passage.text
