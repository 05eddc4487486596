"""Links to selected words and quotations with their source, in a real browser."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from ingest.parse import read_document
from ingest.reading import readable
from tests.ui.conftest import OpenPage
from tests.ui.fake_engine import CORPUS, DOCUMENTS, IN_8

PLAN = next(CORPUS.glob("phan-rang*.txt"))
PARSED = replace(read_document(PLAN), doc_id="phan-rang-day-du", page_starts=(0, 2_000, 9_000))
EMOJI = replace(
    PARSED, doc_id="bieu-tuong", text="Ngày 🙂 **hội** 🙂 lớn của\n\nmọi người.", sections=(), page_starts=()
)
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
SELECT = """([first, from, last, to]) => {
  const blocks = document.querySelectorAll("main [data-at]");
  const place = (block, offset) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (offset <= walker.currentNode.length) return [walker.currentNode, offset];
      offset -= walker.currentNode.length;
    }
  };
  const start = place(blocks[first], from);
  const end = place(blocks[last], to);
  document.getSelection().setBaseAndExtent(...start, ...end);
  return document.getSelection().toString();
}"""


@pytest.fixture(autouse=True)
def more_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a plan with all its sections, and one with letters outside the basic plane, among the plans."""
    monkeypatch.setattr("tests.ui.fake_engine.DOCUMENTS", [*DOCUMENTS, PARSED, EMOJI])


def select(page: Page, first: int, start: int, last: int, end: int) -> str:
    """Select from a letter of a block to a letter of another; give the words."""
    page.wait_for_function("document.documentElement.classList.contains('enhanced')")
    words: str = page.evaluate(SELECT, [first, start, last, end])
    return words


def clipboard(page: Page) -> str:
    """Give what was copied."""
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def copied(page: Page, button: str, said: str) -> str:
    """Press a button of the selected words, wait for what it says, give what was copied."""
    page.get_by_role("button", name=button).click()
    expect(page.locator(".said")).to_contain_text(said)
    return clipboard(page)


@pytest.mark.parametrize(
    "span", [(0, 0, 0, 10), (3, 5, 3, 60), (6, 2, 9, 25), (14, 0, 14, 7), (20, 11, 31, 40), (40, 1, 41, 3)]
)
def test_a_link_to_selected_words_marks_those_words(
    site: str, open_page: OpenPage, span: tuple[int, int, int, int]
) -> None:
    page = open_page(site, "/van-ban/phan-rang-day-du", **CLIPBOARD)
    words = select(page, *span)
    link = copied(page, "Sao chép liên kết đến đoạn chọn", "Đã chép liên kết.")
    assert link.startswith(f"{site}/van-ban/phan-rang-day-du?tu=")
    page.goto(link)
    expect(page.locator("#doan")).to_be_in_viewport()
    assert " ".join(page.locator("main mark").all_text_contents()).split() == words.split()
    asked = parse_qs(urlsplit(link).query)
    stored = PARSED.text[int(asked["tu"][0]) : int(asked["den"][0])]
    assert readable(stored).text.split() == words.split()


def test_words_selected_over_a_marked_passage_count_the_same(site: str, open_page: OpenPage) -> None:
    page = open_page(site, f"/van-ban/can-tho?tu={IN_8.start}&den={IN_8.end}#doan", **CLIPBOARD)
    row = page.evaluate(
        "[...document.querySelectorAll('main [data-at]')].indexOf(document.querySelector('#doan').closest('[data-at]'))"
    )
    words = select(page, row - 1, 3, row, 60)
    link = copied(page, "Sao chép liên kết đến đoạn chọn", "Đã chép liên kết.")
    page.goto(link)
    assert " ".join(page.locator("main mark").all_text_contents()).split() == words.split()
    assert "Đoạn được trích" not in words


def test_letters_outside_the_basic_plane_are_counted_as_stored(site: str, open_page: OpenPage) -> None:
    page = open_page(site, "/van-ban/bieu-tuong", **CLIPBOARD)
    assert select(page, 0, 5, 0, 20) == "🙂 hội 🙂 lớn c"  # counted in UTF-16, where 🙂 is two
    link = copied(page, "Sao chép liên kết đến đoạn chọn", "Đã chép liên kết.")
    asked = parse_qs(urlsplit(link).query)
    assert EMOJI.text[int(asked["tu"][0]) : int(asked["den"][0])] == "🙂 **hội** 🙂 lớn c"


