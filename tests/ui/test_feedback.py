"""What people say of answers, and what was not found."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.fake_engine import HOPELESS, SIGNED, WHERE, WHO
from tests.ui.kept import record, turn
from ui.conversations import Conversations
from ui.database import PAGE_FILE, Database
from ui.feedback import MAX_COMMENT, FeedbackBook, Unanswered, comment_of
from ui.turn import Turn

LAN, HOA = "lan", "hoa"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Give an empty database."""
    return Database(tmp_path / PAGE_FILE)


@pytest.fixture
def book(database: Database) -> FeedbackBook:
    """Give the feedback of an empty database."""
    return FeedbackBook(database)


def kept(database: Database, user: str, asked: Turn) -> Turn:
    """Keep a turn in a conversation of its own and give it back."""
    conversations = Conversations(database)
    return conversations.turns(user, conversations.keep(user, "", asked, None))[-1]


def asked_at(database: Database, moment: str, *turn_ids: str) -> None:
    """Set when turns were asked."""
    with database.changing() as connection:
        connection.executemany("UPDATE turns SET asked = ? WHERE turn_id = ?", [(moment, t) for t in turn_ids])


def test_a_judgement_is_kept_with_what_was_judged(book: FeedbackBook, database: Database) -> None:
    judged = kept(database, LAN, turn(WHO, about="thông tin xấu độc"))
    book.give(LAN, judged, "wrong", " thiếu đơn vị\n")
    (given,) = book.all()
    assert given.record == record(WHO)
    assert (given.turn_id, given.question, given.about) == (judged.turn_id, WHO, "thông tin xấu độc")
    assert (given.verdict, given.comment, given.index_version) == ("wrong", "thiếu đơn vị", "v1")
    assert Conversations(database).turn(LAN, judged.turn_id) == replace(judged, verdict="wrong", comment="thiếu đơn vị")


def test_a_second_judgement_takes_the_place_of_the_first(book: FeedbackBook, database: Database) -> None:
    judged = kept(database, LAN, turn(WHO))
    book.give(LAN, judged, "wrong", "thiếu")
    book.give(LAN, judged, "right", "")
    assert [(given.verdict, given.comment) for given in book.all()] == [("right", "")]


def test_a_judgement_is_taken_back_by_who_gave_it(book: FeedbackBook, database: Database) -> None:
    judged = kept(database, LAN, turn(WHO))
    book.give(LAN, judged, "right", "")
    book.take_back(HOA, judged.turn_id)
    assert len(book.all()) == 1
    book.take_back(LAN, judged.turn_id)
    assert book.all() == []
    assert Conversations(database).turn(LAN, judged.turn_id) == judged


def test_a_judgement_outlives_its_conversation(book: FeedbackBook, database: Database) -> None:
    conversations = Conversations(database)
    conversation_id = conversations.keep(LAN, "", turn(WHO), None)
    book.give(LAN, conversations.turns(LAN, conversation_id)[0], "right", "")
    conversations.delete(LAN, conversation_id)
    with database.changing() as connection:
        connection.execute("DELETE FROM conversations")
    assert [given.question for given in book.all()] == [WHO]


def test_the_latest_judgement_comes_first(book: FeedbackBook, database: Database) -> None:
    for day, question in enumerate((WHO, WHERE, SIGNED), start=1):
        judged = kept(database, LAN, turn(question))
        book.give(LAN, judged, "right", "")
        with database.changing() as connection:
            moment = f"2026-01-0{3 if day == 2 else day - 1}"
            connection.execute("UPDATE feedback SET given = ? WHERE turn_id = ?", (moment, judged.turn_id))
    assert [given.question for given in book.all()] == [WHERE, SIGNED, WHO]
    assert [given.question for given in book.all(2)] == [WHERE, SIGNED]


def test_a_judgement_that_cannot_be_read_hides_no_other(book: FeedbackBook, database: Database) -> None:
    first, second = kept(database, LAN, turn(WHO)), kept(database, LAN, turn(WHERE))
    for judged in (first, second):
        book.give(LAN, judged, "right", "")
    with database.changing() as connection:
        connection.execute("UPDATE feedback SET answer = '{}' WHERE turn_id = ?", (first.turn_id,))
    assert [given.question for given in book.all()] == [WHERE]


def test_questions_that_found_nothing_are_counted_over_all_people(book: FeedbackBook, database: Database) -> None:
    first = kept(database, LAN, turn(HOPELESS))
    second = kept(database, HOA, turn(HOPELESS, question="  Cách làm  bánh xèo?"))
    third = kept(database, HOA, turn(HOPELESS, question="kinh phí", about="Cần Thơ"))
    kept(database, LAN, turn(WHO))
    kept(database, LAN, Turn(1, "hỏng", problem="trục trặc"))
    kept(database, LAN, turn(HOPELESS, question="", record=record(HOPELESS, refusal="invalid_question")))
    asked_at(database, "2026-01-01", first.turn_id)
    asked_at(database, "2026-01-03", second.turn_id)
    asked_at(database, "2026-01-02", third.turn_id)
    assert book.unanswered() == [
        Unanswered("  Cách làm  bánh xèo?", "", 2, "2026-01-03"),
        Unanswered("kinh phí", "Cần Thơ", 1, "2026-01-02"),
    ]
    assert [question.times for question in book.unanswered(1)] == [2]


def test_marks_make_another_question(book: FeedbackBook, database: Database) -> None:
    kept(database, LAN, turn(HOPELESS))
    kept(database, LAN, turn(HOPELESS, question="cach lam banh xeo"))
    assert [question.times for question in book.unanswered()] == [1, 1]


def test_a_deleted_conversation_takes_its_questions_along(book: FeedbackBook, database: Database) -> None:
    conversations = Conversations(database)
    conversation_id = conversations.keep(LAN, "", turn(HOPELESS), None)
    conversations.delete(LAN, conversation_id)
    assert book.unanswered() == []
    conversations.restore(LAN, conversation_id)
    assert [question.question for question in book.unanswered()] == [HOPELESS]


@pytest.mark.parametrize(
    ("typed", "comment"),
    [
        ("", ""),
        (" \n\t", ""),
        ("sai mục\r\nphải là V.8", "sai mục\nphải là V.8"),
        ("sai\tđơn vị", "sai đơn vị"),
        ("a\x00b\u202ec\ud800d", "abcd"),
        ("tha\u0300nh", "thành"),
        ("<b>sai</b>", "<b>sai</b>"),
        ("đ" * (MAX_COMMENT + 1), "đ" * MAX_COMMENT),
    ],
)
def test_a_comment_is_plain_text(typed: str, comment: str) -> None:
    assert comment_of(typed) == comment
