"""Kept conversations: each person has their own, finds them again, names and deletes them."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.conversation_subject import Subject
from tests.ui.fake_engine import HOPELESS, SIGNED, WHERE, WHO
from tests.ui.kept import record, turn
from ui.conversations import MAX_CONVERSATIONS, MAX_NAME, MAX_SHOWN, Conversations
from ui.database import PAGE_FILE, Database
from ui.turn import Turn

LAN, HOA = "lan", "hoa"
SUBJECT = Subject(WHO, ("can-tho",), "thông tin xấu độc", "thông tin xấu độc (Cần Thơ)")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Give an empty database."""
    return Database(tmp_path / PAGE_FILE)


@pytest.fixture
def conversations(database: Database) -> Conversations:
    """Give the conversations of an empty database."""
    return Conversations(database)


def keep(conversations: Conversations, user: str, *questions: str) -> str:
    """Keep a conversation of these questions and give its id."""
    conversation_id = ""
    for question in questions:
        conversation_id = conversations.keep(user, conversation_id, Turn(1, question), None)
    return conversation_id


def names(conversations: Conversations, user: str, wanted: str = "") -> list[str]:
    """Give the names of a person's conversations as they are listed."""
    return [entry.name for entry in conversations.entries(user, wanted)]


def set_column(database: Database, column: str, value: str | None, conversation_id: str) -> None:
    """Change a column of a conversation behind its back."""
    with database.changing() as connection:
        connection.execute(f"UPDATE conversations SET {column} = ? WHERE conversation_id = ?", (value, conversation_id))


def test_a_turn_comes_back_as_it_was_kept(conversations: Conversations) -> None:
    asked = turn(SIGNED, about="Phan Rang")
    failed = Turn(1, WHO, problem="Máy chủ gặp trục trặc.")
    conversation_id = conversations.keep(LAN, "", asked, None)
    assert conversations.keep(LAN, conversation_id, failed, None) == conversation_id
    first, second = conversations.turns(LAN, conversation_id)
    assert first == replace(asked, number=1, turn_id=first.turn_id)
    assert second == replace(failed, number=2, turn_id=second.turn_id)
    assert "" != first.turn_id != second.turn_id
    assert conversations.turn(LAN, first.turn_id) == first


def test_a_conversation_is_called_by_its_first_question(conversations: Conversations) -> None:
    conversation_id = keep(conversations, LAN, " ai\tchịu trách nhiệm\n gì? ", WHERE)
    (entry,) = conversations.entries(LAN)
    assert (entry.conversation_id, entry.name, entry.turns) == (conversation_id, "ai chịu trách nhiệm gì?", 2)
    assert conversations.name(LAN, conversation_id) == "ai chịu trách nhiệm gì?"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("", "(chưa đặt tên)"),
        ("\x00\u202e \n", "(chưa đặt tên)"),
        ("đ" * MAX_NAME, "đ" * MAX_NAME),
        ("đ" * 119 + " kế hoạch", "đ" * 119 + "…"),
        ("<script>", "<script>"),
    ],
)
def test_a_name_is_short_and_on_one_line(conversations: Conversations, question: str, name: str) -> None:
    keep(conversations, LAN, question)
    assert names(conversations, LAN) == [name]


