"""Hostile and broken compound files: .doc, .xls, and the wrapping of a password."""

import random
import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import xlwt

from tests.doc_files import Doc, par, save_doc
from tests.hostile.kinds import HostileFile, plan

_SECTOR = 512
_LOCKED = "is protected by a password; open it with the password and save it without one"
_DAMAGED = "is damaged"
_NO_TABLE, _HUGE = 0, 0xFFFF_FFF0
_MAIN_AT = 0x9A  # of the list of parts in the main stream


def _xls(path: Path) -> bytearray:
    raw = BytesIO()
    book = xlwt.Workbook()
    sheet = book.add_sheet("Bảng")
    for row in range(200):
        sheet.write(row, 0, plan(path))
        sheet.write(row, 1, row)
    book.save(raw)
    return bytearray(raw.getvalue())


def _doc(path: Path, words: str = "", **options: object) -> bytearray:
    return bytearray(save_doc(path, Doc([par(words or plan(path))] * 8, **options)).read_bytes())  # type: ignore[arg-type]


def _sound(path: Path) -> bytearray:
    return _xls(path) if path.suffix == ".xls" else _doc(path)


def _cut(share: float) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        raw = _sound(path)
        path.write_bytes(raw[: int(len(raw) * share)])

    return make


def _patched(at: int, form: str, *values: int) -> Callable[[Path], object]:
    """Give what overwrites numbers at an offset of a sound file."""

    def make(path: Path) -> None:
        raw = _sound(path)
        struct.pack_into(form, raw, at, *values)
        path.write_bytes(raw)

    return make


def _noisy(path: Path) -> None:
    """A sound beginning, then noise."""
    raw = _sound(path)
    raw[2 * _SECTOR :] = random.Random(path.name).randbytes(len(raw) - 2 * _SECTOR)
    path.write_bytes(raw)


def _locked_xls(path: Path) -> None:
    raw = _xls(path)
    begin = raw.index(b"\x09\x08\x10\x00")
    struct.pack_into("<H", raw, begin + 20, 0x2F)  # the second record says that the rest is encrypted
    path.write_bytes(raw)


def _locked_package(path: Path) -> None:
    raw = save_doc(path, Doc([par("x")], storages=("EncryptedPackage", "EncryptionInfo"))).read_bytes()
    path.write_bytes(raw.replace("WordDocument".encode("utf-16-le"), "DataSpaces\0\0".encode("utf-16-le")))


def _main_stream(path: Path) -> int:
    """Give where the main stream of a made .doc begins."""
    return _doc(path).index(b"\xec\xa5")


def _part(row: int, offset: int, length: int) -> Callable[[Path], object]:
    """Give what makes a part of the table stream stand elsewhere."""
    return lambda path: _patched(_main_stream(path) + _MAIN_AT + 8 * row, "<II", offset, length)(path)


def _with_macros_xls(path: Path) -> None:
    path.write_bytes(_xls(path) + "_VBA_PROJECT_CUR".encode("utf-16-le"))


FILES = [
    *(
        HostileFile(f"cắt {name}{kind}", _cut(share), _DAMAGED)
        for kind in (".doc", ".xls")
        for name, share in (
            ("nửa", 0.5),
            ("còn đầu tệp", 0.05),
            ("còn ít", 0.01),
        )
    ),
    HostileFile("vòng trong mục lục.doc", _patched(_SECTOR + 4, "<I", 1), is_read=True),
    HostileFile("vòng trong bảng khối.xls", _patched(_SECTOR, "<128I", *range(128)), _DAMAGED),
    *(
        HostileFile(f"bảng khối vô tận{kind}", _patched(44, "<I", 0x7FFF_FFFF), is_read=True)
        for kind in (".doc", ".xls")
    ),
    HostileFile("khối quá lớn.doc", _patched(30, "<H", 31), _DAMAGED),
    HostileFile("khối quá lớn.xls", _patched(30, "<H", 31), is_read=True),
    *(HostileFile(f"nhiễu{kind}", _noisy, _DAMAGED) for kind in (".doc", ".xls")),
    HostileFile("mảnh ngoài bảng.doc", _part(33, _HUGE, _HUGE), _DAMAGED),
    HostileFile("không có mảnh.doc", _part(33, 0, _NO_TABLE), _DAMAGED),
    HostileFile("kiểu hỏng.doc", _part(1, 0, 0xFFFF), is_read=True),
    HostileFile("định dạng hỏng.doc", _part(12, 1, 4_000), is_read=True),
    HostileFile("danh sách hỏng.doc", _part(73, 0, 4_000), is_read=True),
    HostileFile("phông hỏng.doc", _part(15, 3, 4_000), is_read=True),
    HostileFile("dài âm.doc", lambda path: _patched(_main_stream(path) + 0x4C, "<i", -5)(path), "holds no text"),
    HostileFile("chữ số không.doc", lambda path: path.write_bytes(_doc(path, "\0" * 50)), "holds no text"),
    HostileFile("nửa chữ lẻ.doc", lambda path: path.write_bytes(_doc(path, f"\udc00{plan(path)}\ud800")), is_read=True),
    HostileFile("macro.doc", lambda path: path.write_bytes(_doc(path, storages=("Macros",))), is_read=True),
    HostileFile("macro.xls", _with_macros_xls, is_read=True),
    HostileFile("khóa.doc", lambda path: path.write_bytes(_doc(path, flags=0x0300)), _LOCKED),
    HostileFile("khóa.xls", _locked_xls, _LOCKED),
    HostileFile("khóa.docx", _locked_package, _LOCKED),
    HostileFile("khóa.xlsx", _locked_package, _LOCKED),
    HostileFile("Word 6.doc", lambda path: path.write_bytes(_doc(path, version=0x65)), "was saved by Word 95 or older"),
]
