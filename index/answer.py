"""Hits become an answer of checked citations, or a refusal; pure."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from index.question import Question
from index.quotes import best_quotes, checked
from index.short_answer import short_answer
from index.text import folded_syllables, shingles
from index.types import Answer, Citation, Hit, Refusal
from ingest.reading import one_line
from ingest.types import Document

SAME_WORDS = 0.6  # Jaccard index of three-syllable shingles from which two passages say the same

WORTH_SHOWING = 0.6  # of the best score; on the dev questions no answer lay below
NEARLY_AS_GOOD = 0.92  # of the best score, from which a citation may contradict the first one
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
        own = _shingles_of(hit.passage.text)
        for group, head in zip(groups, heads, strict=True):
            is_new_plan = all(other.passage.doc_id != hit.passage.doc_id for other in group)
            if is_new_plan and own and len(own & head) >= SAME_WORDS * len(own | head):
                group.append(hit)
                break
        else:
            groups.append([hit])
            heads.append(own)
    return groups


@lru_cache(maxsize=10_000)
def _shingles_of(text: str) -> frozenset[tuple[str, ...]]:
    return shingles(folded_syllables(text))


def asks_who(question: Question) -> bool:
    """Say whether a question asks for the unit that is responsible, not for who signed or receives."""
    return "who" in question.intents and not question.intents & {"signature", "recipients"}


def every_plan_first(groups: list[list[Hit]]) -> list[list[Hit]]:
    """Move up the best group that names a unit of each further plan, so that no plan is left out.

    The first group stays first. A plan counts only where its group comes near the best one; of the
    other groups those worth showing follow.
    """
    if not groups or groups[0][0].passage.unit is None:
        return worth_showing(groups)
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
    return chosen + worth_showing(rest)


def worth_showing(groups: list[list[Hit]]) -> list[list[Hit]]:
    """Leave out the groups that come nowhere near the best hit, whose score is 1."""
    return [group for group in groups if group[0].score >= WORTH_SHOWING]


def cite(
    groups: list[list[Hit]],
    documents: Mapping[str, Document],
    question: Question,
    weight_of: Callable[[str], float],
    cosines_of: Callable[[Hit], Sequence[float]] = lambda _: (),
) -> tuple[Citation, ...]:
    """Give checked citations, labelled "1", "2a", "2b", … by group; raises VerbatimError.

    `cosines_of` gives the cosines of the question with the sentences of a hit's passage.
    """
    citations = []
    for number, group in enumerate(groups, start=1):
        for position, hit in enumerate(group):
            letter = chr(ord("a") + position) if len(group) > 1 else ""
            quotes = best_quotes(hit.passage, question.terms, weight_of, cosines_of(hit))
            document = documents[hit.passage.doc_id]
            citations.append(checked(Citation(f"{number}{letter}", document, hit.passage, quotes, hit.score)))
    return tuple(citations)


def answered(question: Question, citations: tuple[Citation, ...], elapsed_ms: float) -> Answer:
    """Give an answer of citations; its text is made of their words and labels alone."""
    return Answer(
        question=question.typed,
        understood_as=question.text,
        text=_first_line(question, citations),
        citations=citations,
        elapsed_ms=elapsed_ms,
    )


def refused(
    question: Question,
    refusal: Refusal,
    elapsed_ms: float,
    nearest: tuple[Citation, ...] = (),
    missing: str | None = None,
) -> Answer:
    """Give a refusal with its reason in Vietnamese and what lies nearest.

    `missing` is what the documents do not state, where that is known.
    """
    return Answer(
        question=question.typed,
        understood_as=question.text,
        text=f"Các văn bản hiện có không nêu {missing}." if missing else _REASONS[refusal],
        nearest=nearest,
        refusal=refusal,
        elapsed_ms=elapsed_ms,
    )


def _first_line(question: Question, citations: tuple[Citation, ...]) -> str:
    """Units for a question for who, the date, number or name for one of these, else the best quote."""
    best = citations[0]
    if asks_who(question) and best.passage.unit is not None:
        return _units_line(citations)
    if best.passage.kind == "signature" and best.document.facts.signer:
        role = best.document.facts.signer_role
        return f"“{best.document.facts.signer}”" + (f", {role}" if role else "") + f" [{best.label}]"
    if best.passage.kind == "recipients" and best.document.facts.recipients:
        return "\n".join(f"{recipient} [{best.label}]" for recipient in best.document.facts.recipients)
    words = _agreed_short_answer(question, citations)
    return f"“{words}” [{best.label}]" if words else _quote_line(best)


def _agreed_short_answer(question: Question, citations: tuple[Citation, ...]) -> str | None:
    """Give the short answer of the best citation, none where one nearly as good says otherwise."""
    words = short_answer(question, citations[0])
    rivals = (c for c in citations[1:] if c.score >= NEARLY_AS_GOOD)
    others = (short_answer(question, rival) for rival in rivals)
    return None if any(other is not None and other != words for other in others) else words


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
