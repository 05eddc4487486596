"""Tables of Word files become rows of cells."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ingest.readers.runs import is_bold
from ingest.readers.tables import Cell
from ingest.readers.word_paragraphs import read_pieces
from ingest.readers.word_styles import Styles
from ingest.readers.word_xml import attribute, child, content, is_on, number, tag

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A cell as the file has it: merged ones stand in every row that they reach."""

    element: "_Element | None"  # None: a gap before the first cell
    column: int
    columns: int
    merge: Literal["none", "starts", "goes on"]


def read_rows(table: "_Element", styles: Styles, read: "Callable[[_Element], list[str]]") -> list[list[Cell]]:
    """Give the rows of a table; `read` gives the blocks of a cell. Rows that a tracked change deletes are left out."""
    rows = [item for item in content(table) if tag(item) == "tr" and not _is_deleted(item)]
    drawn = [_drawn(row) for row in rows]
    cells: list[list[Cell]] = []
    for at, row in enumerate(rows):
        repeats = bool(is_on(child(child(row, "trPr"), "tblHeader")))
        own: list[Cell] = []
        for cell in drawn[at]:
            if cell.element is None:
                own.append(Cell((), cell.columns))
            elif cell.merge != "goes on" or not _reaches_from_above(drawn, at, cell):
                blocks = tuple(read(cell.element))
                is_heading = at == 0 and (repeats or _is_bold(cell.element, styles))
                own.append(Cell(blocks, cell.columns, _reach(drawn, at, cell), is_heading))
        cells.append(own)
    return cells


def _drawn(row: "_Element") -> list[_Drawn]:
    before = number(child(child(row, "trPr"), "gridBefore")) or 0
    cells = [_Drawn(None, 0, before, "none")] if before > 0 else []
    column = max(before, 0)
    for item in content(row):
        if tag(item) != "tc":
            continue
        properties = child(item, "tcPr")
        merged = child(properties, "vMerge")
        merge: Literal["none", "starts", "goes on"] = "none"
        if merged is not None:
            merge = "starts" if attribute(merged) == "restart" else "goes on"
        columns = max(number(child(properties, "gridSpan")) or 1, 1)
        cells.append(_Drawn(item, column, columns, merge))
        column += columns
    return cells


def _reach(rows: list[list[_Drawn]], at: int, cell: _Drawn) -> int:
    """Count the rows that a cell of a row reaches, its own the first."""
    end = at + 1
    while cell.merge == "starts" and end < len(rows):
        if not any(other.column == cell.column and other.merge == "goes on" for other in rows[end]):
            break
        end += 1
    return end - at


def _reaches_from_above(rows: list[list[_Drawn]], at: int, cell: _Drawn) -> bool:
    """Say whether the row above has a merged cell that this one goes on with; else it stands alone."""
    return at > 0 and any(other.column == cell.column and other.merge != "none" for other in rows[at - 1])


def _is_bold(cell: "_Element", styles: Styles) -> bool:
    paragraphs = [item for item in content(cell) if tag(item) == "p"]
    styles_of = (attribute(child(child(item, "pPr"), "pStyle")) for item in paragraphs)
    return is_bold(
        piece
        for paragraph, style in zip(paragraphs, styles_of, strict=True)
        for piece in read_pieces(paragraph, style, styles)
    )


def _is_deleted(row: "_Element") -> bool:
    return child(child(row, "trPr"), "del") is not None