def test_the_latest_conversation_comes_first(conversations: Conversations, database: Database) -> None:
    first, second = keep(conversations, LAN, "một"), keep(conversations, LAN, "hai")
    set_column(database, "changed", "2026-01-01T00:00:00.000+00:00", first)
    set_column(database, "changed", "2026-01-02T00:00:00.000+00:00", second)
    assert names(conversations, LAN) == ["hai", "một"]
    conversations.keep(LAN, first, Turn(1, "ba"), None)
    assert names(conversations, LAN) == ["một", "hai"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", ["bánh xèo", "ai ký kế hoạch Vũng Tàu?"]),
        ("ke hoach", ["ai ký kế hoạch Vũng Tàu?"]),
        ("KINH PHÍ ký", ["ai ký kế hoạch Vũng Tàu?"]),  # a word of the name, a word of a later question
        ("bánh kế", []),
        ("%", []),
    ],
)
def test_conversations_are_found_by_their_words(
    conversations: Conversations, database: Database, wanted: str, found: list[str]
) -> None:
    set_column(database, "changed", "2026-01-01", keep(conversations, LAN, "ai ký kế hoạch Vũng Tàu?", "kinh phí?"))
    keep(conversations, LAN, "bánh xèo")
    keep(conversations, HOA, "kế hoạch của Hoa, kinh phí, ký")
    assert names(conversations, LAN, wanted) == found


def test_nobody_sees_or_changes_what_another_person_keeps(conversations: Conversations) -> None:
    own = keep(conversations, LAN, WHO)
    (kept,) = conversations.turns(LAN, own)
    assert conversations.entries(HOA) == []
    assert conversations.turns(HOA, own) == ()
    assert conversations.turn(HOA, kept.turn_id) is None
    assert conversations.name(HOA, own) is None
    assert conversations.subject(HOA, own) is None
    assert not conversations.rename(HOA, own, "của tôi")
    assert not conversations.delete(HOA, own)
    conversations.delete(LAN, own)
    assert not conversations.restore(HOA, own)
    conversations.restore(LAN, own)
    assert names(conversations, LAN) == [WHO]


def test_a_turn_for_another_persons_conversation_begins_an_own_one(conversations: Conversations) -> None:
    own = keep(conversations, LAN, WHO)
    other = conversations.keep(HOA, own, Turn(1, WHERE), None)
    assert other != own
    assert [t.question for t in conversations.turns(LAN, own)] == [WHO]
    assert [t.question for t in conversations.turns(HOA, other)] == [WHERE]


def test_only_the_last_turns_are_shown_and_the_others_are_kept(conversations: Conversations) -> None:
    conversation_id = keep(conversations, LAN, *(f"câu {n}" for n in range(1, MAX_SHOWN + 4)))
    assert [t.number for t in conversations.turns(LAN, conversation_id)] == list(range(4, MAX_SHOWN + 4))
    everything = conversations.turns(LAN, conversation_id, 1_000)
    assert [t.question for t in everything] == [f"câu {n}" for n in range(1, MAX_SHOWN + 4)]


def test_what_a_conversation_is_about_is_that_of_its_last_turn(conversations: Conversations) -> None:
    conversation_id = conversations.keep(LAN, "", turn(WHO), SUBJECT)
    assert conversations.subject(LAN, conversation_id) == SUBJECT
    conversations.forget_subject(LAN, conversation_id)
    assert conversations.subject(LAN, conversation_id) is None
    conversations.keep(LAN, conversation_id, turn(WHERE), SUBJECT)
    conversations.keep(LAN, conversation_id, turn(HOPELESS), None)
    assert conversations.subject(LAN, conversation_id) is None


@pytest.mark.parametrize("told", ["", "{}", "kế hoạch", '{"question": 1}'])
def test_a_subject_of_another_program_is_none(conversations: Conversations, database: Database, told: str) -> None:
    conversation_id = conversations.keep(LAN, "", turn(WHO), SUBJECT)
    set_column(database, "subject", told, conversation_id)
    assert conversations.subject(LAN, conversation_id) is None


@pytest.mark.parametrize("stored", ["", "{}", json.dumps({"question": "ai?"})])
def test_an_answer_of_another_program_says_what_to_do(
    conversations: Conversations, database: Database, stored: str
) -> None:
    conversation_id = conversations.keep(LAN, "", turn(WHO), None)
    with database.changing() as connection:
        connection.execute("UPDATE turns SET answer = ?", (stored,))
    (shown,) = conversations.turns(LAN, conversation_id)
    assert shown.record is None
    assert shown.problem == "Câu trả lời này được lưu ở dạng cũ nên không mở lại được. Xin hỏi lại câu hỏi."
    assert shown.question == WHO


