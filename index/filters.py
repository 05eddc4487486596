"""Filters as people type them become filters of the index."""

from index.engine import Index
from index.errors import FilterError
from index.text import serial_of
from index.types import SearchOptions
from ingest.folding import fold
from ingest.types import SECTION_KINDS, Document, SectionKind

_KINDS: dict[str, SectionKind] = {kind: kind for kind in SECTION_KINDS}


def search_options(index: Index, top: int, documents: list[str], places: list[str], kinds: list[str]) -> SearchOptions:
    """Give options for filters as typed; raises FilterError naming what there is to choose from."""
    known = index.documents()
    return SearchOptions(
        top=top,
        documents=tuple(doc_id for wanted in documents for doc_id in _documents(wanted, known)),
        places=tuple(place for wanted in places for place in _places(wanted, known)),
        kinds=tuple(_kind(wanted) for wanted in kinds),
    )


def _documents(wanted: str, known: list[Document]) -> list[str]:
    """A document is meant by its id, its file name or its number; the number also without its symbol."""
    folded = fold(wanted.strip())
    found = [
        document.doc_id
        for document in known
        if folded
        in {
            document.doc_id,
            fold(document.source),
            fold(document.facts.number or ""),
            serial_of(fold(document.facts.number or "")),
        }
    ]
    if not found or not folded:
        names = ", ".join(document.source for document in known)
        raise FilterError(f"--document {wanted!r}: no such document; there are: {names}")
    return found


def _places(wanted: str, known: list[Document]) -> list[str]:
    places = sorted({document.facts.place for document in known if document.facts.place})
    found = [place for place in places if wanted.strip() and fold(wanted.strip()) in fold(place)]
    if not found:
        raise FilterError(f"--place {wanted!r}: no document of this place; there are: {', '.join(places)}")
    return found


def _kind(wanted: str) -> SectionKind:
    if wanted not in _KINDS:
        raise FilterError(f"--kind {wanted!r}: no such kind; there are: {', '.join(SECTION_KINDS)}")
    return _KINDS[wanted]
