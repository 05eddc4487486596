"""What flows out of the index: options in, hits and checked citations out."""

from dataclasses import dataclass
from string import ascii_lowercase
from typing import Literal

from ingest.types import Document, Passage, SectionKind

Refusal = Literal["no_documents", "filtered_out", "not_found", "invalid_question"]


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """What to search and how much to return; empty filters search everything.

    `top` counts distinct answers: a paragraph that several plans share counts once and brings
    a citation for each plan. `as_typed` searches a question without reading anything into it: no
    marks restored, no slips repaired, no abbreviations written out.
    """

    top: int = 5
    documents: tuple[str, ...] = ()  # doc_id
    places: tuple[str, ...] = ()
    kinds: tuple[SectionKind, ...] = ()
    as_typed: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question; `score` in [0, 1], larger is better."""

    passage: Passage
    score: float
    cosine: float | None = None  # of question and passage vectors, in [-1, 1]
    late: float | None = None  # late interaction of question and passage tokens, in [-1, 1]
    bm25: float | None = None  # fused fields, unbounded, >= 0


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that answer: `passage.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage shown to the reader, with its document and the quotes marked in it.

    `label` is "1", "2", … or "2a", "2b" where several plans say the same.
    """

    label: str
    document: Document
    passage: Passage
    quotes: tuple[Quote, ...]
    score: float


def group_of(label: str) -> str:
    """Give the number of the answer that a citation's label belongs to: "2" of "2b"."""
    return label.rstrip(ascii_lowercase)


@dataclass(frozen=True, slots=True)
class Answer:
    """Cited passages, or a refusal with its reason and what lies nearest.

    `text` is the line shown first: verbatim words of the citations with their labels, or the
    reason of a refusal in Vietnamese.
    """

    question: str
    understood_as: str
    text: str
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    refusal: Refusal | None = None
    elapsed_ms: float = 0.0
    confidence: float | None = None  # that the documents speak of what is asked, in [0, 1]
