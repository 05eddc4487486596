"""A section that is named by its number and nothing else is asked of: "mục V.8 nói gì"."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import zip_longest

from index.intents import asks_for_unit
from index.question import Question
from index.section_reference import spoken
from index.text import folded_syllables
from index.types import Hit
from ingest.types import Document


def looked_up(question: Question, hits: list[Hit], is_within: Callable[[Hit], bool], least_score: float) -> list[Hit]:
    """Give the passages of a section that is looked up as they stand, those of several documents by turns.

    All hits as they are, where more is asked than what stands in a section or none stands in it. Where it is asked
    who, those that name nobody are left out, unless all are so.
    """
    within = [hit for hit in hits if is_within(hit)] if question.is_only_section else []
    if not within:
        return hits
    with_unit = [hit for hit in within if hit.passage.unit] if asks_for_unit(question.intents) else []
    shown = with_unit or within
    by_document: dict[str, list[Hit]] = {hit.passage.doc_id: [] for hit in shown}  # that of the best hit first
    for hit in sorted(shown, key=lambda one: one.passage.start):
        by_document[hit.passage.doc_id].append(replace(hit, score=max(hit.score, least_score)))
    return [hit for turn in zip_longest(*by_document.values()) for hit in turn if hit is not None]


def missing_section(question: Question, documents: Mapping[str, Document], says: Callable[[str], bool]) -> str | None:
    """Give in Vietnamese the section that is asked for and that no document has; None where a text speaks of it.

    A decree that amends another one says "Điều 13" and has none.
    """
    section = spoken(question.section)
    if says(" ".join(folded_syllables(section))):
        return None
    meant = question.section_documents
    return f"{section} của {documents[meant[0]].facts.short_title}" if len(meant) == 1 else section
