"""Which words of a passage answer: its best sentences, and the proof that they are verbatim."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from index.errors import VerbatimError
from index.text import folded_syllables
from index.types import Citation, Quote
from ingest.reading import one_line
from ingest.sentences import idea_spans, syllable_count
from ingest.types import Document, Passage

_SHORT = 40  # syllables; a passage or sentence this short is quoted whole
_NEAR_BEST = 0.25  # a sentence is quoted with the best one if it is worth at most this much less
_PER_COSINE = 10.0  # cosines of sentences of one passage lie within about 0.1 of each other


def best_quotes(
    passage: Passage,
    terms: tuple[str, ...],
    weight_of: Callable[[str], float],
    cosines: Sequence[float] = (),
) -> tuple[Quote, ...]:
    """Give the sentences (clauses of long ones) of a passage that answer best.

    `weight_of` gives what a folded term is worth, >= 0; `cosines` are those of the question with
    each of `idea_spans(passage.text)`, none where they are not known. A passage in which no sentence
    stands out is quoted whole.
    """
    spans = idea_spans(passage.text)
    if len(spans) == 1 or syllable_count(passage.text) <= _SHORT:
        return (_quote(passage, 0, len(passage.text)),)
    held = [_syllables_of(passage.text[start:end]) for start, end in spans]
    words = [sum(weight_of(term) for term in terms if term in of_span) for of_span in held]
    worth = [value / (max(words) or 1) for value in words]
    if len(cosines) == len(spans):
        worth = [value + _PER_COSINE * (cosine - max(cosines)) for value, cosine in zip(worth, cosines, strict=True)]
    if max(words) <= 0 and not len(cosines):
        return (_quote(passage, 0, len(passage.text)),)
    chosen = [span for span, value in zip(spans, worth, strict=True) if value >= max(worth) - _NEAR_BEST]
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


@lru_cache(maxsize=20_000)
def _syllables_of(text: str) -> frozenset[str]:
    return frozenset(folded_syllables(one_line(text)))


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
