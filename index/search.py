"""A question against the passages: scores of meaning and of words, added up."""

from dataclasses import dataclass

import numpy as np
from ingest.types import SectionKind
from numpy.typing import NDArray

from index.question import Intent, Question

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign of relevance counts; all in units of the fused score, which is in [0, 1]."""

    dense: float = 0.5  # share of meaning in a question with all its marks; the rest is words
    full_marks: float = 0.5  # share of accented syllables from which a question counts as marked
    kind: float = 0.12  # a passage of the kind that is asked for
    block: float = 0.5  # signature and recipients, when exactly they are asked for
    unit: float = 0.08  # a passage with a responsible unit, when it is asked who
    document: float = 0.2  # a passage of a document that the question names


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a passage before its scores."""

    kind: SectionKind
    has_unit: bool
    doc_id: str


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


def fuse(cosines: FloatArray, bm25: FloatArray, accented_share: float, weights: Weights) -> FloatArray:
    """Add normalised scores of meaning and words, (n,) in [0, 1].

    Sum of min-max scores as in Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid
    Retrieval" (2023), section 4. A question without marks means little to the embedding model, so
    the share of meaning falls with the share of its accented syllables.
    """
    dense = weights.dense * min(1.0, accented_share / weights.full_marks)
    top = float(bm25.max()) if len(bm25) else 0.0
    words = bm25 / top if top > 0 else bm25
    fused: FloatArray = (dense * scaled(cosines) + (1 - dense) * words).astype(np.float32)
    return fused


def preference(question: Question, candidate: Candidate, weights: Weights) -> float:
    """Give what a passage gains because of what the question asks for; never negative."""
    gain = 0.0
    for intent in question.intents:
        if _BLOCK_OF_INTENT.get(intent) == candidate.kind:
            gain += weights.block
        if _KIND_OF_INTENT.get(intent) == candidate.kind:
            gain += weights.kind
    if "who" in question.intents and not question.intents & _BLOCK_OF_INTENT.keys() and candidate.has_unit:
        gain += weights.unit
    if candidate.doc_id in question.documents:
        gain += weights.document
    return gain
