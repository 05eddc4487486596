"""The table of documents: its cells, its state, its filters, and its order."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from typing import get_args

import pytest

from ingest.types import Document, DocumentFacts, ReadingWarning, WarningCode
from tests.ui.fake_engine import CAN_THO, DOCUMENTS, HOSTILE, PHAN_RANG
from ui.holdings import MAX_ROWS, holdings_html
from ui.holdings_columns import COLUMNS, Holding, document_name, holdings_of, in_order, number_html
from ui.holdings_filter import FACETS, Wanted, address_of, choices, matching, wanted_by
from ui.holdings_order import order_key
from ui.origin import WARNING_NAMES, provenance_html, provenance_name, warning_text, worst_page

SPACE = "\N{NO-BREAK SPACE}"
COUNTS = {"can-tho": 1_234, "phan-rang": 47}
PLACE, ISSUER, YEAR, ORIGIN = FACETS


def held(*documents: Document) -> list[Holding]:
    """Give documents that the index has as the library has them."""
    return holdings_of(documents, {document.doc_id: document for document in documents}, COUNTS)


def table(documents: Sequence[Document], wanted: Wanted | None = None, *, manages: bool = False) -> str:
    """Give the HTML for documents that the index has."""
    return holdings_html(held(*documents), wanted or Wanted(), manages=manages)


def cells(html: str) -> list[dict[str, str]]:
    """Give the texts of each row by column, without the names that narrow windows show."""
    rows = re.findall(r'<tr role="row">(<td.*?)</tr>', html)
    bare = [re.sub(r'<span class="name">.*?</span>|</span><wbr><span class="whole">', "", row) for row in rows]
    found = [re.findall(r'<td class="(\w+)[^"]*" role="cell">(.*?)</td>', row) for row in bare]
    return [{name: " ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for name, cell in row} for row in found]


def numbered(number: str, date: str | None = None) -> Document:
    """Give a document that is known by its number."""
    return replace(CAN_THO, doc_id=number, facts=DocumentFacts("Kế hoạch", "Kế hoạch", number, date=date))


def test_a_row_says_what_the_library_holds() -> None:
    paged = replace(PHAN_RANG, page_starts=(0, 900), warnings=(ReadingWarning("repeated_label", "II.3"),))
    html = table([replace(paged, notes=("macro bị bỏ qua",)), CAN_THO], Wanted(order="doan"))
    first, second = cells(html)
    assert first["title"] == f"{PHAN_RANG.facts.title} {PHAN_RANG.source}"
    assert list(first.values())[1:] == [
        "347-KH/TU",
        "17/12/2024",
        "Thành ủy Phan Rang - Tháp Chàm",
        "Phan Rang - Tháp Chàm",
        "2",
        "văn bản",
        "3",
        "47",
        "Số mục bị lặp: II.3 Macro bị bỏ qua",
    ]
    assert (second["number"], second["date"], second["pages"], second["remarks"]) == ("", "năm 2024", "", "")
    assert second["passages"] == "1.234"
    assert "2 văn bản, 1.281 đoạn được tìm." in html
    assert 'href="/van-ban/phan-rang"' in html


def test_what_the_open_index_does_not_have_yet_is_said_and_not_linked() -> None:
    older = replace(PHAN_RANG, facts=replace(PHAN_RANG.facts, place="Phan Rang"))
    html = holdings_html(holdings_of(DOCUMENTS, {"phan-rang": older}, COUNTS), Wanted(order="so"), manages=False)
    changed, new = cells(html)
    assert (changed["remarks"], changed["passages"]) == ("Thay đổi đang chờ lập chỉ mục", "47")
    assert (new["remarks"], new["passages"]) == ("Đang chờ lập chỉ mục", "")
    assert "/van-ban/phan-rang" in html
    assert "/van-ban/can-tho" not in html


def test_only_who_manages_gets_buttons() -> None:
    assert "<button" not in table(DOCUMENTS)
    buttons = re.findall(r'<button.*?data-action="(\w+)".*?aria-label="(.*?)"', table([PHAN_RANG], manages=True))
    name = "Kế hoạch của Phan Rang - Tháp Chàm (347-KH/TU)"
    assert buttons == [
        ("edit", f"Sửa thông tin: {name}"),
        ("replace", f"Thay tệp: {name}"),
        ("remove", f"Gỡ khỏi kho: {name}"),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["can-tho", "phan-rang"]),
        ("  \t ", ["can-tho", "phan-rang"]),
        ("can tho", ["can-tho"]),
        ("CẦN THƠ", ["can-tho"]),
        (unicodedata.normalize("NFD", "Cần Thơ"), ["can-tho"]),
        ("thap cham 347", ["phan-rang"]),
        ("17/12/2024", ["phan-rang"]),
        ("2024-12-17", ["phan-rang"]),
        ("bui van phu", ["phan-rang"]),
        ("van ban", ["can-tho", "phan-rang"]),
        (".txt trung uong dang", ["can-tho", "phan-rang"]),
        ("không có", []),
        (".*", []),
    ],
)
def test_the_search_works_with_and_without_diacritics(words: str, found: list[str]) -> None:
    assert [document.doc_id for document in matching(DOCUMENTS, Wanted(words))] == found
    assert len(cells(table(DOCUMENTS, Wanted(words)))) == len(found)


def test_a_date_is_found_with_and_without_zeros() -> None:
    march = replace(CAN_THO, facts=replace(CAN_THO.facts, date="2025-03-05"))
    assert all(matching([march], Wanted(words)) for words in ("5/3/2025", "05/03/2025"))


def test_each_filter_chooses_by_its_fact() -> None:
    scan = replace(CAN_THO, doc_id="scan", provenance="OCR 0.93", facts=DocumentFacts("Tờ trình", "Tờ trình"))
    documents = [*DOCUMENTS, scan]
    wanted = [Wanted(place="Cần Thơ"), Wanted(issuer="Thành ủy Phan Rang - Tháp Chàm"), Wanted(origin="ocr")]
    assert [[d.doc_id for d in matching(documents, one)] for one in wanted] == [["can-tho"], ["phan-rang"], ["scan"]]
    assert [d.doc_id for d in matching(documents, Wanted(year="2024", words="chàm"))] == ["phan-rang"]
    assert matching(documents, Wanted(place="Cần Thơ", origin="ocr")) == []


def test_only_what_exists_can_be_chosen_and_is_counted_beside_the_other_filters() -> None:
    march = replace(CAN_THO, doc_id="march", facts=replace(CAN_THO.facts, date="2025-03-05"))
    documents = [*DOCUMENTS, march]
    assert choices(documents, Wanted(), PLACE) == [("Cần Thơ", 2), ("Phan Rang - Tháp Chàm", 1)]
    assert choices(documents, Wanted(year="2025"), PLACE) == [("Cần Thơ", 1)]
    assert choices(documents, Wanted(year="2025"), YEAR) == [("2024", 2), ("2025", 1)]
    assert choices(documents, Wanted(place="Huế"), PLACE)[1] == ("Huế", 0)
    assert choices(documents, Wanted(), ORIGIN) == [("text", 3)]
    assert choices([numbered("1")], Wanted(), ISSUER) == []


def test_an_address_and_what_it_asks_for_are_the_same() -> None:
    wanted = Wanted("kế hoạch & <b>", "Cần Thơ", "Thành ủy", "2024", "ocr", "-ngay")
    asked = dict(part.split("=") for part in address_of(wanted).removeprefix("/kho?").split("&"))
    assert list(asked) == ["tim", "noi", "co-quan", "nam", "nguon", "xep"]
    assert asked["tim"] == "k%E1%BA%BF+ho%E1%BA%A1ch+%26+%3Cb%3E"
    assert address_of(Wanted()) == "/kho"
    parameters = {"tim": " kế ", "noi": "Cần Thơ", "xep": "-ngay", "la": "x"}
    assert wanted_by(parameters) == Wanted("kế", "Cần Thơ", order="-ngay")


def test_what_the_search_leaves_is_counted() -> None:
    assert "1 trong 2 văn bản khớp, 47 đoạn." in table(DOCUMENTS, Wanted("phan rang"))
    nothing = table(DOCUMENTS, Wanted(HOSTILE))
    assert "Không có văn bản nào khớp trong 2 văn bản." in nothing
    assert "<table" not in nothing
    assert "<img" not in nothing


def test_a_large_library_is_shown_in_part() -> None:
    html = table([replace(CAN_THO, doc_id=f"d{i}") for i in range(MAX_ROWS + 1)])
    assert len(cells(html)) == MAX_ROWS
    assert f"Bảng chỉ hiện {MAX_ROWS} văn bản đầu" in html


def test_everything_hostile_is_text() -> None:
    bad = f"{HOSTILE}\n\n<script>alert(1)</script>\n\n# a"
    facts = DocumentFacts(bad, bad, bad, bad, bad, bad)
    warnings = (ReadingWarning("repeated_label", bad),)
    html = table([Document(bad, bad, "", "", (), bad, facts, (), warnings, (bad,))], manages=True)
    assert not re.search(r"<script|<img|\n", html)
    assert 'href="/van-ban/%3Cscript%3E' in html
    assert re.findall(r"on\w+=\"", html) == []


def test_a_document_without_a_title_is_called_by_its_file() -> None:
    nameless = replace(CAN_THO, facts=DocumentFacts(" ", ""))
    assert f">{CAN_THO.source}</a>" in table([nameless])
    assert document_name(nameless) == CAN_THO.source
    assert document_name(numbered("347-KH/TU")) == "Kế hoạch (347-KH/TU)"
    assert (
        document_name(replace(CAN_THO, facts=DocumentFacts("Kế hoạch 5-KH", "Kế hoạch 5-KH", "5-KH")))
        == "Kế hoạch 5-KH"
    )


def test_a_number_is_broken_after_a_stroke_alone() -> None:
    assert number_html("347-KH/TU") == '<span class="whole">347-KH/</span><wbr><span class="whole">TU</span>'
    assert number_html("1/QĐ-UBND-TTCS-TTTQ") == '<span class="whole">1/</span><wbr>QĐ-UBND-TTCS-TTTQ'
    assert number_html("<b>") == '<span class="whole">&lt;b&gt;</span>'


def test_words_are_in_vietnamese_order() -> None:
    ordered = [
        "",
        "9 kế hoạch",
        "10 kế hoạch",
        "An",
        "Ăn",
        "Ân",
        "da",
        "dà",
        "dả",
        "dã",
        "dá",
        "dạ",
        "dạ vũ",
        "đa",
        "Đà",
    ]
    ordered += ["e", "ê", "o", "ô", "ơ", "u", "ư", "Ý", "Yên"]
    assert sorted(set(ordered), key=order_key) == ordered
    assert order_key("  Đà Nẵng ") == order_key(unicodedata.normalize("NFD", "đà nẵng"))


def test_what_is_not_vietnamese_has_its_place_too() -> None:
    assert sorted(["字", "o", "ñ", "n", "1", "(a)"], key=order_key) == ["(a)", "1", "n", "ñ", "o", "字"]


def test_columns_sort_both_ways_and_what_is_missing_comes_last() -> None:
    rows = held(numbered("10-KH", date="2025"), numbered("9-KH"), numbered("", date="2024-12-17"))

    def order(wanted: str) -> list[str]:
        return [holding.document.facts.number or "" for holding in in_order(rows, wanted)]

    assert order("so") == ["9-KH", "10-KH", ""]
    assert order("-so") == ["10-KH", "9-KH", ""]
    assert order("ngay") == ["", "10-KH", "9-KH"]
    assert order("-ngay") == ["10-KH", "", "9-KH"]
    assert order("không có cột này") == order("")
    for column in COLUMNS:
        assert sorted(order(column.address)) == sorted(order(f"-{column.address}")) == ["", "10-KH", "9-KH"]


def test_heads_say_how_the_table_is_sorted_and_lead_to_the_other_way() -> None:
    html = table(DOCUMENTS, Wanted("ke hoach", order="ngay"))
    assert re.findall(r'class="(\w+)"[^>]*aria-sort="(\w+)"', html) == [("date", "ascending")]
    assert 'href="/kho?tim=ke+hoach&amp;xep=-ngay"' in html
    assert 'href="/kho?tim=ke+hoach&amp;xep=so"' in html
    down = table(DOCUMENTS, Wanted(order="-ngay"))
    assert re.findall(r'aria-sort="(\w+)"', down) == ["descending"]
    assert 'href="/kho?xep=ngay"' in down


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
