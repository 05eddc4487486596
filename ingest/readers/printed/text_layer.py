"""The text layer of a PDF page: its characters with their fonts and places, as lines."""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.encoding import font_encoding, to_unicode
from ingest.readers.printed.lines import Line, PageLines, joined, pieces_of_row

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_WORD_GAP = 0.18  # heights of a line; glyphs further apart are two words even without a space
_SURE_GAP = 0.08  # … where pdfium supposes a space, as it also does where the font changes within a word
_TOUCHING = 0.4  # … by which a wide letter may reach over the next one, of another font
_SAME_ROW = 0.3  # … by which baselines of one row may differ: raised and lowered characters
_ASCENT = 0.8  # of the height of a line, above the baseline
_REPLACEMENT = "\ufffd"
_STEEP = 0.2  # radians; steeper text is a watermark or a stamp
_OVERLAP = 0.6  # heights of a line; a glyph further left than that begins a new word
# What Word and LibreOffice print for a bullet of the fonts Symbol and Wingdings.
_SYMBOLS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "•", "\uf02d": "-", "\uf0fc": "•", "\uf076": "•"})


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The lines of a page, and its characters by the legacy encodings that their fonts are in.

    `unreadable` is the share of its characters that stand for no letter.
    """

    page: PageLines
    characters: int
    unreadable: float
    encodings: Counter[str]


@dataclass(frozen=True, slots=True)
class _Glyph:
    char: str
    font: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    is_readable: bool
    is_supposed: bool  # a space or line break that is not in the file


@dataclass(frozen=True, slots=True)
class _Word:
    line: Line
    font: str
    base: float


def text_layer(page: "PdfPage") -> TextLayer:
    """Give the text layer of a page, its letters turned into Unicode by the names of their fonts."""
    glyphs = list(_glyphs(page))
    printed = [glyph for glyph in glyphs if not glyph.char.isspace()]
    words = list(_words(glyphs))
    encodings: Counter[str] = Counter()
    for word in words:
        encodings.update({encoding: len(word.line.text)} if (encoding := font_encoding(word.font)) else {})
    rows = _rows(list(_converted(words)))
    lines = tuple(piece for row in rows for piece in pieces_of_row(_joined_words(row)))
    unreadable = sum(not glyph.is_readable for glyph in printed) / max(1, len(printed))
    width, height = page.get_size()
    return TextLayer(PageLines(width, height, lines), len(printed), unreadable, encodings)


def _glyphs(page: "PdfPage") -> Iterator[_Glyph]:
    """Give the upright characters of a page in the order of its content, places as the page is shown."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    turn = page.get_rotation()
    place = _placement(page.get_bbox(), turn)
    fonts: dict[int, str] = {}
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        char = _character(pdfium.FPDFText_GetUnicode(text, index))
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        angle = pdfium.FPDFText_GetCharAngle(text, index) + math.radians(turn)
        if abs(math.remainder(angle, math.tau)) > _STEEP:
            continue
        one, other = place(box.left, box.bottom), place(box.right, box.top)
        yield _Glyph(
            char,
            _font_of(pdfium.FPDFText_GetTextObject(text, index), fonts),
            min(one[0], other[0]),
            min(one[1], other[1]),
            max(one[0], other[0]),
            max(one[1], other[1]),
            place(x.value, y.value)[1],
            _is_readable(char) and not pdfium.FPDFText_HasUnicodeMapError(text, index),
            bool(pdfium.FPDFText_IsGenerated(text, index)),
        )


def _placement(bbox: Sequence[float], turn: int) -> Callable[[float, float], tuple[float, float]]:
    """Give what turns a point of a PDF page into points from the top left corner of the page as shown."""
    left, bottom, right, top = bbox
    return {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }[turn]


def _font_of(item: Any, fonts: dict[int, str]) -> str:
    """Give the name of the font of a text object without the tag of a subset ("ABCDEF+")."""
    import pypdfium2.raw as pdfium

    if not item:
        return ""
    address = ctypes.addressof(item.contents)
    if address not in fonts:
        buffer = ctypes.create_string_buffer(200)
        pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(item), buffer, len(buffer))
        fonts[address] = buffer.value.decode("utf-8", "replace").split("+", 1)[-1]
    return fonts[address]


def _character(code: int) -> str:
    """Give a character; pdfium writes a hyphen at the end of a line as U+0002."""
    char = "-" if code == 2 else chr(code)
    return _REPLACEMENT if unicodedata.category(char) == "Cs" else char.translate(_SYMBOLS)


def _is_readable(char: str) -> bool:
    return char != _REPLACEMENT and (char.isspace() or unicodedata.category(char) not in ("Co", "Cn", "Cc"))


def _words(glyphs: Sequence[_Glyph]) -> Iterator[_Word]:
    """Join glyphs that follow each other without a space, in one font."""
    word: list[_Glyph] = []
    gap = _WORD_GAP
    for glyph in glyphs:
        if glyph.is_supposed:
            gap = _SURE_GAP
            continue
        is_space = glyph.char.isspace() or glyph.char == "\0"
        follows = bool(word) and not is_space and _follows(word[-1], glyph, gap)
        if word and (not follows or glyph.font != word[-1].font):
            yield _word(word)
            word = []
        if not is_space:
            word.append(glyph)
        gap = _WORD_GAP
    if word:
        yield _word(word)


def _follows(before: _Glyph, after: _Glyph, gap: float) -> bool:
    height = max(before.bottom - before.top, after.bottom - after.top)
    return (
        abs(before.base - after.base) < _SAME_ROW * height
        and -_OVERLAP * height < after.left - before.right < gap * height
    )


def _word(glyphs: Sequence[_Glyph]) -> _Word:
    box = joined([Line(g.char, g.left, g.top, g.right, g.bottom) for g in glyphs], "")
    return _Word(box, glyphs[0].font, glyphs[0].base)


def _converted(words: Sequence[_Word]) -> Iterator[_Word]:
    """Turn letters into Unicode, words of one font that follow each other together: their neighbours tell more."""
    for font, run in groupby(words, key=lambda word: word.font):
        same = list(run)
        texts = to_unicode(" ".join(word.line.text for word in same), font).split(" ")
        if len(texts) != len(same):
            texts = [to_unicode(word.line.text, font) for word in same]
        yield from (replace(w, line=replace(w.line, text=text)) for w, text in zip(same, texts, strict=True))


def _rows(words: Sequence[_Word]) -> list[list[_Word]]:
    """Group words that stand on one baseline."""
    rows: list[list[_Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - rows[-1][0].base < _SAME_ROW * word.line.height:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _joined_words(row: Sequence[_Word]) -> list[Line]:
    """Give the words of a row from left to right in boxes of one height, what touches as one word."""
    lines: list[Line] = []
    height = max(word.line.height for word in row)
    top = median(word.base for word in row) - _ASCENT * height
    for word in sorted(row, key=lambda word: word.line.left):
        line = replace(word.line, top=top, bottom=top + height)
        if lines and -_TOUCHING * height < line.left - lines[-1].right < _SURE_GAP * height:
            lines[-1] = joined([lines[-1], line], "")
        else:
            lines.append(line)
    return lines
