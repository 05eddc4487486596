"""The stored text as a person reads it: stray marks gone, lines cut by page breaks joined again.

Nothing stored is changed. Every shown character remembers where it stands in the stored text, so
that a mark in the reading view is a mark in the document.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

# Emphasis marks left over from conversion, and characters that print nothing.
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_LONG_LINE = 60  # characters; a line this long that ends without a stop was cut, not ended
_LOOK_BACK = 5 * _LONG_LINE  # characters of a line that the joining rule looks at
_STOPS = ".!?:…"
CELL_BREAK = " | "  # between the cells of a row of a table
_SPACE_RUN = re.compile(r"\s+")
_BREAK = re.compile(r"\s{2,}|[^\S ]")  # between words, more than a space
# A tab between cells of a row; the one after a number ("1.", "a)") or a dash only sets the words apart.
_CELLS = re.compile(r"[^\s.)/+•–-] *\t\s*\S")
# At most three digits: four are a year that a narrow line left alone.
PAGE_NUMBER_LINE = re.compile(r"[ \t]*(?:[-–]\s*)?(?:Trang\s+)?\d{1,3}(?:/\d{1,3})?(?:\s*[-–])?[ \t]*")
_NOISE = re.compile(rf"[*{_INVISIBLE}]|\n{PAGE_NUMBER_LINE.pattern}(?=\n)")


@dataclass(frozen=True, slots=True)
class Readable:
    """A reading view; `offsets[i]` is the offset in the stored text of the shown `text[i]`."""

    text: str
    offsets: tuple[int, ...]

    def shown_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the shown span of the stored span [start, end); empty where nothing of it shows."""
        return bisect_left(self.offsets, start), bisect_left(self.offsets, end)

    def stored_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the stored span of the shown span [start, end), which is not empty."""
        return self.offsets[start], self.offsets[end - 1] + 1


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
    kept, places = _without_noise(text)
    shown: list[str] = []
    offsets: list[int] = []
    line = ""  # the end of the one that is being shown
    done, last = len(kept) - len(kept.lstrip()), len(kept.rstrip())
    for run in _BREAK.finditer(kept, done, last):
        start, end = run.span()
        shown.append(kept[done:start])
        offsets += places[done:start]
        line = (line + kept[done:start])[-_LOOK_BACK:]
        done = end
        tab = kept.find("\t", start, end)
        if "\n" in run[0] and not joins_lines(line, _line(kept, end)):
            shown.append("\n")
            line = ""
            offsets.append(places[start])
        else:
            shown.append(" " if tab < 0 else "\t")
            line += shown[-1]
            offsets.append(places[start if tab < 0 else tab])
    shown.append(kept[done:last])
    offsets += places[done:last]
    return Readable("".join(shown), tuple(offsets))


def _without_noise(text: str) -> tuple[str, list[int]]:
    """Give what of a text is shown or sets words apart, and where each of its characters stands."""
    kept: list[str] = []
    places: list[int] = []
    done = 0
    for noise in _NOISE.finditer(text):
        kept.append(text[done : noise.start()])
        places += range(done, noise.start())
        done = noise.end()
    kept.append(text[done:])
    places += range(done, len(text))
    return "".join(kept), places


def _line(text: str, start: int) -> str:
    return text[start : start + _LOOK_BACK].partition("\n")[0]


def one_line_offsets(text: str) -> list[int]:
    """Give the offset in the stored text of each character of `one_line(text)`."""
    shown = readable(text)
    return [
        offset
        for at, (character, offset) in enumerate(zip(shown.text, shown.offsets, strict=True))
        if not (at and character.isspace() and shown.text[at - 1].isspace())
    ]


@lru_cache(maxsize=10_000)  # of a passage it is asked again with each question
def one_line(text: str) -> str:
    """Give the reading view on one line, for titles, headings and what is embedded."""
    return _SPACE_RUN.sub(" ", readable(text).text)
