"""Hostile, damaged and misnamed office files: each is refused in one line that says what to do."""

import struct
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import ReadError
from ingest.read import read_pages
from ingest.readers.packages import MAX_PARTS
from tests.opendocument_files import plan_as_odt
from tests.word_files import NAMESPACES, paragraph, plan_as_docx, save_docx

SUFFIXES = (".docx", ".odt", ".html")

DOCUMENT = f"<w:document {NAMESPACES}><w:body>{{}}</w:body></w:document>"


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read_pages(path)
    return str(caught.value)


def zipped(path: Path, **parts: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return path


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ('<!ENTITY a SYSTEM "file:///etc/hostname">', "&a;"),
        ('<!ENTITY a "tám">', "&a;"),
        ('<!ENTITY % a SYSTEM "http://[::1]:1/p"> %a;', "Kế hoạch"),
    ],
)
def test_entities_are_never_resolved(declared: str, words: str, tmp_path: Path) -> None:
    inside = DOCUMENT.format(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
    path = zipped(tmp_path / "a.docx", word__document_xml=f"<!DOCTYPE d [{declared}]>{inside}")
    assert refusal(path) == (
        "a.docx: word/document.xml is damaged (it declares a document type, which no word processor writes); "
        "open the file in a word processor and save it again"
    )


def test_entities_that_grow_are_stopped(tmp_path: Path) -> None:
    grows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    inside = '<w:p w:rsid="&e11;"/>'
    path = zipped(
        tmp_path / "a.docx", word__document_xml=f'<!DOCTYPE d [<!ENTITY e0 "ha">{grows}]>' + DOCUMENT.format(inside)
    )
    assert refusal(path).startswith("a.docx: word/document.xml is damaged (")


def test_an_archive_that_unpacks_to_200_times_its_size(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.docx", word__document_xml=DOCUMENT.format(" " * 5_000_000))
    assert "times its size, at most 200 times can be read" in refusal(path)


def test_an_archive_that_unpacks_to_more_than_200_megabytes(tmp_path: Path) -> None:
    path = save_docx(tmp_path / "a.docx", paragraph("Kế hoạch"))
    raw = bytearray(path.read_bytes())
    entry = raw.index(b"PK\x01\x02")
    struct.pack_into("<I", raw, entry + 24, 300_000_000)  # what the first part claims to unpack to
    path.write_bytes(bytes(raw))
    assert refusal(path) == (
        "a.docx: 300 MB unpacked, at most 200 MB can be read; open it in a word processor and save it again"
    )


def test_an_archive_that_claims_less_than_it_holds(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.docx", word__document_xml=DOCUMENT.format(paragraph("Kế hoạch" * 100)))
    raw = bytearray(path.read_bytes())
    struct.pack_into("<I", raw, raw.index(b"PK\x01\x02") + 24, 100)
    path.write_bytes(bytes(raw))
    assert refusal(path).startswith("a.docx: word/document.xml is damaged (")


def test_one_part_of_more_than_50_megabytes(tmp_path: Path) -> None:
    # Letters that pack badly enough not to be refused for their ratio.
    words = "".join(chr(0x4E00 + (n * n * 7919) % 20000) for n in range(300_000)) * 62
    path = zipped(tmp_path / "a.docx", word__document_xml=DOCUMENT.format(paragraph(words)))
    assert "word/document.xml is 56 MB unpacked, at most 50 MB can be read" in refusal(path)


def test_an_archive_of_too_many_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(MAX_PARTS + 1):
            archive.writestr(f"{number}", b"")
    assert "holds 10001 parts, at most 10000 can be read" in refusal(path)


def test_elements_nested_without_end(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.docx", word__document_xml=DOCUMENT.format("<w:ins>" * 5000 + "</w:ins>" * 5000))
    assert refusal(path).startswith("a.docx: word/document.xml is damaged (Excessive depth")


def test_deep_tables_within_the_limit_are_read(tmp_path: Path) -> None:
    inside = paragraph("trong cùng")
    for _ in range(80):
        inside = f"<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"
    assert read_pages(save_docx(tmp_path / "a.docx", inside)).texts == ("trong cùng",)


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
            "a.docx: is protected by a password; open it with the password and save it without one",
        ),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le"),
            "a.docx: is a Word 97-2003 file, not what .docx says; rename it to .doc",
        ),
        ("a.docx", b"%PDF-1.7 ...", "a.docx: is a PDF, not what .docx says; rename it to .pdf"),
        ("a.odt", b"{\\rtf1 x}", "a.odt: is a rich text file, not what .odt says; rename it to .rtf"),
        ("a.docx", b"\xef\xbb\xbf\r\n<HTML><p>x", "a.docx: is a web page, not what .docx says; rename it to .html"),
        ("a.docx", b"PK\x03\x04 x", "a.docx: is damaged or no .docx file (6 bytes); save it again in a word processor"),
    ],
)
def test_files_that_are_no_archive(name: str, raw: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(raw)
    assert refusal(tmp_path / name) == message


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"xl__workbook_xml": "<x/>"}, "is an Excel workbook, not what .docx says; save or rename it as .xlsx"),
        ({"content_xml": "<x/>"}, "is an OpenDocument file, not what .docx says; save or rename it as .odt"),
        ({"a_xml": "<x/>"}, "is a zip archive without word/document.xml; check that the right file was saved"),
        ({"word__document_xml": "<d"}, "word/document.xml is damaged (Couldn't find end of Start Tag"),
        ({"word__document_xml": ""}, "word/document.xml is damaged (Document is empty"),
        ({"word__document_xml": "<a/>"}, "word/document.xml has no body; open the file in Word and save it again"),
    ],
)
def test_archives_without_a_word_document(parts: dict[str, str], message: str, tmp_path: Path) -> None:
    assert refusal(zipped(tmp_path / "a.docx", **parts)).startswith(f"a.docx: {message}")


