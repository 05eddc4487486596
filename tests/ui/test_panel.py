"""The document beside the answer, in a real browser."""

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, ViewportSize, expect

from ingest.reading import readable
from tests.ui.conftest import OpenPage
from tests.ui.fake_engine import ANSWERS, CUT, HOPELESS, IN_4, IN_8, SIGNED, WHERE, WHO
from ui.pages import message_page

WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}


def ask(page: Page, question: str) -> None:
    """Ask and wait for the citations."""
    turns = page.locator(".turn")
    before = turns.count()
    box = page.get_by_label("Câu hỏi", exact=True)
    box.fill(question)
    box.press("Enter")
    expect(turns).to_have_count(before + 1)
    expect(turns.last.locator("a.read").first).to_be_visible()


def panel(page: Page) -> Locator:
    """Give the panel."""
    return page.locator("#reading")


def document(page: Page) -> FrameLocator:
    """Give the document in the panel."""
    return page.frame_locator("#reading iframe")


def expect_marked(page: Page, stored: str) -> None:
    """Wait for the document with exactly this passage marked and in view."""
    expect(document(page).locator("#doan")).to_be_in_viewport()
    expect(document(page).locator("mark").first).to_have_text(readable(stored).text.split("\n")[0])
    assert "\n".join(document(page).locator("mark").all_text_contents()) == readable(stored).text
    bar = document(page).locator(".bar").bounding_box()
    assert bar is not None
    assert bar["y"] + bar["height"] < top(document(page).locator("#doan"))  # nothing stands over the passage


def left_and_right(locator: Locator) -> tuple[float, float]:
    """Give where an element begins and ends in the window, in pixels."""
    box = locator.bounding_box()
    assert box is not None
    return box["x"], box["x"] + box["width"]


def top(locator: Locator) -> float:
    """Give where an element begins in the window, in pixels."""
    box = locator.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("width", [1100, 1440, 1920])
def test_it_opens_beside_the_conversation_which_stays_where_it_is(site: str, open_page: OpenPage, width: int) -> None:
    page = open_page(site, viewport={"width": width, "height": 800})
    ask(page, WHERE)
    ask(page, WHO)
    link = page.locator(".turn").last.locator("a.read").first
    link.scroll_into_view_if_needed()
    before = top(link)
    link.click()
    expect(panel(page)).to_have_role("complementary")
    expect_marked(page, IN_8.text)
    assert abs(top(link) - before) <= 2
    left, right = left_and_right(panel(page))
    assert (left, right) == (width / 2, width)
    for part in ("#conversation", "#composer", ".site-head"):
        assert left_and_right(page.locator(part))[1] <= left
    expect(page.locator("#reading-title")).to_be_focused()
    expect(page.locator("#reading-title")).to_contain_text("Kế hoạch tuyên truyền một số nội dung")
    assert page.evaluate("document.documentElement.scrollWidth") == width

    ask(page, WHERE)  # the conversation can be used
    expect(panel(page)).to_be_visible()


def test_escape_closes_it_and_the_keyboard_is_back_on_the_link(site: str, open_page: OpenPage) -> None:
    page = open_page(site, viewport=WIDE)
    ask(page, WHO)
    link = page.locator("a.read").nth(1)
    link.focus()
    page.keyboard.press("Enter")
    expect_marked(page, IN_4.text)
    before = top(link)
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(link).to_be_focused()
    assert abs(top(link) - before) <= 2
    expect(page.locator("#reading iframe")).to_have_count(0)
    page.keyboard.press("Enter")
    find = document(page).get_by_label("Tìm trong văn bản")
    find.fill("ban")
    expect(document(page).locator(".found")).not_to_be_empty()
    find.press("Escape")  # empties the box first
    expect(find).to_have_value("")
    expect(panel(page)).to_be_visible()
    find.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(link).to_be_focused()


