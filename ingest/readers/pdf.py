"""Reads .pdf: the text layer page by page, and character recognition where a page has none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.encoding import repair
from ingest.errors import ReadError
from ingest.readers.pages import Pages
from ingest.readers.printed.lines import PageLines
from ingest.readers.printed.pages_of import pages_of
from ingest.readers.printed.tesseract import Recognised, recognise
from ingest.readers.printed.text_layer import TextLayer, text_layer
from ingest.readers.scan import BEST_DPI, MAX_PIXELS

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PAGES = 2_000
_BETWEEN = "\n\f\n"  # between pages while lines are repaired
_POINTS = 72  # in an inch
_HEAD_BYTES = 1024  # the format allows other bytes before its mark
_TAIL_BYTES = 2048
_MAX_UNREADABLE = 0.05  # of the characters of a page; stray symbols are fewer
_STAMP = 300  # characters; on a scan, no more than a signature stamp or a scanner's mark
_MIN_SCAN = 0.5  # of a page that an image covers


def read_pdf(path: Path) -> Pages:
    """Read a PDF page by page, pages without readable text as scans.

    Raises ReadError where the file is no PDF, is cut short or damaged, needs a password, has more
    than MAX_PAGES pages, and where a scan needs tesseract and that is missing.
    """
    import pypdfium2 as pdfium

    _check_bytes(path)
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise ReadError(_reason(path, str(error))) from error
    try:
        if len(document) > MAX_PAGES:
            raise ReadError(
                f"{path.name}: {len(document)} pages, at most {MAX_PAGES} can be read; split it into one file "
                "for each document"
            )
        return _pages(document, path.name)
    except pdfium.PdfiumError as error:
        raise ReadError(_reason(path, str(error))) from error
    finally:
        document.close()


def _check_bytes(path: Path) -> None:
    """Refuse what is no PDF, and what ends early: pdfium would read the pages that are left in silence."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL_BYTES))
        tail = file.read()
    if not head:
        raise ReadError(f"{path.name}: is empty (0 bytes); copy the file again")
    if b"%PDF-" not in head:
        raise ReadError(f"{path.name}: is not a PDF (begins with {head[:8]!r}); save the document as .pdf")
    if b"%%EOF" not in tail:
        raise ReadError(f"{path.name}: is cut short ({size} bytes without the mark of the end); copy the file again")


def _reason(path: Path, error: str) -> str:
    # pdfium may name the error of a file that was read before.
    if "password" in error.lower() and b"/Encrypt" in path.read_bytes():
        return f"{path.name}: is protected by a password; open it with the password and print it to a new PDF"
    return f"{path.name}: is a damaged PDF ({error}); copy the file again or print it to a new PDF"


def _pages(document: "PdfDocument", name: str) -> Pages:
    read: list[PageLines | Recognised | None] = []
    encodings: Counter[str] = Counter()
    for page in document:
        layer = text_layer(page)
        if _needs_recognition(page, layer):
            read.append(_recognised(page, name))
        else:
            read.append(layer.page)
            encodings += layer.encodings
        page.close()
    return _repaired(pages_of(read), [isinstance(page, PageLines) for page in read], encodings)


def _repaired(pages: Pages, has_layer: Sequence[bool], encodings: Counter[str]) -> Pages:
    """Turn the text of text layers into Unicode where the names of their fonts did not say how."""
    layers = [text for text, is_layer in zip(pages.texts, has_layer, strict=True) if is_layer]
    repaired = repair(_BETWEEN.join(layers))
    texts = iter(repaired.text.split(_BETWEEN))
    encoding = next((name for name, _ in encodings.most_common(1)), repaired.encoding)
    return replace(
        pages,
        texts=tuple(next(texts) if own else text for text, own in zip(pages.texts, has_layer, strict=True)),
        provenance=f"converted {encoding}" if encoding and pages.provenance == "text" else pages.provenance,
    )


def _needs_recognition(page: "PdfPage", layer: TextLayer) -> bool:
    import pypdfium2.raw as pdfium

    if not layer.characters:
        return bool(pdfium.FPDFPage_CountObjects(page) > 0)  # a blank page has none
    return layer.unreadable > _MAX_UNREADABLE or (layer.characters < _STAMP and _is_image(page))


def _is_image(page: "PdfPage") -> bool:
    """Say whether images cover most of a page."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    areas = []
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = image.get_bounds()
        areas.append((right - left) * (top - bottom))
    return bool(sum(areas) > _MIN_SCAN * width * height)


def _recognised(page: "PdfPage", name: str) -> Recognised | None:
    width, height = page.get_size()
    largest = (MAX_PIXELS / (width * height)) ** 0.5
    scale = min(BEST_DPI / _POINTS, largest)
    image = page.render(scale=scale, grayscale=True).to_pil()
    return recognise(image, scale * _POINTS, name)
