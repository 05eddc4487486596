"""A day in an office, in a real browser over the real program: a document is added, asked about, corrected, removed."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Page, expect

from index.__main__ import main as index
from index.opening import IndexOpener
from ingest.reading import one_line
from tests.plans import HUE
from tests.ui.conftest import OpenPage, serving
from tests.ui.test_browser import ask, last
from tests.word_files import plan_as_docx
from ui.database import PAGE_FILE
from ui.engine import LateEngine
from ui.librarian import Librarian
from ui.server import create_app

QUESTION = "ai tổ chức chương trình văn nghệ tại Nhà hát Sông Hương?"
UNIT = "Sở Văn hóa và Thể thao"
PATIENCE_S = 120  # for another process to build an index


@pytest.fixture
def office(tmp_path: Path, corpus_data: Path, tiny_model: Path) -> Iterator[str]:
    """Give the address of the program over the five plans, with a small model."""
    data = Path(copytree(corpus_data, tmp_path / "dữ liệu"))
    assert index(["build", "--data", str(data), "--model", str(tiny_model)]) == 0
    opener = IndexOpener(data)
    engine = LateEngine(opener.open, opener.version)
    with (
        closing(Librarian(data)) as librarian,
        serving(create_app(engine, database=data / PAGE_FILE, librarian=librarian)) as address,
    ):
        yield address


def ask_until(page: Page, address: str, *, found: bool) -> None:
    """Ask the question anew until the index that answers has the document, or no longer has it."""
    deadline = time.monotonic() + PATIENCE_S
    page.goto(address)
    ask(page, QUESTION)
    while (UNIT in "".join(last(page, ".answer-line"))) != found:
        assert time.monotonic() < deadline
        page.get_by_role("button", name="Hỏi đáp mới").click()
        expect(page.locator(".turn")).to_have_count(0)
        ask(page, QUESTION)


def test_a_document_from_its_file_to_a_judged_answer_and_out_again(
    office: str, open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page(office)
    ask(page, QUESTION)
    assert UNIT not in "".join(last(page, ".answer-line"))

    page.get_by_role("link", name="Kho văn bản").click()
    plan_as_docx(HUE, tmp_path / "kế hoạch Huế.docx")
    page.locator("#files").set_input_files(tmp_path / "kế hoạch Huế.docx")
    row = page.locator("tbody tr").filter(has_text="112-KH/BTGTU")
    expect(row.get_by_role("link")).to_be_visible(timeout=1_000 * PATIENCE_S)

    ask_until(page, office, found=True)
    page.locator("#conversation a.read").first.click()
    reader = page.frame_locator("iframe")
    expect(reader.locator("#doan")).to_be_in_viewport()
    marked = " ".join(reader.locator("mark").all_text_contents())
    assert one_line(marked) == one_line(last(page, ".passage")[0])
    page.get_by_role("button", name="Đóng").click()
    page.get_by_role("button", name="Đúng", exact=True).click()
    expect(page.get_by_role("button", name="Bỏ góp ý")).to_be_visible()

    page.get_by_role("link", name="Góp ý").click()
    expect(page.get_by_role("main")).to_contain_text(QUESTION)

    page.get_by_role("link", name="Kho văn bản").click()
    row.get_by_role("button", name="Sửa thông tin").click()
    page.get_by_role("dialog").get_by_label("Địa phương", exact=True).fill("Thừa Thiên Huế")
    page.get_by_role("dialog").get_by_role("button", name="Lưu").click()
    expect(row).to_contain_text("Thừa Thiên Huế")

    row.get_by_role("button", name="Gỡ khỏi kho").click()
    page.get_by_role("dialog").get_by_role("button", name="Gỡ khỏi kho").click()
    expect(row).to_have_count(0)
    ask_until(page, office, found=False)

    page.get_by_role("link", name="Kho văn bản").click()
    page.get_by_role("button", name="Hoàn tác").first.click()
    expect(row).to_contain_text("Thừa Thiên Huế", timeout=1_000 * PATIENCE_S)
    ask_until(page, office, found=True)
    expect(page.locator(".turn .locator").first).to_have_text("Mục II.1")
