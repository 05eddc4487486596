"""Pages read from a text layer or from an image become Pages: their text, provenance and notes."""

from collections.abc import Sequence
from statistics import fmean

from ingest.readers.pages import Pages
from ingest.readers.printed.lines import PageLines
from ingest.readers.printed.page_texts import page_texts
from ingest.readers.printed.tesseract import PAGE_SECONDS, Recognised

_EMPTY = PageLines(595.0, 842.0, ())


def pages_of(read: Sequence[PageLines | Recognised | None]) -> Pages:
    """Make Pages of what was read of each page; None where recognition ran out of time."""
    lines = [page.page if isinstance(page, Recognised) else page or _EMPTY for page in read]
    confidences = tuple(page.confidence if isinstance(page, Recognised) else None for page in read)
    known = [confidence for confidence in confidences if confidence is not None]
    late = [str(number) for number, page in enumerate(read, start=1) if page is None]
    note = f"Trang {', '.join(late)}: nhận dạng chữ quá {PAGE_SECONDS:.0f} giây, trang bị bỏ qua"
    return Pages(
        texts=page_texts(lines),
        is_paged=True,
        provenance=f"OCR {fmean(known):.2f}" if known else "text",
        confidences=confidences if known or late else (),
        notes=(note,) if late else (),
    )
