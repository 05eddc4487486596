"""Which words of a passage answer: its best sentences, and the proof that they are verbatim."""

from collections.abc import Callable

from ingest.reading import readable
from ingest.sentences import clause_spans, sentence_spans, syllable_count
from ingest.types import Document, Passage

from index.errors import VerbatimError
from index.text import folded_syllables
from index.types import Citation, Quote

_SHORT = 40  # syllables; a passage or sentence this short is quoted whole
_NEAR_BEST = 0.75  # a sentence that matches nearly as well as the best is quoted too


def best_quotes(passage: Passage, terms: tuple[str, ...], weight_of: Callable[[str], float]) -> tuple[Quote, ...]:
    """Give the sentences (clauses of long ones) of a passage that hold most of the question's terms.

    `weight_of` gives what a folded term is worth, >= 0. A passage that holds none is quoted whole.
    """
    spans = _units(passage.text)
    if len(spans) == 1 or syllable_count(passage.text) <= _SHORT:
        return (_quote(passage, 0, len(passage.text)),)
    worth = []
    for start, end in spans:
        held = set(folded_syllables(readable(passage.text[start:end]).text))
        worth.append(sum(weight_of(term) for term in terms if term in held))
    best = max(worth)
    if best <= 0:
        return (_quote(passage, 0, len(passage.text)),)
    chosen = [span for span, value in zip(spans, worth, strict=True) if value >= _NEAR_BEST * best]
    return tuple(_quote(passage, start, end) for start, end in _joined(passage.text, chosen))


def checked(citation: Citation) -> Citation:
    """Give the citation back if every word of it stands in its document; else raise VerbatimError."""
    document: Document = citation.document
    passage = citation.passage
    if passage.doc_id != document.doc_id or document.text[passage.start : passage.end] != passage.text:
        raise VerbatimError(f"{passage.passage_id}: the passage is not a span of {document.source}")
    if not citation.quotes:
        raise VerbatimError(f"{passage.passage_id}: nothing is quoted")
    for quote in citation.quotes:
        if not quote.text or passage.text[quote.start : quote.end] != quote.text:
            raise VerbatimError(f"{passage.passage_id}: the quote at {quote.start} is not a span of the passage")
    return citation


def _units(text: str) -> list[tuple[int, int]]:
    spans = []
    for start, end in sentence_spans(text):
        if syllable_count(text[start:end]) <= _SHORT:
            spans.append((start, end))
        else:
            spans += [(start + left, start + right) for left, right in clause_spans(text[start:end])]
    return spans or [(0, len(text))]


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans with nothing but spaces between them."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _quote(passage: Passage, start: int, end: int) -> Quote:
    return Quote(start, end, passage.text[start:end])
