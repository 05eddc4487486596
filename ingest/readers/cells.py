"""The cells of a spreadsheet as text: values as a cell of general format shows them, rows as lines."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time

MAX_ROWS = 20_000  # of all sheets, empty ones included; a budget has a few hundred
MAX_CELLS = 1_000_000  # of all sheets, empty ones included

_DIGITS = 10  # as many as Excel shows of a number in a cell of general format
_PADDED = re.compile(r"0{2,15}")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")  # a damaged file has control characters in its cells
_LITERAL = re.compile(r'"[^"]*"|\\.')


class TooLargeError(ValueError):
    """A workbook has more rows or cells than can be read; says how many."""


@dataclass(slots=True)
class Lines:
    """The rows of the sheets of one workbook so far, counted against the limits."""

    sheets: list[list[str]] = field(default_factory=list)
    _rows: int = 0
    _cells: int = 0

    def begin_sheet(self, name: str) -> None:
        """Open a sheet; its name is its first line, so that line `n` is row `n` from 0 on."""
        self.sheets.append([_one_line(name)])

    def add_row(self, cells: list[str]) -> None:
        """Add a row of the open sheet, tabs between its cells; raises TooLargeError."""
        self._rows += 1
        self._cells += len(cells)
        if self._rows > MAX_ROWS or self._cells > MAX_CELLS:
            raise TooLargeError(f"has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells")
        self.sheets[-1].append("\t".join(map(_one_line, cells)).rstrip())

    def texts(self) -> list[str]:
        """Give each sheet that holds anything but its name, without the empty rows at its end."""
        return ["\n".join(lines).rstrip() for lines in self.sheets if any(lines[1:])]


def _one_line(text: str) -> str:
    return _BLANK.sub(" ", text).strip(" ")


def printed_number(value: float, number_format: str) -> str:
    """Give a number with ten digits at most, a percentage with its sign, a code with its leading zeros.

    Not as its cell rounds it: "87.23599633" where the format shows 87.2.
    """
    pattern = _LITERAL.sub("", number_format.partition(";")[0])
    if "%" in pattern:
        return f"{_general(value * 100)}%"
    if _PADDED.fullmatch(pattern) and value == int(value) and value >= 0:
        return str(int(value)).zfill(len(pattern))
    return _general(value)


def printed_date(value: date | time) -> str:
    """Give a day as 05/11/2005, with its time of day where it has one."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    is_day = not isinstance(value, datetime) or value.time() == time()
    return f"{value:%d/%m/%Y}" if is_day else f"{value:%d/%m/%Y %H:%M}"


def _general(value: float) -> str:
    if value == int(value) and abs(value) < 10**15:
        return str(int(value))
    return f"{value:.{_DIGITS}g}"
