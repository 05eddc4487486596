"""The questions that found nothing as a table for Excel."""

import csv
from collections.abc import Iterable
from io import StringIO

from ui.feedback import Unanswered
from ui.times import short_time

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # what makes a spreadsheet calculate a cell
_HEAD = ("Câu hỏi", "Hỏi tiếp câu", "Số lần hỏi", "Lần cuối")


def unanswered_csv(questions: Iterable[Unanswered]) -> bytes:
    """Give a CSV file in UTF-8 with the mark that makes Excel read it as such; no cell is a formula."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(_HEAD)
    for question in questions:
        asked = short_time(question.asked)
        writer.writerow((_harmless(question.question), _harmless(question.about), question.times, asked))
    return file.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """Give a cell on one line that is text to a spreadsheet."""
    line = " ".join("".join(c if c.isprintable() else " " for c in cell).split())
    return f"'{line}" if line.startswith(_FORMULA) else line
