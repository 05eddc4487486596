"""Turns of a conversation, and an engine that is late or fails."""

import logging

import pytest

from index.types import SearchOptions
from tests.ui.fake_engine import HOSTILE, TROUBLE, WHO, FakeEngine
from ui.chat import CONCURRENCY, Chat, document_choices, place_choices, scope_label, search_options
from ui.conversation import MAX_ECHO, MAX_TURNS, Turns, answered, conversation_html, waiting
from ui.engine import Engine, EngineUnavailableError, LateEngine
from ui.names import SERVER_TROUBLE
from ui.notices import STALE, library_state

ALL = SearchOptions()


def ask(engine: Engine, question: str, turns: Turns = ()) -> Turns:
    """Ask one question, as the page does."""
    return answered(waiting(turns, question), engine, ALL)


def test_a_question_is_shown_while_it_waits_and_then_answered(engine: FakeEngine) -> None:
    turns = waiting((), WHO)
    assert "Đang tìm trong các văn bản…" in conversation_html(turns)
    turns = answered(turns, engine, ALL)
    assert turns[0].answer is not None
    assert "Đang tìm" not in conversation_html(turns)
    assert engine.asked == [(WHO, ALL)]


def test_a_failing_engine_gives_a_calm_message_and_a_log_entry(
    engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        turns = ask(engine, TROUBLE)
    html = conversation_html(turns)
    assert SERVER_TROUBLE in html
    assert "bí mật" not in html
    assert "bí mật của máy chủ" in caplog.text
    assert turns[-1].keeps_question


def test_an_invalid_question_goes_back_into_its_box(engine: FakeEngine) -> None:
    for question in ("", "  ", "dài " * 2_500):
        assert ask(engine, question)[-1].keeps_question
    assert not ask(engine, WHO)[-1].keeps_question


def test_questions_are_escaped_and_long_ones_shortened(engine: FakeEngine) -> None:
    html = conversation_html(ask(engine, HOSTILE))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;window.hacked = 1&lt;/script&gt;" in html
    shown = conversation_html(ask(engine, "đ" * 10_000))
    assert shown.count("đ" * MAX_ECHO + "…") == 1
    assert "đ" * (MAX_ECHO + 1) not in shown


def test_a_conversation_keeps_its_last_turns_and_their_numbers(engine: FakeEngine) -> None:
    turns: Turns = ()
    for _ in range(MAX_TURNS + 3):
        turns = ask(engine, WHO, turns)
    assert [turn.number for turn in turns] == list(range(4, MAX_TURNS + 4))
    assert "\n" not in conversation_html(turns)


def test_a_late_engine_is_tried_again_and_opened_once() -> None:
    tries: list[int] = []

    def open_engine() -> Engine:
        tries.append(1)
        if len(tries) < 3:
            raise EngineUnavailableError("Chưa có chỉ mục.")
        return FakeEngine()

    engine = LateEngine(open_engine)
    assert ask(engine, WHO)[-1].problem == "Chưa có chỉ mục."
    state = library_state(engine)
    assert state.unavailable
    assert "Chưa có chỉ mục." in state.notice_html
    assert ask(engine, WHO)[-1].answer is not None
    assert engine.document("can-tho") is not None
    assert not library_state(engine).unavailable
    assert len(tries) == 3


def test_a_stale_index_is_said(engine: FakeEngine) -> None:
    assert library_state(engine).notice_html == ""
    engine.is_stale = True
    assert STALE in library_state(engine).notice_html


def test_filters_become_search_options() -> None:
    assert search_options(None, None, None) == ALL
    assert search_options(["a"], ["Cần Thơ"], ["tasks", "no such kind", "purpose"]) == SearchOptions(
        documents=("a",), places=("Cần Thơ",), kinds=("purpose", "tasks")
    )


def test_the_closed_filters_say_what_is_searched() -> None:
    assert scope_label([], [], [])["label"] == "Phạm vi: toàn bộ kho"
    assert scope_label(["a", "b"], [], ["tasks"])["label"] == "Phạm vi: 2 văn bản, 1 loại mục"


def test_filters_offer_what_the_library_holds(engine: FakeEngine) -> None:
    assert document_choices(engine.documents()) == [
        ("Kế hoạch của Cần Thơ", "can-tho"),
        ("Kế hoạch của Phan Rang - Tháp Chàm", "phan-rang"),
    ]
    assert place_choices(engine.documents()) == ["Cần Thơ", "Phan Rang - Tháp Chàm"]


def test_only_questions_are_queued_and_they_share_one_limit(engine: FakeEngine) -> None:
    functions = list(Chat(engine).blocks.fns.values())
    assert {function.name for function in functions if function.queue} == {"ask"}
    asking = [function for function in functions if function.queue]
    assert {(f.concurrency_id, f.concurrency_limit) for f in asking} == {("ask", CONCURRENCY)}
    assert {function.api_visibility for function in functions} == {"private"}
