"""Rows of a workbook become sections and passages that know their columns and the rows they are part of."""

from ingest.metadata import FileMetadata
from ingest.parse import parse_document
from ingest.passages import split_passages
from ingest.readers.pages import Pages
from ingest.types import Document, Passage

BUDGET = """Sheet1
\tUBND HUYỆN CẦN GIỜ
\tCÂN ĐỐI QUYẾT TOÁN NGÂN SÁCH HUYỆN NĂM 2004
\t(Kèm theo Quyết định số 38/2005/QĐ-UBND ngày 23 tháng 9 năm 2005 của Ủy ban nhân dân huyện)
\t\tĐVT: 1000 đồng
STT\tNỘI DUNG\tNĂM 2004

A\tTổng thu NSNN trên địa bàn\t15237170
1\tThu nội địa\t14988995
\t_ Bổ sung cân đối\t71837000
2\tThu viện trợ\t248175
B\tChi\t144340195"""
TASKS = """Phân công
STT\tNội dung\tĐơn vị chủ trì\tThời gian
1\tTổ chức hội nghị\tBan Tuyên giáo\tTháng 12
2\tMua sắm\tVăn phòng
Tổng cộng"""
COLUMNS = "STT; NỘI DUNG; NĂM 2004; ĐVT: 1000 đồng"


def workbook(*texts: str) -> Document:
    pages = Pages(texts, is_paged=False, is_workbook=True)
    return parse_document(pages, "du toan.xls", "0" * 64, FileMetadata())


def rows(document: Document) -> list[Passage]:
    passages = split_passages(document)
    assert all(document.text[p.start : p.end] == p.text for p in passages)
    return [p for p in passages if p.kind == "table"]


def test_a_row_is_a_passage_under_its_columns_and_the_rows_above() -> None:
    title = "CÂN ĐỐI QUYẾT TOÁN NGÂN SÁCH HUYỆN NĂM 2004"
    total = "A Tổng thu NSNN trên địa bàn"
    document = workbook(BUDGET)
    assert document.facts.title == title
    assert [(p.locator, p.heading_path, p.text) for p in rows(document)] == [
        ("Trang tính Sheet1, dòng 7", (title, COLUMNS, total), "A\tTổng thu NSNN trên địa bàn\t15237170"),
        ("Trang tính Sheet1, dòng 8", (title, COLUMNS, total, "1 Thu nội địa"), "1\tThu nội địa\t14988995"),
        ("Trang tính Sheet1, dòng 9", (title, COLUMNS, total, "1 Thu nội địa"), "_ Bổ sung cân đối\t71837000"),
        ("Trang tính Sheet1, dòng 10", (title, COLUMNS, total), "2\tThu viện trợ\t248175"),
        ("Trang tính Sheet1, dòng 11", (title, COLUMNS), "B\tChi\t144340195"),
    ]


def test_what_stands_above_the_first_table_is_the_header_of_the_document() -> None:
    header = next(s for s in workbook(BUDGET).sections if s.kind == "header")
    assert header.locator == "Trang tính Sheet1, phần đầu"
    assert workbook(BUDGET).facts.date == "2005-09-23"


def test_the_column_of_who_is_responsible_gives_the_unit() -> None:
    first, second = rows(workbook(TASKS))
    assert (first.unit, second.unit) == ("Ban Tuyên giáo", "Văn phòng")
    # A row without values says nothing by itself.
    assert "Tổng cộng" not in (first.text, second.text)


def test_sheets_follow_one_another_and_are_cited_by_name() -> None:
    document = workbook(BUDGET, TASKS)
    assert [p.locator for p in rows(document)][-2:] == ["Trang tính Phân công, dòng 2", "Trang tính Phân công, dòng 3"]
    assert [s.locator for s in document.sections if s.parent is None] == ["Trang tính Sheet1", "Trang tính Phân công"]


def test_sections_lie_in_their_parents() -> None:
    document = workbook(BUDGET, TASKS)
    for section in document.sections:
        above = document.sections[section.parent] if section.parent is not None else section
        assert above.start <= section.start <= section.body_start <= section.end <= above.end
        assert section.level == (above.level + 1 if section.parent is not None else 1)


def test_a_sheet_without_columns_is_read_row_by_row() -> None:
    document = workbook("Ghi chú\nSố liệu do Chi cục Thuế cung cấp\n\nSố liệu năm 2024 là ước tính")
    assert [(p.locator, p.text, p.heading_path) for p in rows(document)] == [
        ("Trang tính Ghi chú, dòng 1", "Số liệu do Chi cục Thuế cung cấp", ("Ghi chú",)),
        ("Trang tính Ghi chú, dòng 3", "Số liệu năm 2024 là ước tính", ("Ghi chú",)),
    ]


def test_a_workbook_without_sheets_has_no_sections() -> None:
    assert workbook("").sections == ()
