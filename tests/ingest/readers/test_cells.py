"""Values of cells as they are printed, and the limits of a workbook."""

from datetime import date, datetime, time

import pytest

from ingest.readers.cells import MAX_ROWS, Lines, TooLargeError, printed_date, printed_number


@pytest.mark.parametrize(
    ("value", "number_format", "printed"),
    [
        (15237170.0, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)', "15237170"),
        (87.23599632690542, "0.0", "87.23599633"),
        (0.1 + 0.2, "General", "0.3"),
        (-2.5, "General", "-2.5"),
        (0.125, "0.0%", "12.5%"),
        (7.0, "000", "007"),
        (7.5, "000", "7.5"),
        (12.0, '0"%"', "12"),
        (1e20, "General", "1e+20"),
    ],
)
def test_numbers(value: float, number_format: str, printed: str) -> None:
    assert printed_number(value, number_format) == printed


def test_dates() -> None:
    assert printed_date(date(2005, 11, 2)) == "02/11/2005"
    assert printed_date(datetime(2005, 11, 2)) == "02/11/2005"
    assert printed_date(datetime(2005, 11, 2, 7, 30)) == "02/11/2005 07:30"
    assert printed_date(time(7, 30)) == "07:30"


def test_empty_sheets_and_rows_at_the_end_are_left_out() -> None:
    lines = Lines()
    lines.begin_sheet("Trang  1")
    lines.add_row(["", " a \n b\0 \x1b", ""])
    lines.add_row(["", ""])
    lines.begin_sheet("Trang 2")
    lines.add_row([])
    assert lines.texts() == ["Trang 1\n\ta b"]


def test_rows_of_all_sheets_are_counted() -> None:
    lines = Lines()
    for sheet in ("A", "B"):
        lines.begin_sheet(sheet)
        for _ in range(MAX_ROWS // 2):
            lines.add_row([])
    with pytest.raises(TooLargeError, match="has more than 20,000 rows"):
        lines.add_row([])
