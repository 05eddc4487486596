"""Reads .doc (Word 97-2003) and .rtf by their formats: LibreOffice drops the ư of TCVN3, and is 30 times slower."""

import struct
from pathlib import Path
from typing import Any

from ingest.errors import ReadError
from ingest.readers.binary_story import read_story
from ingest.readers.letters import Letters
from ingest.readers.packages import empty_message, password_message
from ingest.readers.pages import Pages
from ingest.readers.paragraphs import Story, lay_out
from ingest.readers.rich_text import RichTextError, read_rich_text
from ingest.readers.word import read_word
from ingest.readers.word_binary import WordError, WordFile

_WORD_97 = 0x00C1  # the oldest version whose files are built like this
_WORD_FILE = 0xA5EC
_IS_ENCRYPTED, _USES_SECOND_TABLE = 0x0100, 0x0200
_HEADER_BYTES = 0x2F2  # up to the last part that is read


def read_doc(path: Path) -> Pages:
    """Read .doc as it prints, without headers and footers; also RTF and .docx that were named so.

    Raises ReadError for a file that is damaged, protected by a password, or older than Word 97.
    """
    raw = path.read_bytes()
    if not raw:
        raise ReadError(empty_message(path))
    if raw.lstrip()[:5] == b"{\\rtf":
        return read_rtf(path)
    if raw[:2] == b"PK":
        return read_word(path)
    try:
        main, table, notes = _streams(path)
        story = read_story(WordFile(main, table))
    except (WordError, struct.error, IndexError) as error:
        raise ReadError(
            f"{path.name}: is damaged ({error}); open it in a word processor and save it as .docx"
        ) from error
    return _pages(story, notes)


def read_rtf(path: Path) -> Pages:
    """Read .rtf as it prints, without headers and footers; raises ReadError for a file that is no RTF."""
    raw = path.read_bytes()
    if not raw:
        raise ReadError(empty_message(path))
    try:
        story = read_rich_text(raw)
    except RichTextError as error:
        raise ReadError(f"{path.name}: {error}; open it in a word processor and save it as .docx") from error
    return _pages(story, ())


def _pages(story: Story, notes: tuple[str, ...]) -> Pages:
    letters = Letters()
    text, provenance = letters.finish(lay_out(story.paragraphs, letters.convert))
    return Pages((text,), is_paged=False, provenance=provenance, notes=(*notes, *story.notes))


def _streams(path: Path) -> tuple[bytes, bytes, tuple[str, ...]]:
    """Give the main stream, the table stream, and what is left out; raises WordError."""
    import olefile

    archive: Any  # its names are text, which the types of the library deny
    try:
        with olefile.OleFileIO(path.read_bytes()) as archive:
            if not archive.exists("WordDocument"):
                raise WordError("is no Word file")
            main = archive.openstream("WordDocument").read()
            flags = _checked_flags(path, main)
            name = "1Table" if flags & _USES_SECOND_TABLE else "0Table"
            table = archive.openstream(name).read()
            has_macros = archive.exists("Macros") or archive.exists("_VBA_PROJECT_CUR")
    except (WordError, ReadError):
        raise
    except Exception as error:  # a damaged file may raise anything in the library
        raise WordError(str(error) or type(error).__name__) from error
    return main, table, ("macro bị bỏ qua",) if has_macros else ()


def _checked_flags(path: Path, main: bytes) -> int:
    if len(main) < _HEADER_BYTES:
        raise WordError(f"its header has {len(main)} of {_HEADER_BYTES} bytes")
    kind, version = struct.unpack_from("<2H", main)
    flags = int(struct.unpack_from("<H", main, 0x0A)[0])
    if flags & _IS_ENCRYPTED:
        raise ReadError(password_message(path))
    if kind != _WORD_FILE or version < _WORD_97:
        raise ReadError(
            f"{path.name}: was saved by Word 95 or older (version {version}, at least {_WORD_97} can be read); "
            "open it in a word processor and save it as .docx"
        )
    return flags