def test_parts_cut_short_or_changed(tmp_path: Path) -> None:
    def change(raw: bytes) -> bytes:
        middle = raw.index(b"word/document.xml") + 60
        return raw[:middle] + bytes(20) + raw[middle + 20 :]

    changes: list[Callable[[bytes], bytes]] = [change, lambda raw: raw[: len(raw) // 2]]
    for number, damage in enumerate(changes):
        path = save_docx(tmp_path / f"{number}.docx", paragraph("Kế hoạch " * 200))
        path.write_bytes(damage(path.read_bytes()))
        assert "damaged" in refusal(path)


def test_macros_are_left_alone_and_noted(tmp_path: Path) -> None:
    path = save_docx(tmp_path / "a.docm", paragraph("Kế hoạch số 7"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"AutoOpen")
    pages = read_pages(path)
    assert pages.texts == ("Kế hoạch số 7",)
    assert pages.notes == ("macro bị bỏ qua",)


def test_a_name_that_stands_twice_in_an_archive_is_read_once(tmp_path: Path) -> None:
    path = save_docx(tmp_path / "a.docx", paragraph("Bản đầu"))
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", DOCUMENT.format(paragraph("Bản sau")))
    assert read_pages(path).texts == ("Bản sau",)


def test_relations_that_lead_out_of_the_file(tmp_path: Path) -> None:
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="x/styles" Target="http://[::1]:1/styles.xml" TargetMode="External"/>'
        '<Relationship Id="r2" Type="x/numbering" Target="../../../../etc/passwd"/></Relationships>'
    )
    path = zipped(tmp_path / "a.docx", word__document_xml=DOCUMENT.format(paragraph("Kế hoạch")))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", relation)
    assert read_pages(path).texts == ("Kế hoạch",)


@settings(deadline=None, max_examples=100)
@given(
    cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), min_size=1, max_size=8),
    suffix=st.sampled_from(SUFFIXES),
)
def test_any_damage_is_read_or_refused(cuts: list[tuple[float, bytes]], suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        text = "I. MỤC ĐÍCH\n\n1. Mục đích\n\n- Ý thứ nhất.\n\nNơi nhận:\n- Lưu."
        if suffix == ".html":
            path.write_text(f"<table><tr><td rowspan=2>{text}<ol><li>x</table>", encoding="utf-8")
        else:
            (plan_as_docx if suffix == ".docx" else plan_as_odt)(text, path)
        raw = path.read_bytes()
        for place, replacement in cuts:
            at = int(place * len(raw))
            raw = raw[:at] + replacement + raw[at + len(replacement) :]
        path.write_bytes(raw)
        with suppress(ReadError):
            assert read_pages(path).texts
