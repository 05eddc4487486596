"""A question against the passages: scores of meaning and of words, added up."""

import re
from dataclasses import dataclass

import numpy as np

from index.arrays import FloatArray
from index.question import Intent, Question
from index.text import symbols
from ingest.types import Passage, SectionKind


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign of relevance counts, chosen on the dev half of the gold questions.

    All but the first two are in units of `fuse`'s scores of passages and words, which are in [0, 1].
    """

    dense: float = 0.5  # share of meaning in a question with all its marks; the rest is words
    full_marks: float = 0.5  # share of accented syllables from which a question counts as marked
    sentence: float = 0.3  # the best sentence of a passage, falls with the marks like `dense`
    pairs: float = 0.5  # share of the question's pairs of syllables that the passage holds
    official: float = 0.15  # words that documents use for the everyday words of the question
    kind: float = 0.15  # a passage of the kind that is asked for
    block: float = 0.5  # signature and recipients, when exactly they are asked for
    unit: float = 0.08  # a passage with a responsible unit, when it is asked who
    date: float = 0.2  # a passage with a date of its own, when it is asked when; the basis has others'
    symbol: float = 0.15  # a passage with a document's number, when it is asked which document
    header: float = -0.2  # number, date and title: they hold the words of every question on a plan
    document: float = 0.2  # a passage of a document that the question names


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for each of n passages, every array (n,) float32."""

    cosines: FloatArray  # with the passage
    sentences: FloatArray  # with its best sentence
    bm25: FloatArray
    official: FloatArray  # BM25 of the official words
    pairs: FloatArray  # coverage in [0, 1]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a passage before its scores."""

    kind: SectionKind
    has_unit: bool
    has_date: bool
    has_symbol: bool
    doc_id: str


_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\d{1,2}/\d{4}|năm \d{4}|tháng \d{1,2}")


def candidate_of(passage: Passage) -> Candidate:
    """Give what is known of a passage before its scores."""
    has_date = bool(_DATE.search(passage.text))
    has_symbol = bool(symbols(passage.text))
    return Candidate(passage.kind, passage.unit is not None, has_date, has_symbol, passage.doc_id)


_KIND_OF_INTENT: dict[Intent, SectionKind] = {
    "slogans": "slogans",
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


def fuse(signs: Signs, accented_share: float, weights: Weights) -> FloatArray:
    """Add normalised scores of meaning and words, (n,) float32, >= 0.

    Sum of min-max scores as in Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid
    Retrieval" (2023), section 4. A question without marks means little to the embedding model, so
    the share of meaning falls with the share of its accented syllables.
    """
    marked = min(1.0, accented_share / weights.full_marks)
    dense = weights.dense * marked
    fused: FloatArray = (
        dense * scaled(signs.cosines)
        + (1 - dense) * over_best(signs.bm25)
        + weights.sentence * marked * scaled(signs.sentences)
        + weights.official * over_best(signs.official)
        + weights.pairs * signs.pairs
    ).astype(np.float32)
    return fused


def preference(question: Question, candidate: Candidate, weights: Weights) -> float:
    """Give what a passage gains because of what the question asks for."""
    gain = 0.0
    for intent in question.intents:
        if _BLOCK_OF_INTENT.get(intent) == candidate.kind:
            gain += weights.block
        if _KIND_OF_INTENT.get(intent) == candidate.kind:
            gain += weights.kind
    if "who" in question.intents and not question.intents & _BLOCK_OF_INTENT.keys() and candidate.has_unit:
        gain += weights.unit
    if "when" in question.intents and candidate.has_date and candidate.kind != "basis":
        gain += weights.date
    if "which_document" in question.intents and candidate.has_symbol:
        gain += weights.symbol
    if candidate.kind == "header":
        gain += weights.header
    if candidate.doc_id in question.documents:
        gain += weights.document
    return gain
