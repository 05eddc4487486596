"""Reads .txt and .md."""

import unicodedata
from pathlib import Path

from ingest.errors import ReadError
from ingest.readers.packages import other_format
from ingest.readers.pages import Pages

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


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
    if message := other_format(path, raw):
        raise ReadError(message)
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return Pages(tuple(text.split("\f")), is_paged="\f" in text)


def _looks_binary(raw: bytes) -> bool:
    controls = sum(raw.count(bytes([code])) for code in range(32) if code not in (9, 10, 11, 12, 13, 27))
    return b"\x00" in raw or controls > len(raw) // 100