@pytest.mark.parametrize(
    ("last", "cited"), [("Mục I.1", "Mục I.1, trang 1"), ("Mục I.3", "từ Mục I.1 đến Mục I.3, trang 1–2")]
)
def test_words_are_copied_with_their_source(site: str, open_page: OpenPage, last: str, cited: str) -> None:
    page = open_page(site, "/van-ban/phan-rang-day-du", **CLIPBOARD)
    blocks = page.locator("main [data-at]").all_text_contents()
    locators = page.locator("main [data-at]").evaluate_all("blocks => blocks.map((block) => block.dataset.locator)")
    end = locators.index(last)
    words = select(page, locators.index("Mục I.1"), 0, end, len(blocks[end]))
    text = copied(page, "Chép kèm nguồn", "Đã chép đoạn chọn kèm nguồn.")
    assert words.startswith("1. Tuyên truyền, quán triệt")
    assert text == (
        f"“{' '.join(words.split())}” ({cited}, Kế hoạch số 347-KH/TU ngày 17/12/2024 của Ban Thường vụ Thành ủy)"
    )


def test_the_buttons_come_with_a_selection_and_go_with_it(site: str, open_page: OpenPage) -> None:
    page = open_page(site, "/van-ban/can-tho", viewport={"width": 360, "height": 640})
    page.wait_for_function("document.documentElement.classList.contains('enhanced')")
    buttons = page.get_by_role("toolbar", name="Đoạn đang chọn")
    expect(buttons).to_be_hidden()
    page.locator("main [data-at]").nth(4).evaluate("block => block.scrollIntoView({ block: 'center' })")
    box: Any = page.locator("main [data-at]").nth(4).bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 12)
    expect(buttons).to_be_hidden()
    page.mouse.up()
    expect(buttons).to_be_visible()
    assert page.evaluate(
        "(() => { const r = document.querySelector('.selected').getBoundingClientRect();"
        " return r.left >= 0 && r.right <= innerWidth && r.top >= 0 && r.bottom <= innerHeight; })()"
    )
    page.mouse.click(box["x"] + 100, box["y"] + 14)
    expect(buttons).to_be_hidden()
    page.evaluate("document.getSelection().selectAllChildren(document.querySelector('.facts'))")
    expect(buttons).to_be_hidden()
    page.evaluate("document.getSelection().selectAllChildren(document.body)")
    expect(buttons).to_be_visible()


def test_a_link_is_copied_where_there_is_no_clipboard(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })")
    page.goto(f"{site}/van-ban/can-tho?tu={IN_8.start}&den={IN_8.end}#doan")
    page.get_by_role("button", name="Sao chép liên kết đến đoạn này").click()
    expect(page.locator(".said")).to_have_text("Đã chép liên kết. Liên kết này chỉ mở được trên máy này.")
    box = page.get_by_label("Tìm trong văn bản")
    box.focus()
    page.keyboard.press("Control+V")
    digest = page.locator("main").get_attribute("data-text")
    expect(box).to_have_value(f"{site}/van-ban/can-tho?tu={IN_8.start}&den={IN_8.end}&ban={digest}#doan")


def test_the_section_that_is_read_is_shown_and_the_keyboard_follows(site: str, open_page: OpenPage) -> None:
    page = open_page(site, "/van-ban/phan-rang-day-du", viewport={"width": 1280, "height": 700})
    current = page.locator("nav.outline a[aria-current=location]")
    expect(current).to_have_count(0)
    entries = page.locator("nav.outline a")
    for row in (entries.count() - 1, 2):
        entry = entries.nth(row)
        entry.click()
        target = (entry.get_attribute("href") or "").lstrip("#")
        expect(page.locator(f"#{target}")).to_be_focused()
        expect(current).to_have_count(1)
        expect(current).to_be_in_viewport()
    expect(current).to_have_attribute("href", f"#{target}")
    top, bar = page.evaluate(
        f"[document.getElementById('{target}').getBoundingClientRect().top,"
        " document.querySelector('.bar').getBoundingClientRect().bottom]"
    )
    assert bar <= top < bar + 40


def test_on_paper_stands_the_text_alone_with_the_passage_underlined(site: str, open_page: OpenPage) -> None:
    page = open_page(site, f"/van-ban/can-tho?tu={IN_8.start}&den={IN_8.end}#doan", color_scheme="dark")
    page.emulate_media(media="print")
    for hidden in (".bar", ".site-head", "nav.outline", ".mark-head button", ".plain-text", ".selected"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".facts")).to_be_visible()
    expect(page.locator(".mark-head")).to_have_text("Đoạn được tríchSao chép liên kết đến đoạn này")
    style = page.locator("#doan").evaluate("e => [getComputedStyle(e).textDecorationLine, getComputedStyle(e).color]")
    assert style == ["underline", "rgb(0, 0, 0)"]
