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
from ui.reader import BAD_SPAN, document_page, requested_span

TAG = re.compile(r"<[^>]+>")


def page_of(passage: Passage) -> str:
    """Give the page that a card leads to."""
    document = next(d for d in DOCUMENTS if d.doc_id == passage.doc_id)
    return document_page(document, str(passage.start), str(passage.end))


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
        html = document_page(document, str(passage.start), str(passage.end))
        assert marks(html) == readable(passage.text).text


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_whole_text_is_there_and_nothing_else(document: Document) -> None:
    body = document_page(document).split('<main class="document">')[1].split("</main>")[0]
    shown = unescape(TAG.sub("", re.sub(r"</(?:p|h\d)>", "\n", body)))
    assert shown.split() == readable(document.text).text.split()


def test_any_span_is_marked_exactly() -> None:
    text = CAN_THO.text
    for start in range(0, 3_000, 171):
        for length in (1, 40, 700):
            html = document_page(CAN_THO, str(start), str(start + length))
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
    html = document_page(CAN_THO, start, end)
    assert BAD_SPAN in html
    assert "<mark" not in html


def test_a_page_without_a_span_has_no_note() -> None:
    html = document_page(CAN_THO)
    assert BAD_SPAN not in html
    assert "<mark" not in html
    assert requested_span("0", str(len(CAN_THO.text)), len(CAN_THO.text)) == (0, len(CAN_THO.text))


def test_headings_are_headings_and_the_outline_leads_to_them() -> None:
    html = document_page(PHAN_RANG)
    assert re.search(r'<h2><span class="target" id="muc-1"></span>II. TỔ CHỨC THỰC HIỆN</h2>', html)
    assert re.search(r'<h3><span class="target" id="muc-2"></span>4. Ban Chỉ đạo 35 thành phố</h3>', html)
    assert '<li class="level-2"><a href="#muc-2"><b>II.4</b> Ban Chỉ đạo 35 thành phố</a></li>' in html
    assert html.count('id="muc-2"') == 1


def test_a_passage_that_begins_with_its_heading_is_one_mark() -> None:
    line = "5. Văn phòng Quận ủy: xây dựng nội dung; kiểm tra."
    text = f"IV. TỔ CHỨC\n\n{line}\n\nNơi nhận"
    start, body = text.index("5."), text.index("xây")
    section = Section("IV.5", "Mục IV.5", "Văn phòng Quận ủy", 2, start, 64, body, "tasks", None, None)
    document = replace(CAN_THO, text=text, sections=(section,))
    html = document_page(document, str(start + 3), str(start + len(line)))
    assert (
        '<p class="plain"><span class="target" id="muc-0"></span><b>5. </b><mark id="doan">'
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
    html = document_page(paged, str(start), str(end))
    assert html.count('class="marked-page"') == 1
    assert html.index(f'<p class="marked-page">{said}</p>') < html.index('<mark id="doan">')


def test_no_page_is_said_where_there_are_none() -> None:
    assert "marked-page" not in page_of(IN_8)
    assert "marked-page" not in document_page(replace(CAN_THO, page_starts=(0, 900)))


def test_a_hostile_document_is_shown_as_text() -> None:
    bad = '<script>alert(1)</script>" onmouseover="x'
    facts = DocumentFacts(bad, bad, bad, bad, bad, bad, (bad,), bad, bad)
    section = replace(CAN_THO.sections[0], label=bad, title=bad, start=0, body_start=len(bad))
    document = Document(f"../{bad}", bad, "", f"{bad}\n\n{bad}", (), bad, facts, (section,))
    for html in (document_page(document), document_page(document, "3", "20")):
        assert "<script" not in html
        assert '" onmouseover' not in html
        assert 'href="../' not in html


def test_an_empty_document_is_a_page() -> None:
    document = replace(CAN_THO, text="", sections=())
    assert '<main class="document"></main>' in document_page(document)
    assert BAD_SPAN in document_page(document, "0", "1")
