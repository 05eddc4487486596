"""Scans: a plan as images in a PDF, images as files, and what is missing or broken."""

import os
import re
from pathlib import Path

import pytest
from PIL import Image

from eval.plan_pdf import write_pdf, write_scan
from eval.scans import outline_agreement, page_accuracy, syllable_accuracy, text_layers
from ingest.errors import ReadError
from ingest.parse import read_document
from ingest.read import read_pages
from ingest.readers.printed.lines import Line, PageLines
from ingest.readers.printed.pages_of import pages_of
from ingest.readers.printed.tesseract import recognise
from tests.pdf_files import image_of, written_pdf
from tests.plans import CORPUS, NAM_TU_LIEM

LINES = ["1. Tổ chức hội nghị quán triệt Nghị quyết.", "2. Tuyên truyền trên báo chí của tỉnh."]
REMEDY = "install the packages tesseract-ocr and tesseract-ocr-vie (apt install tesseract-ocr tesseract-ocr-vie)"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    """An image of a page at 200 dpi."""
    lines = [(85.0, 100.0 + 20 * row, words) for row, words in enumerate(LINES)]
    return image_of(written_pdf(tmp_path_factory.mktemp("scan") / "trang.pdf", [lines], size=14))


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read_pages(path)
    return str(caught.value)


def test_a_scanned_plan_has_the_outline_of_the_plan(tmp_path: Path) -> None:
    plan, pdf = CORPUS / f"{NAM_TU_LIEM}.txt", tmp_path / "kế hoạch.pdf"
    write_pdf(plan.read_text(encoding="utf-8"), pdf, size=12)
    layers, document = text_layers(pdf), read_document(write_scan(pdf, tmp_path))
    assert len(layers) == len(document.page_starts) == 6
    assert outline_agreement(read_document(plan), document) >= 0.95
    assert syllable_accuracy(layers, document) >= 0.97
    assert page_accuracy(layers, document) == 1.0
    assert re.fullmatch(r"OCR 0\.9\d", document.provenance)


@pytest.mark.parametrize("name", ["trang.png", "trang.jpg", "trang.JPEG", "trang.tif"])
def test_an_image_of_a_page(tmp_path: Path, page: Image.Image, name: str) -> None:
    page.save(tmp_path / name)
    pages = read_pages(tmp_path / name)
    assert (pages.texts, pages.is_paged) == (("\n".join(LINES),), True)
    assert [round(c, 2) for c in pages.confidences if c] == [float(pages.provenance.removeprefix("OCR "))]


def test_every_page_of_a_tif_counts(tmp_path: Path, page: Image.Image) -> None:
    blank = Image.new("L", page.size, 255)
    page.save(tmp_path / "a.tiff", save_all=True, append_images=[blank, page])
    pages = read_pages(tmp_path / "a.tiff")
    assert pages.texts == ("\n".join(LINES), "", "\n".join(LINES))
    assert pages.confidences[1] is None


def test_an_image_is_read_as_it_is_meant_to_be_seen(tmp_path: Path, page: Image.Image) -> None:
    turned = page.rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned by 90 degrees clockwise
    turned.save(tmp_path / "a.jpg", exif=exif)
    assert read_pages(tmp_path / "a.jpg").texts == ("\n".join(LINES),)
    clear = Image.new("RGBA", page.size, (0, 0, 0, 0))
    clear.putalpha(page.point(lambda grey: 255 - grey))
    clear.save(tmp_path / "a.png")
    assert read_pages(tmp_path / "a.png").texts == ("\n".join(LINES),)


def test_a_small_image_is_enlarged(tmp_path: Path, page: Image.Image) -> None:
    page.resize((page.width // 2, page.height // 2), Image.Resampling.LANCZOS).save(tmp_path / "a.png")
    (text,) = read_pages(tmp_path / "a.png").texts
    assert text.startswith("1. Tổ chức hội nghị")


def test_a_missing_program_and_missing_data(tmp_path: Path, page: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "trang.png"
    page.save(path)
    (tmp_path / "empty").mkdir()
    with monkeypatch.context() as patch:
        patch.setenv("TESSDATA_PREFIX", str(tmp_path / "empty"))
        assert refusal(path) == f"trang.png: is a scan, and tesseract has no data for Vietnamese; {REMEDY}"
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert refusal(path) == f"trang.png: is a scan, and the program tesseract is missing; {REMEDY}"


def test_a_page_that_takes_too_long_is_left_out_with_a_note(
    tmp_path: Path, page: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexec sleep 30\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert recognise(page, 200, "trang.png", seconds=0.2) is None
    words = PageLines(595, 842, (Line(LINES[0], 85, 90, 400, 104),))
    pages = pages_of([words, None])
    assert pages.texts == (LINES[0], "")
    assert pages.confidences == (None, None)
    assert pages.notes == ("Trang 2: nhận dạng chữ quá 60 giây, trang bị bỏ qua",)


def test_a_program_that_fails(tmp_path: Path, page: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho 'Image too large' >&2\nexit 1\n")
    program.chmod(0o755)
    page.save(tmp_path / "trang.png")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    message = "trang.png: tesseract cannot read the image (Image too large); scan the page again"
    assert refusal(tmp_path / "trang.png") == message


def test_broken_images(tmp_path: Path, page: Image.Image) -> None:
    path = tmp_path / "trang.png"
    path.write_bytes(b"")
    assert refusal(path) == "trang.png: is empty (0 bytes); copy the file again or scan the page again"
    path.write_bytes(b"%PDF-1.7 " * 20)
    assert refusal(path) == "trang.png: is not an image; save the scan as .png, .jpg, .tif or .pdf"
    page.save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert re.fullmatch(
        r"trang\.png: is a damaged image \(.+\); copy the file again or scan the page again", refusal(path)
    )


def test_too_many_pixels_and_too_many_pages(tmp_path: Path) -> None:
    Image.new("1", (8000, 8000), 1).save(tmp_path / "a.png")
    assert refusal(tmp_path / "a.png") == (
        "a.png: 8000 x 8000 pixels, at most 60 million pixels can be read; scan the page at 300 dpi"
    )
    dot = Image.new("1", (8, 8), 1)
    dot.save(tmp_path / "a.tif", save_all=True, append_images=[dot] * 500)
    assert refusal(tmp_path / "a.tif") == "a.tif: 501 pages, at most 500 can be read; split the file"
