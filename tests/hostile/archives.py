"""Hostile and broken zip archives of XML: .docx, .docm, .odt and .xlsx."""

import html
import random
import struct
import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl

from tests.hostile.kinds import HostileFile, plan
from tests.opendocument_files import save_odt
from tests.word_files import NAMESPACES, paragraph, save_docx

_BOMB = 100_000_000  # bytes that pack to 100 kB
_PADDING = random.Random(2).randbytes(300_000)  # so that no archive unpacks to too many times its size
_LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
_ENTITIES = {
    "tiếng cười": f'<!DOCTYPE d [<!ENTITY e0 "ha">{_LAUGHS}<!ENTITY a "&e9;">]>',
    "tệp ngoài": '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "địa chỉ ngoài": '<!DOCTYPE d SYSTEM "http://[::1]:9/d.dtd" [<!ENTITY a SYSTEM "http://[::1]:9/">]>',
}
_NOISE = _PADDING.hex()
_MAIN_PARTS = {".docx": "word/document.xml", ".odt": "content.xml", ".xlsx": "xl/worksheets/sheet1.xml"}
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NO_ARCHIVE = "is damaged or no "
_LOCKED = "is protected by a password; open it with the password and save it without one"
_ENCRYPTED_ODT = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry'
    ' manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
)


def sound(path: Path) -> bytes:
    """Give the bytes of a sound file of the format of a path's suffix."""
    raw = BytesIO()
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active["A1"] = plan(path)
        book.save(raw)
        return raw.getvalue()
    make = save_odt if path.suffix == ".odt" else save_docx
    words = f"<text:p>{plan(path)}</text:p>" if path.suffix == ".odt" else paragraph(plan(path))
    return make(path, words).read_bytes()


def changed(path: Path, changes: dict[str, str | bytes]) -> None:
    """Write a sound file with some parts replaced and others added."""
    source = zipfile.ZipFile(BytesIO(sound(path)))
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        warnings.simplefilter("ignore")  # of names that stand twice
        for name in source.namelist():
            if name not in changes:
                target.writestr(name, source.read(name))
        for name, content in changes.items():
            target.writestr(name, content)


def _bomb(path: Path) -> None:
    changed(path, {_MAIN_PARTS[path.suffix]: b" " * _BOMB})


def _nested_bomb(path: Path) -> None:
    inner = b"\0" * 10_000_000
    for level in range(4):
        raw = BytesIO()
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(10 if level else 1):
                archive.writestr(f"{copy}.zip", inner)
        inner = raw.getvalue()
    path.write_bytes(inner)


