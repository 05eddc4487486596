"""Where the table of a sheet begins and what its columns are called, from the words of its rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_ORDINAL_COLUMN = re.compile(r"(?:S(?:ố )?\s?TT|TT|No\.?|#)", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*%?")
_MAX_NAME_SYLLABLES = 12
_MAX_ROWS_ABOVE = 40  # of a sheet, before its table begins
_MAX_HEADER_ROWS = 3

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Header:
    """The rows [start, end) that name the columns, and the names by column, "" where one has none."""

    start: int
    end: int
    names: tuple[str, ...]


def find_header(rows: Sequence[Row]) -> Header | None:
    """Give the first rows that name columns; None where a sheet holds no table."""
    above = rows[:_MAX_ROWS_ABOVE]
    named = [row for row, cells in enumerate(above) if _names_columns(cells)]
    ordinal = [row for row in named if _ORDINAL_COLUMN.fullmatch(_filled(rows[row])[0])]
    wide = [row for row in named if len(_filled(rows[row])) > 2]
    start = next(iter([*ordinal, *wide, *named]), None)
    if start is None or not any(len(_filled(cells)) > 1 for cells in rows[start + 1 :]):
        return None
    end = start + 1
    while end < len(rows) and end - start < _MAX_HEADER_ROWS and _goes_on(rows[end]):
        end += 1
    return Header(start, end, _names(rows[start:end]))


def _names_columns(cells: Row) -> bool:
    filled = _filled(cells)
    return len(filled) > 1 and not any(
        _NUMBER.fullmatch(cell) or len(cell.split()) > _MAX_NAME_SYLLABLES for cell in filled
    )


def _goes_on(cells: Row) -> bool:
    """Say whether a row below the first names parts of columns: it leaves the first two columns out."""
    filled = _filled(cells)
    numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in filled)
    return len(filled) > 1 and not any(cells[:2]) and 2 * numbers <= len(filled)


def _names(rows: Sequence[Row]) -> tuple[str, ...]:
    """Join the names of each column from the top; a name above several columns is that of each."""
    width = max(len(row) for row in rows)
    grid = [[*row, *[""] * (width - len(row))] for row in rows]
    for row, below in pairwise(grid):
        for column in range(1, width):
            if not row[column] and below[column] and below[column - 1]:
                row[column] = row[column - 1]
    return tuple(" ".join(row[column] for row in grid if row[column]) for column in range(width))


def _filled(cells: Row) -> list[str]:
    return [cell for cell in cells if cell]
