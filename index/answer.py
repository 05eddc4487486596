"""Hits become an answer of checked citations, or a refusal; pure."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from index.addressees import addressees_in
from index.asked_unit import asks_for_any_unit, is_of_kind, units_named
from index.intents import asks_for_unit
from index.issuing_body import issuing_line
from index.list_answer import SHOWN_ITEMS, list_answer
from index.question import Question
from index.quotes import Asked, best_excerpt, best_quotes, checked, whole_quote
from index.short_answer import ShortAnswer, short_answers
from index.text import folded_syllables, shingles, shortened
from index.types import Answer, Citation, Hit, Refusal
from ingest.reading import one_line
from ingest.sentences import sentence_spans
from ingest.types import Document

SAME_WORDS = 0.6  # Jaccard index of three-syllable shingles from which two passages say the same

WORTH_SHOWING = 0.6  # of the best score; on the dev questions no answer lay below
SHORT_LINE = 200  # characters of the line shown first, where nothing shorter answers
NEAR_THE_BEST = 0.4  # of the best score: what a plan's best passage must have to be moved up

_REASONS: dict[Refusal, str] = {
    "no_documents": "Kho chưa có văn bản nào để tìm.",
    "filtered_out": "Không có đoạn nào trong phạm vi đã chọn. Hãy bỏ bớt điều kiện lọc rồi hỏi lại.",
    "not_found": "Không tìm thấy nội dung trả lời trong các văn bản hiện có.",
}


def group_same_words(hits: list[Hit]) -> list[list[Hit]]:
    """Put passages of different documents that say the same together, best first in each group."""
    groups: list[list[Hit]] = []
    plans: list[set[str]] = []
    for hit in hits:
        passage = hit.passage
        for group, known in zip(groups, plans, strict=True):
            if passage.doc_id not in known and say_the_same(group[0].passage.text, passage.text):
                group.append(hit)
                known.add(passage.doc_id)
                break
        else:
            groups.append([hit])
            plans.append({passage.doc_id})
    return groups


@lru_cache(maxsize=100_000)
def say_the_same(text: str, other: str) -> bool:
    """Say whether two texts share most of their shingles; texts of very unlike length cannot."""
    own, head = _shingles_of(text), _shingles_of(other)
    if min(len(own), len(head)) < SAME_WORDS * max(len(own), len(head), 1):
        return False
    return len(own & head) >= SAME_WORDS * len(own | head)


@lru_cache(maxsize=10_000)
def _shingles_of(text: str) -> frozenset[tuple[str, ...]]:
    return shingles(folded_syllables(text))


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
    asked: Asked,
    is_whole: bool = False,
) -> tuple[Citation, ...]:
    """Give checked citations, labelled "1", "2a", "2b", … by group; raises VerbatimError.

    What answers is quoted of each passage, or the whole passage.
    """
    citations = []
    for number, group in enumerate(groups, start=1):
        for position, hit in enumerate(group):
            letter = chr(ord("a") + position) if len(group) > 1 else ""
            quotes = (whole_quote(hit.passage),) if is_whole else best_quotes(hit.passage, asked)
            document = documents[hit.passage.doc_id]
            citations.append(checked(Citation(f"{number}{letter}", document, hit.passage, quotes, hit.score)))
    return tuple(citations)


def answered(
    question: Question,
    citations: tuple[Citation, ...],
    asked: Asked,
) -> Answer:
    """Give an answer of citations; its text is made of their words and labels alone."""
    return Answer(
        question=question.typed,
        understood_as=question.text,
        text=_first_line(question, citations, asked),
        citations=citations,
    )


def refused(
    question: Question,
    refusal: Refusal,
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
    )


def _first_line(question: Question, citations: tuple[Citation, ...], asked: Asked) -> str:
    """Issuer of a document, units for a question for who, date, number or name for these, else the best quote."""
    best = citations[0]
    issued_by = issuing_line(question, citations)
    if issued_by:
        return issued_by
    units = _units_line(citations, question.unit_kinds) if asks_for_unit(question.intents) else ""
    if units and best.passage.unit is not None:
        return units
    is_asked_when = bool(question.intents & {"when", "own_date"})
    signed = _signature(question, citations)
    if signed and signed.document.facts.signer and not is_asked_when:
        return _signer_line(signed, signed.document.facts.signer)
    receiving = _receiving_lines(question, citations)
    if receiving and not is_asked_when:
        return receiving
    found = short_answers(question, citations, asked)
    if found:
        return "\n".join(f"“{one.words}” [{one.label}]" for one in found)
    units = units if asks_for_any_unit(question.text) else ""
    listed = units or _list_lines(list_answer(question, citations))
    return listed or (_opening_line(best) if question.is_only_section else _quote_line(best, asked))


def _signature(question: Question, citations: tuple[Citation, ...]) -> Citation | None:
    """Give the citation of the signature, where it is the best or who signed the best one's document is asked."""
    best = citations[0]
    is_asked = "signature" in question.intents and "recipients" not in question.intents and question.documents
    looked_at = [c for c in citations if c.document.doc_id == best.document.doc_id] if is_asked else [best]
    return next((citation for citation in looked_at if citation.passage.kind == "signature"), None)


