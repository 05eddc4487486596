"""The view of documents in a real browser; no page may log an error or ask another host."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from ingest.types import Document, ReadingWarning
from tests.ui.conftest import OpenPage, serving
from tests.ui.fake_engine import CAN_THO, DOCUMENTS, HOSTILE, PHAN_RANG, FakeEngine
from ui.engine import Engine, EngineUnavailableError, LateEngine
from ui.server import create_app

FITS = "document.documentElement.scrollWidth <= window.innerWidth"
FILE = '<script>window.hacked = 3</script>"><img src=x onerror="window.hacked = 4">.pdf'
HOSTILE_SCAN = replace(
    PHAN_RANG,
    doc_id="scan",
    source=FILE,
    provenance="OCR 0.93",
    page_starts=(0, 900),
    confidences=(0.95, 0.91),
    facts=replace(PHAN_RANG.facts, title=HOSTILE, short_title="", place="Đà Nẵng"),
    warnings=(ReadingWarning("repeated_label", "<b>II</b>"),),
    notes=(HOSTILE, "x" * 300),
)


def open_library(page: Page) -> None:
    """Go from the questions to the documents."""
    page.get_by_role("tab", name="Kho văn bản").click()
    expect(page.locator("#holdings .busy")).to_have_count(0)


@pytest.fixture
def hostile_site(engine: FakeEngine, site: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a site that also holds a scan which attacks the page."""
    held = [*DOCUMENTS, HOSTILE_SCAN]
    monkeypatch.setattr(engine, "documents", lambda: held)
    monkeypatch.setattr(engine, "document", lambda doc_id: next((d for d in held if d.doc_id == doc_id), None))
    return site


def test_documents_are_listed_filtered_and_opened(hostile_site: str, open_page: OpenPage) -> None:
    page = open_page(hostile_site)
    open_library(page)
    rows = page.locator("#holdings tbody tr")
    expect(rows).to_have_count(3)
    expect(page.locator("#holdings .badge.ocr")).to_have_text("OCR 93\N{NO-BREAK SPACE}%")
    box = page.get_by_label("Lọc văn bản")
    box.press_sequentially("da nang")
    expect(rows).to_have_count(1)
    box.fill("Cần Thơ 347")
    expect(rows).to_have_count(0)
    expect(page.locator("#holdings .count")).to_contain_text("Không có văn bản nào khớp")
    box.fill("can tho")
    expect(rows).to_have_count(1)
    with page.expect_popup() as popup:
        rows.get_by_role("link", name=CAN_THO.facts.title).click()
    expect(popup.value.locator(".reader h1")).to_have_text(CAN_THO.facts.title)
    assert popup.value.url == f"{hostile_site}/van-ban/can-tho"
    assert popup.value.evaluate("window.opener") is None


def test_script_in_titles_files_and_notes_is_shown_as_text(hostile_site: str, open_page: OpenPage) -> None:
    page = open_page(hostile_site)
    open_library(page)
    row = page.locator("#holdings tbody tr").last
    expect(row.locator("td.title a")).to_have_text(HOSTILE)
    expect(row.locator(".file")).to_have_text(FILE)
    expect(row.locator("li").first).to_have_text("Số mục bị lặp: <b>II</b>")
    expect(row.locator("li").nth(1)).to_have_text(HOSTILE)
    assert page.locator("#holdings :is(img, script, b)").count() == 0
    page.goto(f"{hostile_site}/van-ban/scan?tu=950&den=990#doan")
    expect(page.locator(".marked-page")).to_have_text("Trang 2")
    expect(page.locator("h1")).to_have_text(HOSTILE)
    assert page.evaluate("window.hacked") is None


def test_the_conversation_is_still_there_after_a_look_at_the_documents(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    page.locator("#examples button").first.click()
    expect(page.locator(".turn .card")).to_have_count(2)
    open_library(page)
    expect(page.locator(".turn")).not_to_be_visible()
    page.get_by_role("tab", name="Hỏi đáp").click()
    expect(page.locator(".turn .card").first).to_be_visible()


def test_the_table_is_that_of_the_index_when_it_appears(open_page: OpenPage) -> None:
    held: list[list[Document]] = []

    def open_engine() -> Engine:
        if not held:
            raise EngineUnavailableError("Chưa có chỉ mục. Người quản lý kho chạy: python -m index build")
        return FakeEngine()

    with serving(create_app(LateEngine(open_engine))) as address:
        page = open_page(address)
        open_library(page)
        expect(page.locator("#holdings")).to_contain_text("python -m index build")
        held.append(DOCUMENTS)
        page.get_by_role("button", name="Thử lại").click()
        expect(page.locator("#holdings tbody tr")).to_have_count(2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200, 1260])
def test_it_fits_the_window(hostile_site: str, open_page: OpenPage, scheme: str, width: int) -> None:
    page = open_page(hostile_site, color_scheme=scheme, viewport={"width": width, "height": 740})
    open_library(page)
    expect(page.locator("#holdings tbody tr")).to_have_count(3)
    assert page.evaluate(FITS)
    expect(page.locator("#holdings thead")).to_be_visible(visible=width > 1247)
    narrowest = "Math.min(...[...document.querySelectorAll('#holdings td.issuer')].map(td => td.clientWidth))"
    assert page.evaluate(narrowest) > 90 or width < 1248
    colour = page.locator("#holdings .holdings").evaluate("element => getComputedStyle(element).color")
    lightness = sum(int(part) for part in re.findall(r"\d+", colour)[:3])
    assert (lightness > 380) == (scheme == "dark")
