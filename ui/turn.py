"""One question of a conversation and what became of it."""

from dataclasses import dataclass
from typing import Literal

from ui.record import AnswerRecord

Verdict = Literal["right", "wrong"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, or with a problem in Vietnamese; with neither, it is still to be answered.

    `about` is the question that it follows, "" where it stands by itself.
    """

    number: int  # from 1, over the whole conversation
    question: str
    record: AnswerRecord | None = None
    problem: str | None = None
    about: str = ""
    index_version: str = ""
    turn_id: str = ""  # "" until it is kept
    verdict: Verdict | None = None
    comment: str = ""

    @property
    def keeps_question(self) -> bool:
        """Say whether the question should go back into its box, to be mended or asked again."""
        return self.record is None or self.record.refusal == "invalid_question"