def _signer_line(citation: Citation, signer: str) -> str:
    """Name the signer with the role; only what stands in the passage is in quotation marks.

    Facts can be corrected by hand or come with the file.
    """
    role = citation.document.facts.signer_role
    name = f"“{signer}”" if signer in one_line(citation.passage.text) else signer
    return name + (f", {role}" if role else "") + f" [{citation.label}]"


def _list_lines(items: Sequence[ShortAnswer]) -> str:
    """Give an item a line, and how many more there are."""
    lines = [f"“{item.words}” [{item.label}]" for item in items[:SHOWN_ITEMS]]
    more = len(items) - len(lines)
    return "\n".join([*lines, *([f"và {more} mục khác"] if more else [])])


def _receiving_lines(question: Question, citations: tuple[Citation, ...]) -> str:
    """Give the addressees and the recipients of the best citation's document, "" where it shows neither.

    Those who get a copy of a letter are "Như trên" and others: whom it is written to stands in its head.
    """
    best = citations[0]
    if best.passage.kind != "recipients" and not (best.passage.kind == "header" and "recipients" in question.intents):
        return ""
    of_document = [citation for citation in citations if citation.document.doc_id == best.document.doc_id]
    heads = ((one, addressees_in(one.passage.text)) for one in of_document if one.passage.kind == "header")
    lines = [f"“{words}” [{one.label}]" for one, words in heads if words]
    if best.passage.kind == "recipients":
        lines += [f"{recipient} [{best.label}]" for recipient in _asked_first(question, best)]
    return "\n".join(lines)


def _asked_first(question: Question, citation: Citation) -> list[str]:
    """Give the recipients, those that the question speaks of first."""
    terms = set(question.terms)
    recipients = citation.document.facts.recipients
    return sorted(recipients, key=lambda recipient: -len(terms & set(folded_syllables(recipient))))


def _units_line(citations: tuple[Citation, ...], kinds: tuple[str, ...]) -> str:
    """Name each responsible unit once a plan, with where it stands; those of the asked kind where there are any."""
    lines: dict[tuple[str, str], str] = {}
    of_kind = [c for c in citations if c.passage.unit and is_of_kind(units_named(c.passage.unit), kinds)]
    for citation in of_kind or citations:
        unit, document = citation.passage.unit, citation.document
        if unit and (document.doc_id, unit) not in lines:
            place = document.facts.place or document.facts.short_title
            lines[document.doc_id, unit] = f"{unit} ({place}, {citation.passage.locator}) [{citation.label}]"
    return "\n".join(lines.values())


def _opening_line(citation: Citation) -> str:
    """Give the first words of a passage."""
    return f"“{shortened(one_line(citation.passage.text), SHORT_LINE)}” [{citation.label}]"


def _quote_line(citation: Citation, asked: Asked) -> str:
    """Give the words of the best quote, of a long one the part that speaks most of what is asked."""
    passage = citation.passage
    worth = asked.signs(passage, [(quote.start, quote.end) for quote in citation.quotes]).sum(axis=1)
    words = one_line(citation.quotes[int(worth.argmax())].text)
    if len(words) <= SHORT_LINE:
        return f"“{words}” [{citation.label}]"
    start, end = best_excerpt(passage, asked, SHORT_LINE)
    sentences = sentence_spans(passage.text)
    before = "" if any(start == first for first, _ in sentences) else "…"
    behind = "" if any(end == last for _, last in sentences) else "…"
    return f"“{before}{one_line(passage.text[start:end])}{behind}” [{citation.label}]"
