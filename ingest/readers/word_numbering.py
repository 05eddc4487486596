"""Automatic numbering of Word files: the number in front of a paragraph as Word prints it.

What the standard leaves open follows Word: lists of one abstract definition count on together, a
start of their own counts from the first paragraph that uses it, and a level that is entered without
those above it counts them as begun.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.readers.numerals import bullet, letter, roman
from ingest.readers.runs import PLAIN, Look
from ingest.readers.word_styles import Styles, read_look
from ingest.readers.word_xml import attribute, child, content, is_on, number, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9  # a level beyond these would be counted for a long time
_MAX_TEXT = 100  # characters around the numbers of a level; more is a damaged file
_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": roman,
    "lowerRoman": lambda value: roman(value).lower(),
    "upperLetter": lambda value: letter(value).upper(),
    "lowerLetter": letter,
    "decimalZero": lambda value: f"{value:02}",
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; `text` holds "%1" where the number of the first level stands."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    separator: str = " "
    restart: int | None = None  # levels from this one on do not restart it; None: all above do
    is_legal: bool = False  # the numbers of levels above are printed in digits
    style: str | None = None  # the paragraph style that is linked to this level
    look: Look = PLAIN


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list that paragraphs name: its levels, where counts are kept, and starts of its own."""

    counts_of: str
    levels: dict[int, Level]
    starts: dict[int, int]

    def level_of_style(self, style_id: str) -> int | None:
        """Give the level that a paragraph style is linked to."""
        return next((row for row, level in self.levels.items() if level.style == style_id), None)


@dataclass(slots=True)
class Counter:
    """Counts the paragraphs of one story: the body, a text box, a note."""

    _lists: dict[str, NumberedList]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def next_marker(self, list_id: str, row: int) -> tuple[str, Look]:
        """Count a paragraph; give its number or bullet with the space after it, and how it is printed."""
        numbered = self._lists.get(list_id)
        level = numbered.levels.get(row) if numbered else None
        if numbered is None or level is None:
            return "", PLAIN
        counts = self._counts.setdefault(numbered.counts_of, {})
        if row in numbered.starts and (list_id, row) not in self._started:
            counts[row] = numbered.starts[row]
        else:
            counts[row] = counts[row] + 1 if row in counts else numbered.starts.get(row, level.start)
        self._started.add((list_id, row))
        for above in range(row):
            counts.setdefault(above, numbered.levels.get(above, Level()).start)
        for below in [other for other in counts if other > row]:
            restart = numbered.levels.get(below, Level()).restart
            if restart is None or row < restart:
                del counts[below]
        # The font of a bullet's sign says nothing of the dash that stands for it.
        return _marker(numbered, row, counts), PLAIN if level.format == "bullet" else level.look


def numbering_of(
    properties: "_Element | None", style_id: str | None, styles: Styles, lists: dict[str, NumberedList]
) -> tuple[str, int] | None:
    """Give list and level of a paragraph by its properties, own or of its style; None where it has none."""
    own = child(properties, "numPr")
    list_id, row = attribute(child(own, "numId")), number(child(own, "ilvl"))
    if list_id is None:
        for _, style in styles.chain(style_id):
            list_id = style.list_id if list_id is None else list_id
            row = style.list_level if row is None else row
        linked = lists.get(list_id or "")
        # The style that a level names is the stronger tie, also for styles based on it.
        levels = (linked.level_of_style(ancestor) for ancestor, _ in styles.chain(style_id)) if linked else iter(())
        if own is None:
            row = next((level for level in levels if level is not None), row)
    return (list_id, row or 0) if list_id is not None and list_id in lists else None


def read_numbering(root: "_Element | None", styles: Styles) -> dict[str, NumberedList]:
    """Read the numbering part: lists by id; a list that names what is not there is left out."""
    if root is None:
        return {}
    abstract = {attribute(e, "abstractNumId") or "": e for e in root if tag(e) == "abstractNum"}
    numbers = {attribute(e, "numId") or "": e for e in root if tag(e) == "num"}
    lists = {}
    for list_id, element in numbers.items():
        name = attribute(child(element, "abstractNumId")) or ""
        definition = _linked(abstract.get(name), abstract, numbers, styles)
        if definition is None or list_id == "0":  # list 0 takes the numbering of a style away
            continue
        levels = {number(e, "ilvl") or 0: _read_level(e) for e in definition if tag(e) == "lvl"}
        levels = {row: level for row, level in levels.items() if 0 <= row < _LEVELS}
        starts: dict[int, int] = {}
        for override in element:
            row = number(override, "ilvl")
            if tag(override) != "lvlOverride" or row is None or not 0 <= row < _LEVELS:
                continue
            own, start = child(override, "lvl"), number(child(override, "startOverride"))
            levels |= {row: _read_level(own)} if own is not None else {}
            starts |= {row: start} if start is not None else {}
        lists[list_id] = NumberedList(name, levels, starts)
    return lists


def _linked(
    definition: "_Element | None", abstract: "dict[str, _Element]", numbers: "dict[str, _Element]", styles: Styles
) -> "_Element | None":
    """Follow a definition that only names the list style that has the levels."""
    style = styles.by_id.get(attribute(child(definition, "numStyleLink")) or "")
    if style is None:
        return definition
    target = numbers.get(style.list_id or "")
    return abstract.get(attribute(child(target, "abstractNumId")) or "")


def _read_level(element: "_Element") -> Level:
    start = number(child(element, "start"))
    suffix = attribute(child(element, "suff"))
    form = next((item for item in content(element) if tag(item) == "numFmt"), None)
    name = attribute(form) or "decimal"
    return Level(
        # Word counts a level without a start from 0.
        start=0 if start is None else start,
        format=(attribute(form, "format") or "decimal")[:_MAX_TEXT] if name == "custom" else name,
        text=(attribute(child(element, "lvlText")) or "")[:_MAX_TEXT],
        separator="" if suffix == "nothing" else " ",
        restart=number(child(element, "lvlRestart")),
        is_legal=bool(is_on(child(element, "isLgl"))),
        style=attribute(child(element, "pStyle")),
        look=read_look(child(element, "rPr")),
    )


def _marker(numbered: NumberedList, row: int, counts: dict[int, int]) -> str:
    level = numbered.levels[row]
    if level.format == "bullet":
        depth = sum(numbered.levels.get(above, Level()).format == "bullet" for above in range(row))
        return f"{bullet(level.text, depth)} " if level.text.strip() else ""

    def printed(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        shown = numbered.levels.get(at, Level())
        if level.is_legal and at < row:
            shown = replace(shown, format="decimal")
        return _format(shown.format, counts.get(at, shown.start))

    text = _PLACE.sub(printed, level.text).strip()
    return text + level.separator if text else ""


def _format(name: str, value: int) -> str:
    if name[:1].isdigit():  # a pattern by example: "01, 02, 03, ..."
        return str(value).zfill(len(name.partition(",")[0]))
    return _FORMATS.get(name, str)(value)
