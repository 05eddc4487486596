"""What people say of answers, and the questions that found nothing: for the librarian and for the evaluation."""

import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pydantic import ValidationError

from ui.database import Database, now
from ui.record import AnswerRecord, record_from, record_json
from ui.turn import Turn, Verdict

MAX_COMMENT = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's judgement of one answer; `given` is ISO 8601 in UTC.

    `about` is the question that it followed, "" where it stood by itself.
    """

    turn_id: str
    question: str
    about: str
    record: AnswerRecord
    index_version: str
    verdict: Verdict
    comment: str
    given: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that found nothing, with how often and when it was last asked (ISO 8601 in UTC)."""

    question: str
    about: str
    times: int
    asked: str


class FeedbackBook:
    """Feedback on answers; a person judges their own answers, the librarian reads all."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, user: str, turn: Turn, verdict: Verdict, comment: str) -> None:
        """Keep a judgement of an answered turn, in place of an earlier one of the same turn."""
        assert turn.record is not None
        with self._database.changing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    turn.turn_id,
                    user,
                    turn.question,
                    turn.about,
                    record_json(turn.record),
                    turn.index_version,
                    verdict,
                    comment_of(comment),
                    now(),
                ),
            )

    def take_back(self, user: str, turn_id: str) -> None:
        """Remove a person's judgement of a turn."""
        with self._database.changing() as connection:
            connection.execute("DELETE FROM feedback WHERE turn_id = ? AND user = ?", (turn_id, user))

    def all(self, most: int | None = None) -> list[Feedback]:
        """Give the judgements, the latest first, at most `most`; what cannot be read any more is left out."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM feedback ORDER BY given DESC, turn_id LIMIT ?", (-1 if most is None else most,)
            ).fetchall()
        return [feedback for feedback in map(_feedback, rows) if feedback is not None]

    def unanswered(self, most: int | None = None) -> list[Unanswered]:
        """Give the questions that found nothing, the latest first, at most `most`.

        Capitals, spaces and stops make no difference between two questions.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT question, about, count(*) AS times, max(asked) AS asked FROM turns"
                " JOIN conversations USING (conversation_id) WHERE refusal = 'not_found' AND deleted IS NULL"
                " GROUP BY question, about ORDER BY asked DESC"
            ).fetchall()
        questions = (Unanswered(row["question"], row["about"], row["times"], row["asked"]) for row in rows)
        return _without_repeats(questions)[:most]


def comment_of(typed: str) -> str:
    """Give a comment in NFC without control characters but line breaks, at most MAX_COMMENT characters."""
    text = unicodedata.normalize("NFC", typed.replace("\t", " "))
    return "".join(c for c in text if c == "\n" or unicodedata.category(c)[0] != "C").strip()[:MAX_COMMENT]


def _feedback(row: sqlite3.Row) -> Feedback | None:
    try:
        record = record_from(row["answer"])
    except ValidationError:  # kept by another version of the program
        return None
    return Feedback(
        row["turn_id"],
        row["question"],
        row["about"],
        record,
        row["index_version"],
        row["verdict"],
        row["comment"],
        row["given"],
    )


def _without_repeats(questions: Iterable[Unanswered]) -> list[Unanswered]:
    """Count questions as one that differ in capitals, spaces and stops alone; the latest form is shown."""
    found: dict[tuple[str, str], Unanswered] = {}
    for question in questions:
        key = " ".join(question.question.split()).rstrip(" ?.!…").casefold(), question.about
        first = found.setdefault(key, question)
        if first is not question:
            found[key] = replace(first, times=first.times + question.times)
    return list(found.values())
