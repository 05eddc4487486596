"""Lists of OpenDocument files: the number in front of a paragraph as the word processor prints it."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.readers.numerals import bullet, letter, roman
from ingest.readers.word_xml import tag

if TYPE_CHECKING:
    from lxml.etree import _Element

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_OFFICE_FORMAT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
_PLACE = re.compile(r"%(\d{1,2})%")
_LEVELS = 10
_MAX_TEXT = 100  # characters around the numbers of a level; more is a damaged file
_OUTLINE = "outline"  # the list that headings outside lists count in


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list style; `text` holds "%1%" where the number of the first level stands."""

    text: str
    format: str = "1"
    start: int = 1
    bullet: str | None = None  # the sign of a level without numbers


ListStyle = dict[int, ListLevel]


def read_list_styles(*roots: "_Element | None") -> dict[str, ListStyle]:
    """Read the list styles of the parts by name, the numbering of headings under "outline"."""
    found: dict[str, ListStyle] = {}
    for root in roots:
        for element in root.iter() if root is not None else ():
            if tag(element) in ("list-style", "outline-style"):
                levels = {whole_number(level.get(TEXT + "level"), 1): _read_level(level) for level in element}
                name = _OUTLINE if tag(element) == "outline-style" else element.get(STYLE + "name") or ""
                found[name] = {row: level for row, level in levels.items() if row <= _LEVELS}
    return found


def whole_number(value: str | None, default: int) -> int:
    """Give an attribute as a whole number, `default` where it is none or absurdly large."""
    return int(value) if value is not None and value.isdecimal() and len(value) < 6 else default


def _read_level(element: "_Element") -> ListLevel:
    row = whole_number(element.get(TEXT + "level"), 1)
    if tag(element) != "list-level-style-number" and tag(element) != "outline-level-style":
        return ListLevel("", bullet=element.get(TEXT + "bullet-char") or "•")
    form = element.get(STYLE + "num-format") or ""
    text = element.get(STYLE + "num-list-format") or element.get(_OFFICE_FORMAT)
    if text is None:
        first = row + 1 - whole_number(element.get(TEXT + "display-levels"), 1)
        numbers = ".".join(f"%{shown}%" for shown in range(max(first, 1), row + 1))
        text = f"{element.get(STYLE + 'num-prefix') or ''}{numbers}{element.get(STYLE + 'num-suffix') or ''}"
    return ListLevel(text[:_MAX_TEXT] if form else "", form, whole_number(element.get(TEXT + "start-value"), 1))


@dataclass(slots=True)
class ListCounter:
    """Counts the items of the lists of one file."""

    styles: dict[str, ListStyle]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)  # by list
    _latest: dict[str, str] = field(default_factory=dict)  # the last list of each style
    _unnamed: int = 0

    def open_list(self, element: "_Element", style: str) -> str:
        """Give the list that an outermost list element counts in: its own, or the one that it continues."""
        self._unnamed += 1
        own = element.get(XML_ID) or element.get(TEXT + "id") or f"unnamed {self._unnamed}"
        earlier = element.get(TEXT + "continue-list") or ""
        goes_on = bool(earlier) or element.get(TEXT + "continue-numbering") == "true"
        if earlier not in self._counts and goes_on:  # LibreOffice names lists that it gave no id
            earlier = self._latest.get(style, "")
        self._counts[own] = self._counts.get(earlier, {})  # shared: both go on with the same numbers
        self._latest[style] = own
        return own

    def next_marker(self, list_id: str, style: str, row: int, start: int | None = None) -> str:
        """Count an item; give its number or bullet with the space after it."""
        levels = self.styles.get(style, {})
        level = levels.get(row)
        if level is None:
            return ""
        counts = self._counts.setdefault(list_id, {})
        if start is not None:
            counts[row] = start
        else:
            counts[row] = counts[row] + 1 if row in counts else level.start
        for above in range(1, row):
            counts.setdefault(above, levels[above].start if above in levels else 1)
        for below in [other for other in counts if other > row]:
            del counts[below]
        if level.bullet is not None:
            depth = sum(above in levels and levels[above].bullet is not None for above in range(1, row))
            return f"{bullet(level.bullet, depth)} "
        shown = _PLACE.sub(lambda match: _format(levels, int(match[1]), counts), level.text).strip()
        return f"{shown} " if shown else ""

    def next_heading(self, row: int) -> str:
        """Count a heading outside lists; most files do not number them."""
        level = self.styles.get(_OUTLINE, {}).get(row)
        return self.next_marker(_OUTLINE, _OUTLINE, row) if level is not None and level.text else ""


def _format(levels: ListStyle, row: int, counts: dict[int, int]) -> str:
    level = levels.get(row, ListLevel(""))
    value = counts.get(row, level.start)
    match level.format:
        case "I":
            return roman(value)
        case "i":
            return roman(value).lower()
        case "A":
            return letter(value).upper()
        case "a":
            return letter(value)
        case "":
            return ""
        case _:
            return str(value)
