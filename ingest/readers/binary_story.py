"""The texts of a Word 97-2003 file become paragraphs: numbers, notes and text boxes in place, fields resolved."""

import re
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import dropwhile, pairwise

from ingest.readers.binary_lists import Numbering
from ingest.readers.binary_styles import Properties, Styles
from ingest.readers.numerals import roman
from ingest.readers.paragraphs import (
    CHANGES_NOTE,
    HIDDEN_NOTE,
    PICTURES_NOTE,
    Ending,
    Paragraph,
    Run,
    Story,
    with_asides,
)
from ingest.readers.symbols import symbol
from ingest.readers.word_binary import WordFile, number

_MAIN, _FOOTNOTES, _ENDNOTES, _BOXES = 0, 1, 5, 6  # rows of `WordFile.lengths`
_NOTE_PARTS = ((2, 3, _FOOTNOTES), (46, 47, _ENDNOTES))  # where notes are cited, where their texts end
_PARAGRAPH_END = re.compile(r"[\r\x07\x0c]")
_FIELD = re.compile(r"[\x13\x14\x15]")
_DELETED, _HIDDEN, _SPECIAL, _SYMBOL = 0x0800, 0x083C, 0x0855, 0x6A09
_LEVEL, _LIST, _IN_TABLE, _ENDS_ROW = 0x260A, 0x460B, 0x2416, 0x2417
_PICTURE = "\x01"
# The optional hyphen is dropped here: U+00AD is the letter ư in fonts of TCVN3.
_SIGNS = str.maketrans({"\x1e": "-", "\x1f": None})


def read_story(word: WordFile) -> Story:
    """Read the main text with its notes, then the text boxes; raises WordError.

    Headers, footers, comments, hidden and deleted text and tables of contents are left out.
    """
    walker = _Walker(word)
    main = list(walker.paragraphs(0, word.lengths[_MAIN]))
    start = sum(word.lengths[:_BOXES])
    boxes = list(walker.paragraphs(start, start + word.lengths[_BOXES]))
    return Story((*main, *boxes), tuple(sorted(walker.remarks)))


