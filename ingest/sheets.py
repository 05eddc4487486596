"""The sheets of a workbook become sections: a table under its column names, rows under the row they are part of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ingest.outline import Outline
from ingest.sheet_columns import Header, find_header
from ingest.types import Section, SectionKind

_MAX_HEADING_SYLLABLES = 80  # of all column names together: more would drown the words of a row
# The numbers of rows, from the outermost in; a row without number or dash is further out still.
_RANKS = tuple(re.compile(p) for p in (r"[A-H]", r"[IVX]+", r"\d+", r"\d+(?:\.\d+)+", r"[a-zđ]"))
_PART_OF_ROW_ABOVE = re.compile(r"[-–_*•+]|Trong đó\b|Gồm\b", re.IGNORECASE)
_UNIT_OF_MEASURE = re.compile(r"(?:ĐVT|Đơn vị(?: tính)?)\s*:\s*\S.*", re.IGNORECASE)
_RESPONSIBLE = re.compile(
    r"(?:(?:đơn vị|cơ quan|bộ phận|phòng, ban)\s+)?(?:chủ trì|thực hiện|phụ trách)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row that is not empty: its number from 1, its cells, and its span in the stored text."""

    number: int
    start: int
    end: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell]

    @property
    def label(self) -> list[str]:
        """What the row is about: its number and the first cell after it."""
        filled = self.filled
        return filled[: 1 if _rank_of_number(filled[0]) is None else 2]

    @property
    def label_end(self) -> int:
        """Where the label ends in the stored text; the row begins at its first cell that is not empty."""
        filled = [column for column, cell in enumerate(self.cells) if cell]
        cells = self.cells[filled[0] : filled[len(self.label) - 1] + 1]
        return self.start + len("\t".join(cells))


def read_sheets(texts: Sequence[str], starts: Sequence[int]) -> Outline:
    """Give the outline of a workbook: `texts` are its sheets, which begin at `starts` in the stored text.

    A sheet is its name and then a line a row, with tabs between the cells. What stands above the
    table of the first sheet is the header of the document.
    """
    sections: list[Section] = []
    for text, start in zip(texts, starts, strict=True):
        name, _, body = text.partition("\n")
        lines = [line for line in _lines(body, start + len(name) + 1) if line.cells]
        sections += _sheet(name, start, lines, len(sections)) if lines else []
    return Outline(tuple(sections), ())


def _sheet(name: str, start: int, lines: list[_Line], first: int) -> list[Section]:
    header = find_header([line.cells for line in lines])
    where = f"Trang tính {name}"
    above = lines[: header.start] if header else []
    title = _title(above) or name
    end = lines[-1].end
    sections = [Section("", where, title, 1, start, end, start + len(name), "table", None, None)]
    if header is None:
        return [*sections, *_rows(where, lines, first, 2, first + 1, ())]
    if above:
        kind: SectionKind = "header" if first == 0 else "other"
        span = (above[0].start, above[-1].end)
        sections.append(Section("", f"{where}, phần đầu", "", 2, *span, span[0], kind, None, first))
    sections.append(_columns(where, header, lines, first))
    parent = first + len(sections) - 1
    return [*sections, *_rows(where, lines[header.end :], parent, 3, parent + 1, header.names)]


def _title(lines: list[_Line]) -> str:
    """Give the title above a table: the row in capitals with most words, else the longest row.

    What is in brackets ("(Kèm theo Quyết định …)") and the unit of measure are no titles.
    """
    words = [line.filled[0] for line in lines]
    words = [cell for cell in words if not cell.startswith("(") and not _UNIT_OF_MEASURE.match(cell)]
    return max(words, key=lambda cell: (cell.isupper(), len(cell.split())), default="")


def _columns(where: str, header: Header, lines: list[_Line], parent: int) -> Section:
    syllables = accumulate(len(name.split()) for name in header.names)
    names = [name for name, total in zip(header.names, syllables, strict=True) if total <= _MAX_HEADING_SYLLABLES]
    cells = (cell for line in lines[: header.start] for cell in line.cells)
    measures = [match[0] for cell in cells if (match := _UNIT_OF_MEASURE.match(cell))]
    title = "; ".join([name for name in names if name] + measures[-1:])
    start, body_start = lines[header.start].start, lines[header.end - 1].end
    return Section("", where, title, 2, start, lines[-1].end, body_start, "table", None, parent)


def _rows(
    where: str, lines: list[_Line], table: int, level: int, first: int, names: tuple[str, ...]
) -> Iterator[Section]:
    """Give the rows of a table as sections; `first` is the place of the first one among all sections."""
    unit_column = next((column for column, name in enumerate(names) if _RESPONSIBLE.match(name)), None)
    open_rows: list[tuple[int, int]] = []  # rank and place in `lines` of the rows that this one may be part of
    parents: list[int | None] = []
    levels: list[int] = []
    ends = [line.end for line in lines]
    for row, line in enumerate(lines):
        rank = _rank(line)
        while open_rows and open_rows[-1][0] >= rank:
            open_rows.pop()
        for _, above in open_rows:
            ends[above] = line.end
        parents.append(open_rows[-1][1] if open_rows else None)
        levels.append(level + len(open_rows))
        open_rows.append((rank, row))
    with_parts = frozenset(parents)
    for row, line in enumerate(lines):
        has_parts, above_row = row in with_parts, parents[row]
        unit = line.cells[unit_column] if unit_column is not None and unit_column < len(line.cells) else ""
        yield Section(
            label="",
            locator=f"{where}, dòng {line.number}",
            title=" ".join(line.label) if has_parts else "",
            level=levels[row],
            start=line.start,
            end=ends[row],
            body_start=line.label_end if has_parts else line.start,
            kind="table",
            unit=unit or None,
            parent=table if above_row is None else first + above_row,
        )


def _lines(body: str, start: int) -> Iterator[_Line]:
    for number, line in enumerate(body.split("\n"), start=1):
        cells = tuple(line.split("\t")) if line.strip() else ()
        lead = len(line) - len(line.lstrip("\t"))
        yield _Line(number, start + lead, start + len(line.rstrip()), cells)
        start += len(line) + 1


def _rank(line: _Line) -> int:
    """Say how deep a row stands; 0 for one without a number, which stands for itself."""
    words = line.filled[0]
    rank = _rank_of_number(words)
    if rank is not None:
        return rank
    return 100 if _PART_OF_ROW_ABOVE.match(words) else 0


def _rank_of_number(cell: str) -> int | None:
    number = cell.strip("().")
    for rank, pattern in enumerate(_RANKS, start=1):
        if pattern.fullmatch(number):
            return rank + 10 * number.count(".")
    return None
