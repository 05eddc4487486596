"""Documents that are zip archives of XML (.docx, .odt), opened so that a hostile file does no harm."""

import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_UNPACKED_BYTES = 200_000_000  # all parts of a file together
MAX_RATIO = 200  # unpacked bytes to a byte of the file; text packs about 10 to 1
MAX_PART_BYTES = 50_000_000  # one XML part: about 2,000 pages with all their formatting
MAX_PARTS = 10_000

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word 97 to 2003, and the wrapping of a password
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_OTHER_FORMATS = (  # how files of other kinds begin in small letters, and the suffix that they ought to have
    (b"%pdf", "a PDF", ".pdf"),
    (b"{\\rtf", "a rich text file", ".rtf"),
    (b"<!doctype html", "a web page", ".html"),
    (b"<html", "a web page", ".html"),
)
_FORMAT_OF_PART = (
    ("word/document.xml", "a Word file", ".docx"),
    ("xl/workbook.xml", "an Excel workbook", ".xlsx"),
    ("ppt/presentation.xml", "a presentation", ".pdf"),
    ("content.xml", "an OpenDocument file", ".odt"),
)


class Package:
    """The parts of one file by name; raises ReadError for a file that is not a sound zip archive."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise ReadError(_why_no_archive(path)) from error
        self._check_size()
        self.names = frozenset(self._archive.namelist())

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def require(self, part: str) -> None:
        """Raise ReadError, with the suffix that would be right, where a part is not there."""
        if part in self.names:
            return
        for name, what, suffix in _FORMAT_OF_PART:
            if name in self.names and suffix != self._path.suffix.lower():
                raise ReadError(
                    f"{self._path.name}: is {what}, not what {self._path.suffix} says; save or rename it as {suffix}"
                )
        raise ReadError(f"{self._path.name}: is a zip archive without {part}; check that the right file was saved")

    def xml(self, part: str) -> "_Element | None":
        """Give the root of an XML part, None where there is none; entities are never resolved."""
        if part not in self.names:
            return None
        info = self._archive.getinfo(part)
        if info.flag_bits & 1:
            raise ReadError(password_message(self._path))
        if info.file_size > MAX_PART_BYTES:
            raise ReadError(
                f"{self._path.name}: {part} is {info.file_size / 1e6:.0f} MB unpacked, at most "
                f"{MAX_PART_BYTES / 1e6:.0f} MB can be read; split it into one file for each plan"
            )
        try:
            # An archive may declare less than it holds: reading stops at the declared size.
            return _parsed(self._archive.read(part))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise ReadError(
                f"{self._path.name}: {part} is damaged ({error}); open the file in a word processor and save it again"
            ) from error

    def _check_size(self) -> None:
        infos = self._archive.infolist()
        total = sum(info.file_size for info in infos)
        packed = max(self._path.stat().st_size, 1)
        limits = [
            (total > MAX_UNPACKED_BYTES, f"{total / 1e6:.0f} MB unpacked", f"{MAX_UNPACKED_BYTES / 1e6:.0f} MB"),
            (total > MAX_RATIO * packed, f"unpacks to {total / packed:.0f} times its size", f"{MAX_RATIO} times"),
            (len(infos) > MAX_PARTS, f"holds {len(infos)} parts", str(MAX_PARTS)),
        ]
        for exceeded, found, limit in limits:
            if exceeded:
                self._archive.close()
                raise ReadError(
                    f"{self._path.name}: {found}, at most {limit} can be read; "
                    "open it in a word processor and save it again"
                )


def password_message(path: Path) -> str:
    """Give the message for a file that only its password opens."""
    return f"{path.name}: is protected by a password; open it with the password and save it without one"


def other_format(path: Path, raw: bytes) -> str | None:
    """Give the message for the bytes of a PDF, a rich text file or a web page under another suffix."""
    start = raw[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, what, suffix in _OTHER_FORMATS:
        if start.startswith(mark):
            return f"{path.name}: is {what}, not what {path.suffix} says; rename it to {suffix}"
    return None


def empty_message(path: Path) -> str:
    """Give the message for a file without a byte."""
    return f"{path.name}: is empty (0 bytes); copy the file again"


def _parsed(raw: bytes) -> "_Element":
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:  # its types know no code
            raise MemoryError from error
        raise ValueError(error.msg) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("it declares a document type, which no word processor writes")
    return root


def _why_no_archive(path: Path) -> str:
    """Say what a file is that should be a zip archive and is none."""
    raw = path.read_bytes()
    if raw.startswith(_COMPOUND_FILE):
        if _ENCRYPTED_PART in raw:
            return password_message(path)
        return f"{path.name}: is a Word 97-2003 file, not what {path.suffix} says; rename it to .doc"
    return other_format(path, raw) or (
        f"{path.name}: is damaged or no {path.suffix} file ({len(raw)} bytes); save it again in a word processor"
    )
