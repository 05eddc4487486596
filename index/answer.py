"""Hits become an answer of checked citations, or a refusal; pure."""

from collections.abc import Callable, Mapping

from index.question import Question
from index.quotes import best_quotes, checked
from index.text import folded_syllables, shingles
from index.types import Answer, Citation, Hit, Refusal
from ingest.reading import one_line
from ingest.types import Document

SAME_WORDS = 0.6  # Jaccard index of three-syllable shingles from which two passages say the same

NEAR_THE_BEST = 0.4  # of the best score: what a plan's best passage must have to be moved up

_REASONS: dict[Refusal, str] = {
    "no_documents": "Kho chưa có văn bản nào để tìm.",
    "filtered_out": "Không có đoạn nào trong phạm vi đã chọn. Hãy bỏ bớt điều kiện lọc rồi hỏi lại.",
    "not_found": "Không tìm thấy nội dung trả lời trong các văn bản hiện có.",
}


def group_same_words(hits: list[Hit]) -> list[list[Hit]]:
    """Put passages of different documents that say the same together, best first in each group."""
    groups: list[list[Hit]] = []
    heads: list[frozenset[tuple[str, ...]]] = []
    for hit in hits:
        own = shingles(folded_syllables(hit.passage.text))
        for group, head in zip(groups, heads, strict=True):
            is_new_plan = all(other.passage.doc_id != hit.passage.doc_id for other in group)
            if is_new_plan and own and len(own & head) >= SAME_WORDS * len(own | head):
                group.append(hit)
                break
        else:
            groups.append([hit])
            heads.append(own)
    return groups


def asks_who(question: Question) -> bool:
    """Say whether a question asks for the unit that is responsible, not for who signed or receives."""
    return "who" in question.intents and not question.intents & {"signature", "recipients"}


def every_plan_first(groups: list[list[Hit]]) -> list[list[Hit]]:
    """Move up the best group that names a unit of each further plan, so that no plan is left out.

    The first group stays first. A plan counts only where its group comes near the best one.
    """
    if not groups:
        return groups
    floor = NEAR_THE_BEST * groups[0][0].score
    covered: set[str] = set()
    chosen, rest = [], []
    for position, group in enumerate(groups):
        plans = {hit.passage.doc_id for hit in group if hit.passage.unit is not None}
        if position == 0 or (plans - covered and group[0].score >= floor):
            covered |= plans
            chosen.append(group)
        else:
            rest.append(group)
    return chosen + rest


def cite(
    groups: list[list[Hit]],
    documents: Mapping[str, Document],
    question: Question,
    weight_of: Callable[[str], float],
) -> tuple[Citation, ...]:
    """Give checked citations, labelled "1", "2a", "2b", … by group; raises VerbatimError."""
    citations = []
    for number, group in enumerate(groups, start=1):
        for position, hit in enumerate(group):
            letter = chr(ord("a") + position) if len(group) > 1 else ""
            quotes = best_quotes(hit.passage, question.terms, weight_of)
            document = documents[hit.passage.doc_id]
            citations.append(checked(Citation(f"{number}{letter}", document, hit.passage, quotes, hit.score)))
    return tuple(citations)


def answered(question: Question, citations: tuple[Citation, ...], elapsed_ms: float) -> Answer:
    """Give an answer of citations; its text is made of their words and labels alone."""
    text = _units_line(citations) if asks_who(question) else ""
    return Answer(
        question=question.typed,
        understood_as=question.text,
        text=text or _quote_line(citations[0]),
        citations=citations,
        elapsed_ms=elapsed_ms,
    )


def refused(question: Question, refusal: Refusal, elapsed_ms: float, nearest: tuple[Citation, ...] = ()) -> Answer:
    """Give a refusal with its reason in Vietnamese and what lies nearest."""
    return Answer(
        question=question.typed,
        understood_as=question.text,
        text=_REASONS[refusal],
        nearest=nearest,
        refusal=refusal,
        elapsed_ms=elapsed_ms,
    )


def _units_line(citations: tuple[Citation, ...]) -> str:
    """Name each responsible unit once a plan, with where it stands."""
    lines: dict[tuple[str, str], str] = {}
    for citation in citations:
        unit, document = citation.passage.unit, citation.document
        if unit and (document.doc_id, unit) not in lines:
            place = document.facts.place or document.facts.short_title
            lines[document.doc_id, unit] = f"{unit} ({place}, {citation.passage.locator}) [{citation.label}]"
    return "\n".join(lines.values())


def _quote_line(citation: Citation) -> str:
    words = " … ".join(one_line(quote.text) for quote in citation.quotes)
    return f"“{words}” [{citation.label}]"
