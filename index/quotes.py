"""Which words of a passage answer: its best sentences, and the proof that they are verbatim."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.arrays import FloatArray
from index.errors import VerbatimError
from index.late_interaction import TokenMatches
from index.text import folded_syllables
from index.types import Citation, Quote
from ingest.reading import one_line
from ingest.sentences import idea_spans, piece_spans, syllable_count
from ingest.types import Document, Passage

_SHORT = 40  # syllables; a passage or sentence this short is quoted whole
_AS_LIKE = 0.02  # a sentence is quoted with the best one if its likeness is at most this much less …
_AS_WORDY = 0.25  # … or, where that is not known, its share of the question's words

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, as the words of a passage are held against it."""

    terms: tuple[str, ...]  # folded
    weight_of: Callable[[str], float]  # what a term is worth, >= 0
    # How like the tokens of a passage are to those of the question, None where that is not known.
    matches_of: Callable[[Passage], TokenMatches | None] = lambda _: None

    def signs(self, passage: Passage, spans: Spans) -> FloatArray:
        """Give what speaks for each span of the passage's text, (spans, signs): one row is worth its sum.

        Likeness to each token of the question where it is known, else the weight of each of its
        words that the span holds; what speaks for two spans together is the greater of each sign.
        """
        matches = self.matches_of(passage)
        if matches is not None:
            return matches.best(spans) / np.float32(matches.cosines.shape[1])
        weights = np.array([self.weight_of(term) for term in self.terms], np.float32)
        held = [_syllables_of(passage.text[start:end]) for start, end in spans]
        rows = np.array([[term in words for term in self.terms] for words in held], np.float32)
        return rows.reshape(len(spans), len(self.terms)) * weights / max(float(weights.sum()), 1e-6)


def best_quotes(passage: Passage, asked: Asked) -> tuple[Quote, ...]:
    """Give the sentences (clauses of long ones) of a passage that answer best.

    A passage in which no sentence stands out is quoted whole.
    """
    spans = idea_spans(passage.text)
    if len(spans) == 1 or syllable_count(passage.text) <= _SHORT:
        return (whole_quote(passage),)
    worth = asked.signs(passage, spans).sum(axis=1)
    near = worth.max() - _AS_LIKE if asked.matches_of(passage) is not None else worth.max() * (1 - _AS_WORDY)
    chosen = [span for span, value in zip(spans, worth, strict=True) if value >= near]
    return tuple(_quote(passage, start, end) for start, end in _joined(passage.text, chosen))


def whole_quote(passage: Passage) -> Quote:
    """Give a passage as a quote."""
    return _quote(passage, 0, len(passage.text))


def best_excerpt(passage: Passage, asked: Asked, longest: int) -> tuple[int, int]:
    """Give the span of at most `longest` characters that answers best, from one comma or stop to another.

    Of two that are worth the same the longer one; where none is short enough, one cut at a space.
    """
    pieces = piece_spans(passage.text)
    signs = asked.signs(passage, pieces)
    best, span = -np.inf, (0, 0)
    for first, (start, _) in enumerate(pieces):
        together = signs[first]
        for (_, end), of_piece in zip(pieces[first:], signs[first:], strict=True):
            if end - start > longest:
                break
            together = np.maximum(together, of_piece)
            worth = float(together.sum())
            if (worth, end - start) > (best, span[1] - span[0]):
                best, span = worth, (start, end)
    if span != (0, 0):
        return span
    start, end = pieces[int(signs.sum(axis=1).argmax())]
    space = passage.text.rfind(" ", start, start + longest + 1)
    return start, space if space > start else min(start + longest, end)


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
