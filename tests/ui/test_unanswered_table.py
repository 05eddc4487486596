"""The table of questions that found nothing, as Excel opens it."""

import csv
import io

import pytest

from ui.feedback import Unanswered
from ui.unanswered_table import unanswered_csv

ASKED = "2026-01-02T20:04:05.678+00:00"


def rows(*questions: Unanswered) -> list[list[str]]:
    """Read the table as a spreadsheet does."""
    return list(csv.reader(io.StringIO(unanswered_csv(questions).decode("utf-8-sig"), newline="")))


def test_the_table_says_what_how_often_and_when() -> None:
    assert rows(Unanswered("kinh phí, nguồn nào?", "Cần Thơ", 3, ASKED)) == [
        ["Câu hỏi", "Hỏi tiếp câu", "Số lần hỏi", "Lần cuối"],
        ["kinh phí, nguồn nào?", "Cần Thơ", "3", "03:04 ngày 03/01/2026"],
    ]


def test_excel_is_told_that_it_is_unicode() -> None:
    assert unanswered_csv([]).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ('=HYPERLINK("http://evil.example")', '\'=HYPERLINK("http://evil.example")'),
        ("+84 số nào?", "'+84 số nào?"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" \t=1+1", "'=1+1"),
        ("\r\n=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ('a "b", c', 'a "b", c'),
        ("một\nhai\x00ba", "một hai ba"),
    ],
)
def test_no_cell_is_a_formula_and_each_is_on_one_line(question: str, cell: str) -> None:
    assert rows(Unanswered(question, question, 1, ASKED))[1:] == [[cell, cell, "1", "03:04 ngày 03/01/2026"]]
