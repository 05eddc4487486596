"""Hostile and broken images of pages."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.hostile.kinds import HostileFile

_PNG = b"\x89PNG\r\n\x1a\n"
_DAMAGED = "is a damaged image ("
_TOO_LARGE = "million pixels can be read; scan the page at 300 dpi"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, data: bytes = b"", *, before: bytes = b"") -> Callable[[Path], object]:
    """Give what makes a grey PNG that claims a size."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    end = _chunk(b"IDAT", zlib.compress(data)) + _chunk(b"IEND", b"")
    return lambda path: path.write_bytes(_PNG + header + before + end)


def _cut(path: Path) -> None:
    Image.effect_noise((400, 400), 90).save(path)
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])


def _tiff(entries: dict[int, int], following: int) -> Callable[[Path], object]:
    """Give what makes a TIFF of one directory; `following` is where it says that the next one is."""
    items = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(entries.items()))
    raw = b"II*\0" + struct.pack("<IH", 8, len(entries)) + items + struct.pack("<I", following) + b"\xff" * 64
    return lambda path: path.write_bytes(raw)


_SMALL = {256: 8, 257: 8, 258: 8, 259: 1, 262: 1, 273: 20, 277: 1, 278: 8, 279: 64}
_TEXT_BOMB = _chunk(b"zTXt", b"x\0\0" + zlib.compress(b"a" * 100_000_000))
FILES = [
    HostileFile("trăm nghìn điểm.png", _png(100_000, 100_000), "exceeds limit of"),
    HostileFile("bom điểm ảnh.png", _png(10_000, 10_000, b"\0" * 100_010_000), _TOO_LARGE),
    HostileFile("bề ngang.png", _png(2**31 - 1, 1), "exceeds limit of"),
    HostileFile("không có điểm ảnh.png", _png(0, 0), "is not an image"),
    HostileFile("bom chú thích.png", _png(8, 8, b"\0" * 72, before=_TEXT_BOMB), _DAMAGED),
    HostileFile("chỉ có đầu.png", _png(100, 100), _DAMAGED),
    HostileFile("một điểm.png", _png(1, 1, b"\0\0"), "holds no text"),
    HostileFile("một cột.png", _png(1, 50_000, b"\0\xff" * 50_000), "holds no text"),
    *(HostileFile(f"cắt nửa{suffix}", _cut, _DAMAGED) for suffix in (".png", ".jpg", ".tif")),
    HostileFile("vòng trang.tif", _tiff(_SMALL, 8), "holds no text"),
    HostileFile("rộng quá.tiff", _tiff({**_SMALL, 256: 2**31, 257: 2**31}, 0), "exceeds limit of"),
    HostileFile("không có dữ liệu.tif", _tiff({256: 8, 257: 8}, 0), "is not an image"),
]