def _overlapping_bomb(path: Path) -> None:
    """Many entries of the directory share one packed part, so that no part alone unpacks much."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", random.Random(1).randbytes(90_000) + b" " * 9_000_000)
    raw = path.read_bytes()
    start, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    directory = raw[start:end] * 1_000
    tail = bytearray(raw[end:])
    struct.pack_into("<HHI", tail, 8, 1_000, 1_000, len(directory))
    path.write_bytes(raw[:start] + directory + bytes(tail))


def _patched(at: int, mark: bytes, form: str, value: int) -> Callable[[Path], object]:
    """Give what overwrites a number behind the last mark of a sound file."""

    def make(path: Path) -> None:
        raw = bytearray(sound(path))
        struct.pack_into(form, raw, raw.rindex(mark) + at, value)
        path.write_bytes(bytes(raw))

    return make


def _with_entity(declared: str) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        source = zipfile.ZipFile(BytesIO(sound(path)))
        part = _MAIN_PARTS[path.suffix]
        inside = html.unescape(source.read(part).decode()).rpartition("?>")[2]
        changed(path, {part: declared + inside.replace("Kế hoạch", "&a;")})

    return make


def _xlsx_sheet(inside: str) -> Callable[[Path], object]:
    sheet = f'<worksheet xmlns="{_SHEET}">{inside}</worksheet>'
    return lambda path: changed(path, {_MAIN_PARTS[".xlsx"]: sheet, "xl/media/a.bin": _PADDING})


def _rows(count: int) -> str:
    return f'<dimension ref="A1:A9"/><sheetData>{"<row><c><v>1</v></c></row>" * count}</sheetData>'


def _docx(body: str) -> Callable[[Path], object]:
    document = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    return lambda path: changed(path, {"word/document.xml": document, "word/media/a.bin": _PADDING})


def large_docx(path: Path) -> None:
    """Write a file of as many empty paragraphs as the limits of archives let through."""
    _docx("<w:p/>" * 7_000_000 + paragraph(plan(path)))(path)


def _cut(share: float) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        raw = sound(path)
        path.write_bytes(raw[: int(len(raw) * share)])

    return make


def _table(depth: int, words: str = "Sâu") -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + paragraph(words) + "</w:tc></w:tr></w:tbl>" * depth


_LONG_RUN = f"<w:r><w:t>{'Ủy ban nhân dân ' * 100_000}</w:t></w:r>"
_DEEP_XML = "<x>" * 100_000 + "</x>" * 100_000
_RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"{}/>'
    "</Relationships>"
)
_OUT = {"../../../../tmp/ngoài.txt": "x", "/tmp/ngoài.txt": "x", "word/../../../ngoài.txt": "x"}
_TOO_DEEP = "is damaged (Excessive depth in document"

FILES = [
    *(HostileFile(f"bom{suffix}", _bomb, "times its size, at most 200 times") for suffix in _MAIN_PARTS),
    HostileFile("bom lồng nhau.docx", _nested_bomb, "is a zip archive without word/document.xml"),
    HostileFile("bom chồng nhau.docx", _overlapping_bomb, "MB unpacked, at most 200 MB"),
    HostileFile("nói dối về cỡ.docx", _patched(24, b"PK\x01\x02", "<I", 100), "word/document.xml is damaged ("),
    HostileFile("khai quá lớn.odt", _patched(24, b"PK\x01\x02", "<I", 4_000_000_000), "4000 MB unpacked"),
    HostileFile("có mật khẩu zip.docx", _patched(8, b"PK\x01\x02", "<H", 1), _LOCKED),
    HostileFile("nén lạ.docx", _patched(10, b"PK\x01\x02", "<H", 97), "is damaged ("),
    *(
        HostileFile(f"{name}{suffix}", _with_entity(declared), "is damaged")
        for name, declared in _ENTITIES.items()
        for suffix in _MAIN_PARTS
    ),
    *(HostileFile(f"cắt nửa{suffix}", _cut(0.5), _NO_ARCHIVE) for suffix in _MAIN_PARTS),
    *(HostileFile(f"cắt đuôi{suffix}", _cut(0.98), _NO_ARCHIVE) for suffix in _MAIN_PARTS),
    HostileFile("mười nghìn bảng.docx", _docx(_table(10_000)), _TOO_DEEP),
    HostileFile("thẻ lồng nhau.docx", _docx(_DEEP_XML), _TOO_DEEP),
    HostileFile("thẻ lồng nhau.odt", lambda path: save_odt(path, _DEEP_XML, a=_NOISE), _TOO_DEEP),
    HostileFile("thẻ lồng nhau.xlsx", _xlsx_sheet(_DEEP_XML), "holds no text ("),
    HostileFile("mục lồng nhau.odt", lambda path: save_odt(path, "<text:section>" * 10_000, a=_NOISE), _TOO_DEEP),
    HostileFile("bảng lồng nhau.docx", lambda path: _docx(_table(60, plan(path)))(path), is_read=True),
    HostileFile("không phải xml.docx", lambda path: changed(path, {"word/document.xml": b"\0\xff"}), "is damaged ("),
    HostileFile("chỉ khoảng trắng.docx", _docx(paragraph(" \u00a0\u3000 ")), "holds no text ("),
    HostileFile("chỉ khoảng trắng.odt", lambda path: save_odt(path, "<text:p> \n </text:p>"), "holds no text ("),
    HostileFile("trang tính trống.xlsx", _xlsx_sheet("<sheetData/>"), "holds no text ("),
    HostileFile("triệu hàng.xlsx", _xlsx_sheet(_rows(1_048_576)), "more than 20,000 rows"),
    HostileFile(
        "hàng cuối.xlsx",
        _xlsx_sheet('<sheetData><row r="1048576"><c><v>1</v></c></row></sheetData>'),
        "more than 20,000 rows",
    ),
    HostileFile(
        "nhiều phần.docx", lambda path: changed(path, {f"{n}": "" for n in range(10_001)}), "holds 10005 parts"
    ),
    HostileFile("một dòng dài.docx", _docx(f"<w:p>{_LONG_RUN * 5}</w:p>"), "holds more than 6 MB of text, the limit"),
    HostileFile("một chữ dài.docx", _docx(paragraph("x" * 11_000_000)), "is damaged (Resource limit exceeded"),
    HostileFile("đường dẫn ra ngoài.docx", lambda path: changed(path, _OUT), is_read=True),
    HostileFile("đường dẫn ra ngoài.odt", lambda path: changed(path, _OUT), is_read=True),
    HostileFile(
        "trỏ ra ngoài.docx",
        lambda path: changed(path, {"_rels/.rels": _RELATION.format("../../../../etc/passwd", "")}),
        "is a zip archive without etc/passwd",
    ),
    HostileFile(
        "trỏ lên mạng.docx",
        lambda path: changed(path, {"_rels/.rels": _RELATION.format("http://[::1]:9/", ' TargetMode="External"')}),
        is_read=True,
    ),
    HostileFile("macro.docm", lambda path: changed(path, {"word/vbaProject.bin": b"Sub AutoOpen()"}), is_read=True),
    HostileFile("khóa.odt", lambda path: changed(path, {"META-INF/manifest.xml": _ENCRYPTED_ODT}), _LOCKED),
]
