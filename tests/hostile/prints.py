"""Hostile and broken PDFs, written by hand."""

import zlib
from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption

from tests.hostile.kinds import HostileFile, plan
from tests.pdf_files import canvas, draw, written_pdf

_FONT = "<</Type/Font/Subtype/Type1/BaseFont/KhongCo>>"
_DAMAGED = "is a damaged PDF ("
_ENDED = "the program that reads .pdf ended ("
_TOO_MANY = "pages, at most 2000 can be read"
_BOX = "[0 0 595 842]"


def written(objects: list[str | bytes], trailer: str = "") -> bytes:
    """Give a PDF of objects numbered from 1, the first its catalogue."""
    raw = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, content if isinstance(content, bytes) else content.encode())
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\n"
    return raw + f"{end}startxref\n{len(raw)}\n%%EOF\n".encode()


def stream(data: bytes, extra: str = "") -> bytes:
    """Give a packed stream object."""
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), extra.encode(), packed)


def one_page(
    content: bytes,
    *,
    box: str = _BOX,
    resources: str = "/Font<</F 5 0 R>>",
    kids: str = "",
    count: int = 1,
    catalogue: str = "",
    more: tuple[bytes, ...] = (),
) -> Callable[[Path], object]:
    """Give what makes a PDF of one page with a content; object 5 is its font, `more` follow."""
    page = f"<</Type/Page/Parent 2 0 R/MediaBox {box}/Contents 4 0 R/Resources<<{resources}>>>>"
    tree = f"<</Type/Pages/Kids[{kids or '3 0 R'}]/Count {count}>>"

    def make(path: Path) -> None:
        own = stream(content.replace(b"so 12", b"so %d" % zlib.crc32(path.name.encode())))
        catalog = f"<</Type/Catalog/Pages 2 0 R{catalogue}>>"
        path.write_bytes(written([catalog, tree, page, own, _FONT, *more]))

    return make


def _locked(path: Path) -> None:
    document = canvas(path, encrypt=StandardEncryption("mật khẩu", strength=128))
    draw(document, [(50, 50, plan(path))])
    document.save()


def _cut(share: float, tail: bytes = b"") -> Callable[[Path], object]:
    def make(path: Path) -> None:
        raw = written_pdf(path, [[(50, 50, plan(path))]] * 3).read_bytes()
        path.write_bytes(raw[: int(len(raw) * share)] + tail)

    return make


_WORDS = b"BT /F 12 Tf 50 700 Td (Ke hoach so 12, mot trang) Tj ET"
_IMAGE = "/XObject<</I 6 0 R>>"
_SHOW = b"q 595 0 0 842 0 0 cm /I Do Q"


def _image(width: int, height: int, data: bytes = b"") -> bytes:
    size = f"/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8"
    return stream(data, f"/Type/XObject/Subtype/Image{size}")


_SCRIPT = "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/AA<</WC<</S/Launch/F(/bin/sh)>>>>"
FILES = [
    HostileFile("mười nghìn trang.pdf", one_page(_WORDS, kids="3 0 R " * 10_000, count=10_000), f"10000 {_TOO_MANY}"),
    HostileFile("khai hai tỉ trang.pdf", one_page(_WORDS, count=2_000_000_000), is_read=True),
    HostileFile("khai âm trang.pdf", one_page(_WORDS, count=-5), is_read=True),
    HostileFile("vòng cây trang.pdf", one_page(_WORDS, kids="2 0 R 2 0 R 3 0 R", count=3), _DAMAGED),
    HostileFile("không có trang.pdf", one_page(_WORDS, kids="9 0 R", count=0), _DAMAGED),
    HostileFile("khóa.pdf", _locked, "is protected by a password; open it with the password and print it"),
    HostileFile("cắt nửa.pdf", _cut(0.5), "is cut short ("),
    HostileFile("cắt nửa có đuôi.pdf", _cut(0.5, b"\n%%EOF\n"), _DAMAGED),
    HostileFile("chỉ có đầu.pdf", lambda path: path.write_bytes(b"%PDF-1.7\n%%EOF"), _DAMAGED),
    HostileFile("ngoặc lồng nhau.pdf", one_page(_WORDS, catalogue="/A" + "[" * 100_000 + "]" * 100_000), is_read=True),
    HostileFile("bom nội dung.pdf", one_page(b"q " * 50_000_000 + _WORDS), _ENDED),
    HostileFile("trang khổng lồ.pdf", one_page(b"0 0 m 9 9 l S", box="[0 0 1e9 1e9]"), "holds no text"),
    HostileFile("trang không cỡ.pdf", one_page(_WORDS, box="[0 0 0 0]"), is_read=True),
    HostileFile("trang lộn ngược.pdf", one_page(_WORDS, box="[595 842 0 0]"), is_read=True),
    HostileFile("trang không số.pdf", one_page(_WORDS, box="[a b c d]"), is_read=True),
    HostileFile("ảnh khổng lồ.pdf", one_page(_SHOW, resources=_IMAGE, more=(_image(10**6, 10**6),)), "holds no text"),
    HostileFile(
        "bom ảnh.pdf",
        one_page(_SHOW, resources=_IMAGE, more=(_image(30_000, 30_000, bytes(9 * 10**7)),)),
        "holds no text",
    ),
    HostileFile(
        "ảnh gọi chính nó.pdf",
        one_page(
            b"/I Do " + _WORDS,
            resources=f"{_IMAGE}/Font<</F 5 0 R>>",
            more=(stream(b"/I Do", f"/Type/XObject/Subtype/Form/BBox{_BOX}/Resources<<{_IMAGE}>>"),),
        ),
        is_read=True,
    ),
    HostileFile("thiếu phông.pdf", one_page(_WORDS), is_read=True),
    HostileFile("có lệnh chạy.pdf", one_page(_WORDS, catalogue=_SCRIPT), is_read=True),
]
