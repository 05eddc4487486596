"""Facts corrected by hand: what they may be, that they win and stay, and that they can be taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.edits import EditError, checked_edits
from ingest.errors import LibraryError
from ingest.history import Touched, Undone
from ingest.library import Library
from ingest.passages import split_passages
from ingest.sync import SyncOptions, sync_folder
from ingest.types import Document, ReadingWarning
from tests.plans import HUE, parsed

TITLE = "Kế hoạch tuyên truyền kỷ niệm 95 năm Ngày thành lập Đảng Cộng sản Việt Nam"
BARE = HUE.replace("Số 112-KH/BTGTU\n", "").replace("Huế, ngày 5 tháng 2 năm 2025\n", "")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.db", create=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "văn bản"
    path.mkdir()
    (path / "huế.txt").write_text(HUE, encoding="utf-8")
    return path


def sync(folder: Path, library: Library) -> list[str]:
    return [result.status for result in sync_folder(folder, library)]


def only(library: Library) -> Document:
    (document,) = library.documents()
    return document


@pytest.mark.parametrize(
    ("fact", "typed", "stored"),
    [
        ("place", "  Thừa Thiên \t Huế\n", "Thừa Thiên Huế"),
        ("place", "Hue\u0302\u0301", "Huế"),
        ("signer", "Hoàng\u200b Văn\u00ad An\ufeff", "Hoàng Văn An"),
        ("title", "K" * 500, "K" * 500),
        ("issuer", " \n ", ""),
        ("date", "2025-03-05", "2025-03-05"),
        ("date", "2025-3", "2025-03"),
        ("date", " 2025 ", "2025"),
        ("date", "5/3/2025", "2025-03-05"),
        ("date", "05-03-2025", "2025-03-05"),
        ("date", "3/2025", "2025-03"),
        ("date", "29.2.2024", "2024-02-29"),
        ("date", "", ""),
    ],
)
def test_what_is_typed_is_put_in_order(fact: str, typed: str, stored: str) -> None:
    assert checked_edits({fact: typed}) == {fact: stored}


@pytest.mark.parametrize(
    ("fact", "typed", "fault", "message"),
    [
        ("title", "K" * 501, "too long", "title: is too long, at most 500 characters; shorten it"),
        ("number", "1\x002", "control character", None),
        ("place", "Huế\u202eoàl", "control character", None),
        ("signer", "\ud800", "control character", None),
        ("date", "29/2/2025", "no date", "date: is no date; write it as 2025-03-05, 2025-03 or 2025"),
        ("date", "2025-13-01", "no date", None),
        ("date", "31/4/2025", "no date", None),
        ("date", "0225", "no date", None),
        ("date", "5 tháng 3", "no date", None),
        ("date", "2025-03-05T10:00", "no date", None),
        ("kind", "tasks", "unknown", None),
        ("recipients", "Lưu", "unknown", None),
    ],
)
def test_what_cannot_be_a_fact_is_refused(fact: str, typed: str, fault: str, message: str | None) -> None:
    with pytest.raises(EditError) as caught:
        checked_edits({"place": "Huế", fact: typed})
    assert (caught.value.fact, caught.value.fault) == (fact, fault)
    assert message is None or str(caught.value) == message


def test_a_correction_wins_over_text_and_metadata_and_stays(folder: Path, library: Library) -> None:
    (folder / "metadata.toml").write_text('["huế.txt"]\nplace = "Cố đô"\n', encoding="utf-8")
    sync(folder, library)
    doc_id = only(library).doc_id
    assert only(library).facts.place == "Cố đô"
    assert library.edit(doc_id, {"place": "Thừa Thiên Huế", "date": "6/2/2025"}) == {
        "place": "Thừa Thiên Huế",
        "date": "2025-02-06",
    }
    assert sync(folder, library) == ["kept"]
    (folder / "huế.txt").write_text(HUE.replace("văn nghệ", "xiếc"), encoding="utf-8")
    assert sync(folder, library) == ["replaced"]
    (folder / "huế.txt").rename(folder / "cố đô.txt")
    assert sync(folder, library) == ["replaced"]
    document = only(library)
    assert (document.source, document.facts.place, document.facts.date) == (
        "cố đô.txt",
        "Thừa Thiên Huế",
        "2025-02-06",
    )
    assert library.facts() == {document.doc_id: document.facts}
    assert library.edit(document.doc_id, {"place": ""}) == {"place": ""}
    assert only(library).facts.place == "Huế"


def test_warnings_of_what_was_settled_are_gone_and_come_back(library: Library) -> None:
    document = parsed(BARE, "huế.txt")
    library.put(document, split_passages(document))
    assert only(library).warnings == (ReadingWarning("no_number"), ReadingWarning("no_date"))
    library.edit(document.doc_id, {"number": "12-KH/BTGTU", "date": "2025"})
    assert only(library).warnings == ()
    library.edit(document.doc_id, {"date": ""})
    assert only(library).warnings == (ReadingWarning("no_date"),)


def test_the_short_title_follows_the_title_until_it_has_its_own(library: Library) -> None:
    document = parsed(HUE, "huế.txt")
    library.put(document, split_passages(document))
    library.edit(document.doc_id, {"title": "Kế hoạch 112"})
    assert only(library).facts.short_title == "Kế hoạch 112"
    library.edit(document.doc_id, {"short_title": "Kế hoạch của Huế"})
    assert (only(library).facts.title, only(library).facts.short_title) == ("Kế hoạch 112", "Kế hoạch của Huế")
    library.edit(document.doc_id, {"title": "Kế hoạch 112", "short_title": TITLE})
    assert (only(library).facts.title, only(library).facts.short_title) == ("Kế hoạch 112", TITLE)
    library.edit(document.doc_id, {"short_title": "Kế hoạch 112"})
    assert library.edits(document.doc_id) == {"title": "Kế hoạch 112"}


def test_what_a_form_sends_unchanged_is_no_correction(library: Library) -> None:
    document = parsed(HUE, "huế.txt")
    library.put(document, split_passages(document))
    before = library.version()
    facts = {"title": TITLE, "short_title": TITLE, "number": "112-KH/BTGTU", "place": "Huế", "signer_role": ""}
    assert library.edit(document.doc_id, facts | {"signer_role": "TRƯỞNG BAN"}) == {}
    assert (library.edits(document.doc_id), library.version()) == ({}, before)
    assert library.edit(document.doc_id, {"place": "Cố đô"}) == {"place": "Cố đô"}
    assert library.version() != before
    assert library.edit(document.doc_id, {"place": "Cố đô"}) == {}
    assert library.edit(document.doc_id, {"place": "Huế"}) == {"place": ""}
    assert (library.edits(document.doc_id), library.version()) == ({}, before)


def test_each_correction_is_one_change_that_can_be_taken_back(library: Library) -> None:
    document = parsed(HUE, "huế.txt")
    library.put(document, split_passages(document))
    library.edit(document.doc_id, {"place": "Cố đô", "number": "113-KH/BTGTU"})
    library.edit(document.doc_id, {"place": "Kinh đô"})
    library.remove(document.doc_id)
    assert library.undo() == Undone(restored=(("huế.txt", 1),))
    assert only(library).facts.place == "Kinh đô"
    assert library.undo() == Undone(unedited=(("huế.txt", ("place",)),))
    assert library.edits(document.doc_id) == {"number": "113-KH/BTGTU", "place": "Cố đô"}
    change = library.last_change()
    assert change is not None
    assert change.edited == ((Touched(document.doc_id, "huế.txt", TITLE, 1), ("number", "place")),)
    assert library.undo(document.doc_id) == Undone(unedited=(("huế.txt", ("number", "place")),))
    assert only(library) == document
    assert library.undo() == Undone(withdrawn=(("huế.txt", 1),))
    assert library.last_change() is None


def test_a_document_in_the_place_of_another_has_its_corrections_until_that_is_taken_back(
    folder: Path, library: Library
) -> None:
    sync(folder, library)
    old = only(library).doc_id
    library.edit(old, {"place": "Cố đô", "signer": "Trần Thị Bình"})
    (folder / "bản sửa.txt").write_text(HUE.replace("văn nghệ", "xiếc"), encoding="utf-8")
    options = SyncOptions(decide=lambda *_: "replace")
    assert [result.status for result in sync_folder(folder, library, options)] == ["replaced", "left out"]
    new = only(library)
    assert (new.source, new.facts.place, new.facts.signer) == ("bản sửa.txt", "Cố đô", "Trần Thị Bình")
    library.undo()
    assert (only(library).doc_id, only(library).facts.place) == (old, "Cố đô")
    assert library.edits(new.doc_id) == {}


def test_a_corrected_number_tells_documents_apart(folder: Path, library: Library) -> None:
    sync(folder, library)
    library.edit(only(library).doc_id, {"number": "999-KH/BTGTU"})
    (folder / "bản sửa.txt").write_text(HUE.replace("văn nghệ", "xiếc"), encoding="utf-8")
    assert sync(folder, library) == ["added", "kept"]


def test_a_refused_correction_changes_nothing(library: Library) -> None:
    document = parsed(HUE, "huế.txt")
    library.put(document, split_passages(document))
    with pytest.raises(EditError):
        library.edit(document.doc_id, {"place": "Cố đô", "date": "mai"})
    assert only(library) == document
    with pytest.raises(LibraryError, match="no such document"):
        library.edit("không-có", {"place": "Cố đô"})
