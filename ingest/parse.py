"""Pages of text become a Document: its outline, its facts, its warnings."""

import hashlib
import re
import unicodedata
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from ingest.errors import ReadError
from ingest.facts import first_words, read_facts
from ingest.folding import fold
from ingest.metadata import FileMetadata, with_metadata
from ingest.outline import read_outline
from ingest.read import read_pages
from ingest.readers.pages import Pages
from ingest.types import Document

_PAGE_BREAK = "\n\n"  # joins pages in the stored text; a cut sentence is joined when it is read
_WARNING_OF_FACT = {
    "no_title": "title",
    "no_number": "number",
    "incomplete_number": "number",
    "no_date": "date",
    "incomplete_date": "date",
}


def read_document(path: Path, metadata: FileMetadata | None = None) -> Document:
    """Read one file into a Document; raises ReadError where it cannot be read."""
    if not _is_unicode(path.name):
        # Archives made on Windows are unpacked with such names.
        raise ReadError(f"{path.name}: the file's name is not UTF-8; rename it")
    pages = read_pages(path)
    source = unicodedata.normalize("NFC", path.name)  # macOS gives names in NFD
    return parse_document(pages, source, sha256_of(path), metadata or FileMetadata())


def sha256_of(path: Path) -> str:
    """Give the digest of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def parse_document(pages: Pages, source: str, sha256: str, metadata: FileMetadata) -> Document:
    """Make a Document of the pages of a file; `source` is the file's name."""
    text = _PAGE_BREAK.join(pages.texts)
    lengths = [len(page) + len(_PAGE_BREAK) for page in pages.texts]
    starts = tuple(accumulate([0, *lengths[:-1]])) if pages.is_paged else ()
    outline = read_outline(text)
    stated, missing = read_facts(text, outline.sections)
    facts = with_metadata(stated, metadata)
    title = facts.title or metadata.short_title or first_words(text)
    facts = replace(facts, title=title, short_title=metadata.short_title or title)
    open_warnings = [w for w in missing if getattr(metadata, _WARNING_OF_FACT.get(w.code, ""), None) is None]
    return Document(
        doc_id=document_id(source),
        source=source,
        sha256=sha256,
        text=text,
        page_starts=starts,
        provenance=pages.provenance,
        facts=facts,
        sections=outline.sections,
        warnings=(*outline.warnings, *open_warnings),
    )


def _is_unicode(name: str) -> bool:
    """Say whether a file's name was UTF-8; Python keeps other bytes as lone surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


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
