"""Hostile and broken files of plain letters: .txt, .rtf and .html."""

from collections.abc import Callable
from pathlib import Path

from tests.hostile.kinds import HostileFile, plan

_BINARY = "is not a text file (binary content); save the plan as .txt"
_NOT_UTF8 = "is not UTF-8 (byte "
_LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
_DOCTYPE = f'<!DOCTYPE html [<!ENTITY e0 "ha">{_LAUGHS}<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SVG_WITH_ENTITY = '<svg xmlns="http://www.w3.org/2000/svg"><text>&e9;&a;</text></svg>'


def as_rtf(words: str) -> str:
    """Give words as the RTF of a paragraph."""
    letters = "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in words)
    return f"{{\\rtf1\\ansi {letters}\\par}}"


def _raw(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def _around(before: str, after: str = "", encoding: str = "utf-8") -> Callable[[Path], object]:
    """Give what writes a plan between other letters."""
    return lambda path: path.write_bytes(f"{before}{plan(path)}{after}".encode(encoding, "surrogatepass"))


def _rtf(before: str, after: str = "") -> Callable[[Path], object]:
    return lambda path: path.write_text(as_rtf(plan(path)).replace("\\ansi ", f"\\ansi {before}") + after, "ascii")


def _cut_rtf(path: Path) -> None:
    path.write_text(as_rtf(plan(path)).replace("\\par}", ""), "ascii")


_DEEP = 10_000
_DIRECTIONS = "\u202e\u2066\u200b\u200d\ufeff"
_TXT = [
    HostileFile("byte không.txt", _around("a\0b"), _BINARY),
    HostileFile("UTF-8 hỏng.txt", lambda path: path.write_bytes(plan(path).encode() + b"\xff\xfe"), _NOT_UTF8),
    HostileFile("nửa chữ lẻ.txt", _around("", "\ud800"), _NOT_UTF8),
    HostileFile("nửa chữ lẻ utf-16.txt", lambda path: path.write_bytes(b"\xff\xfe\x00\xd8a\0"), "is not "),
    HostileFile("mười MB một dòng.txt", _around("x" * 10_000_000), "at most 5 MB can be read"),
    HostileFile("ngoặc.txt", _around("(" * _DEEP, ")" * _DEEP), is_read=True),
    HostileFile("đảo chiều.txt", _around(_DIRECTIONS, _DIRECTIONS), is_read=True),
    HostileFile("dấu chồng.txt", _around("", "\u0301" * 50_000), is_read=True),
    HostileFile("mục lồng nhau.md", _around("I. A\n1. B\na) C\n" * 3_000), is_read=True),
    HostileFile("chỉ khoảng trắng.txt", _raw(b" \n\t \r\n" * 100), "holds no text ("),
    HostileFile("một dòng dài.txt", _around("Ủy ban nhân dân " * 10_000), is_read=True),
]
_RTF = [
    HostileFile("nhóm lồng nhau.rtf", _rtf("{" * _DEEP, "}" * _DEEP), "more than 1000 groups inside one another"),
    HostileFile("nhóm không đóng.rtf", _rtf("{\\b " * 500), is_read=True),
    HostileFile("đóng quá nhiều.rtf", _rtf("", "}" * _DEEP), is_read=True),
    HostileFile("nhảy quá xa.rtf", _rtf("", "{\\bin2147483647 "), is_read=True),
    HostileFile("số quá lớn.rtf", _rtf("\\u9999999999 \\uc999999999 \\uc1 \\fs-999999999 "), is_read=True),
    HostileFile("tệp nhúng.rtf", _rtf("{\\object{\\*\\objdata " + "4d5a90" * 10_000 + "}}"), is_read=True),
    HostileFile("trường chạy lệnh.rtf", _rtf('{\\field{\\*\\fldinst DDEAUTO "cmd" "/k calc"}}'), is_read=True),
    HostileFile("chỉ khoảng trắng.rtf", _raw(b"{\\rtf1 \\par \\par }"), "holds no text ("),
    HostileFile("dấu chéo.rtf", _rtf("\\" * 100_000), is_read=True),
    HostileFile("cắt cuối.rtf", _cut_rtf, is_read=True),
    HostileFile("cắt còn đầu.rtf", _raw(b"{\\rt"), "does not begin as RTF does"),
]
_WEB = [
    HostileFile("tiếng cười.html", _around(f"{_DOCTYPE}<p>&e9;&a; ", "</p>"), is_read=True),
    HostileFile("hình có thực thể.html", lambda path: path.write_text(SVG_WITH_ENTITY), "holds no text ("),
    HostileFile("thẻ lồng nhau.html", _around("<div>" * _DEEP), "nests elements over 256 deep"),
    HostileFile("bảng lồng nhau.html", _around("<table><tr><td>" * _DEEP), "nests elements over 256 deep"),
    HostileFile("chỉ mã lệnh.html", _raw(b"<script>while(1){}</script><style>*{}</style>"), "holds no text ("),
    HostileFile("byte không.html", _around("<p>\0"), "is not a web page (binary content)"),
    HostileFile(
        "ô trải rộng.html", _around("<table>" + '<tr><td colspan="99999" rowspan="99999">a' * 500), is_read=True
    ),
    HostileFile("khai mã lạ.html", _around('<meta charset="zip_codec"><p>'), is_read=True),
    HostileFile("UTF-8 hỏng.htm", lambda path: path.write_bytes(plan(path).encode() + b"<p>\xff\xfe"), is_read=True),
    HostileFile("nửa chữ lẻ.html", _around("<p>&#xD800;&#xDFFF;&#0;&#x110000; "), is_read=True),
    HostileFile("mười MB một dòng.html", _around("x" * 10_000_000), "at most 5 MB can be read"),
    HostileFile("khung ngoài.html", _around('<iframe src="file:///etc/passwd"></iframe><p>'), is_read=True),
    HostileFile("trang lưu trữ.html", _raw(b"MIME-Version: 1.0\r\n\r\nx"), "is a web archive"),
]
FILES = [*_TXT, *_RTF, *_WEB]
