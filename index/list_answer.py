"""What a question for a list is answered with: the items beside the best passage, or those within it; verbatim."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.question import Question
from index.short_answer import ShortAnswer
from index.text import content_terms, shortened
from index.types import Citation, Hit
from ingest.reading import one_line
from ingest.types import Passage

SHOWN_ITEMS = 6  # lines; how many more there are is said behind them
_ITEM = 120  # characters of an item that are shown
_LARGEST_LIST = 12  # passages; a longer row of paragraphs is a chapter, not a list
_LEAST_OF_A_HEADING = 0.5  # of its words that a question must hold to ask for what stands under it
_NUMBER_OF_ITEM = re.compile(r"(?: \(\d+\)|, gạch đầu dòng thứ \d+|, dấu cộng thứ \d+|\.\d+)$")
_IN_A_ROW = re.compile(r" \(\d+\)$")
_LABEL_OF_HEADING = re.compile(r"^(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])[-.)]\s*|^[-+]\s*")
_IN_BRACKETS = re.compile(r"\(([^()]*?,[^()]*?,[^()]*)\)")
_AFTER_COLON = re.compile(r"(?::|\bnhư|\bgồm)\s+([^:]*)$")
_END = re.compile(r"[.;:!?](?=\s|$)|\.\.\.|…")


def items_first(question: Question, hits: list[Hit], least_score: float) -> list[Hit]:
    """Put the other items of the list that the best hit is part of behind it, in their order.

    Only where the question asks for such a list; they get at least `least_score`, for who asks for
    a list wants all of it.
    """
    if not hits or not _asks_for_items_beside(question, hits[0].passage):
        return hits
    beside = [hit for hit in hits[1:] if _are_items_of_one_list(hit.passage, hits[0].passage)]
    if not 1 <= len(beside) < _LARGEST_LIST:
        return hits
    moved = {hit.passage.passage_id for hit in beside}
    ordered = sorted(beside, key=lambda hit: hit.passage.start)
    raised = [replace(hit, score=max(hit.score, least_score)) for hit in ordered]
    return [hits[0], *raised, *(hit for hit in hits[1:] if hit.passage.passage_id not in moved)]


def list_answer(question: Question, citations: Sequence[Citation]) -> tuple[ShortAnswer, ...]:
    """Give the items that answer a question for a list, in their order; none where there is no list."""
    if "list" not in question.intents:
        return ()
    best = citations[0]
    if _asks_for_items_beside(question, best.passage):
        beside = [c for c in citations if c is best or _are_items_of_one_list(c.passage, best.passage)]
        if len(beside) > 1:
            ordered = sorted(beside, key=lambda citation: citation.passage.start)
            return tuple(ShortAnswer(_head(one_line(c.passage.text)), c.label) for c in ordered)
    return tuple(ShortAnswer(item, best.label) for item in _items_within(one_line(best.passage.text), question))


def _asks_for_items_beside(question: Question, passage: Passage) -> bool:
    """Say whether a question for a list means the passages under one heading, of which this is one."""
    if "list" not in question.intents:
        return False
    if _IN_A_ROW.search(passage.locator) or ("forms" in question.intents and passage.kind == "forms"):
        return True
    if not passage.heading_path or not _NUMBER_OF_ITEM.search(passage.locator):
        return False
    heading = set(content_terms(_LABEL_OF_HEADING.sub("", passage.heading_path[-1])))
    shared = heading & set(question.terms)
    return len(shared) > 1 and len(shared) >= _LEAST_OF_A_HEADING * len(heading)


def _are_items_of_one_list(passage: Passage, other: Passage) -> bool:
    def place(one: Passage) -> tuple[str, tuple[str, ...], str]:
        return one.doc_id, one.heading_path, _NUMBER_OF_ITEM.sub("", one.locator)

    return place(passage) == place(other) and passage.locator != other.locator


def _head(text: str) -> str:
    """Give the first clause of an item, cut at a space where it is long."""
    found = _END.search(text, 1)
    head = text[: found.start()] if found and found.start() > 0 else text
    return shortened(head, _ITEM)


def _items_within(text: str, question: Question) -> list[str]:
    """Give the items between the semicolons of the sentence that says most of what is asked, or in its brackets."""
    terms = set(question.terms)
    rows = [match[1].split(",") for match in _IN_BRACKETS.finditer(text) if not any(map(str.isdigit, match[1]))]
    if rows:
        return _cleaned(rows[0])
    best: list[str] = []
    most = -1
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZĐ])", text):
        after = _AFTER_COLON.search(sentence)
        held = len(terms & set(content_terms(sentence)))
        parts = after[1].split(";") if after else []
        if len(parts) > 2 and held > most:
            best, most = parts, held
    return _cleaned(best)


def _cleaned(parts: Sequence[str]) -> list[str]:
    items = [part.strip(" .…;") for part in parts]
    return [_head(item) if len(item) > _ITEM else item for item in items if item]
