"""What each question adds to each measure; ranking measures come from ir-measures.

A passage is a hit when it covers at least half of the characters of a gold quote.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import ir_measures
from ir_measures import RR, R, Success, nDCG

from eval.short import MAX_LINES, is_short_answer
from eval.types import Card, GoldQuestion, GoldQuote, Part, Shown, Span

COVERED = 0.5  # share of a quote's characters from which a passage is a hit
CARDS = 5  # answers that a reader is shown
CHARACTERS = 1_500  # that a reader reads

_ALL = 1_000  # deeper than any ranking

# What is measured on which ranking: (name, measure, ranking).
_RANKING: tuple[tuple[str, Any, str], ...] = (
    ("hit@1", Success @ 1, "cards"),
    ("hit@3", Success @ 3, "cards"),
    ("hit@5", Success @ 5, "cards"),
    ("group_recall@5", R @ _ALL, "cards"),
    ("strict_hit@1", Success @ 1, "citations"),
    ("strict_hit@5", Success @ 5, "citations"),
    ("mrr@10", RR @ 10, "search"),
    ("ndcg@10", nDCG @ 10, "search"),
)

_SHORT = {"short_answer": MAX_LINES, "short_answer_line1": 1}  # lines of the answer that count

METRICS: dict[str, str] = {
    "hit@1": "gold is in the first card shown; a question refused by mistake is a miss",
    "hit@3": "gold is in one of the first 3 cards",
    "hit@5": "gold is in one of the first 5 cards",
    "group_recall@5": "share of the gold groups (what a full answer needs) found in the first 5 cards",
    "hit_1500": "at least half of a gold quote stands in the first 1,500 characters of passages shown",
    "citation_precision": "share of the citations of the first 5 cards that hold gold, where something is shown",
    "strict_hit@1": "the first citation holds gold, cards taken apart",
    "strict_hit@5": "one of the first 5 citations holds gold, cards taken apart",
    "mrr@10": "mean reciprocal rank of the search alone, before any refusal",
    "ndcg@10": "nDCG of the search alone; each gold group is one relevant answer",
    "short_answer": "one of the first 5 lines of the answer, of at most 250 characters, gives an accepted short "
    "answer and is not merely a whole passage",
    "short_answer_line1": "the same for the first line alone",
    "far_refused": "questions that have nothing to do with the plans and are refused",
    "near_refused": "questions near the plans but not answered in them, and refused",
    "false_refusal": "answerable questions that are refused",
    "refusal_precision": "share of the refused questions that ought to be refused",
    "refusal_recall": "share of the questions that ought to be refused that are",
    "verbatim": "quotes that stand letter for letter in their stored document",
}


def covers(span: Span, quote: GoldQuote) -> bool:
    """Say whether a span holds at least half of the characters of a gold quote."""
    gold = quote.span
    shared = min(span.end, gold.end) - max(span.start, gold.start)
    return span.doc_id == gold.doc_id and shared >= COVERED * (gold.end - gold.start)


def groups_found(spans: Iterable[Span], question: GoldQuestion) -> frozenset[int]:
    """Give the rows of the gold groups of which one of the spans covers a quote."""
    found = list(spans)
    return frozenset(
        row
        for row, group in enumerate(question.groups)
        if any(covers(span, quote) for span in found for quote in group)
    )


def at_best(questions: Sequence[GoldQuestion], spans: Sequence[Span]) -> tuple[float, float]:
    """Give hit@5 and group_recall@5 of a search that finds every passage there is, each in [0, 1].

    What is missing to 1 stands in no passage, so no search can show it.
    """
    shares = [len(groups_found(spans, q)) / len(q.groups) for q in questions if q.groups]
    if not shares:
        return 0.0, 0.0
    return sum(share > 0 for share in shares) / len(shares), sum(shares) / len(shares)


def ranking_parts(asked: Mapping[str, tuple[GoldQuestion, Shown]]) -> dict[str, dict[str, Part]]:
    """Give the ranking measures of answerable questions by key; others get none."""
    parts: dict[str, dict[str, Part]] = {key: {} for key in asked}
    for ranking in ("cards", "citations", "search"):
        named = [(name, measure) for name, measure, of in _RANKING if of == ranking]
        qrels, run = [], []
        for key, (question, shown) in asked.items():
            qrels += [ir_measures.Qrel(key, f"g{row}", 1) for row in range(len(question.groups))]
            ids = _entries(_ranked(ranking, shown), question)
            run += [ir_measures.ScoredDoc(key, doc, float(-rank)) for rank, doc in enumerate(ids)]
        if not qrels:
            continue
        names = {str(measure): name for name, measure in named}
        for found in ir_measures.iter_calc([measure for _, measure in named], qrels, run):
            parts[found.query_id][names[str(found.measure)]] = Part(float(found.value))
    return parts


def own_parts(question: GoldQuestion, shown: Shown) -> dict[str, Part]:
    """Give the measures of one question that are not of a ranking."""
    parts: dict[str, Part] = {}
    if shown.verbatim[1]:
        parts["verbatim"] = Part(*map(float, shown.verbatim))
    if question.groups:
        parts["hit_1500"] = Part(float(hit_within(shown.cards, question, CHARACTERS)))
        citations = [span for card in shown.cards[:CARDS] for span in card.spans]
        if citations:
            held = sum(bool(groups_found([span], question)) for span in citations)
            parts["citation_precision"] = Part(held / len(citations))
        if question.short_answers and shown.text is not None:
            wanted = question.short_answers, shown.whole_passages
            for name, lines in _SHORT.items():
                answered = not shown.refused and is_short_answer(shown.text, *wanted, lines)
                parts[name] = Part(float(answered))
    if shown.can_refuse:
        parts |= _refusal_parts(question, shown.refused)
    return parts


def hit_within(cards: Sequence[Card], question: GoldQuestion, characters: int) -> bool:
    """Say whether at least half of a gold quote stands in the first `characters` of the cards.

    A card shows its first passage; the others of the card say the same and take no more room.
    """
    left = characters
    for card in cards:
        if left <= 0:
            return False
        cut = [Span(span.doc_id, span.start, min(span.end, span.start + left)) for span in card.spans]
        if groups_found(cut, question):
            return True
        left -= card.spans[0].end - card.spans[0].start
    return False


def _refusal_parts(question: GoldQuestion, refused: bool) -> dict[str, Part]:
    ought = question.refusal is not None
    parts = {f"{question.refusal}_refused" if ought else "false_refusal": Part(float(refused))}
    if refused:
        parts["refusal_precision"] = Part(float(ought))
    if ought:
        parts["refusal_recall"] = Part(float(refused))
    return parts


def _ranked(ranking: str, shown: Shown) -> list[tuple[Span, ...]]:
    if ranking == "cards":
        return [card.spans for card in shown.cards[:CARDS]]
    if ranking == "citations":
        return [(span,) for card in shown.cards for span in card.spans]
    return [(span,) for span in shown.ranking]


def _entries(ranked: Sequence[tuple[Span, ...]], question: GoldQuestion) -> list[str]:
    """Give the ranking as ids: that of each gold group where it is first found, else a wrong one.

    So a system is not judged by how it cuts a document: what counts is that a group is found. An
    item that holds two groups stands for both, one after the other.
    """
    ids: list[str] = []
    for rank, spans in enumerate(ranked):
        fresh = [f"g{row}" for row in sorted(groups_found(spans, question)) if f"g{row}" not in ids]
        ids += fresh or [f"x{rank}"]
    return ids