def test_a_conversation_is_renamed(conversations: Conversations) -> None:
    conversation_id = keep(conversations, LAN, WHO)
    assert conversations.rename(LAN, conversation_id, " Cần  Thơ\n")
    conversations.keep(LAN, conversation_id, Turn(1, WHERE), None)
    assert names(conversations, LAN) == ["Cần Thơ"]
    assert not conversations.rename(LAN, "không có", "x")


def test_a_deleted_conversation_is_gone_and_can_be_brought_back(conversations: Conversations) -> None:
    conversation_id = conversations.keep(LAN, "", turn(WHO), SUBJECT)
    (kept,) = conversations.turns(LAN, conversation_id)
    assert conversations.delete(LAN, conversation_id)
    assert conversations.entries(LAN) == []
    assert conversations.turns(LAN, conversation_id) == ()
    assert conversations.turn(LAN, kept.turn_id) is None
    assert conversations.name(LAN, conversation_id) is None
    assert conversations.subject(LAN, conversation_id) is None
    assert not conversations.delete(LAN, conversation_id)
    assert not conversations.rename(LAN, conversation_id, "x")
    assert conversations.restore(LAN, conversation_id)
    assert conversations.turns(LAN, conversation_id) == (kept,)
    assert conversations.subject(LAN, conversation_id) == SUBJECT


def test_a_question_after_the_deletion_begins_another_conversation(conversations: Conversations) -> None:
    deleted = keep(conversations, LAN, WHO)
    conversations.delete(LAN, deleted)
    assert conversations.keep(LAN, deleted, Turn(1, WHERE), None) != deleted


def test_an_hour_after_its_deletion_a_conversation_goes_for_good(
    conversations: Conversations, database: Database
) -> None:
    old, young = keep(conversations, LAN, "cũ"), keep(conversations, LAN, "mới")
    for conversation_id, minutes in ((old, 61), (young, 59)):
        conversations.delete(LAN, conversation_id)
        moment = datetime.now(UTC) - timedelta(minutes=minutes)
        set_column(database, "deleted", moment.isoformat(timespec="milliseconds"), conversation_id)
    conversations.delete(HOA, keep(conversations, HOA, "khác"))
    assert not conversations.restore(LAN, old)
    assert conversations.restore(LAN, young)
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM turns WHERE question = 'cũ'").fetchone()[0] == 0


def test_the_oldest_conversations_make_room(conversations: Conversations, database: Database) -> None:
    with database.changing() as connection:
        for number in range(MAX_CONVERSATIONS):
            day = f"2026-01-01T00:00:00.{number:03}+00:00"
            connection.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, 0, ?, NULL, NULL)", (f"c{number}", LAN, f"c{number}", day)
            )
            turn_row = (f"t{number}", f"c{number}", f"câu {number}", day)
            connection.execute("INSERT INTO turns VALUES (?, ?, 1, ?, ?, NULL, NULL, NULL, '', '')", turn_row)
    keep(conversations, HOA, "của Hoa")
    keep(conversations, LAN, "mới")
    listed = names(conversations, LAN)
    assert (len(listed), listed[0], listed[-1]) == (MAX_CONVERSATIONS, "mới", "c1")
    assert names(conversations, HOA) == ["của Hoa"]


def test_half_a_character_is_kept_as_a_question_mark(conversations: Conversations) -> None:
    conversation_id = keep(conversations, LAN, "ai \ud800ký?")
    assert [t.question for t in conversations.turns(LAN, conversation_id)] == ["ai ?ký?"]


def test_a_record_keeps_its_refusal(conversations: Conversations) -> None:
    conversation_id = conversations.keep(LAN, "", turn(HOPELESS), None)
    (kept,) = conversations.turns(LAN, conversation_id)
    assert kept.record == record(HOPELESS)
    assert not kept.keeps_question
