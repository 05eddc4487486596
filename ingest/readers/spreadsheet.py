"""Reads .xlsx and .xlsm with openpyxl and .xls with xlrd, the readers that their formats are known by."""

import os
from collections.abc import Iterator
from datetime import date, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import ReadError
from ingest.readers.cells import Lines, TooLargeError, printed_date, printed_number
from ingest.readers.letters import Letters
from ingest.readers.packages import Package, empty_message, password_message
from ingest.readers.pages import Pages

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

_MAIN_PART = "xl/workbook.xml"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
_MACRO_NOTE = "macro bị bỏ qua"
_STREAM_OF_MACROS = "_VBA_PROJECT".encode("utf-16-le")


def read_xlsx(path: Path) -> Pages:
    """Read .xlsx and .xlsm: a sheet is its name and then a line a row, hidden ones too, tabs between cells.

    Formulas give the results that were saved with them. Raises ReadError for a file that is
    damaged, protected by a password, too large, or no workbook.
    """
    with Package(path) as package:
        package.require(_MAIN_PART)
        notes = [_MACRO_NOTE] if any(name.endswith("vbaProject.bin") for name in package.names) else []
    letters, lines = Letters(), Lines()
    try:
        notes += _read_xlsx(path, letters, lines)
    except TooLargeError as error:
        raise _too_large(path, error) from error
    except Exception as error:  # a damaged part may raise anything in the library
        raise _damaged(path, error) from error
    return _pages(letters, lines, notes)


def read_xls(path: Path) -> Pages:
    """Read .xls (Excel 97-2003 and older) like .xlsx, also an .xlsx that was named so; raises ReadError like it."""
    import xlrd

    raw = path.read_bytes()
    if not raw:
        raise ReadError(empty_message(path))
    if raw[:2] == b"PK":
        return read_xlsx(path)
    if b"<html" in raw[:1000].lower() or b"<table" in raw[:1000].lower():
        raise ReadError(f"{path.name}: is a web page, not what {path.suffix} says; rename it to .html")
    letters, lines = Letters(), Lines()
    try:
        with Path(os.devnull).open("w") as log:
            book = xlrd.open_workbook(file_contents=raw, formatting_info=True, ragged_rows=True, logfile=log)
        notes = _read_xls(book, letters, lines)
    except TooLargeError as error:
        raise _too_large(path, error) from error
    except Exception as error:  # a damaged file may raise anything in the library
        if "encrypted" in str(error):
            raise ReadError(password_message(path)) from error
        raise _damaged(path, error) from error
    notes = [_MACRO_NOTE, *notes] if _STREAM_OF_MACROS in raw else notes
    return _pages(letters, lines, notes)


def _pages(letters: Letters, lines: Lines, notes: list[str]) -> Pages:
    provenance = "text"
    texts = []
    for sheet in lines.texts():
        text, provenance = letters.finish(sheet)
        texts.append(text)
    return Pages(tuple(texts) or ("",), is_paged=False, provenance=provenance, notes=tuple(notes), is_workbook=True)


def _read_xlsx(path: Path, letters: Letters, lines: Lines) -> list[str]:
    import openpyxl
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    raw = path.read_bytes()  # the library goes by a path's suffix, which may be .xls
    values = openpyxl.load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False, rich_text=True)
    formulas = openpyxl.load_workbook(BytesIO(raw), read_only=True, keep_links=False)
    missing = 0
    for sheet, computed in zip(values.worksheets, formulas.worksheets, strict=True):
        for part in (sheet, computed):
            # The size that a sheet claims need not be true.
            if isinstance(part, ReadOnlyWorksheet):
                part.reset_dimensions()
        lines.begin_sheet(sheet.title)
        for row, formula_row in zip(sheet.iter_rows(), computed.iter_rows(), strict=True):
            lines.add_row([_xlsx_cell(cell, letters) for cell in row])
            missing += sum(f.data_type == "f" and c.value is None for c, f in zip(row, formula_row, strict=True))
    hidden = [sheet.title for sheet in values.worksheets if sheet.sheet_state != "visible"]
    values.close()
    formulas.close()
    return _sheet_notes(hidden) + ([f"{missing} công thức không có kết quả lưu sẵn"] if missing else [])


def _xlsx_cell(cell: Any, letters: Letters) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return printed_number(value, cell.number_format)
    if isinstance(value, date | time):
        return printed_date(value)
    if isinstance(value, timedelta):
        return str(value)
    font = cell.font.name
    runs = [(getattr(part, "font", None), str(part)) for part in value] if isinstance(value, list) else [(None, value)]
    return "".join(letters.convert(text, own.rFont if own and own.rFont else font) for own, text in runs)


def _read_xls(book: "Book", letters: Letters, lines: Lines) -> list[str]:
    for sheet in book.sheets():
        lines.begin_sheet(sheet.name)
        for row in range(sheet.nrows):
            lines.add_row([_xls_cell(book, sheet, row, *cell, letters) for cell in enumerate(sheet.row(row))])
    return _sheet_notes([sheet.name for sheet in book.sheets() if sheet.visibility])


def _xls_cell(book: "Book", sheet: "Sheet", row: int, column: int, cell: Any, letters: Letters) -> str:
    import xlrd

    look = book.xf_list[cell.xf_index]
    match cell.ctype:
        case xlrd.XL_CELL_NUMBER:
            return printed_number(cell.value, book.format_map[look.format_key].format_str)
        case xlrd.XL_CELL_DATE:
            return printed_date(xlrd.xldate_as_datetime(cell.value, book.datemode))
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#ERR"))
        case xlrd.XL_CELL_TEXT:
            changes = [(0, look.font_index), *sheet.rich_text_runlist_map.get((row, column), [])]
            return "".join(
                letters.convert(text, book.font_list[font].name) for text, font in _runs(cell.value, changes)
            )
    return ""


def _runs(text: str, changes: list[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """Give the stretches of a text with their fonts, by the places where the font changes."""
    ends = [*(start for start, _ in changes[1:]), len(text)]
    for (start, font), end in zip(changes, ends, strict=True):
        yield text[start:end], font


def _sheet_notes(hidden: list[str]) -> list[str]:
    return [f"trang tính ẩn cũng được đọc: {', '.join(hidden)}"] if hidden else []


def _too_large(path: Path, error: TooLargeError) -> ReadError:
    return ReadError(f"{path.name}: {error}, which is more than can be read; split it into one file for each table")


def _damaged(path: Path, error: Exception) -> ReadError:
    return ReadError(
        f"{path.name}: is damaged or no {path.suffix} file ({type(error).__name__}: {error}); "
        "open it in a spreadsheet program and save it again"
    )
