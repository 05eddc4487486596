"""Pieces of lines become regions in reading order: columns one after the other, tables row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.blocks import read_marker
from ingest.readers.printed.lines import Line, joined
from ingest.reading import CELL_BREAK

_GUTTER = 0.7  # heights of a line; the least free strip between columns
_LONE_GUTTER = 2.2  # … where a single row is all that shows it
_OVERLAP = 0.4  # of the lower of two pieces: they stand in one row
_BREAK = 1.6  # heights of a line; a row further down on the left begins anew below columns

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Region:
    """Lines that are read from top to bottom; `is_full` where they have the width of the page to
    themselves, `is_table` where each line is a row of a table."""

    lines: tuple[Line, ...]
    is_full: bool = True
    is_table: bool = False


def reading_order(lines: Sequence[Line]) -> list[Region]:
    """Give the regions of a page in reading order."""
    regions: list[Region] = []
    plain: list[Line] = []
    for band in _bands(_rows(lines)):
        if len(band) == 1 and not _is_lone_band(band[0]):
            plain.append(joined(band[0]))
            continue
        if plain:
            regions.append(Region(tuple(plain)))
            plain = []
        regions.extend(_regions_of_band(band))
    return [*regions, Region(tuple(plain))] if plain else regions


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Group pieces that stand side by side; rows from top to bottom, pieces from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda piece: piece.top + piece.bottom):
        row = rows[-1] if rows else []
        beside = bool(row) and all(line.left >= other.right or line.right <= other.left for other in row)
        if beside and _overlap(row[0], line) >= _OVERLAP * min(row[0].height, line.height):
            row.append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _overlap(one: Line, other: Line) -> float:
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def _bands(rows: Sequence[list[Line]]) -> Iterator[list[list[Line]]]:
    """Group rows that a free strip divides into columns; every other row is a band of its own."""
    band: list[list[Line]] = []
    strips: list[Span] = []
    middle = sum(_hull(rows)) / 2
    for row in rows:
        ends = len(row) == 1 and (_is_at(row[0], middle) or _begins_below(band, row))
        common = _common(strips, row) if band and not ends else []
        if common:
            band.append(row)
            strips = common
            continue
        if band:
            yield band
        band, strips = [row], _gaps(row)
    if band:
        yield band


def _gaps(row: Sequence[Line]) -> list[Span]:
    return [(before.right, after.left) for before, after in pairwise(row)]


def _common(strips: Sequence[Span], row: Sequence[Line]) -> list[Span]:
    """Give what a row leaves free of the strips, where that is wide enough for a gutter."""
    edges = [(float("-inf"), row[0].left), *_gaps(row), (row[-1].right, float("inf"))]
    common = [(max(a, left), min(b, right)) for a, b in strips for left, right in edges]
    return [(left, right) for left, right in common if right - left >= _GUTTER * row[0].height]


def _hull(rows: Sequence[Sequence[Line]]) -> Span:
    return (
        min((piece.left for row in rows for piece in row), default=0.0),
        max((piece.right for row in rows for piece in row), default=0.0),
    )


def _is_at(piece: Line, middle: float) -> bool:
    """Say whether a piece is centred on the page, as a title below a header is."""
    return abs((piece.left + piece.right) / 2 - middle) < piece.height


def _begins_below(band: Sequence[list[Line]], row: Sequence[Line]) -> bool:
    """Say whether a row on the left stands clearly below columns, as the text after a header does."""
    if not band:
        return False
    above = max(piece.bottom for above in band for piece in above)
    on_left = row[0].left <= _hull(band)[0] + row[0].height
    return on_left and row[0].top - above > _BREAK * row[0].height


def _is_lone_band(row: Sequence[Line]) -> bool:
    return len(row) > 1 and all(right - left >= _LONE_GUTTER * row[0].height for left, right in _gaps(row))


def _regions_of_band(band: Sequence[list[Line]]) -> list[Region]:
    columns = _columns([piece for row in band for piece in row])
    if len(columns) > 2:
        return [Region(tuple(_table_rows(band, columns)), is_full=False, is_table=True)]
    return [
        Region(tuple(joined(inside) for row in band if (inside := _inside(row, column))), is_full=False)
        for column in columns
    ]


def _columns(pieces: Sequence[Line]) -> list[Span]:
    """Give the horizontal extents that a band fills, from left to right."""
    columns: list[Span] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if columns and piece.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    return columns


def _inside(row: Sequence[Line], column: Span) -> list[Line]:
    return [piece for piece in row if column[0] <= piece.left < column[1]]


def _table_rows(band: Sequence[list[Line]], columns: Sequence[Span]) -> Iterator[Line]:
    """Give each row of a table as one line; a row goes on where the first column stays empty."""
    cells: list[list[Line]] = [[] for _ in columns]
    for row in band:
        if cells[0] and _inside(row, columns[0]):
            yield _table_row(cells)
            cells = [[] for _ in columns]
        for cell, column in zip(cells, columns, strict=True):
            cell.extend(_inside(row, column))
    yield _table_row(cells)


def _table_row(cells: Sequence[Sequence[Line]]) -> Line:
    """Give the cells of a row as one line, which is no numbered item whatever its first cell says."""
    row = joined([joined(cell) for cell in cells if cell], CELL_BREAK)
    return replace(row, text=f"{CELL_BREAK.lstrip()}{row.text}") if read_marker(row.text) else row
