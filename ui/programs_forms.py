"""What programs send and are given: plain values that JSON can hold.

Offsets are code points into the stored text, end exclusive. Fields are added, never renamed or taken
away; what each one means is said in ui/programs_openapi.py.
"""

from bisect import bisect_right
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from index.report import text_sha256
from index.types import SearchOptions
from ingest.passages import heading_path, split_passages
from ingest.types import Document, Passage, Section, SectionKind

MAX_TOP = 20  # distinct answers to one question
MAX_QUESTION = 20_000  # characters that are taken; from 1,001 the answer says that the question is too long
MAX_FILTER = 500  # values of one filter

_Filter = Annotated[list[str], Field(max_length=MAX_FILTER)]


class AskRequest(BaseModel):
    """A question and what to search for it; an empty filter searches everything."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = Field(max_length=MAX_QUESTION)
    top: int = Field(5, ge=1, le=MAX_TOP)
    documents: _Filter = []
    places: _Filter = []
    kinds: list[SectionKind] = Field([], max_length=MAX_FILTER)
    as_typed: bool = False

    def options(self) -> SearchOptions:
        """Give the options of the search."""
        filters = tuple(self.documents), tuple(self.places), tuple(self.kinds)
        return SearchOptions(self.top, *filters, as_typed=self.as_typed)


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """The facts of a document without its text; None where the document does not state one."""

    doc_id: str
    source: str
    title: str
    short_title: str
    number: str | None
    issuer: str | None
    place: str | None
    date: str | None
    implements: tuple[str, ...]
    signer: str | None
    signer_role: str | None
    recipients: tuple[str, ...]
    provenance: str
    pages: int | None
    sections: int
    passages: int
    length: int
    text_sha256: str


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section with everything below it; `parent` is the row of the section above it in the outline."""

    label: str
    locator: str
    title: str
    level: int
    kind: SectionKind
    unit: str | None
    start: int
    end: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class DocumentDetails(DocumentEntry):
    """The facts of a document, its sections in order, and in Vietnamese what of its file was left out."""

    notes: tuple[str, ...]
    outline: tuple[SectionEntry, ...]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """The span [start, end) of a stored text, character for character."""

    doc_id: str
    text_sha256: str
    length: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """A passage and where it stands."""

    start: int
    end: int
    text: str
    locator: str
    heading_path: tuple[str, ...]
    kind: SectionKind
    unit: str | None
    page: int | None


@dataclass(frozen=True, slots=True)
class PassageInContext:
    """A passage, the sections that it lies in from the top, and the passages next to it, None at either end."""

    doc_id: str
    title: str
    number: str | None
    text_sha256: str
    passage: PassageEntry
    sections: tuple[SectionEntry, ...]
    before: PassageEntry | None
    after: PassageEntry | None


@dataclass(frozen=True, slots=True)
class Health:
    """The index in use; `stale` where the library has changed since it was built."""

    index_version: str
    documents: int
    passages: int
    stale: bool


def document_entry(document: Document, passages: int) -> DocumentEntry:
    """Give the facts of a document; `passages` says how many of it are searched."""
    facts = document.facts
    return DocumentEntry(
        doc_id=document.doc_id,
        source=document.source,
        title=facts.title,
        short_title=facts.short_title,
        number=facts.number,
        issuer=facts.issuer,
        place=facts.place,
        date=facts.date,
        implements=facts.implements,
        signer=facts.signer,
        signer_role=facts.signer_role,
        recipients=facts.recipients,
        provenance=document.provenance,
        pages=len(document.page_starts) or None,
        sections=len(document.sections),
        passages=passages,
        length=len(document.text),
        text_sha256=text_sha256(document.text),
    )


def document_details(document: Document, passages: int) -> DocumentDetails:
    """Give the facts of a document with its outline."""
    outline = tuple(map(_section_entry, document.sections))
    return DocumentDetails(**asdict(document_entry(document, passages)), notes=document.notes, outline=outline)


def text_span(document: Document, start: int, end: int) -> TextSpan:
    """Give the span [start, end) of the stored text."""
    text = document.text
    return TextSpan(document.doc_id, text_sha256(text), len(text), start, end, text[start:end])


def passage_in_context(document: Document, start: int, end: int) -> PassageInContext:
    """Give the span [start, end), which may be any part of the text, among the passages and sections around it."""
    passages = _passages(document)
    around = [p for p in passages if p.start < end and start < p.end]
    before = [p for p in passages if p.end <= start]
    after = [p for p in passages if p.start >= end]
    rows = [row for row, section in enumerate(document.sections) if section.start <= start < section.end]
    path = _path(document, rows[-1]) if rows else []
    return PassageInContext(
        doc_id=document.doc_id,
        title=document.facts.title,
        number=document.facts.number,
        text_sha256=text_sha256(document.text),
        passage=_span_entry(document, start, end, around[0] if around else None, path[-1] if path else None),
        sections=tuple(_section_entry(document.sections[row]) for row in path),
        before=_passage_entry(before[-1]) if before else None,
        after=_passage_entry(after[0]) if after else None,
    )


@lru_cache(maxsize=16)
def _passages(document: Document) -> list[Passage]:
    return split_passages(document)


def _path(document: Document, row: int) -> list[int]:
    """Give the rows of a section and of those above it, from the top."""
    path: list[int] = []
    at: int | None = row
    while at is not None:
        path.append(at)
        at = document.sections[at].parent
    return path[::-1]


def _span_entry(document: Document, start: int, end: int, passage: Passage | None, row: int | None) -> PassageEntry:
    """Give a span as a passage: what it shares with the passage that it lies in, else with its section."""
    section = None if row is None else document.sections[row]
    place = passage or section
    headings = () if row is None else heading_path(document, row)
    return PassageEntry(
        start=start,
        end=end,
        text=document.text[start:end],
        locator=place.locator if place else "",
        heading_path=passage.heading_path if passage else headings,
        kind=place.kind if place else "other",
        unit=place.unit if place else None,
        page=bisect_right(document.page_starts, start) or None,
    )


def _passage_entry(passage: Passage) -> PassageEntry:
    return PassageEntry(
        passage.start,
        passage.end,
        passage.text,
        passage.locator,
        passage.heading_path,
        passage.kind,
        passage.unit,
        passage.page,
    )


def _section_entry(section: Section) -> SectionEntry:
    return SectionEntry(
        section.label,
        section.locator,
        section.title,
        section.level,
        section.kind,
        section.unit,
        section.start,
        section.end,
        section.parent,
    )
