"""Word 97-2003 files for tests, written from the format's description: a compound file with two streams."""

import struct
from dataclasses import dataclass, field
from pathlib import Path

FONT, FONT_BEYOND_ASCII, HIDDEN, DELETED, SPECIAL = 0x4A4F, 0x4A51, 0x083C, 0x0800, 0x0855
LIST, LEVEL, IN_TABLE, ENDS_ROW = 0x460B, 0x260A, 0x2416, 0x2417
_TEXT_AT = 0x600
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def prl(*pairs: tuple[int, int]) -> bytes:
    """Give properties as stored: codes with operands of one or two bytes."""
    return b"".join(struct.pack("<HB" if code >> 13 < 2 else "<HH", code, value) for code, value in pairs)


@dataclass(frozen=True)
class Text:
    """Letters with their properties."""

    letters: str
    properties: bytes = b""


@dataclass(frozen=True)
class Par:
    """A paragraph: its runs, its properties, and the mark that ends it."""

    runs: tuple[Text, ...]
    properties: bytes = b""
    mark: str = "\r"


@dataclass
class Doc:
    """What a file holds; `levels` are (start, format, template) of its one list, `notes` the footnotes in order."""

    paragraphs: list[Par]
    fonts: tuple[str, ...] = ("Times New Roman",)
    levels: tuple[tuple[int, int, str], ...] = ()
    notes: tuple[str, ...] = ()
    version: int = 0xC1
    flags: int = 0x0200
    storages: tuple[str, ...] = field(default=())


def par(letters: str, properties: bytes = b"", mark: str = "\r") -> Par:
    """Give a paragraph of one run in the default font."""
    return Par((Text(letters),), properties, mark)


def save_doc(path: Path, doc: Doc) -> Path:
    """Write the file; all its formatting has to fit on two pages of 512 bytes."""
    notes = [Par((Text("\x02", prl((SPECIAL, 1))), Text(f" {note}"))) for note in doc.notes]
    letters: list[tuple[int, bytes]] = []
    ends: list[tuple[int, bytes]] = []
    text = ""
    for paragraph in [*doc.paragraphs, *notes]:
        ends.append((len(text), b"\0\0" + paragraph.properties))
        for run in (*paragraph.runs, Text(paragraph.mark)):
            letters.append((len(text), run.properties))
            text += run.letters
    raw = text.encode("utf-16-le", "surrogatepass")
    pages_at = -(-(_TEXT_AT + len(raw)) // _SECTOR)
    main_length = len(text) - sum(len(note) + 3 for note in doc.notes)
    parts = {
        33: b"\x02" + _sized(struct.pack("<IIHIH", 0, len(text), 0, _TEXT_AT, 0)),
        12: struct.pack("<III", 0, 0, pages_at),
        13: struct.pack("<III", 0, 0, pages_at + 1),
        15: struct.pack("<HH", len(doc.fonts), 0) + b"".join(map(_font, doc.fonts)),
        **(_list(doc.levels) if doc.levels else {}),
        **(_notes(doc, main_length, text) if doc.notes else {}),
    }
    header, table = bytearray(_TEXT_AT), b"\0" * 4
    struct.pack_into("<HH", header, 0, 0xA5EC, doc.version)
    struct.pack_into("<H", header, 0x0A, doc.flags)
    struct.pack_into("<ii", header, 0x4C, main_length, len(text) - main_length)
    for row, part in parts.items():
        length = len(part) if row != 73 else 30
        struct.pack_into("<II", header, 0x9A + 8 * row, len(table), length)
        table += part
    pages = _page(letters, len(text), is_paragraph=False) + _page(ends, len(text), is_paragraph=True)
    main = (bytes(header) + raw).ljust(pages_at * _SECTOR, b"\0") + pages
    path.write_bytes(_compound({"WordDocument": main, "1Table": table}, doc.storages))
    return path


def _sized(raw: bytes) -> bytes:
    return struct.pack("<I", len(raw)) + raw


def _font(name: str) -> bytes:
    raw = b"\0" * 39 + name.encode("utf-16-le") + b"\0\0"
    return bytes([len(raw)]) + raw


def _list(levels: tuple[tuple[int, int, str], ...]) -> dict[int, bytes]:
    kinds = [*levels, *[(1, 0, "")] * (9 - len(levels))]
    stored = b"".join(
        struct.pack("<IBB", start, kind, 0) + b"\0" * 22 + struct.pack("<H", len(words)) + words.encode("utf-16-le")
        for start, kind, words in kinds
    )
    described = struct.pack("<HI", 1, 7) + b"\0" * 24
    return {73: described + stored, 74: struct.pack("<II", 1, 7) + b"\0" * 12 + b"\xff" * 4}


def _notes(doc: Doc, main_length: int, text: str) -> dict[int, bytes]:
    cited = [at for at, char in enumerate(text[:main_length]) if char == "\x02"]
    ends = [0]
    for note in doc.notes:
        ends.append(ends[-1] + len(note) + 3)
    return {
        2: struct.pack(f"<{len(cited) + 1}I", *cited, main_length) + b"\0\0" * len(cited),
        3: struct.pack(f"<{len(ends) + 1}I", *ends, ends[-1] + 1),
    }


def _page(entries: list[tuple[int, bytes]], length: int, *, is_paragraph: bool) -> bytes:
    """Give a page of formatting: places, where the properties of each are, and from the end the properties."""
    size = 13 if is_paragraph else 1
    bounds = [_TEXT_AT + 2 * at for at, _ in entries] + [_TEXT_AT + 2 * length]
    page = bytearray(_SECTOR)
    page[-1] = len(entries)
    struct.pack_into(f"<{len(bounds)}I", page, 0, *bounds)
    at = _SECTOR - 2
    for row, (_, properties) in enumerate(entries):
        if not properties:
            continue
        # The properties of paragraphs are counted in words, an odd length in a byte of its own.
        padded = properties + b"\0" * (len(properties) % 2)
        stored = b"\0" + bytes([len(padded) // 2]) + padded if is_paragraph else bytes([len(properties)]) + properties
        at = (at - len(stored)) // 2 * 2
        page[at : at + len(stored)] = stored
        page[4 * len(bounds) + size * row] = at // 2
    assert at >= 4 * len(bounds) + size * len(entries)
    return bytes(page)


def _compound(streams: dict[str, bytes], storages: tuple[str, ...]) -> bytes:
    """Give a compound file with streams of at least 4,096 bytes; its directory is a list."""
    names = [*streams, *storages]
    directory_sectors = -(-(len(names) + 1) // 4)
    fat = [_FAT, *range(2, directory_sectors + 1), _END]
    entries = [_entry("Root Entry", 5, child=1)]
    body = b""
    for row, name in enumerate(names, start=1):
        following = row + 1 if row < len(names) else _FREE
        if name not in streams:
            entries.append(_entry(name, 1, right=following))
            continue
        data = streams[name].ljust(4096, b"\0")
        count = -(-len(data) // _SECTOR)
        start = len(fat)
        fat += [*range(start + 1, start + count), _END]
        entries.append(_entry(name, 2, right=following, start=start, size=len(data)))
        body += data.ljust(count * _SECTOR, b"\0")
    entries += [b"\0" * 128] * (directory_sectors * 4 - len(entries))
    assert len(fat) <= _SECTOR // 4
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    header += struct.pack("<108I", *[_FREE] * 108)
    stored_fat = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    return header + stored_fat + b"".join(entries) + body


def _entry(name: str, kind: int, *, right: int = _FREE, child: int = _FREE, start: int = 0, size: int = 0) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
