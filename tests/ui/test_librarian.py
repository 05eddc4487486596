"""The librarian: files in, facts corrected, changes taken back, while the index is built by another process."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index.__main__ import main as index
from index.opening import IndexOpener
from index.types import SearchOptions
from ingest.__main__ import main as ingest
from ingest.library import LIBRARY_FILE, Library
from ingest.uploads import files_folder
from tests.plans import HUE
from ui.engine import LateEngine
from ui.librarian import FileOutcome, Librarian, LibrarianError, Work

WAIT_S = 60.0
TITLE = "Kế hoạch tuyên truyền kỷ niệm 95 năm Ngày thành lập Đảng Cộng sản Việt Nam"
DA_NANG = HUE.replace("Thừa Thiên Huế", "Đà Nẵng").replace("112-KH", "7-KH").replace("Huế,", "Đà Nẵng,")
CHANGED = HUE.replace("văn nghệ", "xiếc")
NOT_READ = "Tệp không có chữ nào. Xin kiểm tra đã lưu và chọn đúng tệp."


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


class Room:
    """A data folder with a librarian whose index is built by a program that only writes down that it ran."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.data = place / "dữ liệu"
        self.builds = place / "builds"
        self.librarian = Librarian(self.data, self.command)

    def command(self, _data: Path) -> list[str]:
        return [sys.executable, "-c", f"open({str(self.builds)!r}, 'a').write('x')"]

    def file(self, name: str, text: str) -> tuple[str, Path]:
        path = self.place / f"tải lên {len(list(self.place.iterdir()))}"
        path.write_text(text, encoding="utf-8")
        return name, path

    def add(self, **texts: str) -> list[FileOutcome]:
        """Take texts in as files of these names with ".txt", and wait until all is done."""
        self.librarian.add([self.file(f"{name}.txt", text) for name, text in texts.items()])
        return self.done()

    def done(self) -> list[FileOutcome]:
        wait_for(lambda: not self.librarian.work().total and self.librarian.work().indexing == "idle")
        return list(self.librarian.work().files)

    def stored(self) -> dict[str, str]:
        """Give the files that are kept, none of them hidden."""
        found = (path for path in files_folder(self.data).rglob("*") if path.is_file() and path.name != ".lock")
        return {path.name: path.read_text(encoding="utf-8") for path in found}

    def build_count(self) -> int:
        return len(self.builds.read_text()) if self.builds.exists() else 0

    def doc_id(self) -> str:
        (document,) = self.librarian.documents()
        return document.doc_id


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path)
    yield opened
    opened.librarian.close()


def test_an_empty_room(room: Room) -> None:
    assert room.librarian.work() == Work()
    assert room.librarian.documents() == []
    assert not room.data.exists()
    for refused, message in (
        (lambda: room.librarian.add([]), "Chưa có tệp nào được chọn. Xin chọn tệp rồi thử lại."),
        (room.librarian.undo, "Không còn thay đổi nào để hoàn tác."),
        (lambda: room.librarian.remove("không-có"), "Văn bản này không còn trong kho. Xin tải lại trang."),
        (
            lambda: room.librarian.edit("không-có", {"place": "Huế"}),
            "Văn bản này không còn trong kho. Xin tải lại trang.",
        ),
        (
            lambda: room.librarian.replace("x", *room.file("a.txt", HUE)),
            "Văn bản này không còn trong kho. Xin tải lại trang.",
        ),
        (lambda: room.librarian.decide("a.txt", "replace"), "Tệp này không còn chờ quyết định. Xin tải lại trang."),
    ):
        with pytest.raises(LibrarianError) as caught:
            refused()
        assert str(caught.value) == message


def test_files_are_taken_in_each_with_its_outcome(room: Room) -> None:
    given = [
        room.file("C:\\Tài liệu\\kế hoạch.txt", HUE),
        room.file("kế hoạch.txt", DA_NANG),
        room.file("bản sao.txt", HUE),
        room.file("trống.txt", " \n"),
        room.file("chương trình.exe", "MZ"),
    ]
    room.librarian.add(given)
    assert not any(path.exists() for _, path in given)
    outcomes = room.done()
    assert [(outcome.name, outcome.status, outcome.title) for outcome in outcomes] == [
        ("kế hoạch.txt", "added", TITLE),
        ("kế hoạch (2).txt", "added", TITLE),
        ("bản sao.txt", "duplicate", TITLE),
        ("trống.txt", "failed", ""),
        ("chương trình.exe", "failed", ""),
    ]
    assert outcomes[2].message == f"Nội dung trùng với “{TITLE}” đã có trong kho nên không thêm nữa."
    assert outcomes[2].doc_id == outcomes[0].doc_id
    assert outcomes[3].message == NOT_READ
    assert "Máy đọc được Word, PDF" in outcomes[4].message
    assert room.stored() == {"kế hoạch.txt": HUE, "kế hoạch (2).txt": DA_NANG}
    assert {document.source: document.text for document in room.librarian.documents()} == room.stored()
    assert room.librarian.work().last_change == f"Thêm “{TITLE}”"
    assert room.build_count() == 1


