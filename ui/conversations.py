"""Conversations kept for each person: found again, named, searched, deleted and brought back."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from secrets import token_urlsafe

from pydantic import TypeAdapter, ValidationError

from index.conversation_subject import Subject
from ingest.folding import fold
from ui.database import Database, now
from ui.record import AnswerRecord, record_from, record_json
from ui.turn import Turn

MAX_NAME = 120  # characters of a conversation's name
MAX_CONVERSATIONS = 500  # of one person; the oldest go first
MAX_SHOWN = 20  # turns of a conversation on the page; older ones are kept and not shown
_RESTORABLE = timedelta(hours=1)  # how long a deleted conversation can be brought back
_UNREADABLE = "Câu trả lời này được lưu ở dạng cũ nên không mở lại được. Xin hỏi lại câu hỏi."

_SUBJECT = TypeAdapter(Subject)


@dataclass(frozen=True, slots=True)
class ConversationEntry:
    """A conversation as a list of them shows it; `changed` is ISO 8601 in UTC."""

    conversation_id: str
    name: str
    changed: str
    turns: int


class Conversations:
    """The kept conversations; a person sees and changes their own only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self, user: str, wanted: str = "") -> list[ConversationEntry]:
        """Give a person's conversations, the latest first, that have every word of `wanted` (marks do not matter)."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT conversation_id, name, changed, count(turn_id) AS turns,"
                " group_concat(question, char(10)) AS said FROM conversations"
                " JOIN turns USING (conversation_id) WHERE user = ? AND deleted IS NULL"
                " GROUP BY conversation_id ORDER BY changed DESC",
                (user,),
            ).fetchall()
        words = fold(wanted).split()
        return [
            ConversationEntry(row["conversation_id"], row["name"], row["changed"], row["turns"])
            for row in rows
            if not words or all(word in fold(f"{row['name']}\n{row['said']}") for word in words)
        ]

    def name(self, user: str, conversation_id: str) -> str | None:
        """Give what a person's conversation is called, None where it is not theirs."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT name FROM conversations WHERE conversation_id = ? AND user = ? AND deleted IS NULL",
                (conversation_id, user),
            ).fetchone()
        return None if row is None else str(row["name"])

    def turns(self, user: str, conversation_id: str, most: int = MAX_SHOWN) -> tuple[Turn, ...]:
        """Give the last turns of a person's conversation in order, at most `most`, none where it is not theirs."""
        with self._database.reading() as connection:
            if not _is_own(connection, user, conversation_id):
                return ()
            rows = connection.execute(
                "SELECT turns.*, verdict, comment FROM turns LEFT JOIN feedback USING (turn_id)"
                " WHERE conversation_id = ? ORDER BY number DESC LIMIT ?",
                (conversation_id, most),
            ).fetchall()
        return tuple(_turn(row) for row in reversed(rows))

    def turn(self, user: str, turn_id: str) -> Turn | None:
        """Give one turn of a person's own conversations, None where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT turns.*, verdict, comment FROM turns JOIN conversations USING (conversation_id)"
                " LEFT JOIN feedback USING (turn_id) WHERE turn_id = ? AND conversations.user = ? AND deleted IS NULL",
                (turn_id, user),
            ).fetchone()
        return None if row is None else _turn(row)

    def keep(self, user: str, conversation_id: str, turn: Turn, subject: Subject | None) -> str:
        """Keep a turn as the last of a conversation, a new one where it is not the person's own; give its id."""
        moment = now()
        question = turn.question.encode(errors="replace").decode()  # half a character cannot be stored
        told = None if subject is None else _SUBJECT.dump_json(subject).decode()
        with self._database.changing() as connection:
            if not _is_own(connection, user, conversation_id):
                conversation_id = token_urlsafe(9)
                _make_room(connection, user)
                connection.execute(
                    "INSERT INTO conversations VALUES (?, ?, ?, 0, ?, NULL, NULL)",
                    (conversation_id, user, _name_of(turn.question), moment),
                )
            number = connection.execute(
                "SELECT coalesce(max(number), 0) + 1 FROM turns WHERE conversation_id = ?", (conversation_id,)
            ).fetchone()[0]
            connection.execute(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    token_urlsafe(9),
                    conversation_id,
                    number,
                    question,
                    moment,
                    None if turn.record is None else record_json(turn.record),
                    turn.problem,
                    None if turn.record is None else turn.record.refusal,
                    turn.about,
                    turn.index_version,
                ),
            )
            connection.execute(
                "UPDATE conversations SET changed = ?, subject = ? WHERE conversation_id = ?",
                (moment, told, conversation_id),
            )
        return conversation_id

    def subject(self, user: str, conversation_id: str) -> Subject | None:
        """Give what a person's conversation is about."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT subject FROM conversations WHERE conversation_id = ? AND user = ? AND deleted IS NULL",
                (conversation_id, user),
            ).fetchone()
        if row is None or row["subject"] is None:
            return None
        try:
            return _SUBJECT.validate_json(row["subject"])
        except ValidationError:  # kept by another version of the program
            return None

    def forget_subject(self, user: str, conversation_id: str) -> None:
        """Let the next question stand by itself."""
        self._change(user, conversation_id, "subject = NULL")

    def rename(self, user: str, conversation_id: str, name: str) -> bool:
        """Name a conversation; says whether there was one of this person."""
        return self._change(user, conversation_id, "named_by_hand = 1, name = ?", _name_of(name))

    def delete(self, user: str, conversation_id: str) -> bool:
        """Delete a conversation; for an hour it can be brought back. Says whether there was one."""
        limit = (datetime.now(UTC) - _RESTORABLE).isoformat(timespec="milliseconds")
        with self._database.changing() as connection:
            connection.execute("DELETE FROM conversations WHERE deleted < ?", (limit,))
        return self._change(user, conversation_id, "deleted = ?", now())

    def restore(self, user: str, conversation_id: str) -> bool:
        """Bring a deleted conversation back; says whether it was still there."""
        with self._database.changing() as connection:
            changed = connection.execute(
                "UPDATE conversations SET deleted = NULL WHERE conversation_id = ? AND user = ?",
                (conversation_id, user),
            )
            return changed.rowcount > 0

    def _change(self, user: str, conversation_id: str, assignment: str, *values: str) -> bool:
        """Set columns of a person's own conversation; `assignment` is SQL of this module."""
        with self._database.changing() as connection:
            changed = connection.execute(
                f"UPDATE conversations SET {assignment} WHERE conversation_id = ? AND user = ? AND deleted IS NULL",
                (*values, conversation_id, user),
            )
            return changed.rowcount > 0


