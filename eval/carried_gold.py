"""Gold questions carried over to another reading of the same plans, as a scan is one.

The two texts are aligned by syllables without marks, so that slips of the character recognition
and other line breaks leave the words of a quote where they are.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from eval.types import GoldQuestion, GoldQuote, Span
from ingest.folding import fold
from ingest.types import Document

PLACED = 0.5  # share of a quote's syllables that must be found again
_STRETCH = 2.0  # times its syllables that a quote may take up: what is inserted between them
_SLACK = 4  # syllables more than that
_ELSEWHERE = 75.0  # of 100: likeness from which words that have moved are the quote
_LEAST = 3  # syllables of a quote that is looked for elsewhere
_SYLLABLE = re.compile(r"[^\W_]+")
_NOWHERE = GoldQuote(Span("", 0, 1), "")  # is in no document: nothing that is shown covers it


@dataclass(frozen=True, slots=True)
class _Syllables:
    folded: list[str]
    spans: list[tuple[int, int]]


class Alignment:
    """Where the words of one document stand in another reading of it."""

    def __init__(self, original: Document, reading: Document) -> None:
        """Align two documents; takes time in proportion to the product of their lengths."""
        self._reading = reading
        self._from, self._to = _syllables_of(original.text), _syllables_of(reading.text)
        operations = Levenshtein.opcodes(self._from.folded, self._to.folded)
        self._partner = {
            block.a + offset: block.b + offset
            for block in operations.as_matching_blocks()
            for offset in range(block.size)
        }

    def carried(self, span: Span) -> GoldQuote | None:
        """Give what a span of the original is in the reading, None where too few of its words are found.

        It reaches from the first to the last syllable that is the same. Words that have moved (the
        columns of a letterhead, a signature) are looked for in the whole text.
        """
        rows = [row for row, (start, end) in enumerate(self._from.spans) if start < span.end and end > span.start]
        found = [self._partner[row] for row in rows if row in self._partner]
        if not rows:
            return None
        near = bool(found) and found[-1] - found[0] < _STRETCH * len(rows) + _SLACK
        if near and len(found) >= PLACED * len(rows):
            return self._quote(found[0], found[-1])
        return self._elsewhere([self._from.folded[row] for row in rows])

    def _elsewhere(self, words: list[str]) -> GoldQuote | None:
        if not _LEAST <= len(words) <= len(self._to.folded):
            return None
        match = fuzz.partial_ratio_alignment(words, self._to.folded, score_cutoff=_ELSEWHERE)
        return self._quote(match.dest_start, match.dest_end - 1) if match else None

    def _quote(self, first: int, last: int) -> GoldQuote:
        span = Span(self._reading.doc_id, self._to.spans[first][0], self._to.spans[last][1])
        return GoldQuote(span, self._reading.text[span.start : span.end])


@dataclass(frozen=True, slots=True)
class Carried:
    """Gold questions for another reading; `lost` are the quotes, of `quotes`, that could not be placed.

    A quote that could not be placed stays as one that nothing covers: what is lost counts as missed.
    """

    questions: list[GoldQuestion]
    quotes: int
    lost: list[GoldQuote]


def carry(questions: Sequence[GoldQuestion], alignments: Mapping[str, Alignment]) -> Carried:
    """Carry gold questions over; `alignments` by the id of the document in which their quotes stand."""
    lost: list[GoldQuote] = []
    quotes = 0

    def placed(quote: GoldQuote) -> GoldQuote:
        nonlocal quotes
        quotes += 1
        found = alignments[quote.span.doc_id].carried(quote.span)
        if found is None:
            lost.append(quote)
        return found or _NOWHERE

    moved = [replace(q, groups=tuple(tuple(placed(quote) for quote in group) for group in q.groups)) for q in questions]
    return Carried(moved, quotes, lost)


def _syllables_of(text: str) -> _Syllables:
    found = list(_SYLLABLE.finditer(text))
    return _Syllables([fold(match.group()) for match in found], [match.span() for match in found])
