"""Tables become lines: data a line a row with its column names, tables for layout cell after cell."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import read_marker
from ingest.reading import CELL_BREAK
from ingest.trailer import is_role_line

_MAX_COLUMNS = 200  # what a spanned cell may claim, and from where none reaches down; more is a damaged file
_MAX_NAME = 120  # characters of a column's name
_MAX_NAME_SYLLABLES = 12
_MAX_REPEATS = 5  # times the cells of a table; more merged cells are a damaged file
_MAX_REPEATED = 200  # characters of a cell that is written again in each row that it reaches
_MAX_LAYOUT_ROWS = 8
_LETTERHEAD = re.compile(
    r"CỘNG H[OÒ][AÀ] XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]\s*Tự do"
    r"|(?m:^\W*Số\s*:?\s*\d*\s*[-–/]\s*[A-ZĐ])|(?m:^\W*Nơi\s+nhận\b)"
)
_ORDINAL_COLUMN = re.compile(r"(?:S(?:ố )?\s?TT|TT|No\.?|#)", re.IGNORECASE)
_COLUMN_WORDS = re.compile(
    r"nội dung|nhiệm vụ|công việc|hoạt động|thời gian|thời hạn|tiến độ|ngày|địa điểm|đơn vị|cơ quan|chủ trì|phối hợp"
    r"|người|họ và tên|họ tên|tên|chức vụ|số lượng|kinh phí|dự toán|kết quả|sản phẩm|chỉ tiêu|ghi chú|hình thức"
    r"|đối tượng|lĩnh vực|mục tiêu|thành phần|phụ trách|yêu cầu|stt|số tt",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs and nested tables as blocks of text, and how far it reaches.

    `is_heading` where the format or bold letters say that it names a column.
    """

    blocks: tuple[str, ...]
    columns: int = 1
    rows: int = 1
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell in a row of the grid; `is_own` False where it reaches down from a row above."""

    cell: Cell
    column: int
    is_own: bool


def table_blocks(rows: Iterable[Sequence[Cell]]) -> list[str]:
    """Give a table as blocks of text, one for a table of data, one for each cell or paragraph of a layout.

    A row of data is one line, "column: value" where the first row names the columns, else the cells
    alone, joined by " | ".
    """
    grid = [row for row in _grid(rows) if any(place.cell.blocks for place in row)]
    used = {place.column for row in grid for place in row if place.cell.blocks}
    names = _column_names(grid) if len(used) > 1 else None
    if names is None and _is_framed(grid):
        return _layout(grid, "\n".join)
    if names is None and (len(grid) < 2 or len(used) < 2):
        return _layout(grid, "\n\n".join)
    depth, titles = names or (0, {})
    lines = [_row_line(row, titles) for row in grid[depth:]]
    return ["\n".join(line for line in lines if line)]


def _grid(rows: Iterable[Sequence[Cell]]) -> list[list[_Place]]:
    """Give each row its cells by column, those that reach down from above among them."""
    grid: list[list[_Place]] = []
    above: dict[int, tuple[Cell, int]] = {}  # by first column, with the rows still to come
    own = repeated = 0
    for row in rows:
        is_sound = repeated <= _MAX_REPEATS * (own + 1)
        places = [_Place(cell, column, False) for column, (cell, _) in above.items() if is_sound]
        own, repeated = own + len(row), repeated + len(places)
        taken = {column + i for column, (cell, _) in above.items() for i in range(_width(cell))}
        above = {column: (cell, left - 1) for column, (cell, left) in above.items() if left > 1}
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            places.append(_Place(cell, column, True))
            if cell.rows > 1 and column < _MAX_COLUMNS:
                above[column] = (cell, cell.rows - 1)
            column += _width(cell)
        grid.append(sorted(places, key=lambda place: place.column))
    return grid


def _width(cell: Cell) -> int:
    return max(1, min(cell.columns, _MAX_COLUMNS))


def _column_names(grid: list[list[_Place]]) -> tuple[int, dict[int, str]] | None:
    """Give the number of header rows and the names by column; None where the first row is data."""
    if len(grid) < 2 or not _names_columns(grid[0]):
        return None
    reach = max(place.cell.rows for place in grid[0])
    is_parted = any(place.cell.columns > 1 for place in grid[0])
    depth = reach if is_parted and reach < len(grid) else 1
    names: dict[int, list[str]] = {}
    for row in grid[:depth]:
        for place in row:
            if place.is_own and place.cell.blocks:
                for column in range(place.column, place.column + _width(place.cell)):
                    names.setdefault(column, []).append(_flat(place.cell))
    joined = {column: " ".join(parts).rstrip(" :") for column, parts in names.items()}
    return None if any(len(name) > _MAX_NAME for name in joined.values()) else (depth, joined)


def _names_columns(row: list[_Place]) -> bool:
    cells = [place.cell for place in row if place.cell.blocks]
    words = [_flat(cell) for cell in cells]
    if len(cells) < 2 or any(len(w.split()) > _MAX_NAME_SYLLABLES or w.endswith((".", ";")) for w in words):
        return False
    known = sum(bool(_COLUMN_WORDS.match(w)) for w in words)
    is_ordinal = bool(_ORDINAL_COLUMN.fullmatch(words[0]))
    has_digits = any(char.isdigit() for w in words for char in w)
    return all(cell.is_heading for cell in cells) or is_ordinal or (known >= 2 and not has_digits)


def _is_framed(grid: list[list[_Place]]) -> bool:
    """Say whether the table sets a letterhead, or recipients and signature, side by side."""
    if len(grid) > _MAX_LAYOUT_ROWS or any(len(row) > 4 for row in grid):
        return False
    texts = ["\n".join(place.cell.blocks) for row in grid for place in row]
    if any(_LETTERHEAD.search(text) for text in texts):
        return True
    return len(grid) <= 3 and any(is_role_line(line.strip()) for text in texts for line in text.split("\n"))


def _layout(grid: list[list[_Place]], join: Callable[[tuple[str, ...]], str]) -> list[str]:
    """Give the cells column by column, a row that is one cell across the table where it stands."""
    blocks: list[str] = []
    band: dict[int, list[str]] = {}
    for row in [*grid, []]:
        filled = [place for place in row if place.is_own and place.cell.blocks]
        is_across = len(filled) == 1 and filled[0].cell.columns > 1
        if is_across or not row:
            blocks += [text for _, texts in sorted(band.items()) for text in texts]
            blocks += [join(place.cell.blocks) for place in filled]
            band = {}
            continue
        for place in filled:
            band.setdefault(place.column, []).append(join(place.cell.blocks))
    return blocks


def _row_line(row: list[_Place], names: dict[int, str]) -> str:
    values = list(_values(row, names))
    line = CELL_BREAK.join(values)
    # A number at its start would be read as an item of the document itself.
    return f"{CELL_BREAK.lstrip()}{line}" if read_marker(line) else line


def _values(row: list[_Place], names: dict[int, str]) -> Iterator[str]:
    is_across = sum(bool(place.cell.blocks) for place in row) == 1
    for place in row:
        value = _flat(place.cell)
        name = names.get(place.column, "") if not (is_across and place.cell.columns > 1) else ""
        if value and value != name and (place.is_own or len(value) <= _MAX_REPEATED):
            yield f"{name}: {value}" if name else value


def _flat(cell: Cell) -> str:
    """Give a cell on one line; the rows of a table inside it end in semicolons."""
    blocks = (
        block.replace(CELL_BREAK, ", ").replace("\n", "; ") if CELL_BREAK in block else block for block in cell.blocks
    )
    return " ".join(" ".join(blocks).split())
