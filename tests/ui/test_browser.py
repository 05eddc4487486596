"""The page in a real browser, as a person uses it; no page may log an error or ask another host."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ingest.reading import readable
from ingest.types import Passage
from tests.ui.conftest import OpenPage, serving
from tests.ui.fake_engine import (
    ACROSS_A_CUT,
    CUT,
    EXAMPLE,
    HOPELESS,
    HOSTILE,
    IN_8,
    SIGNATURE,
    SIGNED,
    TROUBLE,
    UNIT_35,
    WHERE,
    WHO,
    FakeEngine,
)
from ui.database import PAGE_FILE
from ui.engine import Engine, EngineUnavailableError, LateEngine
from ui.server import create_app

FITS = "document.documentElement.scrollWidth <= window.innerWidth"


def ask(page: Page, question: str) -> None:
    """Type a question, press Enter, wait for the reply."""
    turns = page.locator(".turn")
    before = turns.count()
    box = page.get_by_label("Câu hỏi")
    box.fill(question)
    box.press("Enter")
    expect(turns).to_have_count(before + 1)
    expect(page.locator(".busy")).to_have_count(0)


def last(page: Page, selector: str) -> list[str]:
    """Give the texts of what the newest turn shows."""
    return page.locator(".turn").last.locator(selector).all_text_contents()


def follow_first_link(page: Page) -> Page:
    """Open the document of the newest turn's first card on a page of its own."""
    with page.context.expect_page() as opened:
        page.locator(".turn").last.get_by_text("Đọc trong văn bản").first.click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_load_state()
    return opened.value


@pytest.mark.parametrize(
    ("question", "passage", "marks"),
    [
        (WHO, IN_8, [UNIT_35, "đấu tranh, ngăn chặn, xử lý thông tin xấu độc"]),
        (SIGNED, SIGNATURE, ["PHÓ BÍ THƯ\nBùi Văn Phú"]),
        (CUT, ACROSS_A_CUT, []),
    ],
)
def test_from_question_to_source(
    site: str, open_page: OpenPage, question: str, passage: Passage, marks: list[str]
) -> None:
    page = open_page(site)
    expect(page.get_by_label("Câu hỏi")).to_be_focused()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .card").first).to_be_visible()
    expect(page.get_by_label("Câu hỏi")).to_have_value("")
    shown = readable(passage.text).text
    assert last(page, ".passage")[0] == shown
    assert last(page, "mark") == marks

    reader = follow_first_link(page)
    mark = reader.locator("#doan")
    expect(mark).to_be_in_viewport()
    assert "\n".join(reader.locator("mark").all_text_contents()) == shown
    assert reader.url.startswith(site)
    assert reader.evaluate("window.opener") is None


def test_enter_brings_the_new_question_to_the_top_and_keeps_the_keyboard(site: str, open_page: OpenPage) -> None:
    page = open_page(site, reduced_motion="reduce")
    ask(page, WHO)
    ask(page, WHERE)
    top = "Math.round(document.querySelector('#luot-2').getBoundingClientRect().top)"
    page.wait_for_function(f"{top} >= 0 && {top} <= 40")
    expect(page.get_by_label("Câu hỏi")).to_be_focused()
    expect(page.get_by_label("Câu hỏi")).to_be_in_viewport()


def test_an_example_is_asked_with_a_click_and_a_new_conversation_starts(
    site: str, open_page: OpenPage, engine: FakeEngine
) -> None:
    page = open_page(site)
    expect(page.locator("#examples button")).to_have_text([EXAMPLE])
    engine.asked.clear()
    page.get_by_role("button", name=EXAMPLE).click()
    expect(page.locator(".turn .card")).to_have_count(1)
    expect(page.locator("#examples button")).to_be_hidden()
    page.get_by_role("button", name="Hỏi đáp mới").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("button", name=EXAMPLE)).to_be_visible()
    ask(page, WHERE)
    assert [question for question, _ in engine.asked] == [EXAMPLE, WHERE]


