"""The parts of a Word 97-2003 file: its texts, and the formatting of each character and paragraph.

Names of fields are those of the published format description [MS-DOC]; offsets are into the file's
main stream unless said otherwise.
"""

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_PAGE = 512  # bytes of a formatting page
_OPERAND_BYTES = (1, 1, 2, 4, 2, 2, -1, 3)  # by the top three bits of a property's code; -1: says so itself
_TABLE_PROPERTIES = (0xD608, 0xD606)  # their length has two bytes
_FIB_TABLE = 0x9A  # pairs of offset and length into the table stream


class WordError(ValueError):
    """The file is no Word 97-2003 file or cannot be read; says what is wrong."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of the text, stored at `offset` of the main stream."""

    start: int
    end: int
    offset: int
    width: int  # bytes of a character: 1 in Windows-1252, 2 in UTF-16


@dataclass(frozen=True, slots=True)
class Formatted:
    """Formatting by stored offset: `values[i]` holds from `starts[i]` up to the next."""

    starts: tuple[int, ...]
    values: tuple[bytes, ...]

    def at(self, offset: int) -> bytes:
        """Give the formatting of what is stored at an offset."""
        row = bisect_right(self.starts, offset) - 1
        return self.values[row] if row >= 0 else b""


@dataclass(frozen=True)
class WordFile:
    """The main stream and the table stream of a file; everything is read when it is asked for."""

    main: bytes
    table: bytes

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The stored pieces of the text in reading order; raises WordError."""
        clx = self.part(33)
        at = 0
        while clx[at : at + 1] == b"\x01":  # formatting of whole pieces, written by fast saving
            at += 3 + _u16(clx, at + 1)
        if clx[at : at + 1] != b"\x02":
            raise WordError("does not say where its text is stored")
        plc = clx[at + 5 : at + 5 + _u32(clx, at + 1)]
        count = (len(plc) - 4) // 12
        bounds = struct.unpack_from(f"<{count + 1}I", plc)
        stored = (_u32(plc, 4 * (count + 1) + 8 * row + 2) for row in range(count))
        pieces = tuple(_piece(*row) for row in zip(bounds, bounds[1:], stored, strict=False))
        in_order = all(piece.start <= piece.end for piece in pieces)
        if not in_order or (bounds and bounds[-1] > len(self.main)):
            raise WordError("says that it holds more text than it has bytes")
        return pieces

    @cached_property
    def text(self) -> str:
        """All texts one after the other, of which `lengths` says how long each is."""
        return "".join(_decoded(self.main, piece) for piece in self.pieces)

    @property
    def lengths(self) -> tuple[int, ...]:
        """Characters of the main text, footnotes, headers, macros, comments, endnotes, text boxes, their headers."""
        return struct.unpack_from("<8i", self.main, 0x4C)

    @cached_property
    def character_formats(self) -> Formatted:
        """The properties of characters."""
        return self._formats(12, entry_size=1)

    @cached_property
    def paragraph_formats(self) -> Formatted:
        """The style number (two bytes) and properties of paragraphs, to be asked for at their ends."""
        return self._formats(13, entry_size=13)

    def part(self, row: int) -> bytes:
        """Give a part of the table stream by its row in the file's list of parts."""
        at = _FIB_TABLE + 8 * row
        offset, length = _u32(self.main, at), _u32(self.main, at + 4)
        return self.table[offset : offset + length]

    def tail(self, row: int) -> bytes:
        """Give the table stream from the begin of a part on, for what follows the part; empty where it has none."""
        at = _FIB_TABLE + 8 * row
        return self.table[_u32(self.main, at) :] if _u32(self.main, at + 4) else b""

    def changes(self) -> Iterator[int]:
        """Give the places in the text where the format of letters may change, in order."""
        starts = self.character_formats.starts
        for piece in self.pieces:
            yield piece.start
            end = piece.offset + (piece.end - piece.start) * piece.width
            for row in range(bisect_right(starts, piece.offset), bisect_left(starts, end)):
                yield piece.start + (starts[row] - piece.offset) // piece.width

    def _formats(self, row: int, entry_size: int) -> Formatted:
        """Read the formatting pages that a part lists."""
        plc = self.part(row)
        count = max(0, (len(plc) - 4) // 8)
        pages = struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count else ()
        found: dict[int, bytes] = {}
        for number in dict.fromkeys(pages):
            page = self.main[number * _PAGE : (number + 1) * _PAGE]
            if len(page) == _PAGE:
                found.update(_page_entries(page, entry_size))
        starts = tuple(sorted(found))
        return Formatted(starts, tuple(found[start] for start in starts))


def properties(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the codes and operands of a list of properties; ends where it is damaged."""
    at = 0
    while at + 2 < len(raw):
        code = _u16(raw, at)
        at += 2
        size = _OPERAND_BYTES[code >> 13]
        if code in _TABLE_PROPERTIES:
            size = _u16(raw, at) + 1 if at + 2 <= len(raw) else len(raw)
        elif size < 0:
            size = raw[at] + 1
        yield code, raw[at : at + size]
        at += size


def number(operand: bytes) -> int:
    """Give a property's operand as a number; 0 where it is cut off."""
    return int.from_bytes(operand, "little")


def _page_entries(page: bytes, entry_size: int) -> Iterator[tuple[int, bytes]]:
    count = page[-1]
    if 4 * (count + 1) + entry_size * count >= _PAGE:
        return
    for row, start in enumerate(struct.unpack_from(f"<{count}I", page)):
        at = 2 * page[4 * (count + 1) + entry_size * row]
        if at == 0:
            yield start, b""
        elif entry_size == 1:
            yield start, page[at + 1 : at + 1 + page[at]]
        else:
            length = 2 * page[at] - 1 if page[at] else 2 * page[at + 1]
            at += 1 if page[at] else 2
            yield start, page[at : at + length]


def _piece(start: int, end: int, stored: int) -> Piece:
    offset = stored & 0x3FFF_FFFF
    return Piece(start, end, offset // 2, 1) if stored & 0x4000_0000 else Piece(start, end, offset, 2)


def _decoded(main: bytes, piece: Piece) -> str:
    length = piece.end - piece.start
    raw = main[piece.offset : piece.offset + length * piece.width]
    if piece.width == 2:
        # A character beyond U+FFFF counts as two: both halves are kept until the text is put together.
        text = "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])))
    else:
        text = "".join(_WINDOWS[byte] for byte in raw)
    if len(text) < length:
        raise WordError("ends before its text does")
    return text


def _windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_WINDOWS = tuple(_windows(byte) for byte in range(256))


def _u16(raw: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", raw, at)[0])


def _u32(raw: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", raw, at)[0])
