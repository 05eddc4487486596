"""A folder of broken and hostile files beside sound plans: one line each, the plans taken in, nothing left behind."""

import ctypes
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.errors import printable
from ingest.library import LIBRARY_FILE, Library
from ingest.sync import FileResult, sync_folder
from ingest.types import Document
from tests.hostile.kinds import HostileFile
from tests.hostile_files import ALL
from tests.plans import HUE
from tests.word_files import plan_as_docx

OLD = "kế hoạch cũ.txt"
GOOD = ("a trước mọi tệp.docx", "€ sau mọi tệp.docx")  # first and last by name
ADOPTS_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER: what a child leaves behind becomes a child of this process
MACRO = "macro bị bỏ qua"


@dataclass(frozen=True)
class Run:
    """What taking in the folder gave."""

    results: list[FileResult]
    documents: dict[str, Document]
    old: Document
    files: tuple[set[str], set[str]]  # in the folder and beside it, before and after
    left_behind: set[int]


def processes_of_this_one() -> set[int]:
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
        except OSError:  # it ended meanwhile
            continue
        found |= {int(path.parent.name)} if parent == os.getpid() else set()
    return found


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Take in one plan, then put all hostile files and two more plans beside it and take in the folder."""
    libc = ctypes.CDLL(None)
    libc.prctl(ADOPTS_ORPHANS, 1, 0, 0, 0)
    home = tmp_path_factory.mktemp("hostile")
    folder = home / "văn bản"
    folder.mkdir()
    (folder / OLD).write_text(HUE, encoding="utf-8")
    with Library(home / LIBRARY_FILE, create=True) as library:
        assert [result.status for result in sync_folder(folder, library)] == ["added"]
        (old,) = library.documents()
        for name, city in zip(GOOD, ("Đà Nẵng", "Nghệ An"), strict=True):
            plan_as_docx(HUE.replace("Thừa Thiên Huế", city).replace("112", name[0]), folder / name)
        for file in ALL:
            file.make(folder / file.name)
        children = processes_of_this_one()
        before = {str(path) for path in home.rglob("*")}
        results = list(sync_folder(folder, library))
        left_behind = processes_of_this_one() - children
        documents = {document.source: document for document in library.documents()}
    after = {str(path) for path in home.rglob("*")}
    libc.prctl(ADOPTS_ORPHANS, 0, 0, 0, 0)
    return Run(results, documents, old, (before, after), left_behind)


def test_there_are_many_and_every_name_is_its_own() -> None:
    assert len(ALL) > 250
    assert len({file.name for file in ALL}) == len(ALL)


@pytest.mark.parametrize("file", [file for file in ALL if not file.is_read], ids=lambda file: printable(file.name))
def test_one_line_with_name_reason_and_remedy(file: HostileFile, run: Run) -> None:
    (result,) = [result for result in run.results if result.source == file.name]
    assert (result.status, result.document) == ("failed", None)
    reason, _, remedy = result.message.rpartition("; ")
    assert result.message.startswith(f"{printable(file.name)}: ")
    assert file.reason in result.message
    assert len(reason) > len(printable(file.name)) + 2
    assert remedy.split(" ")[0] in {
        "check",
        "copy",
        "install",
        "open",
        "print",
        "put",
        "rename",
        "save",
        "scan",
        "split",
    }
    assert result.message == printable(result.message)
    assert len(result.message) < 700


@pytest.mark.parametrize("file", [file for file in ALL if file.is_read], ids=lambda file: printable(file.name))
def test_what_can_be_read_all_the_same(file: HostileFile, run: Run) -> None:
    (result,) = [result for result in run.results if result.source == file.name]
    assert (result.status, result.message) == ("added", "")
    words = " ".join(run.documents[file.name].text.split())
    assert "Kế hoạch kiểm tra tệp" in words or "Ke hoach so " in words


def test_the_library_holds_the_plans_and_what_could_be_read(run: Run) -> None:
    assert set(run.documents) == {OLD, *GOOD, *(file.name for file in ALL if file.is_read)}
    assert run.documents[OLD] == run.old
    assert [result.status for result in run.results if result.source in (OLD, *GOOD)] == ["added", "kept", "added"]
    for name, city in zip(GOOD, ("Đà Nẵng", "Nghệ An"), strict=True):
        assert run.documents[name].facts.title.endswith("Ngày thành lập Đảng Cộng sản Việt Nam")
        assert f"Báo {city}, Đài" in run.documents[name].text
        assert {"I", "II"} <= {section.label for section in run.documents[name].sections}


def test_nothing_is_fetched_run_or_written(run: Run) -> None:
    before, after = run.files
    assert after == before
    assert not Path("/tmp/ngoài.txt").exists()
    assert not any("root:" in document.text or "hahaha" in document.text for document in run.documents.values())
    macros = {name for name, document in run.documents.items() if MACRO in document.notes}
    assert macros == {"macro.docm", "macro.doc", "macro.xls"}


def test_no_process_is_left_behind(run: Run) -> None:
    assert run.left_behind == set()
