"""A file becomes pages of text; one reader for each suffix, and nothing else knows file formats."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ReadError

MAX_FILE_BYTES = 5_000_000  # a long plan is 30 kB of text; 5 MB is about 2,000 pages

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Pages:
    """The text of a file; `is_paged` is False where the format has no pages."""

    texts: tuple[str, ...]
    is_paged: bool
    provenance: str = "text"


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


def read_plain_text(path: Path) -> Pages:
    """Read .txt and .md: UTF-8 with or without byte order mark, or UTF-16 with one.

    Form feeds separate pages.
    """
    raw = path.read_bytes()
    encoding = "utf-16" if raw.startswith(_UTF16_MARKS) else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        if _looks_binary(raw):
            raise ReadError(f"{path.name}: is not a text file (binary content); save the plan as .txt") from error
        raise ReadError(
            f"{path.name}: is not UTF-8 (byte {raw[error.start]:#04x} at offset {error.start}); "
            "open it in an editor and save it with the encoding UTF-8"
        ) from error
    if _looks_binary(text.encode("utf-8")):
        raise ReadError(f"{path.name}: is not a text file (binary content); save the plan as .txt")
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return Pages(tuple(text.split("\f")), is_paged="\f" in text)


def _looks_binary(raw: bytes) -> bool:
    controls = sum(raw.count(bytes([code])) for code in range(32) if code not in (9, 10, 11, 12, 13, 27))
    return b"\x00" in raw or controls > len(raw) // 100


READERS: dict[str, Callable[[Path], Pages]] = {
    ".txt": read_plain_text,
    ".md": read_plain_text,
}
