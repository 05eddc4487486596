"""PDFs and images for tests: lines at given places, as a word processor prints them."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib
from PIL import Image
from pypdfium2 import PdfDocument
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"
WIDTH, HEIGHT = 595.0, 842.0  # A4 in points
Placed = tuple[float, float, str]  # left, distance of the baseline from the top, words


def canvas(path: Path, **options: object) -> Canvas:
    """Give an empty A4 document whose font knows Vietnamese."""
    pdfmetrics.registerFont(TTFont("Serif", str(FONT)))
    return Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1, **options)


def draw(page: Canvas, lines: Sequence[Placed], size: float = 12) -> None:
    """Put lines on the open page of a document."""
    page.setFont("Serif", size)
    for left, top, words in lines:
        page.drawString(left, HEIGHT - top, words)


def written_pdf(path: Path, pages: Sequence[Sequence[Placed]], size: float = 12) -> Path:
    """Write a PDF with lines at given places on each page."""
    document = canvas(path)
    for lines in pages:
        draw(document, lines, size)
        document.showPage()
    document.save()
    return path


def centred(middle: float, top: float, words: str, size: float = 12) -> Placed:
    """Give a line whose middle is at a place."""
    pdfmetrics.registerFont(TTFont("Serif", str(FONT)))
    return middle - pdfmetrics.stringWidth(words, "Serif", size) / 2, top, words


def justified(left: float, top: float, width: float, words: str, size: float = 12) -> list[Placed]:
    """Give the words of a line so spread that it fills a width, as justified text is."""
    parts = words.split(" ")
    pdfmetrics.registerFont(TTFont("Serif", str(FONT)))
    widths = [pdfmetrics.stringWidth(part, "Serif", size) for part in parts]
    gap = (width - sum(widths)) / max(1, len(parts) - 1)
    return [(left + sum(widths[:row]) + row * gap, top, part) for row, part in enumerate(parts)]


def image_of(pdf: Path, page: int = 0, dpi: float = 200) -> Image.Image:
    """Give a page as a grey image."""
    with PdfDocument(pdf) as document:
        return document[page].render(scale=dpi / 72, grayscale=True).to_pil()
