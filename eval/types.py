"""What flows through an evaluation: gold questions in, what was shown, one result a question.

Offsets are code points into the stored `Document.text`, end exclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Split = Literal["dev", "test"]
GoldRefusal = Literal["near", "far"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a stored document."""

    doc_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Words that answer, where they stand: `document.text[span.start:span.end] == text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with the words that answer it.

    A full answer needs one quote of every group; the quotes of a group are alternatives.
    `refusal` says why the documents do not answer: "far" has nothing to do with them, "near" is
    about their subjects; None where they answer.
    """

    question_id: str
    kind: str
    split: Split
    text: str
    groups: tuple[tuple[GoldQuote, ...], ...]
    short_answers: tuple[str, ...]
    refusal: GoldRefusal | None


@dataclass(frozen=True, slots=True)
class Card:
    """One answer as the page shows it: the first passage in full, the others say the same."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a system gave for a question.

    `ranking` is the search alone, best first; `cards` is what the reader gets as an answer, none
    where the system refuses. A system that only ranks has no `text` and cannot refuse.
    """

    ranking: tuple[Span, ...]
    cards: tuple[Card, ...]
    text: str | None = None
    whole_passages: tuple[str, ...] = ()  # texts of the cited passages
    understood_as: str = ""
    can_refuse: bool = False
    refused: bool = False
    confidence: float | None = None  # that the documents answer the question, in [0, 1]
    verbatim: tuple[int, int] = (0, 0)  # quotes that stand in their document, quotes checked
    returned: tuple[str, ...] = ()  # cards and what lay nearest, a line each, for the list of misses


@dataclass(frozen=True, slots=True)
class Part:
    """What one question adds to a measure: the measure is the sum of `got` over the sum of `of`.

    A mean has `of` 1; a question that a measure does not concern has no part in it.
    """

    got: float
    of: float = 1.0


@dataclass(frozen=True, slots=True)
class Result:
    """One question in one variant, measured."""

    question: GoldQuestion
    variant: str
    typed: str
    shown: Shown
    parts: Mapping[str, Part]  # by measure


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the report, with its bootstrap interval where it has one."""

    system: str
    split: str  # dev, test, all
    variant: str
    kind: str  # a kind of question, or all
    metric: str
    value: float
    low: float | None
    high: float | None
    questions: int