class _Walker:
    def __init__(self, word: WordFile) -> None:
        self.remarks: set[str] = set()
        self._word = word
        self._text = word.text
        self._styles = Styles(word)
        self._numbering = Numbering(word, self._styles)
        self._fields: list[bool] = []  # for each open field: are we in its result
        self._notes = _read_notes(word)
        changes = set(word.changes()) | {at + i for at in self._notes for i in (0, 1)}
        self._changes = sorted(changes)
        self._paragraph_starts = frozenset(word.paragraph_formats.starts)

    def paragraphs(self, start: int, end: int) -> Iterator[Paragraph]:
        """Give the paragraphs of a stretch of the text, notes that they cite behind each."""
        self._fields.clear()
        while start < end:
            stop = self._paragraph_end(start, end)
            yield from self._paragraph(start, stop)
            start = stop + 1

    def _paragraph_end(self, start: int, end: int) -> int:
        """Give where the mark stands that ends a paragraph; a page break is one only where a section ends."""
        for match in _PARAGRAPH_END.finditer(self._text, start, end):
            at = match.start()
            if match[0] != "\f" or self._offset(at + 1) in self._paragraph_starts:
                return at
        return end

    def _paragraph(self, start: int, stop: int) -> list[Paragraph]:
        mark = self._text[stop : stop + 1]
        style, found = self._styles.of_paragraph(self._word.paragraph_formats.at(self._offset(stop)))
        ends: Ending = "line"
        if number(found.get(_IN_TABLE, b"")):
            ends = "line of cell" if mark != "\x07" else "row" if number(found.get(_ENDS_ROW, b"")) else "cell"
        runs: list[Run] = []
        asides: list[Paragraph] = []
        for at, until in self._stretches(start, stop):
            note = self._notes.get(at)
            if note and all(self._fields):
                runs.append(Run(note[0], None))
                asides += self._note(*note)
            else:
                runs += self._runs(at, until, style)
        if self._styles.is_contents(style):
            self.remarks.add("mục lục bị bỏ qua")
            return []
        # A number alone is the whole of a cell that counts rows; elsewhere it is an empty line.
        if ends == "cell" or any(run.text.strip() for run in runs):
            mark_of_list = self._numbering.next_run(
                number(found.get(_LIST, b"")), number(found.get(_LEVEL, b"")), style
            )
            runs = [mark_of_list, *runs] if mark_of_list else runs
        return with_asides(Paragraph(tuple(runs), ends), asides)

    def _note(self, mark: str, start: int, end: int) -> list[Paragraph]:
        fields, self._fields = self._fields, []
        notes, self._notes = self._notes, {}  # a note cites no notes
        inside = list(self.paragraphs(start, end))
        self._fields, self._notes = fields, notes
        runs = [run for paragraph in inside for run in (*paragraph.runs, Run(" ", None))]
        words = [*dropwhile(lambda run: not run.text.strip(), runs)]
        first = [replace(run, text=run.text.lstrip()) for run in words[:1]]
        return [Paragraph((Run(f"{mark} ", None), *first, *words[1:]))]

    def _stretches(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Cut a stretch of the text where its format changes and around the marks of notes."""
        left, right = bisect_right(self._changes, start), bisect_left(self._changes, stop)
        cuts = [start, *self._changes[left:right], stop]
        for at, until in pairwise(cuts):
            yield from ((at, until),) if at < until else ()

    def _runs(self, start: int, stop: int, style: int) -> Iterator[Run]:
        """Give what of a stretch of one format is printed."""
        letters = self._word.character_formats.at(self._offset(start))
        found = self._styles.of_letters(style, letters)
        text = "".join(self._outside_instructions(self._text[start:stop]))
        if not text or self._is_left_out(found):
            return
        font = self._styles.font(found)
        is_special = number(found.get(_SPECIAL, b"")) == 1
        if is_special and _SYMBOL in found:
            row, code = struct.unpack("<HH", found[_SYMBOL].ljust(4, b"\0"))
            yield Run(symbol(code, self._styles.font_name(row)), None)
            return
        if is_special:
            self.remarks |= {PICTURES_NOTE} if _PICTURE in text else set()
            return
        yield Run(text.translate(_SIGNS), font)

    def _is_left_out(self, found: Properties) -> bool:
        is_deleted, is_hidden = (number(found.get(code, b"")) & 1 for code in (_DELETED, _HIDDEN))
        self.remarks |= {CHANGES_NOTE} if is_deleted else {HIDDEN_NOTE} if is_hidden else set()
        return bool(is_deleted or is_hidden)

    def _outside_instructions(self, text: str) -> Iterator[str]:
        """Give what of a text is not the instruction of a field; remembers fields that stay open."""
        at = 0
        for match in _FIELD.finditer(text):
            if all(self._fields):
                yield text[at : match.start()]
            at = match.end()
            if match[0] == "\x13":
                self._fields.append(False)
            elif self._fields and match[0] == "\x14":
                self._fields[-1] = True
            elif self._fields:
                self._fields.pop()
        if all(self._fields):
            yield text[at:]

    def _offset(self, at: int) -> int:
        """Give where a character is stored, -1 behind the end."""
        pieces = self._word.pieces
        row = bisect_right(pieces, at, key=lambda piece: piece.start) - 1
        if row < 0 or at >= pieces[row].end:
            return -1
        return pieces[row].offset + (at - pieces[row].start) * pieces[row].width


def _read_notes(word: WordFile) -> dict[int, tuple[str, int, int]]:
    """Give by place the mark of each footnote and endnote as printed, and where its text stands."""
    notes: dict[int, tuple[str, int, int]] = {}
    for cited, ends, row in _NOTE_PARTS:
        begin = sum(word.lengths[:row])
        bounds = [begin + number(raw) for raw in _fours(word.part(ends))]
        places = [number(raw) for raw in _fours(word.part(cited))]
        count = max(0, len(word.part(cited)) - 4) // 6
        for index, place in enumerate(places[:count]):
            if index + 1 < len(bounds):
                mark = f"[{index + 1}]" if row == _FOOTNOTES else f"[{roman(index + 1).lower()}]"
                notes[place] = (mark, bounds[index], bounds[index + 1])
    return notes


def _fours(raw: bytes) -> list[bytes]:
    return [raw[at : at + 4] for at in range(0, len(raw) - 3, 4)]