def test_a_new_batch_takes_the_place_of_the_one_that_is_done(room: Room) -> None:
    room.add(một=HUE)
    assert [outcome.name for outcome in room.add(hai=DA_NANG)] == ["hai.txt"]
    assert room.add(hai=DA_NANG)[0].status == "duplicate"
    assert room.build_count() == 2


def test_what_should_be_looked_at_is_said(room: Room) -> None:
    (outcome,) = room.add(một=HUE.replace("Huế, ngày 5 tháng 2 năm 2025\n", ""))
    assert (outcome.status, outcome.message) == ("added", "Nên xem lại: Không thấy ngày ban hành.")


@pytest.mark.parametrize(
    ("decision", "texts", "status"),
    [("replace", [CHANGED], "replaced"), ("keep both", [HUE, CHANGED], "added"), ("leave out", [HUE], None)],
)
def test_a_conflict_waits_for_a_decision(room: Room, decision: str, texts: list[str], status: str | None) -> None:
    room.add(cũ=HUE)
    (outcome,) = room.add(mới=CHANGED)
    assert (outcome.status, outcome.doc_id) == ("conflict", room.doc_id())
    assert outcome.message == (
        f"Cùng số và cơ quan ban hành với “{TITLE}” (số 112-KH/BTGTU) nhưng khác nội dung. "
        "Xin chọn: thay văn bản cũ, giữ cả hai, hoặc bỏ tệp này."
    )
    assert [one.status for one in room.add(khác=DA_NANG)] == ["conflict", "added"]
    room.librarian.decide("mới.txt", decision)  # type: ignore[arg-type]
    found = {one.name: one.status for one in room.done()}
    assert found == {"khác.txt": "added", **({"mới.txt": status} if status else {})}
    assert sorted(d.text for d in room.librarian.documents() if d.text != DA_NANG) == sorted(texts)
    kept = {"cũ.txt": HUE, "khác.txt": DA_NANG} | ({} if decision == "leave out" else {"mới.txt": CHANGED})
    assert room.stored() == kept
    with pytest.raises(LibrarianError):
        room.librarian.decide("mới.txt", "replace")


def test_a_conflict_with_another_document_than_the_one_asked_about_is_asked_again(room: Room) -> None:
    room.add(cũ=HUE)
    first = room.doc_id()
    room.add(mới=CHANGED)
    room.librarian.remove(first)
    assert room.add(khác=HUE.replace("văn nghệ", "chèo"))[-1].status == "added"
    room.librarian.decide("mới.txt", "replace")
    asked = next(one for one in room.done() if one.name == "mới.txt")
    assert (asked.status, asked.doc_id) == ("conflict", room.doc_id())
    room.librarian.decide("mới.txt", "replace")
    assert [document.text for document in room.librarian.documents()] == [CHANGED]


def test_a_document_is_replaced_whatever_its_number(room: Room) -> None:
    room.add(cũ=HUE)
    old = room.doc_id()
    room.librarian.edit(old, {"place": "Cố đô"})
    room.librarian.replace(old, *room.file("cũ.txt", DA_NANG))
    (outcome,) = room.done()
    assert (outcome.name, outcome.status, outcome.message) == (
        "cũ (2).txt",
        "replaced",
        f"Đã thay “{TITLE}”. Giữ lại thông tin đã sửa tay: địa phương; xin xem có còn đúng không.",
    )
    (document,) = room.librarian.documents()
    assert (document.text, document.facts.place) == (DA_NANG, "Cố đô")
    assert room.librarian.edited(document.doc_id) == {"place": "Cố đô"}
    assert room.librarian.undo() == f"Đã hoàn tác việc: thay “{TITLE}” bằng “{TITLE}”."
    assert room.doc_id() == old
    room.librarian.replace(old, *room.file("y hệt.txt", HUE))
    assert [one.status for one in room.done()] == ["duplicate"]
    assert room.doc_id() == old