def test_script_in_a_question_is_shown_as_text(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    ask(page, HOSTILE)
    assert last(page, ".question") == [HOSTILE]
    assert page.evaluate("window.hacked") is None
    assert page.locator(".turn img, .turn script").count() == 0


def test_two_people_do_not_see_each_other(site: str, open_page: OpenPage) -> None:
    one, two = open_page(site), open_page(site)
    ask(one, WHO)
    ask(two, WHERE)
    ask(one, SIGNED)
    assert one.locator(".question").all_text_contents() == [WHO, SIGNED]
    assert two.locator(".question").all_text_contents() == [WHERE]
    expect(open_page(site).locator(".empty")).to_be_visible()


def test_refusals_troubles_and_what_is_typed(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    ask(page, HOPELESS)
    assert last(page, ".reason") == ["Không có đoạn nào trong 2 văn bản nói về điều này."]
    assert last(page, ".nearest h3") == ["Có thể liên quan (không phải câu trả lời)"]
    assert page.locator(".turn .reply > .card").count() == 0
    ask(page, TROUBLE)
    assert "Máy chủ gặp trục trặc" in last(page, ".notice")[0]
    assert "bí mật" not in page.content()
    expect(page.get_by_label("Câu hỏi")).to_have_value(TROUBLE)
    long = "đấu tranh " * 1_000
    ask(page, long)
    assert "Câu hỏi phải có từ 1 đến 1.000 ký tự." in last(page, ".notice")[0]
    expect(page.get_by_label("Câu hỏi")).to_have_value(long)


def test_an_empty_box_is_no_question_and_what_is_sent_meanwhile_is_answered(
    site: str, open_page: OpenPage, engine: FakeEngine
) -> None:
    page = open_page(site)
    expect(page.locator("#examples button")).to_have_count(1)
    engine.asked.clear()
    box = page.get_by_label("Câu hỏi")
    box.fill("  ")
    box.press("Enter")
    box.fill(WHO)
    box.press("Enter")
    box.press("Enter")
    expect(page.locator(".turn")).to_have_count(1)
    box.fill(WHERE)
    box.press("Enter")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".busy")).to_have_count(0)
    assert [question for question, _ in engine.asked] == [WHO, WHERE]


def test_filters_are_sent_and_said(site: str, open_page: OpenPage, engine: FakeEngine) -> None:
    page = open_page(site)
    page.get_by_role("button", name="Phạm vi: toàn bộ kho").click()
    for label, choice in [("Địa phương", "Cần Thơ"), ("Loại mục", "Người ký")]:
        page.get_by_label(label).click()
        page.get_by_role("option", name=choice).click()
        page.keyboard.press("Escape")
    expect(page.get_by_text("Phạm vi: Cần Thơ · Người ký")).to_be_visible()
    ask(page, WHERE)
    options = engine.asked[-1][1]
    assert (options.documents, options.places, options.kinds) == ((), ("Cần Thơ",), ("signature",))
    page.get_by_role("button", name="Tìm trong toàn bộ kho").click()
    expect(page.get_by_text("Phạm vi: toàn bộ kho")).to_be_visible()
    ask(page, WHO)
    assert engine.asked[-1][1].places == ()


def test_a_missing_index_is_said_and_found_when_it_appears(open_page: OpenPage, tmp_path: Path) -> None:
    there: list[bool] = []

    def open_engine() -> Engine:
        if not there:
            raise EngineUnavailableError("Chưa có chỉ mục. Người quản lý kho chạy: python -m index build")
        return FakeEngine()

    with serving(create_app(LateEngine(open_engine), database=tmp_path / PAGE_FILE)) as address:
        page = open_page(address)
        notice = page.locator("#library-notice")
        expect(notice).to_contain_text("python -m index build")
        ask(page, WHO)
        assert "python -m index build" in last(page, ".notice")[0]
        there.append(True)
        page.get_by_role("button", name="Thử lại").click()
        expect(notice).to_have_count(0)
        ask(page, WHO)
        assert len(last(page, ".card")) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_it_fits_the_window(site: str, open_page: OpenPage, scheme: str, width: int) -> None:
    viewport = {"width": width, "height": 740}
    page = open_page(site, color_scheme=scheme, viewport=viewport)
    expect(page.locator(".empty")).to_be_visible()
    assert page.evaluate(FITS)
    ask(page, WHO)
    ask(page, "x" * 900)
    assert page.evaluate(FITS)
    page.goto(f"{site}/van-ban/can-tho?tu={IN_8.start}&den={IN_8.end}#doan")
    assert page.evaluate(FITS)
    expect(page.locator("#doan")).to_be_in_viewport()
    expect(page.locator("nav.outline")).to_be_visible(visible=width > 1000)
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    lightness = sum(int(part) for part in re.findall(r"\d+", background)[:3])
    assert (lightness > 380) == (scheme == "light")
