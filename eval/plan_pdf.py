"""Plans as they are printed: a text becomes a PDF with header block, page numbers and signature, or a scan of it."""

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from ingest.trailer import is_person_name, is_role_line

SCAN_DPI = 200
_SIZE = 13.0  # points
_MARGINS = (85.0, 57.0, 57.0, 60.0)  # left, right, top, bottom in points: those of official documents
_FONT = "Plan"
_MOTTO = "ĐẢNG CỘNG SẢN VIỆT NAM"
_DATELINE = re.compile(r".*\bngày\b.*\btháng\b.*\bnăm\b")
_TITLE = re.compile(r"KẾ HOẠCH|Kính gửi")


def write_pdf(text: str, path: Path, font: Path | None = None, size: float = _SIZE) -> None:
    """Print a plan, its number, date and motto in a header block; `size` in points, DejaVu Serif without a `font`."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import SimpleDocTemplate

    pdfmetrics.registerFont(TTFont(_FONT, str(font or _default_font())))
    left, right, top, bottom = _MARGINS
    document = SimpleDocTemplate(
        str(path), leftMargin=left, rightMargin=right, topMargin=top, bottomMargin=bottom, invariant=1
    )
    document.build(_story(text, size), onLaterPages=_number)


def write_scan(pdf: Path, folder: Path) -> Path:
    """Write a PDF that holds nothing but grey images of the pages of another, at SCAN_DPI."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        images = [page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil() for page in document]
    path = folder / f"{pdf.stem}-scan.pdf"
    images[0].save(path, save_all=True, append_images=images[1:], resolution=SCAN_DPI, quality=75)
    return path


def _default_font() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"


def _number(canvas: Any, document: Any) -> None:
    canvas.setFont(_FONT, _SIZE)
    canvas.drawCentredString(document.pagesize[0] / 2, document.pagesize[1] - 40, str(canvas.getPageNumber()))


def _story(text: str, size: float) -> list[Any]:
    """Give header block, title, body, and the block of recipients and signature."""
    lines = [line.strip(" *") for line in text.replace("\ufeff", "").split("\n")]
    title = next(row for row, line in enumerate(lines) if _TITLE.match(line))
    recipients = next(row for row, line in enumerate(lines) if line.startswith("Nơi nhận"))
    front = next(row for row in range(title, len(lines)) if len(lines[row]) > 100)
    story = [_header(size, [line for line in lines[:title] if line])]
    story += [_paragraph(line, "centre", size) for line in _paragraphs(lines[title:front])]
    story += [_paragraph(line, "body", size) for line in _paragraphs(lines[front:recipients])]
    return [*story, _trailer(size, [line for line in lines[recipients:] if line])]


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Join the lines of each paragraph, as the word processor that they come from had them."""
    return ["<br/>".join(group) for filled, group in groupby(lines, bool) if filled]


def _header(size: float, lines: Sequence[str]) -> Any:
    dates = [line for line in lines if _DATELINE.match(line)]
    return _two_columns(size, [line for line in lines if line not in dates], [_MOTTO, *dates], "centre", "centre")


def _trailer(size: float, lines: Sequence[str]) -> Any:
    row = next(row for row, line in enumerate(lines) if is_role_line(line) or is_person_name(line))
    signature = [*lines[row:-1], "", "", lines[-1]]
    return _two_columns(size, lines[:row], signature, "left", "centre")


def _two_columns(size: float, left: Sequence[str], right: Sequence[str], left_style: str, right_style: str) -> Any:
    from reportlab.platypus import Table

    columns = ((left, left_style), (right, right_style))
    cells = [[_paragraph(line or "&nbsp;", style, size) for line in lines] for lines, style in columns]
    return Table([cells], colWidths=[200, 253], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])


def _paragraph(line: str, style: str, size: float) -> Any:
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    alignment = {"centre": TA_CENTER, "body": TA_JUSTIFY, "left": TA_LEFT}[style]
    is_body = style == "body"
    return Paragraph(
        line,
        ParagraphStyle(
            style,
            fontName=_FONT,
            fontSize=size if is_body else size - 2,
            leading=1.4 * size if is_body else 1.2 * size,
            alignment=alignment,
            firstLineIndent=28 if is_body else 0,
            spaceAfter=6 if is_body else 0,
        ),
    )
