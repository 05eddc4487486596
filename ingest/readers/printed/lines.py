"""Words with their places on a page become pieces of lines, the same for text layers and for scans."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.blocks import read_marker

# In heights of a line, which is about 1.15 times the size of its letters.
_COLUMN_GAP = 0.9  # two words further apart may stand in two columns
_SURE_GAP = 1.8  # where a row has no other gap to compare with
_STRETCH = 2.0  # a justified row stretches all of its gaps alike


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a printed row without a wide gap; places in points from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Give the height of the row in points."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageLines:
    """The pieces of lines of a page, in any order; its size in points."""

    width: float
    height: float
    lines: tuple[Line, ...]


def pieces_of_row(words: Sequence[Line]) -> list[Line]:
    """Join the words of one row, and cut it where columns may part: at gaps far wider than its others."""
    row = sorted(words, key=lambda word: word.left)
    gaps = [after.left - before.right for before, after in pairwise(row)]
    pieces: list[list[Line]] = [row[:1]]
    for position, gap in enumerate(gaps):
        if _parts_columns(gap, gaps[:position] + gaps[position + 1 :], row[0].height) and not _is_marker(pieces[-1]):
            pieces.append([])
        pieces[-1].append(row[position + 1])
    return [joined(piece) for piece in pieces if piece]


def joined(parts: Sequence[Line], separator: str = " ") -> Line:
    """Make one line of several; the box encloses all of them."""
    return Line(
        separator.join(part.text for part in parts),
        min(part.left for part in parts),
        min(part.top for part in parts),
        max(part.right for part in parts),
        max(part.bottom for part in parts),
    )


def _parts_columns(gap: float, others: Sequence[float], height: float) -> bool:
    narrow = [other for other in others if other < _COLUMN_GAP * height]
    if narrow:
        return gap > max(_COLUMN_GAP * height, _STRETCH * median(narrow))
    return gap > _SURE_GAP * height


def _is_marker(words: Sequence[Line]) -> bool:
    """Say whether the words are nothing but the number or bullet of an item, set off by a tab."""
    text = " ".join(word.text for word in words)
    found = read_marker(f"{text} x")
    return found is not None and found[1] > len(text)
