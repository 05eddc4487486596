"""Broken and hostile files: what each is called, how it is made, and what is said of it.

The files of one format stand in the modules of `tests.hostile`; here are those that harm through
their suffix, their name or their kind, and the list of all.
"""

import os
import random
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import openpyxl
import xlwt
from PIL import Image

from ingest.read import READERS
from tests.doc_files import Doc, par, save_doc
from tests.hostile import archives, binaries, images, prints, texts
from tests.hostile.kinds import HostileFile, plan
from tests.opendocument_files import save_odt
from tests.pdf_files import written_pdf
from tests.word_files import paragraph, save_docx

# What a link can lead to that is a file and cannot be read, by the administrator of the machine neither.
UNREADABLE = "/proc/sys/vm/compact_memory"


def save_xlsx(path: Path) -> None:
    """Write a workbook of one cell."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = plan(path)
    with path.open("wb") as file:
        book.save(file)


def save_xls(path: Path) -> None:
    """Write a workbook of Excel 97-2003 of one cell."""
    book = xlwt.Workbook()
    book.add_sheet("Bảng").write(0, 0, plan(path))
    with path.open("wb") as file:
        book.save(file)


MAKERS: dict[str, Callable[[Path], object]] = {
    ".docx": lambda path: save_docx(path, paragraph(plan(path))),
    ".odt": lambda path: save_odt(path, f"<text:p>{plan(path)}</text:p>"),
    ".doc": lambda path: save_doc(path, Doc([par(plan(path))])),
    ".rtf": lambda path: path.write_text(texts.as_rtf(plan(path)), encoding="ascii"),
    ".html": lambda path: path.write_text(f"<!DOCTYPE html><p>{plan(path)}</p>", encoding="utf-8"),
    ".pdf": lambda path: written_pdf(path, [[(50, 50, plan(path))]]),
    ".xlsx": save_xlsx,
    ".xls": save_xls,
    ".png": lambda path: Image.new("L", (60, 30), "white").save(path, "PNG"),
}
_READ_ALL_THE_SAME = {(".docx", ".doc"), (".rtf", ".doc"), (".xlsx", ".xls")}  # (what it is, its suffix)
_REASONS_FOR_FOREIGN = {
    ".txt": "is ",
    ".png": "is not an image",
    ".pdf": "is not a PDF",
    ".rtf": "does not begin as RTF",
}


def _misnamed() -> Iterator[HostileFile]:
    """Give a file of every format under the suffix of every other one."""
    for (kind, make), suffix in product(MAKERS.items(), [*MAKERS, ".txt"]):
        if kind != suffix:
            is_read = (kind, suffix) in _READ_ALL_THE_SAME
            reason = "" if is_read else _REASONS_FOR_FOREIGN.get(suffix, "")
            yield HostileFile(f"là {kind[1:]}{suffix}", make, reason, is_read)


def _under_every_suffix() -> Iterator[HostileFile]:
    for suffix in READERS:
        yield HostileFile(f"rỗng{suffix}", lambda path: path.write_bytes(b""), "0 bytes")
        yield HostileFile(f"ngẫu nhiên{suffix}", _random_bytes)


def _random_bytes(path: Path) -> None:
    path.write_bytes(random.Random(path.name).randbytes(20_000))


def _sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 100_000_000)


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


_GOOD_TEXT: Callable[[Path], object] = lambda path: path.write_text(plan(path), encoding="utf-8")  # noqa: E731
_LINK = "cannot be opened ("
_NAME = "the file's name holds signs that hide what it is ({}); rename it"

ODD_KINDS = [
    *(
        HostileFile(f"ống{suffix}", os.mkfifo, "is a pipe or a device, not a file")
        for suffix in (".txt", ".docx", ".pdf")
    ),
    *(
        HostileFile(f"thiết bị{suffix}", lambda path: path.symlink_to("/dev/zero"), "is a pipe or a device")
        for suffix in (".txt", ".html", ".doc", ".png")
    ),
    *(HostileFile(f"thư mục{suffix}", Path.mkdir, "is a folder, not a file") for suffix in (".txt", ".docx", ".xls")),
    HostileFile("vòng.docx", _loop, f"{_LINK}Too many levels of symbolic links); copy the file there again"),
    HostileFile("mất.odt", lambda path: path.symlink_to("không có"), f"{_LINK}No such file or directory); copy"),
    HostileFile("cấm.xlsx", lambda path: path.symlink_to(UNREADABLE), f"{_LINK}Permission denied); check"),
    HostileFile("cấm.txt", lambda path: path.symlink_to(UNREADABLE), f"{_LINK}Permission denied); check"),
    *(HostileFile(f"thưa{suffix}", _sparse, "100.0 MB, at most 5 MB") for suffix in (".txt", ".docx", ".rtf", ".xls")),
    HostileFile("thưa.pdf", _sparse, "is not a PDF"),
    HostileFile("thưa.tif", _sparse, "is not an image"),
]
NAMES = [
    HostileFile("phải sang trái \u202efdp.docx", MAKERS[".docx"], _NAME.format("U+202E")),
    HostileFile("cô lập \u2067x\u2069.txt", _GOOD_TEXT, _NAME.format("U+2067, U+2069")),
    HostileFile("hai\ndòng.txt", _GOOD_TEXT, _NAME.format("U+000A")),
    HostileFile("màu \x1b[31m đỏ.docx", MAKERS[".docx"], _NAME.format("U+001B")),
    HostileFile("không\u200brộng.txt", _GOOD_TEXT, is_read=True),
    HostileFile("-rf {0} %s $(x) `y`.docx", MAKERS[".docx"], is_read=True),
    HostileFile("đ" * 120 + ".docx", MAKERS[".docx"], is_read=True),
    HostileFile("….docx", MAKERS[".docx"], is_read=True),
    HostileFile("HOA.DOCX", MAKERS[".docx"], is_read=True),
    HostileFile("thừa.docx ", MAKERS[".docx"], "no reader for .docx ; save it as"),
    HostileFile("hình.svg", lambda path: path.write_text(texts.SVG_WITH_ENTITY), "no reader for .svg; save it as"),
]
ALL: list[HostileFile] = [
    *archives.FILES,
    *binaries.FILES,
    *images.FILES,
    *prints.FILES,
    *texts.FILES,
    *ODD_KINDS,
    *NAMES,
    *_under_every_suffix(),
    *_misnamed(),
]
