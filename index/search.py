"""A question against the passages: scores of meaning and of words, added up."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from index.addressees import addressees_in
from index.arrays import FloatArray
from index.asked_unit import is_named, units_named
from index.intents import Intent, asks_for_unit
from index.question import Question
from index.section_reference import SectionPath, is_within, section_path
from index.text import serial_of, syllables, symbols
from ingest.folding import fold
from ingest.types import Passage, SectionKind

_NOWHERE = SectionPath(frozenset(), ())


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign of relevance counts, chosen on the dev half of the gold questions and on held-out ones.

    All are in units of the scaled scores that `fuse` adds up, which are in [0, 1].
    """

    late: float = 1.0  # tokens of the question against tokens of the passage
    dense: float = 0.5  # the question as a whole against the passage as a whole
    words: float = 0.2  # BM25
    kind: float = 0.15  # a passage of the kind that is asked for
    block: float = 0.3  # signature, recipients, number and date, when exactly they are asked for
    unit: float = 0.15  # a passage with a responsible unit, when it is asked who
    unit_named: float = 0.2  # a passage of the unit that the question names, unless it is asked who or when
    symbol: float = 0.1  # a passage with a document's number, when it is asked which
    symbol_named: float = 0.5  # a passage with the document's number that the question names, times how rare it is
    section: float = 0.7  # a passage of the article or section that the question names by its number
    section_asked: float = 1.5  # … of a document that it means, or without another word
    document: float = 0.1  # a passage of a document that the question names: another's is no answer, however like it


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for each of n passages, every array (n,) float32."""

    late: FloatArray  # late interaction of the tokens
    cosine: FloatArray
    bm25: FloatArray


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a passage before its scores."""

    kind: SectionKind
    units: tuple[str, ...]  # responsible for it, in lower case
    has_symbol: bool
    doc_id: str
    path: SectionPath = _NOWHERE
    symbols: frozenset[str] = frozenset()  # the documents' numbers in it, folded
    serials: Mapping[str, float] = field(default_factory=dict)  # "111" of "111/cd-ttg", and how rare it is, in [0, 1]
    is_addressed: bool = False  # the head of a letter: "Kính gửi: …"


def candidate_of(passage: Passage) -> Candidate:
    """Give what is known of a passage before its scores."""
    found = _symbols(passage.text)
    return Candidate(
        passage.kind,
        units_named(passage.unit) if passage.unit else (),
        bool(found),
        passage.doc_id,
        section_path(passage.locator, passage.heading_path),
        found,
        dict.fromkeys(_serials(found), 1.0),
        passage.kind == "header" and addressees_in(passage.text) is not None,
    )


def candidates_of(passages: Sequence[Passage]) -> list[Candidate]:
    """Give what is known of the passages of an index; the rarity of a number is its scaled inverse frequency, squared.

    0 for a number in a head: that whole document is meant, and no passage of it more than another.
    """
    found = [candidate_of(passage) for passage in passages]
    in_heads = {serial for candidate in found if candidate.kind == "header" for serial in candidate.serials}
    counts = Counter(serial for candidate in found for serial in candidate.serials)
    most = math.log(len(found)) if len(found) > 1 else 1.0
    rarity = {serial: 0.0 if serial in in_heads else (1 - math.log(n) / most) ** 2 for serial, n in counts.items()}
    return [replace(one, serials={serial: rarity[serial] for serial in one.serials}) for one in found]


@lru_cache(maxsize=1_000)
def _symbols(text: str) -> frozenset[str]:
    return frozenset(map(fold, symbols(text)))


def _serials(symbols: Iterable[str]) -> frozenset[str]:
    return frozenset(serial_of(symbol).lstrip("0") for symbol in symbols)


@lru_cache(maxsize=1_000)
def _plain(question: str) -> str:
    return " ".join(syllables(question))


_KIND_OF_INTENT: dict[Intent, SectionKind] = {
    "forms": "forms",
    "purpose": "purpose",
    "audience": "audience",
}
_BLOCK_OF_INTENT: dict[Intent, SectionKind] = {"signature": "signature", "recipients": "recipients"}


def scaled(scores: FloatArray) -> FloatArray:
    """Give the scores min-max normalised to [0, 1]; all 0 where they are all alike."""
    if len(scores) == 0:
        return scores
    low, high = float(scores.min()), float(scores.max())
    if high <= low:
        return np.zeros_like(scores)
    result: FloatArray = ((scores - low) / (high - low)).astype(np.float32)
    return result


def over_best(scores: FloatArray) -> FloatArray:
    """Give scores >= 0 as shares of the best one, in [0, 1]."""
    best = float(scores.max()) if len(scores) else 0.0
    return scores / np.float32(best) if best > 0 else scores


def fuse(signs: Signs, weights: Weights) -> FloatArray:
    """Add normalised scores of meaning and words, (n,) float32, >= 0.

    Sum of min-max scores as in Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid
    Retrieval" (2023), section 4.
    """
    fused: FloatArray = (
        weights.late * scaled(signs.late) + weights.dense * scaled(signs.cosine) + weights.words * over_best(signs.bm25)
    ).astype(np.float32)
    return fused


def is_in_named_section(question: Question, candidate: Candidate) -> bool:
    """Say whether a passage stands in the section that a question names by its number, of a document that it means."""
    is_meant = not question.section_documents or candidate.doc_id in question.section_documents
    return bool(question.section) and is_meant and is_within(candidate.path, question.section)


def is_asked_for(question: Question, candidate: Candidate) -> bool:
    """Say whether a passage stands in the section that a question asks for, sure of what it means.

    Sure are those that say of which document, and those that ask for nothing else.
    """
    return _is_sure_of_section(question) and is_in_named_section(question, candidate)


def _is_sure_of_section(question: Question) -> bool:
    return bool(question.section_documents) or question.is_only_section


def named_symbol(question: Question, candidate: Candidate) -> float:
    """Give how rare the document's number is that a question names and a passage has, in [0, 1]; 0 where it has none.

    It is named as a whole or by its kind: "111/CĐ-TTg", "công điện 111".
    """
    asked = _symbols(question.text)
    if not candidate.serials or not (asked or question.numbers):
        return 0.0
    without_letters = {number.lstrip("0") for number in question.numbers} - _serials(asked)
    named = _serials(candidate.symbols & asked) | (candidate.serials.keys() & without_letters)
    return max((candidate.serials[serial] for serial in named), default=0.0)


def preference(question: Question, candidate: Candidate, weights: Weights) -> float:
    """Give what a passage gains because of what the question asks for."""
    gain = 0.0
    for intent in question.intents:
        if _BLOCK_OF_INTENT.get(intent) == candidate.kind:
            gain += weights.block
        if _KIND_OF_INTENT.get(intent) == candidate.kind:
            gain += weights.kind
    if "recipients" in question.intents and candidate.is_addressed:
        gain += weights.block
    if question.intents & {"own_date", "own_number"} and candidate.kind == "header":
        gain += weights.block if candidate.doc_id in question.documents else 0.0
    if asks_for_unit(question.intents) and candidate.units:
        gain += weights.unit
    if not question.intents & {"who", "when"} and candidate.units and is_named(candidate.units, _plain(question.text)):
        gain += weights.unit_named
    if "which_document" in question.intents and candidate.has_symbol:
        gain += weights.symbol
    if candidate.serials:
        gain += weights.symbol_named * named_symbol(question, candidate)
    if is_in_named_section(question, candidate):
        gain += weights.section
        gain += weights.section_asked if _is_sure_of_section(question) else 0.0
    if candidate.doc_id in question.documents:
        gain += weights.document
    return gain
