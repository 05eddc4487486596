"""What is printed on every page and belongs to none: running headers, footers and page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.folding import fold
from ingest.readers.printed.lines import Line, PageLines
from ingest.reading import PAGE_NUMBER_LINE

_EDGE = 0.12  # of the height of a page, at its top and at its bottom
_MIN_PAGES = 3  # … that repeat a line, or both where there are two
_PLACE = 6.0  # points by which a running line may move from page to page
_NUMBER_LENGTH = 4  # characters that a page number is misread as, at most ("lô" for 8)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Furniture:
    repeated: frozenset[tuple[str, int]]  # words, height on the page
    numbers: tuple[Line, ...]


def without_furniture(pages: Sequence[PageLines]) -> list[PageLines]:
    """Leave out lone page numbers, and lines that repeat at the same height of several pages.

    Only the edges of a page are looked at, and digits do not count ("Trang 2/5", "Trang 3/5").
    """
    found = _furniture(pages)
    return [replace(page, lines=tuple(x for x in page.lines if not _is_furniture(page, x, found))) for page in pages]


def _furniture(pages: Sequence[PageLines]) -> _Furniture:
    edges = [(page, [line for line in page.lines if _is_at_edge(page, line)]) for page in pages]
    seen = Counter(key for _, lines in edges for key in {_key(line) for line in lines})
    least = min(_MIN_PAGES, max(2, len(pages)))
    repeated = frozenset(
        (words, place)
        for words, place in seen
        if sum(seen[words, near] for near in (place - 1, place, place + 1)) >= least
    )
    numbers = [line for page, lines in edges for line in lines if _is_number(line) and _is_alone(page, line)]
    return _Furniture(repeated, tuple(numbers))


def _is_furniture(page: PageLines, line: Line, found: _Furniture) -> bool:
    if not _is_at_edge(page, line):
        return False
    if _key(line) in found.repeated:
        return True
    if not _is_alone(page, line):
        return False
    in_place = len(line.text) <= _NUMBER_LENGTH and any(_is_same_place(line, number) for number in found.numbers)
    return _is_number(line) or in_place


def _is_number(line: Line) -> bool:
    return PAGE_NUMBER_LINE.fullmatch(line.text) is not None


def _is_same_place(one: Line, other: Line) -> bool:
    across = abs(one.left + one.right - other.left - other.right) / 2
    return across < _PLACE and abs(one.bottom - other.bottom) < _PLACE


def _is_at_edge(page: PageLines, line: Line) -> bool:
    return line.bottom < _EDGE * page.height or line.top > (1 - _EDGE) * page.height


def _is_alone(page: PageLines, line: Line) -> bool:
    return not any(x is not line and x.top < line.bottom and x.bottom > line.top for x in page.lines)


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("0", fold(line.text)), round(line.bottom / _PLACE)
