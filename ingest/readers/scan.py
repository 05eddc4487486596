"""Reads images of pages: .png, .jpg and .tif, by character recognition."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ReadError
from ingest.readers.pages import Pages
from ingest.readers.printed.pages_of import pages_of
from ingest.readers.printed.tesseract import PAGE_SECONDS, Recognised, recognise

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 60_000_000  # A3 at 400 dpi is 31 million
MAX_IMAGES = 500  # pages of one .tif
BEST_DPI = 300  # tesseract reads letters of this size best
_PAPER_INCHES = (8.27, 11.69)  # A4; what an image says of its own resolution is often wrong
_FITTING_DPI = (240, 450)


def read_scan(path: Path) -> Pages:
    """Read the pages of an image file; a .tif may hold several.

    Raises ReadError where the file is no image or too large, and where tesseract is missing.
    """
    from PIL import Image, UnidentifiedImageError

    name = path.name
    if path.stat().st_size == 0:
        raise ReadError(f"{name}: is empty (0 bytes); copy the file again or scan the page again")
    try:
        with Image.open(path, formats=("PNG", "JPEG", "TIFF")) as file:
            return pages_of([_recognised(image, name) for image in _images(file, name)])
    except UnidentifiedImageError as error:
        raise ReadError(f"{name}: is not an image; save the scan as .png, .jpg, .tif or .pdf") from error
    except Image.DecompressionBombError as error:
        raise ReadError(_too_large(name, str(error))) from error
    except (SyntaxError, ValueError, EOFError, OSError) as error:  # what Pillow raises for broken files
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise ReadError(f"{name}: is a damaged image ({error}); copy the file again or scan the page again") from error


def _images(file: "Image", name: str) -> Iterator["Image"]:
    """Give the pages of an image file, each as it is meant to be seen."""
    from PIL import ImageOps

    count = getattr(file, "n_frames", 1)
    if count > MAX_IMAGES:
        raise ReadError(f"{name}: {count} pages, at most {MAX_IMAGES} can be read; split the file")
    for number in range(count):
        file.seek(number)
        if file.width * file.height > MAX_PIXELS:
            raise ReadError(_too_large(name, f"{file.width} x {file.height} pixels"))
        yield ImageOps.exif_transpose(file)


def _too_large(name: str, size: str) -> str:
    return f"{name}: {size}, at most {MAX_PIXELS / 1e6:.0f} million pixels can be read; scan the page at 300 dpi"


def _recognised(image: "Image", name: str, seconds: float = PAGE_SECONDS) -> Recognised | None:
    """Read one image as a page of A4, in the resolution that tesseract reads best."""
    grey = _grey(image)
    dpi = max(side / paper for side, paper in zip(sorted(grey.size), _PAPER_INCHES, strict=True))
    if not _FITTING_DPI[0] <= dpi <= _FITTING_DPI[1]:
        factor = BEST_DPI / dpi
        grey = grey.resize((max(1, round(grey.width * factor)), max(1, round(grey.height * factor))))
        dpi = BEST_DPI
    return recognise(grey, dpi, name, seconds)


def _grey(image: "Image") -> "Image":
    """Give the image in grey; what is transparent is paper."""
    from PIL import Image as PillowImage

    if "A" in image.mode or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = PillowImage.new("RGBA", image.size, "white")
        image = PillowImage.alpha_composite(paper, image)
    return image.convert("L")
