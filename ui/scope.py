"""What is searched: the choices that the page offers, and what was chosen as search options and in words."""

from collections.abc import Sequence

from index.types import SearchOptions
from ingest.types import SECTION_KINDS, Document
from ui.names import KIND_NAMES

WHOLE_LIBRARY = "Phạm vi: toàn bộ kho"
_NAMED = 3  # choices that are named; more are counted

Choices = Sequence[str] | None  # what a dropdown gives: None before anything was chosen


def search_options(documents: Choices, places: Choices, kinds: Choices, *, as_typed: bool = False) -> SearchOptions:
    """Give the search options of the chosen filters; a kind that does not exist is left out."""
    known = tuple(kind for kind in SECTION_KINDS if kind in (kinds or ()))
    return SearchOptions(documents=tuple(documents or ()), places=tuple(places or ()), kinds=known, as_typed=as_typed)


def document_choices(documents: list[Document]) -> list[tuple[str, str]]:
    """Give the documents as a filter offers them: name and id."""
    return [(d.facts.short_title or d.facts.title or d.source, d.doc_id) for d in documents]


def place_choices(documents: list[Document]) -> list[str]:
    """Give the places that documents come from, each once."""
    return sorted({d.facts.place for d in documents if d.facts.place})


def scope_name(options: SearchOptions, documents: list[Document]) -> str:
    """Say in words what is searched."""
    names = {doc_id: name for name, doc_id in document_choices(documents)}
    chosen = [names.get(doc_id, doc_id) for doc_id in options.documents]
    chosen += [*options.places, *(KIND_NAMES[kind] for kind in options.kinds)]
    more = f" và {len(chosen) - _NAMED} điều kiện nữa" if len(chosen) > _NAMED else ""
    return f"Phạm vi: {' · '.join(chosen[:_NAMED])}{more}" if chosen else WHOLE_LIBRARY
