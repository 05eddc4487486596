"""The table of documents: its cells, its filter, and what it says where there is nothing to show."""

import re
import unicodedata
from dataclasses import replace
from html import unescape
from typing import get_args

import pytest

from ingest.types import Document, DocumentFacts, ReadingWarning, WarningCode
from tests.ui.fake_engine import CAN_THO, DOCUMENTS, HOSTILE, PHAN_RANG, FakeEngine
from ui.engine import EngineUnavailableError
from ui.holdings import MAX_ROWS, holdings_html, matching
from ui.origin import WARNING_NAMES, provenance_html, provenance_name, warning_text, worst_page

SPACE = "\N{NO-BREAK SPACE}"


class Holding(FakeEngine):
    """An engine over any documents."""

    def __init__(self, *held: Document) -> None:
        super().__init__()
        self.held = list(held)

    def documents(self) -> list[Document]:
        """Give them."""
        return self.held


def cells(html: str) -> list[dict[str, str]]:
    """Give the texts of each row by column, without the names that narrow windows show."""
    rows = re.findall(r"<tr>(<td.*?)</tr>", html)
    bare = [re.sub(r'<span class="name">.*?</span>', "", row) for row in rows]
    found = [re.findall(r'<td class="(\w+)[^"]*">(.*?)</td>', row) for row in bare]
    return [{name: unescape(re.sub(r"<[^>]+>", " ", cell)).strip() for name, cell in row} for row in found]


def test_a_row_says_what_the_index_holds() -> None:
    paged = replace(PHAN_RANG, page_starts=(0, 900), warnings=(ReadingWarning("repeated_label", "II.3"),))
    html = holdings_html(Holding(replace(paged, notes=("macro bị bỏ qua",)), CAN_THO), "")
    first, second = cells(html)
    assert " ".join(first["title"].split()) == f"{PHAN_RANG.facts.title} {PHAN_RANG.source}"
    assert list(first.values())[1:] == [
        "347-KH/TU",
        "17/12/2024",
        "Thành ủy Phan Rang - Tháp Chàm",
        "Phan Rang - Tháp Chàm",
        "2",
        "văn bản",
        "3",
        "47",
        "Số mục bị lặp: II.3  Macro bị bỏ qua",
    ]
    assert (second["number"], second["date"], second["pages"], second["remarks"]) == ("", "năm 2024", "", "")
    assert second["passages"] == "1.234"
    assert "2 văn bản, 1.281 đoạn được tìm." in html
    assert 'href="/van-ban/phan-rang"' in html


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", ["can-tho", "phan-rang"]),
        ("  \t ", ["can-tho", "phan-rang"]),
        ("can tho", ["can-tho"]),
        ("CẦN THƠ", ["can-tho"]),
        (unicodedata.normalize("NFD", "Cần Thơ"), ["can-tho"]),
        ("thap cham 347", ["phan-rang"]),
        ("17/12/2024", ["phan-rang"]),
        ("2024-12-17", ["phan-rang"]),
        ("van ban", ["can-tho", "phan-rang"]),
        (".txt trung uong dang", ["can-tho", "phan-rang"]),
        ("không có", []),
        (".*", []),
    ],
)
def test_the_filter_works_with_and_without_diacritics(wanted: str, found: list[str]) -> None:
    assert [document.doc_id for document in matching(DOCUMENTS, wanted)] == found
    assert len(cells(holdings_html(FakeEngine(), wanted))) == len(found)


def test_a_date_is_found_with_and_without_zeros() -> None:
    march = replace(CAN_THO, facts=replace(CAN_THO.facts, date="2025-03-05"))
    assert all(matching([march], wanted) for wanted in ("5/3/2025", "05/03/2025"))


def test_what_the_filter_leaves_is_counted() -> None:
    assert "1 trong 2 văn bản khớp, 47 đoạn." in holdings_html(FakeEngine(), "phan rang")
    nothing = holdings_html(FakeEngine(), HOSTILE)
    assert "Không có văn bản nào khớp trong 2 văn bản." in nothing
    assert "<table" not in nothing
    assert "<img" not in nothing


def test_a_large_library_is_shown_in_part() -> None:
    many = [replace(CAN_THO, doc_id=f"d{i}") for i in range(MAX_ROWS + 1)]
    html = holdings_html(Holding(*many), "")
    assert len(cells(html)) == MAX_ROWS
    assert f"Bảng chỉ hiện {MAX_ROWS} văn bản đầu" in html


def test_everything_hostile_is_text_on_one_line() -> None:
    bad = f"{HOSTILE}\n\n<script>alert(1)</script>\n\n# a"
    facts = DocumentFacts(bad, bad, bad, bad, bad, bad)
    warnings = (ReadingWarning("repeated_label", bad),)
    html = holdings_html(Holding(Document(bad, bad, "", "", (), bad, facts, (), warnings, (bad,))), "")
    assert not re.search(r"<script|<img|\n", html)
    assert html.count("&lt;img") == 9
    assert 'href="/van-ban/%3Cscript%3E' in html


def test_a_document_without_a_title_is_called_by_its_file() -> None:
    html = holdings_html(Holding(replace(CAN_THO, facts=DocumentFacts(" ", ""))), "")
    assert f'rel="noopener">{CAN_THO.source}</a>' in html


def test_an_empty_library_says_how_to_add_documents() -> None:
    html = holdings_html(Holding(), "gì đó")
    assert "Kho chưa có văn bản nào" in html
    assert "python -m ingest corpus" in html
    assert "python -m index build" in html


def test_a_missing_or_failing_engine_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: FakeEngine) -> None:
        raise EngineUnavailableError("chạy <lệnh>")

    monkeypatch.setattr(FakeEngine, "passage_counts", missing)
    assert "chạy &lt;lệnh&gt;" in holdings_html(FakeEngine(), "")

    def fail(_: FakeEngine) -> None:
        raise RuntimeError("bí mật")

    monkeypatch.setattr(FakeEngine, "passage_counts", fail)
    html = holdings_html(FakeEngine(), "")
    assert "Máy chủ gặp trục trặc" in html
    assert "bí mật" not in html


@pytest.mark.parametrize(
    ("provenance", "confidences", "shown", "kind"),
    [
        ("text", (), "văn bản", "text"),
        ("converted TCVN3", (), "đã chuyển mã TCVN3", "converted"),
        ("OCR 0.93", (), f"OCR 93{SPACE}%", "ocr"),
        ("OCR 0.93", (0.9, None, 0.95), f"OCR 92{SPACE}%", "ocr"),
        ("OCR 0.61", (0.61,), f"OCR 61{SPACE}%", "ocr unsure"),
        ("OCR", (), "OCR", "ocr"),
        ("<b>", (), "<b>", "text"),
    ],
)
def test_the_badge_of_provenance(provenance: str, confidences: tuple[float | None, ...], shown: str, kind: str) -> None:
    document = replace(CAN_THO, provenance=provenance, confidences=confidences)
    assert provenance_name(document) == shown
    assert f'<span class="badge {kind}">{shown.replace("<b>", "&lt;b&gt;")}</span>' in provenance_html(document)


def test_the_worst_page_is_named_where_there_are_several() -> None:
    assert worst_page(replace(CAN_THO, confidences=(0.9, None, 0.5))) == f"thấp nhất: trang 3, 50{SPACE}%"
    assert worst_page(replace(CAN_THO, confidences=(None, 0.5))) == ""


def test_every_warning_is_said_in_vietnamese() -> None:
    assert set(WARNING_NAMES) == set(get_args(WarningCode))
    assert warning_text(ReadingWarning("no_date")) == "Không thấy ngày ban hành"