def _is_own(connection: sqlite3.Connection, user: str, conversation_id: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM conversations WHERE conversation_id = ? AND user = ? AND deleted IS NULL",
        (conversation_id, user),
    ).fetchone()
    return found is not None


def _make_room(connection: sqlite3.Connection, user: str) -> None:
    """Delete a person's oldest conversations, so that a new one stays within the limit."""
    connection.execute(
        "DELETE FROM conversations WHERE conversation_id IN (SELECT conversation_id FROM conversations"
        " WHERE user = ? ORDER BY changed DESC LIMIT -1 OFFSET ?)",
        (user, MAX_CONVERSATIONS - 1),
    )


def _name_of(text: str) -> str:
    """Give a name on one line, from a question or as it was typed."""
    name = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(name) > MAX_NAME:
        name = name[: MAX_NAME - 1].rstrip() + "…"
    return name or "(chưa đặt tên)"


@lru_cache(maxsize=2000)  # the whole conversation is read again with each question
def _kept_record(answer: str) -> AnswerRecord:
    return record_from(answer)


def _turn(row: sqlite3.Row) -> Turn:
    record, problem = None, row["problem"]
    if row["answer"] is not None:
        try:
            record = _kept_record(row["answer"])
        except ValidationError:
            problem = _UNREADABLE
    return Turn(
        number=row["number"],
        question=row["question"],
        record=record,
        problem=problem,
        about=row["about"],
        index_version=row["index_version"],
        turn_id=row["turn_id"],
        verdict=row["verdict"],
        comment=row["comment"] or "",
    )
