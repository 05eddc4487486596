"""The systems in the table: the program as it answers, and the plain ways to search it is held against."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eval.errors import EvalError
from eval.metrics import CARDS
from eval.types import Card, Shown, Span
from index.dense import Dense
from index.embed import Embedder
from index.engine import Index
from index.errors import VerbatimError
from index.lexical import Lexical
from index.types import Answer, Citation, group_of
from index.vectors import embed_cached
from ingest.reading import one_line
from ingest.types import Document, Passage

FULL = "full system"
WINDOW = 1_000  # characters, as most tutorials cut
WINDOW_STEP = 800  # characters from one window to the next: an overlap of 200
RANKED = 10  # spans of a ranking that are measured
_DEEP = 100  # candidates of each list in rank fusion
_FUSION_K = 60  # Cormack, Clarke and Buettcher, "Reciprocal Rank Fusion" (2009)
_RETURNED = 160  # characters of a returned passage in the list of misses
_VECTORS_FILE = "vectors.db"


class System(Protocol):
    """Something that is asked questions."""

    @property
    def name(self) -> str:
        """What the table calls it."""
        ...

    def show(self, question: str) -> Shown:
        """Give what a reader would be shown."""
        ...


@dataclass(frozen=True, slots=True)
class Answering:
    """The program: `Index.ask` as the page shows it, and `Index.search` for the ranking alone."""

    name: str
    index: Index

    def show(self, question: str) -> Shown:
        """Ask; an answer whose quotes fail their check counts as refused and as not verbatim."""
        hits = self.index.search(question)[:RANKED]
        ranking = tuple(span_of(hit.passage) for hit in hits)
        try:
            answer = self.index.ask(question)
        except VerbatimError as error:
            return Shown(ranking, (), "", can_refuse=True, refused=True, verbatim=(0, 1), returned=(str(error),))
        confidence = getattr(answer, "confidence", None)
        return Shown(
            ranking=ranking,
            cards=cards_of(answer.citations),
            text=answer.text,
            whole_passages=tuple(one_line(citation.passage.text) for citation in answer.citations),
            understood_as=answer.understood_as,
            can_refuse=True,
            refused=answer.refusal is not None,
            confidence=None if confidence is None else float(confidence),
            verbatim=_verbatim(answer, self.index),
            returned=tuple(_line(citation) for citation in answer.citations or answer.nearest),
        )


@dataclass(frozen=True, slots=True)
class Ranking:
    """A plain way to search: the first spans are what it shows, and it never refuses."""

    name: str
    rank: Callable[[str], list[Span]]

    def show(self, question: str) -> Shown:
        """Rank; every span is a card of its own."""
        spans = tuple(self.rank(question)[:RANKED])
        return Shown(spans, tuple(Card((span,)) for span in spans[:CARDS]))


def cards_of(citations: Sequence[Citation]) -> tuple[Card, ...]:
    """Put citations with the same leading number ("2a", "2b") on one card, in order of appearance."""
    cards: dict[str, list[Span]] = {}
    for citation in citations:
        cards.setdefault(group_of(citation.label), []).append(span_of(citation.passage))
    return tuple(Card(tuple(spans)) for spans in cards.values())


def part(index: Index, name: str) -> Any:
    """Give a part of an open index ("dense"); raises EvalError where it has none of this name."""
    return getattr(index, _attribute(index, name))


def with_parts(index: Index, **parts: object) -> Index:
    """Give the same index with other parts (`embedder`, `weights`, `dense`, `lexical`, `restore`, …)."""
    changed = copy.copy(index)
    for name, value in parts.items():
        setattr(changed, _attribute(index, name), value)
    return changed


def _attribute(index: Index, name: str) -> str:
    found = next((attribute for attribute in (name, f"_{name}") if hasattr(index, attribute)), None)
    if found is None:
        raise EvalError(f"index.engine.Index has no part {name!r} any more; correct eval/systems.py, eval/ablations.py")
    return found


def baselines(index: Index, out: Path) -> list[System]:
    """Give the plain ways to search: same model, same documents, same questions.

    `out` keeps the vectors of the windows.
    """
    passages: list[Passage] = part(index, "passages")
    embedder: Embedder = part(index, "embedder")
    dense: Dense = part(index, "dense")
    lexical: Lexical = part(index, "lexical")
    cut = windows(index.documents())
    texts = {document.doc_id: document.text for document in index.documents()}
    window_texts = [texts[span.doc_id][span.start : span.end] for span in cut]
    window_dense = Dense.of(embed_cached(window_texts, embedder, out / _VECTORS_FILE))

    def by_window(question: str) -> list[Span]:
        return [cut[row] for row in window_dense.search(embedder.embed_question(question).whole, RANKED)[1]]

    def by_meaning(question: str, depth: int = RANKED) -> list[int]:
        return [int(row) for row in dense.search(embedder.embed_question(question).whole, depth)[1]]

    def by_words(question: str, depth: int = RANKED) -> list[int]:
        return [int(row) for row in lexical.search(question, depth)[1]]

    def fused(question: str) -> list[int]:
        return reciprocal_rank_fusion([by_meaning(question, _DEEP), by_words(question, _DEEP)])

    def of_passages(rows_of: Callable[[str], list[int]]) -> Callable[[str], list[Span]]:
        return lambda question: [span_of(passages[row]) for row in rows_of(question)[:RANKED]]

    return [
        Ranking("windows of 1,000 characters, dense", by_window),
        Ranking("passages, BM25 only", of_passages(by_words)),
        Ranking("passages, dense only", of_passages(by_meaning)),
        Ranking("passages, rank fusion", of_passages(fused)),
    ]


def windows(documents: Sequence[Document]) -> list[Span]:
    """Cut texts every 800 characters into windows of 1,000, the tutorial way; the last ends with the text."""
    spans = []
    for document in documents:
        for start in range(0, len(document.text), WINDOW_STEP):
            end = min(start + WINDOW, len(document.text))
            spans.append(Span(document.doc_id, start, end))
            if end == len(document.text):
                break
    return spans


def reciprocal_rank_fusion(rankings: Sequence[Sequence[int]], k: int = _FUSION_K) -> list[int]:
    """Order rows by the sum of 1 / (k + rank), rank from 1; equal sums keep the order of first sight.

    Cormack, Clarke and Buettcher, "Reciprocal Rank Fusion Outperforms Condorcet and Individual
    Rank Learning Methods" (2009).
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, row in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda row: -scores[row])


def span_of(passage: Passage) -> Span:
    """Give where a passage stands."""
    return Span(passage.doc_id, passage.start, passage.end)


def _verbatim(answer: Answer, index: Index) -> tuple[int, int]:
    """Count the quotes, shown or nearest, that stand in the stored document where they say."""
    right = total = 0
    for citation in (*answer.citations, *answer.nearest):
        document = index.document(citation.document.doc_id)
        for quote in citation.quotes:
            start, end = citation.passage.start + quote.start, citation.passage.start + quote.end
            right += document is not None and bool(quote.text) and document.text[start:end] == quote.text
            total += 1
    return right, total


def _line(citation: Citation) -> str:
    facts, passage = citation.document.facts, citation.passage
    words = one_line(passage.text)
    short = words if len(words) <= _RETURNED else f"{words[:_RETURNED]}…"
    return f"[{citation.label}] {facts.place or facts.short_title} · {passage.locator} · {citation.score:.2f} · {short}"
