"""The fonts and the styles of a Word 97-2003 file."""

import struct
from dataclasses import dataclass
from functools import cached_property

from ingest.readers.word_binary import WordFile, number, properties

Properties = dict[int, bytes]  # operand by code

FONT, FONT_BEYOND_ASCII, CHARACTER_STYLE = 0x4A4F, 0x4A51, 0x4A30
_MAX_BASES = 20  # styles that a style builds on; Word allows about ten
_FONT_NAME = 40  # where the name begins in the description of a font
_CONTENTS = range(19, 28)  # the built-in styles of a table of contents
_CHARACTERS = 2  # the kind of a style of letters; the others are styles of paragraphs


@dataclass(frozen=True, slots=True)
class _Style:
    base: int
    is_contents: bool
    of_paragraphs: Properties
    of_letters: Properties


_PLAIN = _Style(0xFFF, False, {}, {})  # builds on nothing


@dataclass(frozen=True)
class Styles:
    """Fonts by number and styles by number; what the file does not have counts as empty."""

    word: WordFile

    @cached_property
    def fonts(self) -> tuple[str, ...]:
        """The names of the fonts by their number."""
        raw = self.word.part(15)
        names = []
        at = 4
        while at < len(raw):
            size = raw[at] + 1
            name = raw[at + _FONT_NAME : at + size].decode("utf-16-le", "ignore")
            names.append(name.partition("\0")[0])
            at += size
        return tuple(names)

    def font(self, found: Properties) -> str | None:
        """Give the font of letters with these properties: the one for letters beyond ASCII, if it is told apart."""
        operand = found.get(FONT_BEYOND_ASCII) or found.get(FONT) or self._default_font
        return self.font_name(number(operand))

    def font_name(self, row: int) -> str | None:
        """Give the name of a font by its number."""
        return self.fonts[row] or None if row < len(self.fonts) else None

    def of_letters(self, style: int, own: bytes) -> Properties:
        """Give the properties of letters by the style of their paragraph and their own."""
        direct = dict(properties(own))
        named = direct.get(CHARACTER_STYLE)
        return {
            **self._merged(style).of_letters,
            **(self._merged(number(named)).of_letters if named else {}),
            **direct,
        }

    def of_paragraph(self, formatting: bytes) -> tuple[int, Properties]:
        """Give the style number and the properties of a paragraph by its formatting."""
        style = number(formatting[:2])
        return style, {**self._merged(style).of_paragraphs, **dict(properties(formatting[2:]))}

    def is_contents(self, style: int) -> bool:
        """Say whether a style is one of a table of contents, which repeats the headings."""
        return self._merged(style).is_contents

    @property
    def _default_font(self) -> bytes:
        return self.word.part(1)[18:20]

    def _merged(self, row: int) -> _Style:
        return self._sheet[row] if row < len(self._sheet) else _PLAIN

    @cached_property
    def _sheet(self) -> tuple[_Style, ...]:
        """The styles by their number, each with the properties of those that it builds on."""
        raw = self.word.part(1)
        if len(raw) < 6:
            return ()
        header, count, fixed = struct.unpack_from("<3H", raw)
        styles: list[_Style] = []
        at = header + 2
        while at + 2 <= len(raw) and len(styles) < count:
            size = number(raw[at : at + 2])
            styles.append(_read_style(raw[at + 2 : at + 2 + size], fixed))
            at += 2 + size
        return tuple(_merge(styles, style) for style in styles)


def _read_style(raw: bytes, fixed: int) -> _Style:
    """Read a style; `fixed` bytes stand before its name."""
    if len(raw) < fixed + 2:
        return _PLAIN
    kind, base = raw[2] & 0xF, number(raw[2:4]) >> 4
    at = fixed + 2 * number(raw[fixed : fixed + 2]) + 4
    parts: list[bytes] = []
    while at + 2 <= len(raw) and len(parts) < 2:
        size = number(raw[at : at + 2])
        parts.append(raw[at + 2 : at + 2 + size])
        at += 2 + size + size % 2
    parts += [b""] * (2 - len(parts))
    if kind == _CHARACTERS:
        return _Style(base, False, {}, dict(properties(parts[0])))
    is_contents = number(raw[:2]) & 0xFFF in _CONTENTS
    return _Style(base, is_contents, dict(properties(parts[0][2:])), dict(properties(parts[1])))


def _merge(styles: list[_Style], style: _Style) -> _Style:
    merged = style
    for _ in range(_MAX_BASES):
        if style.base >= len(styles):
            break
        style = styles[style.base]
        of_letters = style.of_letters | merged.of_letters
        merged = _Style(0, merged.is_contents, style.of_paragraphs | merged.of_paragraphs, of_letters)
    return merged
