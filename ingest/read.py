"""A file becomes pages of text; one reader for each suffix, and nothing else knows file formats."""

import errno
import stat
from collections.abc import Callable
from pathlib import Path

from ingest.errors import ReadError
from ingest.readers.legacy_word import read_doc, read_rtf
from ingest.readers.opendocument import read_opendocument
from ingest.readers.pages import Pages
from ingest.readers.pdf import read_pdf
from ingest.readers.plain_text import read_plain_text
from ingest.readers.scan import read_scan
from ingest.readers.spreadsheet import read_xls, read_xlsx
from ingest.readers.web_page import read_web_page
from ingest.readers.word import read_word

MAX_FILE_BYTES = 5_000_000  # a long plan is 30 kB of text; 5 MB is about 2,000 pages
MAX_SCAN_BYTES = 200_000_000  # a scanned page is 0.1 to 1 MB
PLAIN_TEXTS = frozenset({".txt", ".md"})
SCANS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})  # or what may be one
_NOT_THERE = (errno.ENOENT, errno.ELOOP)  # gone, or a link that leads nowhere


def read_pages(path: Path) -> Pages:
    """Read a file with the reader of its suffix, as Unicode NFC with "\\n" line ends.

    Raises ReadError with the reason and the remedy where `check_file` does, and for a file that is
    empty or not what its suffix says.
    """
    check_file(path)
    try:
        pages = READERS[path.suffix.lower()](path)
        size = path.stat().st_size
    except OSError as error:
        raise not_opened(path, error) from error
    if not any(text.strip() for text in pages.texts):
        raise ReadError(f"{path.name}: holds no text ({size} bytes); check that the right file was saved")
    return pages


def check_file(path: Path) -> None:
    """Raise ReadError for an unknown suffix, what is no file, and a too large file, without reading anything."""
    suffix = path.suffix.lower()
    if suffix not in READERS:
        known = ", ".join(sorted(READERS))
        raise ReadError(f"{path.name}: no reader for {path.suffix or 'a file without suffix'}; save it as {known}")
    try:
        found = path.stat()
    except OSError as error:
        raise not_opened(path, error) from error
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "a pipe or a device"
        raise ReadError(f"{path.name}: is {kind}, not a file; put the document itself in its place")
    limit = MAX_SCAN_BYTES if suffix in SCANS else MAX_FILE_BYTES
    if found.st_size > limit:
        raise ReadError(
            f"{path.name}: {found.st_size / 1e6:.1f} MB, at most {limit / 1e6:.0f} MB can be read; "
            "split it into one file for each plan"
        )


def not_opened(path: Path, error: OSError) -> ReadError:
    """Give the error for a file that the system does not give."""
    remedy = "copy the file there again" if error.errno in _NOT_THERE else "check the file's permissions"
    return ReadError(f"{path.name}: cannot be opened ({error.strerror}); {remedy}")


READERS: dict[str, Callable[[Path], Pages]] = {
    ".txt": read_plain_text,
    ".md": read_plain_text,
    ".docx": read_word,
    ".docm": read_word,
    ".doc": read_doc,
    ".rtf": read_rtf,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".xls": read_xls,
    ".odt": read_opendocument,
    ".pdf": read_pdf,
    ".png": read_scan,
    ".jpg": read_scan,
    ".jpeg": read_scan,
    ".tif": read_scan,
    ".tiff": read_scan,
    ".html": read_web_page,
    ".htm": read_web_page,
}
