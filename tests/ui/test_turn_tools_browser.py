"""An answer copied, printed and judged in a real browser."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.ui.conftest import OpenPage
from tests.ui.fake_engine import HOPELESS, HOSTILE, SIGNED, WHERE, WHO
from tests.ui.kept import LAN, record, turn, user_name
from ui.citation_text import answer_text, citation_text
from ui.conversations import Conversations
from ui.database import PAGE_FILE, Database
from ui.people import COOKIE

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"


Opened = Callable[..., Page]


@pytest.fixture
def opened(site: str, open_page: OpenPage, tmp_path: Path) -> Opened:
    """Give a function that opens a new conversation, in which these questions were asked, as one person."""
    conversations = Conversations(Database(tmp_path / PAGE_FILE))
    cookie = {"name": COOKIE, "value": LAN, "domain": "127.0.0.1", "path": "/"}

    def opened(*questions: str, **options: Any) -> Page:
        conversation_id = ""
        for question in questions:
            conversation_id = conversations.keep(user_name(LAN), conversation_id, turn(question), None)
        page = open_page(site, f"/?hoi={conversation_id}", storage_state={"cookies": [cookie]}, **options)
        expect(page.locator(".turn-tools")).to_have_count(len(questions))
        return page

    return opened


def ask(page: Page, question: str) -> None:
    """Ask a further question and wait for its answer."""
    before = page.locator(".turn-tools").count()
    page.get_by_label("Câu hỏi").fill(question)
    page.get_by_label("Câu hỏi").press("Enter")
    expect(page.locator(".turn-tools")).to_have_count(before + 1)


def said(page: Page) -> Locator:
    """Give what is said beside a button and read out."""
    return page.locator(".said[role=status]")


def pressed(answer: Locator) -> list[str | None]:
    """Give the state of both verdicts as a screen reader hears it."""
    return [button.get_attribute("aria-pressed") for button in answer.locator(".verdict").all()]


def box(answer: Locator) -> Locator:
    """Give the text box of a comment."""
    return answer.locator(".comment-box textarea")


def test_the_answer_and_a_citation_are_copied(opened: Opened) -> None:
    page = opened(WHERE, **CLIPBOARD)
    answer = page.locator(".turn").last
    answer.get_by_role("button", name="Chép câu trả lời").click()
    expect(said(page)).to_have_text("Đã chép")
    expect(said(page)).to_be_in_viewport()
    assert page.evaluate("navigator.clipboard.readText()") == answer_text(record(WHERE))
    expect(said(page)).to_have_text("", timeout=10_000)
    answer.get_by_role("button", name="Chép trích dẫn").nth(1).click()
    expect(said(page)).to_have_text("Đã chép")
    assert page.evaluate("navigator.clipboard.readText()") == citation_text(record(WHERE).citations[1])


def test_each_answer_copies_its_own_citation(opened: Opened) -> None:
    page = opened(SIGNED, HOPELESS, **CLIPBOARD)
    for place, cited in ((0, record(SIGNED).citations[0]), (1, record(HOPELESS).nearest[0])):
        page.locator(".turn").nth(place).get_by_role("button", name="Chép trích dẫn").click()
        expect(said(page)).to_have_text("Đã chép")
        assert page.evaluate("navigator.clipboard.readText()") == citation_text(cited)
        expect(said(page)).to_have_text("", timeout=10_000)


def test_without_a_clipboard_a_selection_is_copied(opened: Opened) -> None:
    page = opened(WHO)
    answer = page.locator(".turn").last
    page.evaluate(NO_CLIPBOARD)
    button = answer.get_by_role("button", name="Chép trích dẫn").first
    button.click()
    expect(said(page)).to_have_text("Đã chép")
    expect(button).to_be_focused()
    page.get_by_label("Câu hỏi").focus()
    page.keyboard.press("Control+V")
    expect(page.get_by_label("Câu hỏi")).to_have_value(citation_text(record(WHO).citations[0]))


def test_where_nothing_may_be_copied_the_text_is_offered(opened: Opened) -> None:
    page = opened(WHO)
    answer = page.locator(".turn").last
    page.evaluate(f"{NO_CLIPBOARD}; document.execCommand = () => false")
    answer.get_by_role("button", name="Chép câu trả lời").click()
    area = answer.get_by_label("Nhấn Ctrl+C để chép")
    expect(area).to_have_value(answer_text(record(WHO)))
    expect(area).to_be_focused()
    assert area.evaluate("area => area.selectionEnd - area.selectionStart") == len(answer_text(record(WHO)))
    answer.get_by_role("button", name="Đóng").click()
    expect(area).to_have_count(0)


def test_the_word_file_is_saved_under_the_question(opened: Opened) -> None:
    page = opened(WHO)
    answer = page.locator(".turn").last
    with page.expect_download() as download:
        answer.get_by_role("link", name="Tải .docx").click()
    assert download.value.suggested_filename == "ai chịu trách nhiệm đấu tranh thông tin xấu độc.docx"
    content = Path(download.value.path()).read_bytes()
    assert f"Câu hỏi: {WHO}" in [p.text for p in docx.Document(io.BytesIO(content)).paragraphs]


def test_a_wrong_answer_is_reported_with_a_comment_and_taken_back(opened: Opened) -> None:
    page = opened(WHO)
    answer = page.locator(".turn").last
    assert pressed(answer) == ["false", "false"]
    expect(answer.get_by_role("group", name="Câu trả lời này:")).to_be_visible()
    answer.get_by_role("button", name="Chưa đúng").click()
    expect(said(page)).to_have_text("Đã ghi nhận, xin cảm ơn.")
    expect(answer.get_by_label("Sai ở đâu? (không bắt buộc)")).to_be_focused()
    assert pressed(answer) == ["false", "true"]
    page.keyboard.type("Thiếu Công an thành phố")
    answer.get_by_role("button", name="Gửi").click()
    expect(said(page)).to_have_text("Đã gửi góp ý, xin cảm ơn.")
    expect(box(answer)).to_have_count(0)
    expect(answer.get_by_role("button", name="Chưa đúng")).to_be_focused()
    expect(answer.locator(".judged-comment")).to_have_text("Thiếu Công an thành phố")

    page.reload()
    answer = page.locator(".turn").last
    expect(answer.locator(".judged-comment")).to_have_text("Thiếu Công an thành phố")
    expect(answer.locator(".verdict.wrong")).to_have_attribute("aria-pressed", "true")
    answer.get_by_role("button", name="Bỏ góp ý").click()
    expect(said(page)).to_have_text("Đã bỏ góp ý.")
    assert pressed(answer) == ["false", "false"]
    expect(answer.locator(".judged-comment")).to_have_count(0)
    expect(answer.get_by_role("button", name="Bỏ góp ý")).to_have_count(0)


def test_a_comment_need_not_be_written(opened: Opened) -> None:
    page = opened(WHO)
    answer = page.locator(".turn").last
    answer.get_by_role("button", name="Đúng", exact=True).click()
    expect(answer.get_by_label("Nhận xét thêm? (không bắt buộc)")).to_be_focused()
    answer.get_by_role("button", name="Thôi").click()
    expect(box(answer)).to_have_count(0)
    assert pressed(answer) == ["true", "false"]
    answer.get_by_role("button", name="Đúng", exact=True).click()
    expect(box(answer)).to_be_focused()
    page.keyboard.press("Escape")
    expect(box(answer)).to_have_count(0)
    expect(answer.get_by_role("button", name="Đúng", exact=True)).to_be_focused()


def test_a_comment_stays_when_the_verdict_changes(opened: Opened) -> None:
    page = opened(WHO)
    answer = page.locator(".turn").last
    answer.get_by_role("button", name="Chưa đúng").click()
    expect(box(answer)).to_be_focused()
    page.keyboard.type("thiếu trang")
    answer.get_by_role("button", name="Gửi").click()
    expect(answer.locator(".judged-comment")).to_have_text("thiếu trang")
    answer.get_by_role("button", name="Đúng", exact=True).click()
    expect(answer.get_by_label("Nhận xét thêm? (không bắt buộc)")).to_have_value("thiếu trang")
    assert pressed(answer) == ["true", "false"]


def test_all_of_it_works_by_keyboard(opened: Opened) -> None:
    page = opened(WHO)
    answer = page.locator(".turn").last
    answer.get_by_role("button", name="Chép câu trả lời").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(answer.get_by_role("button", name="Chưa đúng")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(answer)).to_be_focused()
    page.keyboard.type("sai mục")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(answer.locator(".judged-comment")).to_have_text("sai mục")


def test_a_new_question_leaves_judgement_and_draft_in_their_place(opened: Opened) -> None:
    page = opened(WHO)
    answer = page.locator(".turn").last
    answer.get_by_role("button", name="Chưa đúng").click()
    expect(box(answer)).to_be_focused()
    page.keyboard.type("đang viết dở")
    ask(page, WHERE)
    first = page.locator(".turn").first
    expect(box(first)).to_have_value("đang viết dở")
    assert pressed(first) == ["false", "true"]
    first.get_by_role("button", name="Gửi").click()
    expect(first.locator(".judged-comment")).to_have_text("đang viết dở")
    assert pressed(page.locator(".turn").last) == ["false", "false"]


def test_a_comment_is_shown_as_text(opened: Opened) -> None:
    page = opened(WHO)
    answer = page.locator(".turn").last
    answer.get_by_role("button", name="Chưa đúng").click()
    box(answer).fill(HOSTILE)
    answer.get_by_role("button", name="Gửi").click()
    expect(answer.locator(".judged-comment")).to_have_text(HOSTILE)
    page.reload()
    expect(page.locator(".judged-comment")).to_have_text(HOSTILE)
    assert page.evaluate("window.hacked") is None
    assert page.locator(".turn img, .turn script").count() == 0


@pytest.fixture
def careless_page(browser: Browser) -> Iterator[Page]:
    """Give a page whose network may fail; the browser logs every failure as an error."""
    context = browser.new_context(**CLIPBOARD)
    yield context.new_page()
    context.close()


def test_failures_are_told_in_vietnamese_and_nothing_is_shown_as_done(site: str, careless_page: Page) -> None:
    page = careless_page
    page.goto(site)
    ask(page, WHO)
    answer = page.locator(".turn").last
    page.route("**/luot/**", lambda route: route.abort())
    answer.get_by_role("button", name="Chưa đúng").click()
    expect(said(page)).to_have_text("Không kết nối được với máy chủ. Xin kiểm tra mạng rồi thử lại.")
    assert pressed(answer) == ["false", "false"]
    expect(box(answer)).to_have_count(0)
    page.unroute("**/luot/**")
    page.route("**/luot/**", lambda route: route.fulfill(status=500, body="Traceback: bí mật"))
    answer.get_by_role("button", name="Chép câu trả lời").click()
    expect(said(page)).to_have_text("Máy chủ gặp trục trặc. Xin thử lại sau ít phút.")
    page.unroute("**/luot/**")
    page.context.clear_cookies()
    answer.get_by_role("button", name="Chép câu trả lời").click()
    expect(said(page)).to_have_text("Xin mở trang hỏi đáp trước, rồi thử lại.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_there_are_questions_answers_and_sources_alone(opened: Opened, scheme: str) -> None:
    page = opened(WHO, color_scheme=scheme)
    answer = page.locator(".turn").last
    answer.get_by_role("button", name="Chưa đúng").click()
    expect(box(answer)).to_be_focused()
    page.emulate_media(media="print")
    for shown in (".question", ".answer-line", ".card .passage", ".source .title", ".source .locator", ".card mark"):
        expect(answer.locator(shown).first).to_be_visible()
    for hidden in (".site-head", "#composer", ".turn-tools", ".copy-citation", ".read", ".comment-box", ".said"):
        for element in page.locator(hidden).all():
            expect(element).to_be_hidden()
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    for words in (".question", ".passage", ".source .title"):
        colour = answer.locator(words).first.evaluate("element => getComputedStyle(element).color")
        assert colour == "rgb(0, 0, 0)"


def test_one_answer_is_printed_alone(opened: Opened) -> None:
    page = opened(WHO, WHERE)
    page.evaluate("window.print = () => { window.wasPrinted = true; }")
    first, last = page.locator(".turn").first, page.locator(".turn").last
    first.get_by_role("button", name="In", exact=True).click()
    assert page.evaluate("window.wasPrinted") is True
    page.emulate_media(media="print")
    expect(first.locator(".question")).to_be_visible()
    expect(last.locator(".question")).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(last.locator(".question")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_tools_fit_a_narrow_window(opened: Opened, scheme: str) -> None:
    page = opened(WHO, viewport={"width": 360, "height": 740}, color_scheme=scheme)
    answer = page.locator(".turn").last
    answer.get_by_role("button", name="Chưa đúng").click()
    expect(box(answer)).to_be_focused()
    expect(answer.get_by_role("button", name="Gửi")).to_be_in_viewport()
    assert page.evaluate(FITS)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1920, "dark")])
def test_the_librarian_reads_what_was_said(
    opened: Opened, site: str, open_page: OpenPage, width: int, scheme: str
) -> None:
    page = opened(HOPELESS, WHO)
    answer = page.locator(".turn").last
    answer.get_by_role("button", name="Chưa đúng").click()
    box(answer).fill(f"thiếu đơn vị {HOSTILE}")
    answer.get_by_role("button", name="Gửi").click()
    expect(box(answer)).to_have_count(0)

    librarian = open_page(site, "/phan-hoi", viewport={"width": width, "height": 800}, color_scheme=scheme)
    expect(librarian.locator(".comment")).to_have_text(f"thiếu đơn vị {HOSTILE}")
    expect(librarian.get_by_role("cell", name=HOPELESS)).to_be_visible()
    assert librarian.evaluate(FITS)
    librarian.get_by_text("Câu trả lời đã hiện").click()
    expect(librarian.locator(".cited li").first).to_contain_text("Ban Chỉ đạo 35 các cấp thành phố […] đấu tranh")
    librarian.get_by_role("link", name="Chưa đúng (1)").click()
    expect(librarian.get_by_role("link", name="Chưa đúng (1)")).to_have_attribute("aria-current", "true")
    with librarian.expect_download() as download:
        librarian.get_by_role("link", name="Tải bảng cho Excel").click()
    assert download.value.suggested_filename == "chua-tra-loi.csv"
    assert librarian.evaluate("window.hacked") is None