def test_facts_are_corrected_and_taken_back(room: Room) -> None:
    room.add(một=HUE)
    before = room.build_count()
    room.librarian.edit(room.doc_id(), {"place": "Thừa Thiên Huế", "date": "6/2/2025", "number": "112-KH/BTGTU"})
    assert room.librarian.edited(room.doc_id()) == {"place": "Thừa Thiên Huế", "date": "2025-02-06"}
    assert room.librarian.work().last_change == f"Sửa ngày ban hành, địa phương của “{TITLE}”"
    room.done()
    room.librarian.edit(room.doc_id(), {"place": "Thừa Thiên Huế"})
    room.done()
    assert room.build_count() == before + 1
    room.librarian.edit(room.doc_id(), {"date": ""})
    (document,) = room.librarian.documents()
    assert (document.facts.place, document.facts.date) == ("Thừa Thiên Huế", "2025-02-05")
    assert room.librarian.undo() == f"Đã hoàn tác việc: sửa ngày ban hành của “{TITLE}”."
    assert room.librarian.undo() == f"Đã hoàn tác việc: sửa ngày ban hành, địa phương của “{TITLE}”."
    assert room.librarian.edited(room.doc_id()) == {}
    assert room.librarian.work().last_change == f"Thêm “{TITLE}”"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"date": "hôm qua"}, "Ngày ban hành chưa đúng. Xin viết như 05/03/2025, 03/2025 hoặc 2025."),
        ({"number": "1" * 61}, "Số văn bản dài quá 60 ký tự. Xin viết ngắn lại."),
        ({"place": "Huế\x07"}, "Địa phương có ký tự không hiển thị được. Xin gõ lại bằng tay, không dán."),
        ({"text": "khác"}, "Thông tin này không sửa được. Xin tải lại trang."),
    ],
)
def test_a_refused_correction_says_why(room: Room, changes: dict[str, str], message: str) -> None:
    room.add(một=HUE)
    with pytest.raises(LibrarianError) as caught:
        room.librarian.edit(room.doc_id(), {"signer": "Trần Thị Bình", **changes})
    assert str(caught.value) == message
    assert room.librarian.edited(room.doc_id()) == {}


def test_removed_and_brought_back(room: Room) -> None:
    room.add(một=HUE)
    doc_id = room.doc_id()
    room.librarian.remove(doc_id)
    assert room.librarian.documents() == []
    assert room.librarian.work().last_change == f"Gỡ “{TITLE}”"
    assert room.librarian.undo() == f"Đã hoàn tác việc: gỡ “{TITLE}”."
    assert room.doc_id() == doc_id
    room.librarian.remove(doc_id)
    assert [(one.name, one.status) for one in room.add(một=HUE)] == [("một.txt", "added")]
    assert room.doc_id() == doc_id


def test_what_came_in_through_the_page_survives_the_command_line(room: Room, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "một.txt").write_text(DA_NANG, encoding="utf-8")
    assert ingest([str(corpus), "--data", str(room.data)]) == 0
    assert [one.name for one in room.add(một=HUE)] == ["một (2).txt"]
    (corpus / "một.txt").unlink()
    assert ingest([str(corpus), "--data", str(room.data), "--prune"]) == 0
    assert [document.source for document in room.librarian.documents()] == ["một (2).txt"]
    assert ingest([str(files_folder(room.data)), "--data", str(room.data), "--prune"]) == 0
    assert [document.source for document in room.librarian.documents()] == ["một (2).txt"]


def test_files_that_an_earlier_process_left_waiting_are_deleted(room: Room) -> None:
    room.add(một=HUE)
    room.add(hai=CHANGED)
    assert "hai.txt" in room.stored()
    beside = Librarian(room.data, room.command)
    assert "hai.txt" in room.stored()
    beside.close()
    assert "hai.txt" in room.stored()
    room.librarian.close()
    assert room.stored() == {"một.txt": HUE}


def test_a_library_that_cannot_be_used_is_said_and_leaves_no_file(room: Room) -> None:
    room.data.mkdir()
    (room.data / LIBRARY_FILE).write_bytes(b"no library at all" * 100)
    with pytest.raises(LibrarianError, match="Chưa ghi được vào kho văn bản"):
        room.librarian.add([room.file("một.txt", HUE)])
    with pytest.raises(LibrarianError, match="Chưa ghi được vào kho văn bản"):
        room.librarian.documents()
    assert room.librarian.work().last_change == ""
    assert room.stored() == {}


