"""The stored text as a person reads it: stray marks gone, lines cut by page breaks joined again.

Nothing stored is changed. Every shown character remembers where it stands in the stored text, so
that a mark in the reading view is a mark in the document.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import takewhile

# Emphasis marks left over from conversion, and characters that print nothing.
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_DROPPED = frozenset("*" + _INVISIBLE)
_LONG_LINE = 60  # characters; a line this long that ends without a stop was cut, not ended
_LOOK_BACK = 5 * _LONG_LINE  # characters of a line that the joining rule looks at
_STOPS = ".!?:…"
CELL_BREAK = " | "  # between the cells of a row of a table
_SPACE_RUN = re.compile(r"\s+")
# A tab between cells of a row; the one after a number ("1.", "a)") or a dash only sets the words apart.
_CELLS = re.compile(r"[^\s.)/+•–-] *\t\s*\S")
# At most three digits: four are a year that a narrow line left alone.
PAGE_NUMBER_LINE = re.compile(r"[ \t]*(?:[-–]\s*)?(?:Trang\s+)?\d{1,3}(?:/\d{1,3})?(?:\s*[-–])?[ \t]*")
_PAGE_NUMBER_BETWEEN = re.compile(rf"\n{PAGE_NUMBER_LINE.pattern}(?=\n)")


@dataclass(frozen=True, slots=True)
class Readable:
    """A reading view; `offsets[i]` is the offset in the stored text of the shown `text[i]`."""

    text: str
    offsets: tuple[int, ...]

    def shown_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the shown span of the stored span [start, end); empty where nothing of it shows."""
        return bisect_left(self.offsets, start), bisect_left(self.offsets, end)


def joins_lines(before: str, after: str) -> bool:
    """Say whether a line break between two lines cuts a sentence rather than ends a paragraph.

    `before` and `after` are the lines on both sides, without surrounding spaces and marks.
    """
    if not before or not after or before[-1] in _STOPS or _is_row(before) or _is_row(after):
        return False
    if after[0].islower() or after[0] in ")]”":
        return True
    if after[0].isdigit() and len(before) >= _LONG_LINE:
        return True
    unclosed = before.count("(") > before.count(")") or before.count("“") > before.count("”")
    if unclosed and len(before) >= _LONG_LINE:
        return True
    return before[-1] not in ";," and len(before) >= 4 * _LONG_LINE


def _is_row(line: str) -> bool:
    return CELL_BREAK in line or _CELLS.search(line) is not None


def readable(text: str) -> Readable:
    """Give the reading view of a stored text or of any span of it; linear in its length."""
    shown: list[str] = []
    offsets: list[int] = []
    noise = {i for match in _PAGE_NUMBER_BETWEEN.finditer(text) for i in range(*match.span())}
    kept = [(i, c) for i, c in enumerate(text) if c not in _DROPPED and i not in noise]
    line_start = 0  # in `shown`
    position = 0
    while position < len(kept):
        offset, char = kept[position]
        if not char.isspace():
            shown.append(char)
            offsets.append(offset)
            position += 1
            continue
        run_end = position
        while run_end < len(kept) and kept[run_end][1].isspace():
            run_end += 1
        if shown and run_end < len(kept):
            tab = next((i for i, c in kept[position:run_end] if c == "\t"), None)
            breaks = any(c == "\n" for _, c in kept[position:run_end])
            if breaks and not joins_lines(_tail(shown, line_start), _line(kept, run_end)):
                shown.append("\n")
                line_start = len(shown)
                offsets.append(offset)
            else:
                shown.append(" " if tab is None else "\t")
                offsets.append(offset if tab is None else tab)
        position = run_end
    return Readable("".join(shown), tuple(offsets))


def _line(kept: list[tuple[int, str]], start: int) -> str:
    return "".join(takewhile(lambda char: char != "\n", (char for _, char in kept[start : start + _LOOK_BACK])))


def _tail(shown: list[str], line_start: int) -> str:
    return "".join(shown[max(line_start, len(shown) - _LOOK_BACK) :])


def one_line(text: str) -> str:
    """Give the reading view on one line, for titles, headings and what is embedded."""
    return _SPACE_RUN.sub(" ", readable(text).text)
