"""An answer as it is kept, shown, taken away and given to programs: plain values that JSON can hold.

The form is that of docs/json.md. A kept answer stays as it was given, whatever becomes of the library.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from index.report import answer_fields
from index.types import Answer, Refusal
from ingest.types import SectionKind


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """The words that answer: the span [start, end) of the stored document."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class CitationRecord:
    """A passage with where it comes from; offsets are code points into the stored document."""

    label: str
    doc_id: str
    source: str
    text_sha256: str
    title: str
    number: str | None
    issuer: str | None
    place: str | None
    date: str | None
    locator: str
    heading_path: tuple[str, ...]
    kind: SectionKind
    unit: str | None
    page: int | None
    start: int
    end: int
    text: str
    quotes: tuple[QuoteRecord, ...]
    score: float

    @property
    def quote_spans(self) -> list[tuple[int, int]]:
        """Give the quotes as spans of `text`."""
        return [(quote.start - self.start, quote.end - self.start) for quote in self.quotes]


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """Cited passages, or a refusal with its reason and what lies nearest; see docs/json.md."""

    question: str
    understood_as: str
    refusal: Refusal | None
    answer: str
    citations: tuple[CitationRecord, ...]
    nearest: tuple[CitationRecord, ...]
    elapsed_ms: float
    id: str | int | None = None

    @property
    def is_repaired(self) -> bool:
        """Say whether the question was searched in another form than it was typed in."""
        return self.understood_as.strip() not in ("", self.question.strip())


_RECORD = TypeAdapter(AnswerRecord)


def record_of(answer: Answer) -> AnswerRecord:
    """Give the record of an answer."""
    return _RECORD.validate_python(answer_fields(answer))


def record_json(record: AnswerRecord) -> str:
    """Give a record as JSON."""
    return _RECORD.dump_json(record).decode()


def record_from(stored: str | bytes | dict[str, Any]) -> AnswerRecord:
    """Give a record back from JSON; raises pydantic's ValidationError where it is none."""
    return _RECORD.validate_python(stored) if isinstance(stored, dict) else _RECORD.validate_json(stored)
