"""Pages of text become a Document: its outline, its facts, its warnings."""

import errno
import hashlib
import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from ingest.errors import ReadError, printable
from ingest.facts import first_words, read_facts
from ingest.folding import fold
from ingest.isolated import read_isolated
from ingest.metadata import FACT_OF_WARNING, FileMetadata, with_metadata
from ingest.outline import read_outline
from ingest.read import PLAIN_TEXTS, not_opened, read_pages
from ingest.readers.pages import Pages
from ingest.sheets import read_sheets
from ingest.types import Document

_PAGE_BREAK = "\n\n"  # joins pages in the stored text; a cut sentence is joined when it is read
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # turn the direction of letters


def read_document(
    path: Path, metadata: FileMetadata | None = None, read: Callable[[Path], Pages] = read_isolated
) -> Document:
    """Read one file into a Document, with `read` where its format is more than plain text.

    Raises ReadError where it cannot be read.
    """
    source = source_of(path)
    pages = read_pages(path) if path.suffix.lower() in PLAIN_TEXTS else read(path)
    try:
        sha256 = sha256_of(path)
    except OSError as error:
        raise not_opened(path, error) from error
    return parse_document(pages, source, sha256, metadata or FileMetadata())


def parse_again(document: Document, metadata: FileMetadata) -> Document:
    """Parse the text of a document with pages, where reading its file again would take long."""
    ends = [*(start - len(_PAGE_BREAK) for start in document.page_starts[1:]), len(document.text)]
    texts = tuple(document.text[start:end] for start, end in zip(document.page_starts, ends, strict=True))
    pages = Pages(texts, True, document.provenance, document.confidences, document.notes)
    return parse_document(pages, document.source, document.sha256, metadata)


def source_of(path: Path) -> str:
    """Give the name by which a file is known; raises ReadError for one that is no text or hides what it is."""
    _check_name(path.name)
    return unicodedata.normalize("NFC", path.name)  # macOS gives names in NFD


def sha256_of(path: Path) -> str:
    """Give the digest of a file's bytes; raises OSError."""
    if not path.is_file():  # opening a pipe would wait
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def parse_document(pages: Pages, source: str, sha256: str, metadata: FileMetadata) -> Document:
    """Make a Document of the pages of a file; `source` is the file's name."""
    text = _PAGE_BREAK.join(pages.texts)
    lengths = [len(page) + len(_PAGE_BREAK) for page in pages.texts]
    starts = tuple(accumulate([0, *lengths[:-1]]))
    outline = read_sheets(pages.texts, starts) if pages.is_workbook else read_outline(text)
    stated, missing = read_facts(text, outline.sections)
    facts = with_metadata(stated, metadata)
    above_table = outline.sections[0].title if pages.is_workbook and outline.sections else ""
    title = facts.title or metadata.short_title or above_table or first_words(text)
    facts = replace(facts, title=title, short_title=metadata.short_title or title)
    open_warnings = [w for w in missing if getattr(metadata, FACT_OF_WARNING.get(w.code, ""), None) is None]
    return Document(
        doc_id=document_id(source),
        source=source,
        sha256=sha256,
        text=text,
        page_starts=starts if pages.is_paged else (),
        provenance=pages.provenance,
        facts=facts,
        sections=outline.sections,
        warnings=(*outline.warnings, *open_warnings),
        notes=pages.notes,
        confidences=pages.confidences,
    )


def _check_name(name: str) -> None:
    """Refuse names that are no text, and those that look like another name where they are shown."""
    if any("\ud800" <= char <= "\udfff" for char in name):
        # Python keeps bytes that are not UTF-8 so; archives made on Windows are unpacked with such names.
        raise ReadError(f"{name}: the file's name is not UTF-8; rename it")
    signs = [char for char in name if unicodedata.category(char) == "Cc" or char in _TURNING]
    if signs:
        codes = ", ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(signs))
        raise ReadError(f"{printable(name)}: the file's name holds signs that hide what it is ({codes}); rename it")


def document_id(source: str) -> str:
    """Give the id of a file: its name without suffix and marks, safe in addresses and file names.

    A name that loses more than case, spaces and the suffix ".txt" carries a digest of the whole
    name, so that "kế hoạch.txt", "kê hoạch.txt" and "kế hoạch.md" keep apart.
    """
    path = Path(source)
    slug = re.sub(r"[^a-z0-9]+", "-", fold(path.stem)).strip("-")[:80]
    if source == f"{slug}.txt":
        return slug
    return f"{slug or 'document'}-{hashlib.sha256(source.encode()).hexdigest()[:8]}"
