"""A file becomes pages of text; one reader for each suffix, and nothing else knows file formats."""

from collections.abc import Callable
from pathlib import Path

from ingest.errors import ReadError
from ingest.readers.pages import Pages
from ingest.readers.plain_text import read_plain_text

MAX_FILE_BYTES = 5_000_000  # a long plan is 30 kB of text; 5 MB is about 2,000 pages


def read_pages(path: Path) -> Pages:
    """Read a file with the reader of its suffix, as Unicode NFC with "\\n" line ends.

    Raises ReadError with the reason and the remedy for an unknown suffix, an empty or too large
    file, and a file that is not what its suffix says.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise ReadError(f"{path.name}: no reader for {path.suffix or 'a file without suffix'}; save it as {known}")
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise ReadError(
                f"{path.name}: {size / 1e6:.1f} MB, at most {MAX_FILE_BYTES / 1e6:.0f} MB can be read; "
                "split it into one file for each plan"
            )
        pages = reader(path)
    except OSError as error:
        raise ReadError(f"{path.name}: cannot be opened ({error.strerror}); check the file's permissions") from error
    if not any(text.strip() for text in pages.texts):
        raise ReadError(f"{path.name}: holds no text ({size} bytes); check that the right file was saved")
    return pages


READERS: dict[str, Callable[[Path], Pages]] = {
    ".txt": read_plain_text,
    ".md": read_plain_text,
}
