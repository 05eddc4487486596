"""Files as they come: what can be read, and a clear message for what cannot."""

import unicodedata
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.parse import document_id, read_document
from ingest.passages import split_passages
from ingest.read import read_pages
from tests.plans import CORPUS, HUE, PHAN_RANG


def written(folder: Path, raw: bytes, name: str = "kế hoạch.txt") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read_pages(path)
    return str(caught.value)


@pytest.mark.parametrize(
    "raw",
    [
        HUE.encode(),
        b"\xef\xbb\xbf" + HUE.encode(),
        HUE.encode("utf-16"),
        b"\xfe\xff" + HUE.encode("utf-16-be"),
        unicodedata.normalize("NFD", HUE).encode(),
        HUE.replace("\n", "\r\n").encode(),
        HUE.replace("\n", "\r").encode(),
    ],
)
def test_every_unicode_form_gives_the_same_text(tmp_path: Path, raw: bytes) -> None:
    pages = read_pages(written(tmp_path, raw))
    assert (pages.texts, pages.is_paged, pages.provenance) == ((HUE,), False, "text")


def test_form_feeds_separate_pages_and_passages_know_theirs(tmp_path: Path) -> None:
    first, second = "I. NỘI DUNG\n\n1. Phát triển hạ tầng năng lượng của đất", "nước ta.\n\n2. Một việc khác cần làm."
    path = written(tmp_path, f"{first}\f{second}".encode())
    document = read_document(path)
    assert document.text == f"{first}\n\n{second}"
    assert document.page_starts == (0, len(first) + 2)
    assert [(p.page, p.text) for p in split_passages(document)] == [
        (1, "Phát triển hạ tầng năng lượng của đất\n\nnước ta."),
        (2, "Một việc khác cần làm."),
    ]


def test_markdown_is_read_as_text(tmp_path: Path) -> None:
    assert read_pages(written(tmp_path, HUE.encode(), "kế hoạch.MD")).texts == (HUE,)


@pytest.mark.parametrize("raw", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "\u00a0\n\u3000".encode()])
def test_a_file_without_text(tmp_path: Path, raw: bytes) -> None:
    message = f"kế hoạch.txt: holds no text ({len(raw)} bytes); check that the right file was saved"
    assert refusal(written(tmp_path, raw)) == message


@pytest.mark.parametrize(
    "raw",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(256)),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100,
        b"%PDF-1.4\n\x00\x01\x02",
        "Kế hoạch\x00tuyên truyền".encode(),
        b"\x01\x02\x03\x04 plain",
    ],
)
def test_a_binary_file_renamed_to_txt(tmp_path: Path, raw: bytes) -> None:
    message = "kế hoạch.txt: is not a text file (binary content); save the plan as .txt"
    assert refusal(written(tmp_path, raw)) == message


@pytest.mark.parametrize(
    ("raw", "byte", "offset"),
    [
        (b"K\xd5 ho\xb9ch tuy\xaan truy\xd2n c\xf1a Th\xb5nh \xf1y", "0xd5", 1),  # TCVN3
        ("Cải cách hành chính".translate(str.maketrans("ảáạ", "aaa")).encode("cp1258"), "0xe0", 10),
        ("Thành phố".replace("ố", "o").encode("latin-1"), "0xe0", 2),
        (HUE.encode()[:-100].rsplit(b"\xe1", 1)[0] + b"\xe1", "0xe1", None),  # cut in the middle of a letter
    ],
)
def test_another_encoding_names_the_byte_and_the_remedy(
    tmp_path: Path, raw: bytes, byte: str, offset: int | None
) -> None:
    at = len(raw) - 1 if offset is None else offset
    assert refusal(written(tmp_path, raw)) == (
        f"kế hoạch.txt: is not UTF-8 (byte {byte} at offset {at}); open it in an editor and save it with the "
        "encoding UTF-8"
    )


def test_twenty_megabytes(tmp_path: Path) -> None:
    path = written(tmp_path, HUE.encode() * (20_000_000 // len(HUE.encode()) + 1))
    message = refusal(path)
    assert message == (
        f"kế hoạch.txt: {path.stat().st_size / 1e6:.1f} MB, at most 5 MB can be read; "
        "split it into one file for each plan"
    )


@pytest.mark.parametrize(
    ("name", "kind"), [("kế hoạch.dwg", ".dwg"), ("kế hoạch.txt.bak", ".bak"), ("kế hoạch", "a file without suffix")]
)
def test_an_unknown_suffix(tmp_path: Path, name: str, kind: str) -> None:
    message = refusal(written(tmp_path, b"x", name))
    assert message.startswith(f"{name}: no reader for {kind}; save it as .")
    assert {".docx", ".odt", ".html", ".txt"} <= set(message.rpartition(" as ")[2].split(", "))


def test_a_file_that_the_system_does_not_give(tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch.txt"
    path.symlink_to("/proc/self/mem")  # a regular file that nobody can read from its start, root neither
    with pytest.raises(ReadError, match=r"kế hoạch\.txt: cannot be opened \(.+\); check the file's permissions"):
        read_document(path)
    assert "cannot be opened (No such file or directory)" in refusal(tmp_path / "không có.txt")


def test_a_name_with_spaces_and_marks_in_either_form(tmp_path: Path) -> None:
    name = "Kế hoạch số 347 (Phan Rang).txt"
    raw = (CORPUS / f"{PHAN_RANG}.txt").read_bytes()
    document = read_document(written(tmp_path, raw, name))
    assert document.source == name
    assert document.doc_id.startswith("ke-hoach-so-347-phan-rang-")
    assert read_document(written(tmp_path, raw, unicodedata.normalize("NFD", name))) == document


def test_document_ids_are_safe_and_keep_names_apart() -> None:
    assert document_id("vung-tau-443-kh-tu.txt") == "vung-tau-443-kh-tu"
    names = [
        "kế hoạch.txt",
        "kê hoạch.txt",
        "ke hoach.txt",
        "ke-hoach.md",
        "Ke-hoach.txt",
        "ke-hoach.txt",
        "…",
        "🎉.txt",
    ]
    ids = [document_id(name) for name in names]
    assert len(set(ids)) == len(names)
    assert all(set(i) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for i in ids)
    assert len(document_id("x" * 300 + ".txt")) <= 89