@pytest.mark.parametrize("question", [WHO, WHERE, SIGNED, CUT, HOPELESS])
def test_every_citation_of_an_answer_is_marked_exactly(site: str, open_page: OpenPage, question: str) -> None:
    page = open_page(site, viewport=WIDE, reduced_motion="reduce")
    ask(page, WHO)
    ask(page, question)
    answer = ANSWERS[question]
    citations = [*answer.citations, *answer.nearest]
    page.locator(".turn").last.locator("a.read").first.click()
    for row, citation in enumerate(citations, 1):
        expect(panel(page).locator(".place")).to_have_text(f"Trích dẫn {row}/{len(citations)}")
        expect(page.locator("a.read[aria-current]")).to_have_count(1)
        expect(page.locator("a.read[aria-current]")).to_be_in_viewport()
        expect_marked(page, citation.passage.text)
        if row < len(citations):
            panel(page).get_by_role("button", name="Trích dẫn sau").click()
    assert page.evaluate("history.length") == 2  # about:blank, the page


def test_from_citation_to_citation_and_no_further(site: str, open_page: OpenPage) -> None:
    page = open_page(site, viewport=WIDE)
    ask(page, WHO)
    page.locator("a.read").first.click()
    earlier = panel(page).get_by_role("button", name="Trích dẫn trước")
    later = panel(page).get_by_role("button", name="Trích dẫn sau")
    expect(earlier).to_have_attribute("aria-disabled", "true")
    later.click()
    expect(later).to_have_attribute("aria-disabled", "true")
    expect(later).to_be_focused()
    expect_marked(page, IN_4.text)
    earlier.click()
    expect_marked(page, IN_8.text)
    later.click()
    panel(page).get_by_role("button", name="Đóng").click()
    expect(page.locator("a.read").nth(1)).to_be_focused()
    expect(page.locator("a.read[aria-current]")).to_have_count(0)


def test_with_a_modifier_the_link_opens_a_tab(site: str, open_page: OpenPage) -> None:
    page = open_page(site, viewport=WIDE)
    ask(page, WHO)
    with page.context.expect_page() as opened:
        page.locator("a.read").first.click(modifiers=["Control"])
    opened.value.wait_for_load_state()
    assert "khung" not in opened.value.url
    expect(panel(page)).to_be_hidden()


def test_on_a_phone_it_covers_the_page_and_back_closes_it(site: str, open_page: OpenPage) -> None:
    page = open_page(site, viewport=PHONE, has_touch=True, is_mobile=True)
    ask(page, WHO)
    address = page.url
    link = page.locator("a.read").first
    link.tap()
    expect(panel(page)).to_have_role("dialog")
    expect_marked(page, IN_8.text)
    assert left_and_right(panel(page)) == (0, 360)
    assert page.evaluate("document.querySelector('gradio-app').inert")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    panel(page).get_by_role("button", name="Trích dẫn sau").tap()
    expect_marked(page, IN_4.text)
    document(page).get_by_text("Mục lục").first.tap()
    document(page).locator("details.outline a").nth(1).tap()
    expect(document(page).locator("#muc-1")).to_be_in_viewport()
    expect(document(page).locator("details.outline ol")).to_be_hidden()
    page.go_back()
    expect(panel(page)).to_be_hidden()
    assert page.url == address
    assert not page.evaluate("document.querySelector('gradio-app').inert")
    expect(page.locator("a.read").nth(1)).to_be_in_viewport()
    link.tap()
    expect_marked(page, IN_8.text)
    panel(page).get_by_role("button", name="Đóng").tap()
    expect(panel(page)).to_be_hidden()
    page.wait_for_function("!history.state?.reading && history.scrollRestoration === 'auto'")
    assert page.url == address
    expect(link).to_be_in_viewport()


