"""Finding words in a document, in a real browser."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import OpenPage
from tests.ui.fake_engine import CAN_THO, DOCUMENTS

TEXT = """KẾ HOẠCH
Tuyên truyền về bàn giao

Ban Tuyên giáo báo cáo tại hội nghị. Bản tin “Đổi mới” đăng ngày 5/3.

Đảng bộ, chính quyền; doi moi không dấu; hoà bình, hòa bình.
"""
SHORT = replace(CAN_THO, doc_id="ngan", text=TEXT, sections=())
FOUND = "Array.from(CSS.highlights.get('{}') ?? [], (range) => range.toString())"


@pytest.fixture(autouse=True)
def short_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a document among the plans in which every match can be counted by hand."""
    monkeypatch.setattr("tests.ui.fake_engine.DOCUMENTS", [*DOCUMENTS, SHORT])


def find(page: Page, words: str) -> None:
    """Type words into the empty box and wait for what it says of them."""
    page.wait_for_function("document.documentElement.classList.contains('enhanced')")
    page.get_by_label("Tìm trong văn bản").fill(words)
    expect(page.locator(".found")).not_to_be_empty()


def highlighted(page: Page, name: str = "found") -> list[str]:
    """Give the words that are marked."""
    found: list[str] = page.evaluate(FOUND.format(name))
    return found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ban", ["bàn", "Ban", "Bản"]),
        ("BAN", ["bàn", "Ban", "Bản"]),
        ("bản", ["Bản"]),
        ("bàn", ["bàn"]),
        ("ba\u0300n", ["bàn"]),  # decomposed
        ("doi moi", ["Đổi mới", "doi moi"]),
        ("đổi mới", ["Đổi mới"]),
        ("đổi moi", ["Đổi mới"]),
        ("dang", ["đăng", "Đảng"]),
        ("đang", []),
        ("hoa binh", ["hoà bình", "hòa bình"]),
        ("hoà", ["hoà", "hòa"]),
        ("hòa", ["hoà", "hòa"]),
        ('"Đổi  mới"', ["“Đổi mới”"]),
        ("tuyên  truyền", ["Tuyên truyền"]),
        ("ke hoach tuyen", ["KẾ HOẠCHTuyên"]),  # over the end of a line
        ("5/3.", ["5/3."]),
        (".*", []),
    ],
)
def test_words_are_found_with_and_without_marks(
    site: str, open_page: OpenPage, words: str, expected: list[str]
) -> None:
    page = open_page(site, "/van-ban/ngan")
    before = page.locator("main").inner_html()
    find(page, words)
    assert highlighted(page) == expected
    status = page.locator(".found")
    if expected:
        expect(status).to_have_text(f"1/{len(expected)}")
    else:
        expect(status).to_have_text(f"Không thấy “{words}” trong văn bản này")
    assert page.locator("main").inner_html() == before


def test_from_match_to_match_and_away(site: str, open_page: OpenPage) -> None:
    page = open_page(site, "/van-ban/ngan")
    box, status = page.get_by_label("Tìm trong văn bản"), page.locator(".found")
    page.wait_for_function("document.documentElement.classList.contains('enhanced')")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("ban")
    expect(status).to_have_text("1/3")
    for key, place, words in [("Enter", "2/3", "Ban"), ("Enter", "3/3", "Bản"), ("Enter", "1/3", "bàn")]:
        page.keyboard.press(key)
        expect(status).to_have_text(place)
        assert highlighted(page, "found-current") == [words]
    page.keyboard.press("Shift+Enter")
    expect(status).to_have_text("3/3")
    page.get_by_role("button", name="Chỗ khớp trước").click()
    expect(status).to_have_text("2/3")
    page.get_by_role("button", name="Chỗ khớp sau").click()
    expect(status).to_have_text("3/3")
    box.press("Escape")
    expect(box).to_have_value("")
    expect(status).to_have_text("")
    assert highlighted(page) == highlighted(page, "found-current") == []
    expect(page.get_by_role("button", name="Chỗ khớp sau")).to_be_disabled()
    box.fill("5")
    box.press("/")
    expect(box).to_have_value("5/")


def test_a_match_is_brought_below_what_stays_at_the_top(site: str, open_page: OpenPage) -> None:
    page = open_page(site, "/van-ban/can-tho", viewport={"width": 360, "height": 640})
    find(page, "nhay cam")
    for _ in range(3):
        page.keyboard.press("Enter")
        top, bottom, bar = page.evaluate(
            "(() => { const r = [...CSS.highlights.get('found-current')][0].getBoundingClientRect();"
            " return [r.top, r.bottom, document.querySelector('.bar').getBoundingClientRect().bottom]; })()"
        )
        assert bar <= top < bottom <= 640


def test_finding_begins_where_one_reads_and_starts_over_at_the_end(site: str, open_page: OpenPage) -> None:
    page = open_page(site, "/van-ban/can-tho#muc-2")
    before, after = CAN_THO.text.lower().split("v- tổ chức thực hiện")
    count = before.count("tuyên truyền")
    total = count + after.count("tuyên truyền")
    assert (count, total) == (23, 35)
    expect(page.locator("#muc-2")).to_be_in_viewport()
    find(page, "tuyên truyền")
    expect(page.locator(".found")).to_have_text("24/35")
    page.get_by_label("Tìm trong văn bản").press("Escape")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    find(page, "tuyên truyền")
    expect(page.locator(".found")).to_have_text("1/35")


def test_a_browser_without_highlights_selects_the_match(site: str, open_page: OpenPage) -> None:
    page = open_page(site, "/van-ban/ngan")
    page.add_init_script("Object.defineProperty(CSS, 'highlights', { value: undefined })")
    page.reload()
    find(page, "bản")
    expect(page.locator(".found")).to_have_text("1/1")
    assert page.evaluate("document.getSelection().toString()") == "Bản"


def test_hostile_words_are_said_back_as_text(site: str, open_page: OpenPage) -> None:
    page = open_page(site, "/van-ban/ngan")
    find(page, "<img src=x onerror=alert(1)>" + "x" * 200)
    expect(page.locator(".found")).to_have_text(
        "Không thấy “<img src=x onerror=alert(1)>xxxxxxxxxxxx…” trong văn bản này"
    )
    assert page.locator(".found img").count() == 0


def test_the_text_can_be_read_without_a_script(site: str, open_page: OpenPage) -> None:
    page = open_page(site, "/van-ban/can-tho?tu=10&den=200#doan", java_script_enabled=False)
    expect(page.locator("#doan")).to_be_in_viewport()
    expect(page.get_by_label("Tìm trong văn bản")).to_be_hidden()
    expect(page.locator(".mark-head button")).to_be_hidden()
    expect(page.locator(".selected")).to_be_hidden()
    page.locator("nav.outline").get_by_text("TỔ CHỨC THỰC HIỆN").click()
    expect(page.locator("#muc-2")).to_be_in_viewport()
