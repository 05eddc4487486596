"""Looking after the library in a real browser: files, conflicts, facts, taking out and back, all of it by keyboard."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Browser, FilePayload, Locator, Page, Route, expect

from ingest.types import Document, ReadingWarning
from tests.plans import HUE
from tests.ui.conftest import Watched, serving
from tests.ui.fake_engine import CAN_THO, DOCUMENTS, HOSTILE, PHAN_RANG, FakeEngine
from tests.ui.fake_librarian import FakeLibrarian, document, library_app
from ui.librarian import Librarian
from ui.library_types import FileOutcome

FITS = "document.documentElement.scrollWidth <= window.innerWidth"
# The browser itself logs every answer that is no success, also where the page deals with it.
ANSWERED = re.compile(r"Failed to load resource: (?:the server responded with a status of 4|net::ERR_)")
OpenLibrary = Callable[..., Page]


class Opened(FakeEngine):
    """An index that has what the librarian has, once it is built."""

    def __init__(self, librarian: FakeLibrarian) -> None:
        super().__init__()
        self.held: list[Document] = librarian.documents()

    def documents(self) -> list[Document]:
        """Give what was there when it was built."""
        return self.held

    def document(self, doc_id: str) -> Document | None:
        """Give one of them."""
        return next((document for document in self.held if document.doc_id == doc_id), None)


@pytest.fixture
def librarian() -> FakeLibrarian:
    """Give a librarian with two plans."""
    return FakeLibrarian()


@pytest.fixture
def index(librarian: FakeLibrarian) -> Opened:
    """Give the open index."""
    return Opened(librarian)


@pytest.fixture
def address(librarian: FakeLibrarian, index: Opened, tmp_path: Path) -> Iterator[str]:
    """Give the address of a running server."""
    with serving(library_app(tmp_path, librarian, index)) as address:
        yield address


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Librarian]:
    """Give a real librarian over an empty data folder, whose index is built by a program that does nothing."""
    librarian = Librarian(tmp_path / "data", lambda _: [sys.executable, "-c", ""])
    yield librarian
    librarian.close()


@pytest.fixture
def open_library(browser: Browser, address: str) -> Iterator[OpenLibrary]:
    """Give a function that opens the library; the page may log no error of its own and ask no other host."""
    watched = Watched()
    contexts = []

    def open_library(there: str = address, **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        watched.watch(context, there)
        page = context.new_page()
        page.goto(f"{there}/kho")
        return page

    yield open_library
    for context in contexts:
        context.close()
    assert watched.foreign == []
    assert [error for error in watched.errors if not ANSWERED.match(error)] == []


def rows(page: Page) -> Locator:
    """Give the rows of the table."""
    return page.locator("#holdings tbody tr")


def lines(page: Page) -> Locator:
    """Give the lines of files."""
    return page.locator("#outcomes li")


def file(name: str, content: str | None = None) -> FilePayload:
    """Give a file that holds its name where nothing else is said."""
    return {"name": name, "mimeType": "text/plain", "buffer": (content or name).encode()}


def choose(page: Page, *names: str, content: str | None = None) -> None:
    """Choose files with the button."""
    with page.expect_file_chooser() as chooser:
        page.get_by_text("chọn tệp", exact=True).click()
    chooser.value.set_files([file(name, content) for name in names])


def drop(page: Page, *names: str) -> None:
    """Drop files onto the page."""
    page.evaluate(
        """names => {
            const carried = new DataTransfer();
            for (const name of names) carried.items.add(new File([name], name));
            for (const type of ["dragenter", "dragover", "drop"]) {
                const target = document.querySelector("#drop");
                target.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
            }
        }""",
        list(names),
    )


def test_files_are_sent_read_and_found_in_the_table(
    open_library: OpenLibrary, librarian: FakeLibrarian, index: Opened
) -> None:
    page = open_library()
    choose(page, "ke-hoach-5.txt", "hỏng.txt")
    expect(lines(page)).to_have_text(["Đang chờ đọc ke-hoach-5.txt", "Đang chờ đọc hỏng.txt"])
    assert librarian.given == [("ke-hoach-5.txt", b"ke-hoach-5.txt", None), ("hỏng.txt", "hỏng.txt".encode(), None)]
    expect(page.locator("#progress")).to_contain_text("Đang đọc 0/2")
    librarian.start()
    expect(lines(page).first).to_have_text("Đang đọc ke-hoach-5.txt")
    librarian.read()
    expect(page.locator("#progress")).to_contain_text("Đang đọc 1/2")
    expect(lines(page).first).to_have_text("Đã thêm ke-hoach-5.txt Văn bản ke-hoach-5")
    expect(lines(page).first.locator("a")).to_have_count(0)
    expect(rows(page)).to_have_count(3)
    expect(rows(page).filter(has_text="Văn bản ke-hoach-5")).to_contain_text("Đang chờ lập chỉ mục")
    librarian.read(indexing="running")
    expect(lines(page).last).to_contain_text("Tệp bị hỏng. Xin lưu lại rồi thêm lại.")
    expect(page.locator("#heard")).to_have_text(
        "hỏng.txt: Không thêm được. Tệp bị hỏng. Xin lưu lại rồi thêm lại. "
        "Đang lập chỉ mục… câu hỏi vẫn được trả lời bằng chỉ mục cũ."
    )
    expect(page.locator("#progress")).to_be_hidden()
    expect(page.locator("#indexing")).to_have_text("Đang lập chỉ mục… câu hỏi vẫn được trả lời bằng chỉ mục cũ.")
    librarian.tell(indexing="idle")
    expect(page.locator("#indexing")).to_have_text("Đã lập xong chỉ mục.")
    expect(page.locator("#heard")).to_have_text("Đã lập xong chỉ mục.")
    index.held = librarian.documents()  # the new index is opened a little later
    expect(page.locator("#holdings .state")).to_have_count(0)
    expect(lines(page).first.get_by_role("link")).to_have_attribute("href", "/van-ban/ke-hoach-5")
    page.get_by_role("button", name="Dọn danh sách").click()
    expect(lines(page)).to_have_count(0)


def test_files_that_are_chosen_before_the_script_came_are_sent(
    open_library: OpenLibrary, address: str, librarian: FakeLibrarian
) -> None:
    page = open_library()
    late: list[Route] = []

    def hold_back(route: Route) -> None:
        late.append(route)

    page.route("**/library_files.js", hold_back)
    with page.expect_request("**/library_files.js"):
        page.goto(f"{address}/kho", wait_until="commit")
    page.locator("#files").set_input_files(file("a.txt"))
    assert librarian.given == []
    late[0].continue_()
    expect(lines(page)).to_have_text(["Đang chờ đọc a.txt"])
    assert [name for name, *_ in librarian.given] == ["a.txt"]


def test_an_answer_that_is_older_than_what_is_shown_is_left_out(
    open_library: OpenLibrary, address: str, librarian: FakeLibrarian
) -> None:
    page = open_library()
    late: list[tuple[Route, APIResponse]] = []

    def hold_back(route: Route) -> None:
        late.append((route, route.fetch()))

    page.route("**/kho/viec", hold_back, times=1)
    with page.expect_request("**/kho/viec"):
        page.goto(f"{address}/kho")
    choose(page, "a.txt")
    expect(lines(page)).to_have_text(["Đang chờ đọc a.txt"])
    [(route, before)] = late
    with page.expect_response("**/kho/viec"):
        route.fulfill(response=before)
    librarian.start()
    expect(lines(page)).to_have_text(["Đang đọc a.txt"])
    librarian.read()
    expect(rows(page)).to_have_count(3)


def test_files_can_be_dropped_while_others_are_read(open_library: OpenLibrary, librarian: FakeLibrarian) -> None:
    page = open_library()
    drop(page, "a.txt")
    expect(lines(page)).to_have_text(["Đang chờ đọc a.txt"])
    drop(page, "b.txt", "c.txt")
    expect(lines(page)).to_have_text([f"Đang chờ đọc {name}.txt" for name in "abc"])
    assert [name for name, *_ in librarian.given] == ["a.txt", "b.txt", "c.txt"]
    for _ in range(3):
        librarian.read()
    expect(rows(page)).to_have_count(5)
    expect(page.locator("#outcomes [data-status=added]")).to_have_count(3)
    drop(page, "d.txt")
    expect(lines(page)).to_have_text(["Đang chờ đọc d.txt"])
    expect(page.locator("#drop")).not_to_have_class("over")


def test_what_cannot_be_read_is_not_even_sent(open_library: OpenLibrary, librarian: FakeLibrarian) -> None:
    page = open_library()
    drop(page, "phim.mp4", "không đuôi")
    expect(lines(page)).to_contain_text(["phim.mp4", "không đuôi"])
    expect(lines(page)).to_contain_text(2 * ["Không đọc được loại tệp này."])
    page.evaluate("library.give([new File([], 'trống.txt'), new File([new Uint8Array(5100000)], 'to.txt')])")
    expect(lines(page)).to_contain_text(["Tệp trống.", "Tệp lớn 5,1 MB; loại này nhiều nhất 5 MB."])
    assert librarian.given == []


def test_what_the_server_refuses_is_said_at_the_file(open_library: OpenLibrary) -> None:
    page = open_library()
    choose(page, "đĩa đầy.txt", "sau.txt")
    expect(lines(page).first).to_contain_text("Đĩa của máy chủ đã đầy. Xin báo người quản trị.")
    expect(lines(page).last).to_have_text("Đang chờ đọc sau.txt")


@pytest.mark.parametrize(
    ("button", "decision", "left"),
    [
        ("Thay văn bản cũ", "replace", "Đã thay"),
        ("Giữ cả hai", "keep both", "Đã thêm"),
        ("Bỏ tệp này", "leave out", ""),
    ],
)
def test_a_conflict_is_decided_by_a_person(
    open_library: OpenLibrary, librarian: FakeLibrarian, button: str, decision: str, left: str
) -> None:
    page = open_library()
    choose(page, "trùng số.txt")
    line = lines(page).first
    expect(line).to_contain_text("Đang chờ đọc")
    librarian.read()
    expect(line.locator("dd")).to_have_text(["Văn bản trùng-số", "Kế hoạch của Phan Rang - Tháp Chàm (347-KH/TU)"])
    line.get_by_role("button", name=button).press("Enter")
    if left:
        expect(line).to_contain_text(left)
        expect(line).to_be_focused()
        expect(rows(page)).to_have_count(3)
    else:
        expect(lines(page)).to_have_count(0)
        expect(page.get_by_role("status").filter(has_text="Đã bỏ tệp “trùng số.txt”.")).to_be_visible()
    assert librarian.decisions == [("trùng số.txt", decision)]


def test_facts_are_corrected_a_wrong_date_first(open_library: OpenLibrary, librarian: FakeLibrarian) -> None:
    librarian.by_hand["can-tho"] = {"place": "Cần Thơ"}
    page = open_library()
    opener = page.get_by_role("button", name="Sửa thông tin: Kế hoạch của Cần Thơ")
    opener.press("Enter")
    dialog = page.get_by_role("dialog", name="Sửa thông tin")
    expect(dialog.get_by_label("Tên văn bản", exact=True)).to_be_focused()
    expect(dialog.get_by_text("Đã sửa tay.")).to_have_count(8)
    expect(dialog.locator(".by-hand:visible")).to_have_count(1)
    date = dialog.get_by_label("Ngày ban hành", exact=True)
    expect(date).to_have_value("2024")
    date.fill("31/02/2024")
    date.press("Enter")
    expect(date).to_be_focused()
    expect(date).to_have_attribute("aria-invalid", "true")
    expect(dialog.locator("#date-error")).to_contain_text("Ngày ban hành chưa đúng.")
    assert "date" not in librarian.edited("can-tho")
    date.fill("17/12/2024")
    dialog.get_by_role("button", name="Địa phương: lấy lại theo văn bản").click()
    expect(dialog.get_by_label("Địa phương", exact=True)).to_be_focused()
    dialog.get_by_role("button", name="Lưu").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#said")).to_contain_text("Đã sửa thông tin của “Kế hoạch của Cần Thơ”.")
    expect(opener).to_be_focused()
    assert librarian.edited("can-tho") == {"date": "2024-12-17"}
    row = rows(page).filter(has_text="can-tho")
    expect(row.locator(".date div")).to_have_text("17/12/2024")
    expect(row).to_contain_text("Thay đổi đang chờ lập chỉ mục")
    page.locator("#said").get_by_role("button", name="Hoàn tác").click()
    expect(row.locator(".date div")).to_have_text("năm 2024")


def test_nothing_is_sent_where_nothing_was_corrected(open_library: OpenLibrary, librarian: FakeLibrarian) -> None:
    page = open_library()
    page.get_by_role("button", name="Sửa thông tin: Kế hoạch của Cần Thơ").click()
    dialog = page.get_by_role("dialog", name="Sửa thông tin")
    dialog.get_by_role("button", name="Lưu").click()
    expect(dialog).to_be_hidden()
    assert librarian.by_hand == {}


def test_a_document_is_taken_out_and_brought_back_by_keyboard_alone(
    open_library: OpenLibrary, librarian: FakeLibrarian
) -> None:
    page = open_library()
    opener = page.get_by_role("button", name="Gỡ khỏi kho: Kế hoạch của Cần Thơ")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Gỡ văn bản khỏi kho?")
    expect(dialog.get_by_role("button", name="Giữ lại")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(dialog.get_by_role("button", name="Gỡ khỏi kho")).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    expect(page.locator("#said")).to_contain_text("Đã gỡ “Kế hoạch của Cần Thơ” khỏi kho.")
    expect(page.locator("#undo")).to_have_text("Hoàn tác: Gỡ “can-tho”")
    expect(page.locator("#said").get_by_role("button", name="Hoàn tác")).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(2)
    expect(page.locator("#said")).to_have_text("Đã hoàn tác việc: Gỡ “can-tho”.")
    expect(page.locator("#undo")).to_be_hidden()
    expect(page.get_by_role("button", name="Lập lại chỉ mục")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#indexing")).to_contain_text("Đang chờ lập chỉ mục…")
    assert (librarian.builds, librarian.held) == (1, DOCUMENTS)


def test_files_are_chosen_by_keyboard(open_library: OpenLibrary, librarian: FakeLibrarian) -> None:
    page = open_library()
    # From the start on: the browser asks for a while longer itself, after it was told to hand choosers over.
    with page.expect_file_chooser() as chooser:
        page.locator("nav a").last.focus()
        page.keyboard.press("Tab")
        expect(page.locator("#files")).to_be_focused()
        assert page.evaluate("getComputedStyle(document.querySelector('label.button')).outlineStyle") == "solid"
        page.keyboard.press("Enter")
    chooser.value.set_files(file("a.txt"))
    expect(lines(page)).to_have_text(["Đang chờ đọc a.txt"])
    expect(page.locator("#files")).to_be_focused()
    assert len(librarian.given) == 1


def test_another_file_takes_the_place_of_a_document(open_library: OpenLibrary, librarian: FakeLibrarian) -> None:
    page = open_library()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Thay tệp: Kế hoạch của Phan Rang").click()
    chooser.value.set_files(file("mới.txt"))
    expect(lines(page)).to_have_text(["Đang chờ đọc mới.txt"])
    assert librarian.given == [("mới.txt", "mới.txt".encode(), "phan-rang")]


def test_search_filters_and_order_live(open_library: OpenLibrary, address: str) -> None:
    page = open_library()
    box = page.get_by_label("Tìm văn bản")
    box.press_sequentially("phan rang")
    expect(rows(page)).to_have_count(1)
    expect(box).to_be_focused()
    expect(page).to_have_url(f"{address}/kho?tim=phan+rang&xep=ten")
    expect(page.locator("#count")).to_have_text("1 trong 2 văn bản khớp, 47 đoạn.")
    page.get_by_role("link", name="Bỏ lọc").click()
    expect(rows(page)).to_have_count(2)
    expect(box).to_have_value("")
    page.locator("#filters").get_by_label("Địa phương").select_option("Cần Thơ")
    expect(rows(page)).to_have_count(1)
    expect(page.locator("#filters").get_by_label("Năm").locator("option")).to_have_text(["Mọi năm", "2024 (1)"])
    page.locator("#filters").get_by_label("Địa phương").select_option("")
    expect(rows(page)).to_have_count(2)
    head = page.get_by_role("columnheader", name="Ngày")
    head.get_by_role("link").press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(rows(page).first).to_contain_text("năm 2024")
    expect(head.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(rows(page).first).to_contain_text("17/12/2024")
    box.fill("ke hoach")
    expect(page).to_have_url(f"{address}/kho?tim=ke+hoach&xep=-ngay")


def test_words_are_in_the_order_of_the_browser(open_library: OpenLibrary, librarian: FakeLibrarian) -> None:
    places = [
        "Đà Nẵng",
        "Dạ Lan",
        "Ấm Thượng",
        "Ăn Hòa",
        "An Giang",
        "Quận 10",
        "Quận 9",
        "Ông Đốc",
        "Ơn",
        "Oa",
        "Ý Yên",
    ]
    librarian.held = [document(f"d{at}", place) for at, place in enumerate(places)]
    page = open_library()
    sorted_there = page.evaluate("places => places.sort(new Intl.Collator('vi', { numeric: true }).compare)", places)
    assert page.locator("td.title span:first-child").all_inner_texts() == sorted_there


def test_without_javascript_the_library_can_be_searched(open_library: OpenLibrary) -> None:
    page = open_library(java_script_enabled=False)
    expect(rows(page)).to_have_count(2)
    expect(page.get_by_role("button", name="Sửa thông tin")).to_have_count(0)
    page.get_by_label("Tìm văn bản").fill("phan rang")
    page.get_by_role("button", name="Tìm").click()
    expect(rows(page)).to_have_count(1)
    page.get_by_role("link", name="Ngày", exact=True).click()
    expect(page.get_by_role("columnheader", name="Ngày")).to_have_attribute("aria-sort", "ascending")


def test_a_lost_connection_is_said_and_tried_again(open_library: OpenLibrary, librarian: FakeLibrarian) -> None:
    page = open_library()
    page.route("**/kho/**", lambda route: route.abort())
    choose(page, "a.txt")
    expect(lines(page).first).to_contain_text("Mất kết nối với máy chủ.")
    page.get_by_role("button", name="Gỡ khỏi kho: Kế hoạch của Cần Thơ").click()
    page.get_by_role("dialog").get_by_role("button", name="Gỡ khỏi kho").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Mất kết nối với máy chủ.")
    page.get_by_role("button", name="Giữ lại").click()
    page.get_by_role("button", name="Lập lại chỉ mục").click()
    expect(page.locator("#said").get_by_role("alert")).to_contain_text("Mất kết nối với máy chủ.")
    page.unroute("**/kho/**")
    page.locator("#said").get_by_role("button", name="Thử lại").click()
    expect(page.locator("#indexing")).to_contain_text("Đang chờ lập chỉ mục…")
    lines(page).first.get_by_role("button", name="Thử lại").click()
    expect(lines(page)).to_have_text(["Đang chờ đọc a.txt"])
    assert (librarian.builds, len(librarian.given), librarian.held) == (1, 1, DOCUMENTS)


def test_a_button_that_is_at_work_cannot_be_pressed_again(open_library: OpenLibrary, librarian: FakeLibrarian) -> None:
    librarian.remove("can-tho")
    librarian.remove("phan-rang")
    page = open_library()
    expect(page.locator(".begin")).to_contain_text("Bắt đầu như sau")
    page.evaluate("for (let n = 0; n < 3; n += 1) document.querySelector('#undo').click()")
    expect(rows(page)).to_have_count(1)
    expect(page.locator("#undo")).to_have_text("Hoàn tác: Gỡ “can-tho”")
    assert librarian.documents() == [PHAN_RANG]


def test_what_others_do_is_seen_and_a_late_undo_is_stopped(open_library: OpenLibrary, librarian: FakeLibrarian) -> None:
    page = open_library()
    page.get_by_role("button", name="Gỡ khỏi kho: Kế hoạch của Cần Thơ").click()
    page.get_by_role("dialog").get_by_role("button", name="Gỡ khỏi kho").click()
    expect(rows(page)).to_have_count(1)
    librarian.edit("phan-rang", {"place": "Ninh Thuận"})
    page.locator("#undo").click()
    expect(page.locator("#said").get_by_role("alert")).to_contain_text("Kho vừa có thay đổi khác")
    expect(page.locator("#undo")).to_have_text("Hoàn tác: Sửa thông tin")
    expect(rows(page)).to_contain_text(["Ninh Thuận"])


def test_script_in_names_facts_and_messages_is_shown_as_text(
    open_library: OpenLibrary, librarian: FakeLibrarian
) -> None:
    doc_id = HOSTILE.replace("/", "")  # an address cannot carry it
    librarian.held.append(document(doc_id, HOSTILE, number=HOSTILE, place=HOSTILE))
    librarian.tell(
        files=(
            FileOutcome(f"{HOSTILE}.txt", "conflict", HOSTILE, doc_id, HOSTILE),
            FileOutcome("b.txt", "failed", message=HOSTILE),
        ),
        indexing="failed",
        index_message=HOSTILE,
        last_change=HOSTILE,
    )
    page = open_library()
    expect(lines(page)).to_have_count(2)
    expect(lines(page).first.locator("dd").first).to_have_text(HOSTILE)
    expect(page.locator("#indexing")).to_have_text(HOSTILE)
    drop(page, f"{HOSTILE}.mp4")
    expect(lines(page)).to_have_count(2)
    page.locator("[data-action=edit]").first.click()
    expect(page.get_by_label("Số văn bản", exact=True)).to_have_value(HOSTILE)
    page.keyboard.press("Escape")
    page.locator("[data-action=remove]").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Gỡ khỏi kho").click()
    expect(rows(page)).to_have_count(2)
    assert page.locator(":is(main, dialog) :is(img, script, b)").count() == 0
    assert page.evaluate("window.hacked") is None


def test_a_plan_goes_through_the_whole_library(
    open_library: OpenLibrary, index: Opened, real: Librarian, tmp_path: Path
) -> None:
    index.held = []
    with serving(library_app(tmp_path / "page", real, index)) as there:
        page = open_library(there)
        expect(page.locator(".begin")).to_contain_text("Bắt đầu như sau")
        choose(page, "hue.txt", content=HUE)
        expect(lines(page).first).to_contain_text("Đã thêm hue.txt Kế hoạch tuyên truyền kỷ niệm 95 năm")
        row = rows(page).filter(has_text="hue.txt")
        expect(row.locator(".number div")).to_have_text("112-KH/BTGTU")
        choose(page, "hue moi.txt", content=HUE.replace("văn nghệ", "xiếc"))
        page.get_by_role("button", name="Thay văn bản cũ: hue moi.txt").click()
        expect(lines(page).last).to_contain_text("Đã thay hue moi.txt")
        expect(rows(page)).to_have_count(1)
        row = rows(page).filter(has_text="hue moi.txt")
        row.get_by_role("button", name="Sửa thông tin").click()
        page.get_by_role("dialog").get_by_label("Ngày ban hành", exact=True).fill("3/2025")
        page.keyboard.press("Enter")
        expect(row.locator(".date div")).to_have_text("tháng 3/2025")
        row.get_by_role("button", name="Sửa thông tin").click()
        page.get_by_role("button", name="Ngày ban hành: lấy lại theo văn bản").click()
        page.get_by_role("button", name="Lưu").click()
        expect(row.locator(".date div")).to_have_text("05/02/2025")
        row.get_by_role("button", name="Gỡ khỏi kho").click()
        page.get_by_role("dialog").get_by_role("button", name="Gỡ khỏi kho").click()
        expect(page.locator(".begin")).to_be_visible()
        page.keyboard.press("Enter")
        expect(row).to_have_count(1)
        expect(page.locator("#said")).to_contain_text("Đã hoàn tác việc: gỡ “")
        assert [document.source for document in real.documents()] == ["hue moi.txt"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280, 1440, 1920])
def test_it_fits_the_window(open_library: OpenLibrary, librarian: FakeLibrarian, width: int, scheme: str) -> None:
    long = replace(
        CAN_THO,
        doc_id="long",
        source="x" * 200 + ".pdf",
        provenance="converted TCVN3",
        facts=replace(CAN_THO.facts, number="12345/HD-BTGTUTW", issuer="Y" * 90, place="z" * 60),
        warnings=(ReadingWarning("no_signature", "w" * 80),),
    )
    librarian.held += [long, replace(long, doc_id="longer", facts=replace(long.facts, number="8" * 60))]
    librarian.tell(
        files=(FileOutcome("v" * 120 + ".txt", "conflict", "t" * 90, "long", "m" * 200),),
        last_change="u" * 120,
        indexing="failed",
        index_message="i" * 120,
    )
    page = open_library(color_scheme=scheme, viewport={"width": width, "height": 800})
    expect(rows(page)).to_have_count(4)
    expect(lines(page)).to_have_count(1)
    assert page.evaluate(FITS)
    expect(page.locator("#holdings thead")).to_be_visible(visible=width > 1247)
    # No part of a number up to the stroke is on two lines, and nothing sticks out of its cell.
    pieces = "[...document.querySelectorAll('.whole')].map(piece => piece.getClientRects().length)"
    assert set(page.evaluate(pieces)) == {1}
    outside = (
        "[...document.querySelectorAll('#holdings td, #holdings th')].filter(e => e.scrollWidth > e.clientWidth + 1)"
    )
    assert page.evaluate(f"{outside}.map(e => e.className)") == []
    page.locator("[data-action=edit]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate(FITS)
    box = page.get_by_role("button", name="Lưu").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 800
    colour = page.locator("main").evaluate("element => getComputedStyle(element).color")
    lightness = sum(int(part) for part in re.findall(r"\d+", colour)[:3])
    assert (lightness > 380) == (scheme == "dark")