def test_the_window_may_become_narrow_and_wide_again(site: str, open_page: OpenPage) -> None:
    page = open_page(site, viewport=WIDE)
    ask(page, WHO)
    page.locator("a.read").first.click()
    expect_marked(page, IN_8.text)
    page.set_viewport_size({"width": 800, "height": 900})
    expect(panel(page)).to_have_role("dialog")
    assert left_and_right(panel(page)) == (0, 800)
    page.set_viewport_size(WIDE)
    expect(panel(page)).to_have_role("complementary")
    assert left_and_right(panel(page)) == (720, 1440)
    assert not page.evaluate("document.querySelector('gradio-app').inert")
    expect(document(page).locator("#doan")).to_be_in_viewport()
    panel(page).get_by_role("button", name="Đóng").click()
    page.wait_for_function("!history.state?.reading")


def test_it_stays_while_the_conversation_goes_on_and_goes_with_it(site: str, open_page: OpenPage) -> None:
    page = open_page(site, viewport=WIDE, reduced_motion="reduce")
    ask(page, WHO)
    page.locator("a.read").nth(1).click()
    expect_marked(page, IN_4.text)
    ask(page, WHERE)
    expect(panel(page).locator(".place")).to_have_text("Trích dẫn 2/2")
    expect(page.locator(".turn").first.locator("a.read").nth(1)).to_have_attribute("aria-current", "true")
    panel(page).get_by_role("button", name="Trích dẫn trước").click()
    expect_marked(page, IN_8.text)
    expect(page.locator("#luot-1 a.read").first).to_be_in_viewport()
    page.get_by_role("button", name="Hỏi đáp mới").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(panel(page)).to_be_hidden()


def test_a_colleague_opens_the_copied_link(site: str, open_page: OpenPage) -> None:
    page = open_page(site, viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    ask(page, WHO)
    page.locator("a.read").nth(1).click()
    expect_marked(page, IN_4.text)
    panel(page).get_by_role("button", name="Sao chép liên kết").click()
    expect(panel(page).locator(".reading-said")).to_have_text(
        "Đã chép liên kết. Liên kết này chỉ mở được trên máy này."
    )
    link = page.evaluate("navigator.clipboard.readText()")
    expect(panel(page).get_by_role("link", name="Mở ở trang riêng")).to_have_attribute("href", link)
    colleague = open_page(site, link.removeprefix(site))
    expect(colleague.locator("#doan")).to_be_in_viewport()
    assert "\n".join(colleague.locator("mark").all_text_contents()) == readable(IN_4.text).text
    expect(colleague.locator(".notice")).to_have_count(0)


def test_over_the_page_a_link_is_copied_without_a_clipboard_too(site: str, open_page: OpenPage) -> None:
    page = open_page(site, viewport=PHONE)
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })")
    page.reload()
    ask(page, WHO)
    page.locator("a.read").first.click()
    expect_marked(page, IN_8.text)
    copy = panel(page).get_by_role("button", name="Sao chép liên kết")
    copy.click()
    expect(panel(page).locator(".reading-said")).to_contain_text("Đã chép liên kết.")
    expect(copy).to_be_focused()
    document(page).get_by_label("Tìm trong văn bản").focus()
    page.keyboard.press("Control+V")
    expect(document(page).get_by_label("Tìm trong văn bản")).to_have_value(
        panel(page).get_by_role("link", name="Mở ở trang riêng").get_attribute("href") or ""
    )


def test_what_cannot_be_shown_is_said_and_leads_back(site: str, open_page: OpenPage) -> None:
    page = open_page(site, viewport=WIDE)
    gone = message_page("Không tìm thấy", "Kho không có văn bản này.")
    page.route("**/van-ban/**", lambda route: route.fulfill(body=gone, content_type="text/html; charset=utf-8"))
    ask(page, WHO)
    page.locator("a.read").first.click()
    expect(page.locator("#reading-title")).to_have_text("Không tìm thấy")
    document(page).get_by_role("link", name="Về trang hỏi đáp").click()
    expect(panel(page)).to_be_hidden()
    expect(page.locator("a.read").first).to_be_focused()
