"""Automatic numbering of Word 97-2003 files: the number in front of a paragraph as Word prints it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from ingest.readers.binary_styles import Styles
from ingest.readers.numerals import letter, roman
from ingest.readers.paragraphs import Run, list_mark
from ingest.readers.word_binary import WordFile, number

_LEVELS = 9
_LIST_BYTES = 28  # that describe a list before the levels of all lists
_OVERRIDE_BYTES = 16
_LEVEL_BYTES = 28
_BULLET = 23
_IS_LEGAL, _KEEPS_ON = 4, 8
_FORMATS: dict[int, Callable[[int], str]] = {
    1: roman,
    2: lambda value: roman(value).lower(),
    3: lambda value: letter(value).upper(),
    4: letter,
    22: lambda value: f"{value:02}",
    255: lambda _: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list; `template` holds chr(0) to chr(8) where the numbers of the levels go."""

    start: int = 1
    format: int = 0
    flags: int = 0
    letters: bytes = b""  # properties of the number
    template: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """What a paragraph names: the list whose counts go on, its levels, and starts of its own by level."""

    counts_of: int
    levels: tuple[Level, ...]
    starts: dict[int, int]


@dataclass
class Numbering:
    """The lists of a file and what they have counted so far."""

    word: WordFile
    styles: Styles
    _counts: dict[int, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[int, int]] = field(default_factory=set)

    def next_run(self, row: int, level_row: int, style: int) -> Run | None:
        """Count a paragraph of the list `row` (from 1); give its number or bullet, None where it has none."""
        if not 0 < row <= len(self._lists):
            return None
        listed = self._lists[row - 1]
        if level_row >= len(listed.levels):
            return None
        counts = self._counts.setdefault(listed.counts_of, {})
        level = listed.levels[level_row]
        if level_row in listed.starts and (row, level_row) not in self._started:
            counts[level_row] = listed.starts[level_row]
        else:
            counts[level_row] = counts[level_row] + 1 if level_row in counts else level.start
        self._started.add((row, level_row))
        for above in range(level_row):
            counts.setdefault(above, listed.levels[above].start)
        for below in [other for other in counts if other > level_row]:
            if not listed.levels[below].flags & _KEEPS_ON:
                del counts[below]
        font = self.styles.font(self.styles.of_letters(style, level.letters))
        return list_mark(_printed(listed.levels, level_row, counts), font, level_row)

    @cached_property
    def _lists(self) -> tuple[_List, ...]:
        definitions = self._definitions()
        raw = self.word.tail(74)
        count = min(_u32(raw, 0), len(raw) // _OVERRIDE_BYTES)
        at = 4 + _OVERRIDE_BYTES * count
        lists = []
        for row in range(count):
            entry = raw[4 + _OVERRIDE_BYTES * row :][:_OVERRIDE_BYTES]
            levels = list(definitions.get(_u32(entry, 0), ()))
            starts: dict[int, int] = {}
            at += 4
            for _ in range(number(entry[12:13])):
                start, flags = _u32(raw, at), _u32(raw, at + 4)
                at += 8
                if flags & 0x10:
                    starts[flags & 0xF] = start
                if flags & 0x20:
                    own, at = _read_level(raw, at)
                    if flags & 0xF < len(levels):
                        levels[flags & 0xF] = own
            lists.append(_List(_u32(entry, 0), tuple(levels), starts))
        return tuple(lists)

    def _definitions(self) -> dict[int, tuple[Level, ...]]:
        """Read the levels of each list by its id; they stand behind the descriptions of all lists."""
        raw = self.word.tail(73)
        count = min(number(raw[:2]), len(raw) // _LIST_BYTES)
        at = 2 + _LIST_BYTES * count
        definitions = {}
        for row in range(count):
            entry = raw[2 + _LIST_BYTES * row :][:_LIST_BYTES]
            levels = []
            for _ in range(1 if number(entry[26:27]) & 1 else _LEVELS):
                level, at = _read_level(raw, at)
                levels.append(level)
            definitions[_u32(entry, 0)] = tuple(levels)
        return definitions


def _read_level(raw: bytes, at: int) -> tuple[Level, int]:
    """Read the level that begins at an offset; give it with the offset behind it."""
    fixed = raw[at : at + _LEVEL_BYTES].ljust(_LEVEL_BYTES, b"\0")
    letters_size, paragraph_size = fixed[24], fixed[25]
    at += _LEVEL_BYTES + paragraph_size
    letters = raw[at : at + letters_size]
    at += letters_size
    end = at + 2 + 2 * number(raw[at : at + 2])
    template = raw[at + 2 : end].decode("utf-16-le", "ignore")
    return Level(_u32(fixed, 0), fixed[4], fixed[5], letters, template), end


def _printed(levels: tuple[Level, ...], row: int, counts: dict[int, int]) -> str:
    is_legal = levels[row].flags & _IS_LEGAL
    parts = []
    for char in levels[row].template:
        at = ord(char)
        if at >= _LEVELS or levels[row].format == _BULLET:
            parts.append(char)
        elif at in counts and at < len(levels):
            parts.append(_FORMATS.get(0 if is_legal else levels[at].format, str)(counts[at]))
    return "".join(parts)


def _u32(raw: bytes, at: int) -> int:
    return number(raw[at : at + 4])
