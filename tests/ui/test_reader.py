"""The document page: marks, outline, facts, and hostile documents."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from ingest.parse import read_document
from ingest.passages import split_passages
from ingest.reading import readable
from ingest.types import Document, DocumentFacts, Passage, Section
from tests.ui.fake_engine import (
    ACROSS_A_CUT,
    CAN_THO,
    CORPUS,
    DOCUMENTS,
    IN_4,
    IN_8,
    PANO,
    PHAN_RANG,
    SIGNATURE,
)
from ui.document_text import locator_at
from ui.document_version import BAD_SPAN, Address, requested_span
from ui.reader import document_page

TAG = re.compile(r"<[^>]+>")
SCRIPT = '<script type="module" src="/tai-nguyen/reader.js"></script>'
MAIN = re.compile(r'<main class="document"[^>]*>')
BLOCK = re.compile(r'<(h[2-4]|p)[^>]*? data-at="([^"]*)"(?: data-locator="([^"]*)")?>(.*?)</\1>')


def page_of(passage: Passage) -> str:
    """Give the page that a card leads to."""
    document = next(d for d in DOCUMENTS if d.doc_id == passage.doc_id)
    return at(document, passage.start, passage.end)


def at(document: Document, start: object, end: object) -> str:
    """Give the page with a span marked, as an address asks for it."""
    return document_page(document, Address(None if start is None else str(start), None if end is None else str(end)))


def marks(html: str) -> str:
    """Give the marked text, with a line break between blocks."""
    return unescape(TAG.sub("", "\n".join(re.findall(r"<mark[^>]*>(.*?)</mark>", html))))


@pytest.mark.parametrize("passage", [IN_8, IN_4, SIGNATURE, ACROSS_A_CUT, *PANO])
def test_the_marked_text_is_the_passage_as_the_card_shows_it(passage: Passage) -> None:
    html = page_of(passage)
    assert marks(html) == readable(passage.text).text
    assert html.count('<mark id="doan">') == 1
    assert BAD_SPAN not in html


@pytest.mark.parametrize("plan", sorted(CORPUS.glob("*.txt")), ids=lambda plan: plan.stem[:12])
def test_every_passage_of_every_plan_is_marked_exactly(plan: Path) -> None:
    document = read_document(plan)
    passages = split_passages(document)
    assert len(passages) > 20
    for passage in passages:
        html = at(document, passage.start, passage.end)
        assert marks(html) == readable(passage.text).text


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_whole_text_is_there_and_nothing_else(document: Document) -> None:
    body = MAIN.split(document_page(document))[1].split("</main>")[0]
    shown = unescape(TAG.sub("", re.sub(r"</(?:p|h\d)>", "\n", body)))
    assert shown.split() == readable(document.text).text.split()


def test_any_span_is_marked_exactly() -> None:
    text = CAN_THO.text
    for start in range(0, 3_000, 171):
        for length in (1, 40, 700):
            html = at(CAN_THO, start, start + length)
            expected = readable(text[start : start + length]).text
            assert marks(html).split() == expected.split()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("5", "3"),
        ("3", "3"),
        ("0", "99999999"),
        ("-1", "4"),
        ("a", "b"),
        ("1.5", "3"),
        ("²", "9"),
        ("1" * 5_000, "2" * 5_000),
        ("1", None),
        (None, "1"),
    ],
)
def test_a_span_that_is_none_is_said_and_not_marked(start: str | None, end: str | None) -> None:
    html = at(CAN_THO, start, end)
    assert BAD_SPAN in html
    assert "<mark" not in html


def test_a_page_without_a_span_has_no_note() -> None:
    html = document_page(CAN_THO)
    assert BAD_SPAN not in html
    assert "<mark" not in html
    assert requested_span("0", str(len(CAN_THO.text)), len(CAN_THO.text)) == (0, len(CAN_THO.text))


def test_headings_are_headings_and_the_outline_leads_to_them() -> None:
    html = document_page(PHAN_RANG)
    assert re.search(r'<h2 id="muc-1" tabindex="-1" [^>]*>II. TỔ CHỨC THỰC HIỆN</h2>', html)
    assert re.search(r'<h3 id="muc-2" tabindex="-1" [^>]*>4. Ban Chỉ đạo 35 thành phố</h3>', html)
    assert '<li class="level-2"><a href="#muc-2"><b>II.4</b> Ban Chỉ đạo 35 thành phố</a></li>' in html
    assert html.count('id="muc-2"') == 1


def test_a_passage_that_begins_with_its_heading_is_one_mark() -> None:
    line = "5. Văn phòng Quận ủy: xây dựng nội dung; kiểm tra."
    text = f"IV. TỔ CHỨC\n\n{line}\n\nNơi nhận"
    start, body = text.index("5."), text.index("xây")
    section = Section("IV.5", "Mục IV.5", "Văn phòng Quận ủy", 2, start, 64, body, "tasks", None, None)
    document = replace(CAN_THO, text=text, sections=(section,))
    html = at(document, start + 3, start + len(line))
    assert (
        f'<p class="plain" id="muc-0" tabindex="-1" data-at="0:{start}" data-locator="Mục IV.5">'
        '<b>5. </b><mark id="doan">'
        "<b>Văn phòng Quận ủy:</b> xây dựng nội dung; kiểm tra.</mark></p>"
    ) in html
    assert '<a href="#muc-0"><b>IV.5</b> Văn phòng Quận ủy</a>' in html


def test_facts_stand_on_top() -> None:
    facts = document_page(PHAN_RANG).split('<dl class="facts">')[1].split("</dl>")[0]
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", facts) == [
        ("Số", "347-KH/TU"),
        ("Ngày", "17/12/2024"),
        ("Cơ quan ban hành", "Thành ủy Phan Rang - Tháp Chàm"),
        ("Địa phương", "Phan Rang - Tháp Chàm"),
        ("Người ký", "Bùi Văn Phú (Phó Bí thư)"),
        ("Tệp", "phan-rang-thap-cham-347-kh-tu-17-12-2024.txt"),
        ("Nguồn chữ", '<span class="badge text">văn bản</span>'),
    ]


def test_a_scan_says_how_surely_it_was_read_and_what_was_left_out() -> None:
    scan = replace(
        PHAN_RANG,
        provenance="OCR 0.87",
        page_starts=(0, 900, 2_000),
        confidences=(0.98, None, 0.75),
        notes=("macro bị bỏ qua", "<b>ẩn</b>"),
    )
    facts = document_page(scan).split('<dl class="facts">')[1].split("</dl>")[0]
    assert "<dt>Số trang</dt><dd>3</dd>" in facts
    assert '<span class="badge ocr">OCR 86\N{NO-BREAK SPACE}%</span>' in facts
    assert "thấp nhất: trang 3, 75\N{NO-BREAK SPACE}%" in facts
    assert "<dt>Ghi chú</dt><dd>Macro bị bỏ qua&#10;&lt;b&gt;ẩn&lt;/b&gt;</dd>" in facts


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (0, 10, "Trang 1"),
        (899, 900, "Trang 1"),
        (900, 950, "Trang 2"),
        (890, 901, "Trang 1–2"),
        (10, 2_001, "Trang 1–3"),
    ],
)
def test_the_page_of_the_marked_passage_stands_above_it(start: int, end: int, said: str) -> None:
    paged = replace(CAN_THO, page_starts=(0, 900, 2_000))
    html = at(paged, start, end)
    assert html.count('class="marked-page"') == 1
    assert html.index(f'<span class="marked-page">{said}</span>') < html.index('<mark id="doan">')


def test_no_page_is_said_where_there_are_none() -> None:
    assert "marked-page" not in page_of(IN_8)
    assert "marked-page" not in document_page(replace(CAN_THO, page_starts=(0, 900)))


def stored_letters(html: str) -> list[tuple[str, int]]:
    """Give every letter of the page with the offset that its block states for it."""
    letters = []
    for _, runs, _, inner in BLOCK.findall(html):
        starts = {int(at): int(stored) for at, stored in (run.split(":") for run in runs.split(" "))}
        offset = 0
        for i, letter in enumerate(unescape(TAG.sub("", inner))):
            offset = starts.get(i, offset)
            letters.append((letter, offset))
            offset += 1
    return letters


@pytest.mark.parametrize("plan", sorted(CORPUS.glob("*.txt")), ids=lambda plan: plan.stem[:12])
def test_every_letter_says_where_it_is_stored(plan: Path) -> None:
    document = read_document(plan)
    letters = stored_letters(at(document, 3_000, 9_000))
    assert len(letters) > 12_000
    assert [letter for letter, offset in letters if letter != " " and letter != document.text[offset]] == []
    offsets = [offset for _, offset in letters]
    assert offsets == sorted(set(offsets))


def test_letters_outside_the_basic_plane_count_once() -> None:
    document = replace(CAN_THO, text="Số 🙂 một **và** hai", sections=())
    assert '<p class="plain" data-at="0:0 9:11 11:15">Số 🙂 một và hai</p>' in document_page(document)


@pytest.mark.parametrize("plan", sorted(CORPUS.glob("*.txt")), ids=lambda plan: plan.stem[:12])
def test_a_block_is_cited_as_its_passages_are(plan: Path) -> None:
    document = read_document(plan)
    for passage in split_passages(document):
        assert locator_at(document.sections, passage.start) == passage.locator


def test_words_before_every_section_have_no_locator() -> None:
    first = replace(CAN_THO.sections[0], start=100, end=200)
    assert locator_at((first,), 99) == ""
    assert locator_at((first,), 100) == "Mục I"
    assert locator_at((first,), 200) == ""
    assert locator_at((), 0) == ""


def test_the_page_beside_an_answer_has_no_head_of_its_own() -> None:
    alone = document_page(CAN_THO, Address("10", "30"))
    beside = document_page(CAN_THO, Address("10", "30", embedded=True))
    assert "Kho văn bản</a>" in alone
    assert "Sao chép liên kết đến đoạn này" in alone
    assert '<div class="reader">' in alone
    assert "Kho văn bản</a>" not in beside
    assert "Sao chép liên kết đến đoạn này" not in beside
    assert '<div class="reader embedded">' in beside
    assert marks(alone) == marks(beside)


def test_the_source_is_named_as_in_citations() -> None:
    assert (
        'data-source="Kế hoạch số 347-KH/TU ngày 17/12/2024 của Thành ủy Phan Rang - Tháp Chàm" data-pages=""'
    ) in document_page(PHAN_RANG)
    assert 'data-pages="0 900"' in document_page(replace(PHAN_RANG, page_starts=(0, 900)))


def test_a_hostile_document_is_shown_as_text() -> None:
    bad = '<script>alert(1)</script>" onmouseover="x'
    facts = DocumentFacts(bad, bad, bad, bad, bad, bad, (bad,), bad, bad)
    section = replace(CAN_THO.sections[0], label=bad, title=bad, start=0, body_start=len(bad))
    document = Document(f"../{bad}", bad, "", f"{bad}\n\n{bad}", (), bad, facts, (section,))
    for html in (document_page(document), at(document, 3, 20)):
        assert html.count("<script") == html.count(SCRIPT) == 1
        assert '" onmouseover' not in html
        assert 'href="../' not in html


def test_an_empty_document_is_a_page() -> None:
    document = replace(CAN_THO, text="", sections=())
    assert MAIN.split(document_page(document))[1].startswith("</main>")
    assert 'class="outline' not in document_page(document)
    assert BAD_SPAN in at(document, 0, 1)