def test_a_full_disk_leaves_no_file_and_a_decision_can_be_made_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.errors import LibraryError

    room.add(một=HUE)
    room.add(hai=CHANGED)

    def full(*_: object, **__: object) -> None:
        raise LibraryError("library.db: cannot be used now (database or disk is full)")

    with monkeypatch.context() as patch:
        patch.setattr(Library, "put", full)
        with pytest.raises(LibrarianError, match="Có thể đĩa đầy"):
            room.librarian.decide("hai.txt", "keep both")
        assert [(one.name, one.status) for one in room.done()] == [("hai.txt", "conflict")]
        assert [(one.name, one.status) for one in room.add(ba=DA_NANG)] == [
            ("hai.txt", "conflict"),
            ("ba.txt", "failed"),
        ]
    room.librarian.decide("hai.txt", "keep both")
    room.done()
    assert room.stored() == {"một.txt": HUE, "hai.txt": CHANGED}
    assert len(room.librarian.documents()) == 2


def test_work_and_changes_do_not_wait_for_a_file_that_is_read(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    import ui.library_intake

    room.add(một=HUE)
    may_read, is_reading = threading.Event(), threading.Event()
    really_read = ui.library_intake.read_document

    def read_slowly(path: Path, **given: object) -> object:
        is_reading.set()
        assert may_read.wait(WAIT_S)
        return really_read(path, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(ui.library_intake, "read_document", read_slowly)
    room.librarian.add([room.file("hai.txt", DA_NANG), room.file("ba.txt", " ")])
    assert is_reading.wait(WAIT_S)
    work = room.librarian.work()
    assert [(one.name, one.status) for one in work.files] == [("hai.txt", "reading"), ("ba.txt", "waiting")]
    assert (work.reading, work.total) == (0, 2)
    room.librarian.edit(room.doc_id(), {"place": "Cố đô"})
    room.librarian.add([room.file("bốn.txt", CHANGED)])
    assert room.librarian.work().total == 3
    may_read.set()
    assert [one.status for one in room.done()] == ["added", "failed", "conflict"]


def test_closing_ends_a_reading_that_does_not_end(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    start = subprocess.Popen
    children: list[subprocess.Popen[bytes]] = []

    def start_sleeper(_command: list[str], **given: Any) -> subprocess.Popen[bytes]:
        children.append(start(["sleep", "600"], **given))
        return children[-1]

    monkeypatch.setattr(subprocess, "Popen", start_sleeper)
    room.librarian.add([room.file("quét.docx", "PK"), room.file("hai.txt", HUE)])
    wait_for(lambda: len(children) == 1)
    room.librarian.close()
    assert [child.returncode for child in children] == [-signal.SIGKILL]
    assert room.stored() == {}
    with pytest.raises(LibrarianError, match="Trang đang dừng"):
        room.librarian.add([room.file("hai.txt", HUE)])


def test_the_page_uses_the_new_index_without_a_restart(
    tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.engine.LOOK_EVERY_S", 0.0)
    data, corpus = tmp_path / "dữ liệu", tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "huế.txt").write_text(HUE, encoding="utf-8")
    assert ingest([str(corpus), "--data", str(data)]) == 0
    assert index(["build", "--data", str(data), "--model", str(tiny_model)]) == 0
    opener = IndexOpener(data)
    engine = LateEngine(opener.open, opener.version)
    embedder = opener.open().embedder
    librarian = Librarian(data)
    try:
        assert librarian.work().indexing == "idle"
        (document,) = engine.documents()
        librarian.edit(document.doc_id, {"place": "Cố đô", "short_title": "Kế hoạch của Cố đô"})
        assert engine.documents() == [document]
        wait_for(lambda: engine.documents() == librarian.documents())
        answer = engine.ask("ai chủ trì văn nghệ ở Cố đô?", SearchOptions())
        assert answer.citations[0].document.facts.short_title == "Kế hoạch của Cố đô"
        assert opener.open().embedder is embedder
        wait_for(lambda: librarian.work().indexing == "idle")
        assert not engine.stale()
        manifest = json.loads((data / "index" / opener.version() / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["model"] == str(tiny_model)
    finally:
        librarian.close()
