"""Kept conversations in a real browser: what is taken over, and what is found again."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import OpenPage, serving
from tests.ui.fake_engine import FOLLOWING, HOSTILE, SIGNED, SUBJECT, WHERE, WHO, FakeEngine
from tests.ui.test_browser import ask, last
from ui.database import PAGE_FILE
from ui.server import create_app

FITS = "document.documentElement.scrollWidth <= window.innerWidth"


def questions(page: Page) -> list[str]:
    """Give the questions of the conversation on the page."""
    return page.locator(".question").all_text_contents()


def open_list(page: Page) -> Page:
    """Open the list of conversations and wait for it."""
    page.get_by_role("button", name="Các cuộc hỏi đáp").click()
    expect(page.locator("#conversations .status")).not_to_have_text("Đang mở…")
    return page


def test_a_follow_up_says_what_it_takes_over_until_that_is_dropped(
    site: str, open_page: OpenPage, engine: FakeEngine
) -> None:
    page = open_page(site)
    expect(page.locator("#subject-row")).to_be_hidden()
    ask(page, WHO)
    expect(page.locator("#subject")).to_have_text(f"Đang hỏi về: {SUBJECT}")
    ask(page, FOLLOWING)
    assert engine.asked[-1][0] == WHO
    assert last(page, ".about") == [f"Hỏi tiếp câu: {WHO}"]
    assert last(page, ".understood em") == [WHO]
    page.locator("#subject-row").get_by_role("button", name="Bỏ").click()
    expect(page.locator("#subject-row")).to_be_hidden()
    ask(page, FOLLOWING)
    assert engine.asked[-1][0] == FOLLOWING
    assert last(page, ".about") == []


def test_a_repaired_question_can_be_asked_exactly_as_typed(site: str, open_page: OpenPage, engine: FakeEngine) -> None:
    page = open_page(site)
    ask(page, SIGNED)
    page.get_by_role("button", name="Tìm đúng như đã gõ").click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".busy")).to_have_count(0)
    question, options = engine.asked[-1]
    assert (question, options.as_typed) == (SIGNED, True)
    assert last(page, ".reason") == ["Không tìm thấy."]
    expect(page.get_by_role("button", name="Tìm đúng như đã gõ")).to_have_count(0)


def test_a_conversation_outlives_reloading_and_a_restart(open_page: OpenPage, tmp_path: Path) -> None:
    database = tmp_path / PAGE_FILE
    with serving(create_app(FakeEngine(), database=database)) as address:
        page = open_page(address)
        ask(page, WHO)
        expect(page).to_have_url(f"{address}/?hoi={page.locator('.turns').get_attribute('id')[4:]}")  # type: ignore[index]
        ask(page, WHERE)
        page.reload()
        expect(page.locator(".turn")).to_have_count(2)
        path = page.url.removeprefix(address)
        cookies = page.context.cookies()
    with serving(create_app(FakeEngine(), database=database)) as address:
        context = page.context.browser.new_context()  # type: ignore[union-attr]
        context.add_cookies([{"name": c["name"], "value": c["value"], "url": address} for c in cookies])
        later = context.new_page()
        later.goto(address + path)
        expect(later.locator(".turn")).to_have_count(2)
        ask(later, SIGNED)
        assert questions(later) == [WHO, WHERE, SIGNED]
        context.close()


def test_a_conversation_of_somebody_else_is_not_opened(site: str, open_page: OpenPage) -> None:
    one = open_page(site)
    ask(one, WHO)
    two = open_page(site, one.url.removeprefix(site))
    expect(two.locator(".notice")).to_contain_text("Không mở được cuộc hỏi đáp này")
    expect(two.locator(".turn")).to_have_count(0)
    ask(two, WHERE)
    assert questions(two) == [WHERE]
    assert two.url != one.url
    one.reload()
    expect(one.locator(".turn")).to_have_count(1)
    assert questions(one) == [WHO]


def test_conversations_are_listed_searched_opened(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    ask(page, WHO)
    ask(page, SIGNED)
    page.get_by_role("button", name="Hỏi đáp mới").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page).to_have_url(f"{site}/")
    ask(page, WHERE)
    open_list(page)
    names = page.locator("#conversations li > a")
    expect(names).to_have_text([WHERE, WHO])
    expect(page.locator("#conversations .status")).to_have_text("2 cuộc hỏi đáp")
    expect(page.locator("#conversations .details").last).to_contain_text("2 câu hỏi")
    box = page.get_by_label("Tìm trong các cuộc hỏi đáp")
    box.fill("ke hoach PHAN RANG")
    expect(names).to_have_text([WHO])
    box.fill("bánh xèo")
    expect(page.locator("#conversations .status")).to_have_text("Không có cuộc hỏi đáp nào khớp. Thử ít chữ hơn.")
    box.fill("")
    expect(names).to_have_count(2)
    names.last.click()
    expect(page.locator(".turn")).to_have_count(2)
    assert questions(page) == [WHO, SIGNED]


def test_conversations_are_named_deleted_and_brought_back(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    ask(page, HOSTILE)
    open_list(page)
    page.get_by_role("button", name=f"Đổi tên: {HOSTILE}").click()
    page.keyboard.type("Báo cáo <b>quý</b> IV")
    page.keyboard.press("Enter")
    names = page.locator("#conversations li > a")
    expect(names).to_have_text(["Báo cáo <b>quý</b> IV"])
    page.get_by_role("button", name="Xóa: Báo cáo").click()
    expect(page.locator("#conversations li")).to_contain_text("Đã xóa “Báo cáo <b>quý</b> IV”.")
    expect(page.locator(".turn")).to_have_count(0)
    page.get_by_role("button", name="Hoàn tác xóa").click()
    expect(names).to_have_text(["Báo cáo <b>quý</b> IV"])
    page.keyboard.press("Escape")
    expect(page.locator("#conversations")).not_to_be_visible()
    open_list(page)
    expect(names).to_have_text(["Báo cáo <b>quý</b> IV"])
    page.get_by_role("button", name="Xóa: Báo cáo").click()
    page.get_by_role("button", name="Đóng").click()
    open_list(page)
    expect(page.locator("#conversations .status")).to_have_text(
        "Chưa có cuộc hỏi đáp nào được lưu trên trình duyệt này."
    )
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1920])
def test_the_list_fits_the_window(site: str, open_page: OpenPage, scheme: str, width: int) -> None:
    page = open_page(site, color_scheme=scheme, viewport={"width": width, "height": 740})
    ask(page, "y" * 400)
    open_list(page)
    expect(page.locator("#conversations li")).to_have_count(1)
    assert page.evaluate(FITS)
    assert page.evaluate("(d => d.scrollWidth <= d.clientWidth)(document.querySelector('#conversations'))")
