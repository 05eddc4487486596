"""How sure it is that the documents speak of what is asked, and when to say that they do not."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from index.intents import Intent
from index.models import DEFAULT_MODEL
from index.question import Question
from ingest.types import Passage, SectionKind


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the documents are to a question, each by the passage that is most like it."""

    cosine: float  # in [-1, 1]
    late: float  # late interaction, in [-1, 1]


@dataclass(frozen=True, slots=True)
class RefusalModel:
    """A logistic model of how like a question the documents are that speak of its subject.

    Fitted on the dev half of the gold questions, the held-out ones and those to calibrate with, with and without
    marks, against questions that have nothing to do with the documents; likenesses of another embedding model lie
    elsewhere, so they count only for the model that they were fitted for.
    """

    per_cosine: float  # for each unit of the cosine above `cosine_origin`
    per_late: float  # for each unit of late interaction above `late_origin`
    per_unknown: float  # for the share of the question's weight in words that no document has
    intercept: float
    cosine_origin: float = 0.78
    late_origin: float = 0.45
    threshold: float = 0.5  # of the confidence, below which the question is refused

    def confidence(self, best: Likeness, unknown_share: float) -> float:
        """Give the probability in [0, 1] that the documents speak of the subject."""
        cosine = self.per_cosine * (best.cosine - self.cosine_origin)
        late = self.per_late * (best.late - self.late_origin)
        return 1 / (1 + math.exp(-(cosine + late + self.per_unknown * unknown_share + self.intercept)))


# Printed by python -m eval.fit_refusal.
CALIBRATED = RefusalModel(per_cosine=27.6, per_late=30.5, per_unknown=0.0, intercept=7.8)
BY_WORDS = RefusalModel(per_cosine=0.0, per_late=0.0, per_unknown=-8.0, intercept=3.4, threshold=0.65)

_OWN_FACTS: dict[SectionKind, set[Intent]] = {
    "header": {"own_number", "own_date"},
    "signature": {"signature"},
    "recipients": {"recipients"},
}


def refusal_model(model: str) -> RefusalModel:
    """Give the refusal model for an embedding model: by words alone where its cosines are unknown."""
    return CALIBRATED if model == DEFAULT_MODEL else BY_WORDS


def asks_own_fact(question: Question, best: Passage) -> bool:
    """Say whether what every document has is asked of one that is named, and the best passage is where it stands.

    Number and date stand in its head, signature and recipients at its end, in whatever words they are asked for.
    """
    return best.doc_id in question.documents and bool(question.intents & _OWN_FACTS.get(best.kind, set()))


def unknown_share(terms: Iterable[str], weight_of: Callable[[str], float], known: Callable[[str], bool]) -> float:
    """Give the share of the terms' weight, in [0, 1], that lies in terms no passage has."""
    weights = {term: weight_of(term) for term in terms}
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if not known(term)) / total if total else 1.0
