"""Workbooks: the real ones against their transcripts, made ones for dates, formulas, hidden sheets and limits."""

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from ingest.errors import ReadError
from ingest.read import read_pages

DOCUMENTS = Path(__file__).parents[2] / "documents"
BUDGET = (DOCUMENTS / "files" / "2006-Mau21_CKTC_NSH.xls").read_bytes()


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read_pages(path)
    return str(caught.value)


def rewrite(made: Path, saved: Path, changes: dict[str, str]) -> None:
    """Copy a workbook with what no library writes."""
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(saved, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode()
            for old, new in changes.items():
                part = part.replace(old, new)
            target.writestr(name, part)


def workbook(title: str) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    return book, sheet


@pytest.mark.parametrize(
    ("name", "sheet", "encoding"),
    [("2005-4E4ZD_XKT2.05", "XK", "TCVN3"), ("2006-Mau21_CKTC_NSH", "Sheet1", "VNI")],
)
def test_real_budgets_read_as_their_transcripts_do(name: str, sheet: str, encoding: str) -> None:
    pages = read_pages(DOCUMENTS / "files" / f"{name}.xls")
    expected = (DOCUMENTS / "truth" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    rows = [" ".join(line.split()).casefold() for line in expected]
    lines = pages.texts[0].split("\n")
    assert pages.is_workbook
    assert len(pages.texts) == 1
    assert pages.provenance == f"converted {encoding}"
    # The name of the sheet stands before the rows; letters of capital fonts are capitals.
    assert [" ".join(line.split()).casefold() for line in lines] == [sheet.casefold(), *rows[: len(lines) - 1]]
    assert not any(rows[len(lines) - 1 :])


def test_values_are_printed_as_people_write_them(tmp_path: Path) -> None:
    book, sheet = workbook("Dự toán")
    sheet.append(["STT", "Nội dung", "Kinh phí", "Ngày", "Giờ"])
    sheet.append([1, "Hội nghị\nbáo cáo viên", 12_500_000, date(2024, 12, 5), time(7, 30)])
    sheet.append([2, "Tỷ lệ", 0.875, datetime(2024, 12, 5, 14, 0), True])
    sheet.append([3, "Một phần ba", 1 / 3])
    sheet.append([4, None, 7])
    sheet["C3"].number_format = "0%"
    sheet["A5"].number_format = "000"
    sheet["C5"].number_format = "000"
    book.save(tmp_path / "a.xlsx")
    assert read_pages(tmp_path / "a.xlsx").texts == (
        "Dự toán\n"
        "STT\tNội dung\tKinh phí\tNgày\tGiờ\n"
        "1\tHội nghị báo cáo viên\t12500000\t05/12/2024\t07:30\n"
        "2\tTỷ lệ\t87.5%\t05/12/2024 14:00\tTRUE\n"
        "3\tMột phần ba\t0.3333333333\n"
        "004\t\t007",
    )


def test_rows_keep_their_numbers_and_hidden_ones_are_read(tmp_path: Path) -> None:
    book, sheet = workbook("Thu")
    sheet["B2"], sheet["A4"], sheet["A5"] = "Năm 2024", "Thuế", "Phí"
    sheet.row_dimensions[4].hidden = True
    sheet.merge_cells("B2:D2")
    secret = book.create_sheet("Chi")
    secret["A1"], secret.sheet_state = "Lương", "hidden"
    book.create_sheet("Trống")
    book.save(tmp_path / "a.xlsx")
    pages = read_pages(tmp_path / "a.xlsx")
    assert pages.texts == ("Thu\n\n\tNăm 2024\n\nThuế\nPhí", "Chi\nLương")
    assert pages.notes == ("trang tính ẩn cũng được đọc: Chi",)


def test_fonts_tell_the_encoding_of_a_cell_and_of_a_part_of_it(tmp_path: Path) -> None:
    book, sheet = workbook("A")
    sheet["A1"], sheet["A1"].font = "C«ng v¨n", Font(name=".VnTime")
    sheet["B1"], sheet["B1"].font = "«Paris»", Font(name="Arial")
    sheet["C1"] = "Kinh tế xã hội"
    parts = (
        '<si><r><rPr><rFont val="VNI-Times"/></rPr><t>Kinh teá</t></r><r><t xml:space="preserve"> xã hội</t></r></si>'
    )
    book.save(tmp_path / "made.xlsx")
    rewrite(tmp_path / "made.xlsx", tmp_path / "a.xlsx", {"<si><t>Kinh tế xã hội</t></si>": parts})
    pages = read_pages(tmp_path / "a.xlsx")
    assert pages.texts == ("A\nCông văn\t«Paris»\tKinh tế xã hội",)


def test_formulas_give_their_saved_results_and_missing_ones_are_told(tmp_path: Path) -> None:
    book, sheet = workbook("A")
    sheet.append(["Tổng cộng", "=1+2", "=3+4"])
    book.save(tmp_path / "made.xlsx")
    results = {f"<f>1+2</f><v{end}": "<f>1+2</f><v>3</v>" for end in ("></v>", " />", "/>")}
    rewrite(tmp_path / "made.xlsx", tmp_path / "a.xlsx", results)
    pages = read_pages(tmp_path / "a.xlsx")
    assert pages.texts == ("A\nTổng cộng\t3",)
    assert pages.notes == ("1 công thức không có kết quả lưu sẵn",)


def test_old_workbooks_have_dates_fonts_and_hidden_sheets(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Lịch")
    sheet.write(0, 0, "Héi nghÞ", xlwt.easyxf("font: name .VnTime"))
    sheet.write(0, 1, date(2005, 11, 2), xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    sheet.write(2, 0, 0.5, xlwt.easyxf(num_format_str="0%"))
    sheet.write(2, 2, True)
    other = book.add_sheet("Ẩn")
    other.write(0, 0, "Đã duyệt")
    other.visibility = 1
    book.save(str(tmp_path / "a.xls"))
    pages = read_pages(tmp_path / "a.xls")
    assert pages.texts == ("Lịch\nHội nghị\t02/11/2005\n\n50%\t\tTRUE", "Ẩn\nĐã duyệt")
    assert pages.notes == ("trang tính ẩn cũng được đọc: Ẩn",)


def test_a_new_workbook_named_xls_is_read(tmp_path: Path) -> None:
    book, sheet = workbook("Thu")
    sheet["A1"] = "Thuế"
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.xlsx").rename(tmp_path / "a.xls")
    assert read_pages(tmp_path / "a.xls").texts == ("Thu\nThuế",)


def test_macros_are_not_run_and_told(tmp_path: Path) -> None:
    book, sheet = workbook("Thu")
    sheet["A1"] = "Thuế"
    book.save(tmp_path / "a.xlsm")
    with zipfile.ZipFile(tmp_path / "a.xlsm", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    assert read_pages(tmp_path / "a.xlsm").notes == ("macro bị bỏ qua",)


def test_a_cell_far_out_does_not_fill_the_memory(tmp_path: Path) -> None:
    book, sheet = workbook("A")
    sheet["A1"], sheet["A30000"] = "Đầu", "Cuối"
    book.save(tmp_path / "a.xlsx")
    assert refusal(tmp_path / "a.xlsx") == (
        "a.xlsx: has more than 20,000 rows or 1,000,000 cells, which is more than can be read; "
        "split it into one file for each table"
    )


def test_what_is_no_workbook_is_refused_with_the_remedy(tmp_path: Path) -> None:
    page = tmp_path / "trang.xls"
    page.write_text("<html><table><tr><td>Thu</td></tr></table></html>")
    assert refusal(page) == "trang.xls: is a web page, not what .xls says; rename it to .html"
    zeros = tmp_path / "a.xlsx"
    with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 20_000_000)
    assert refusal(zeros).startswith("a.xlsx: unpacks to ")
    with zipfile.ZipFile(zeros, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook>")
    assert refusal(zeros).startswith("a.xlsx: is damaged or no .xlsx file (")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(st.integers(0, len(BUDGET) - 4), st.binary(min_size=1, max_size=4)), max_size=20),
    length=st.one_of(st.just(len(BUDGET)), st.integers(0, len(BUDGET))),
)
@example(changes=[(3893, b"\0")], length=len(BUDGET))
def test_a_damaged_file_is_read_or_refused_in_one_line(
    changes: list[tuple[int, bytes]], length: int, tmp_path: Path
) -> None:
    raw = bytearray(BUDGET)
    for at, new in changes:
        raw[at : at + len(new)] = new
    path = tmp_path / "hỏng.xls"
    path.write_bytes(raw[:length])
    try:
        outcome = "hỏng.xls: read"
        texts = read_pages(path).texts
    except ReadError as error:
        outcome, texts = str(error), ()
    assert outcome.startswith("hỏng.xls: ")
    assert "\n" not in outcome
    assert not any("\r" in text or "\0" in text for text in texts)
