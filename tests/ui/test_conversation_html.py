"""A conversation as HTML."""

from dataclasses import replace

from index.types import SearchOptions
from tests.ui.fake_engine import HOSTILE, WHO, FakeEngine
from ui.asking import answered
from ui.conversation_html import MAX_ECHO, conversation_html
from ui.turn import Turn


def answer(question: str) -> Turn:
    """Give the answered turn of a question."""
    return answered(Turn(1, question), None, FakeEngine(), SearchOptions())[0]


def reply_html(question: str) -> str:
    """Give the HTML of a conversation of one answered question."""
    return conversation_html([answer(question)], "abc")


def test_a_question_is_shown_with_its_answer() -> None:
    html = reply_html(WHO)
    assert html.startswith('<div class="turns" id="hoi-abc"><section class="turn" id="luot-1">')
    assert html.count("<article") == 2


def test_no_turn_is_no_html() -> None:
    assert conversation_html([], "abc") == ""


def test_what_was_taken_over_is_said() -> None:
    html = conversation_html([replace(answer(WHO), about="<b>Cần Thơ</b>")])
    assert '<p class="about">Hỏi tiếp câu: &lt;b&gt;Cần Thơ&lt;/b&gt;</p>' in html
    assert "Hỏi tiếp câu" not in reply_html(WHO)


def test_a_problem_is_shown_as_text() -> None:
    html = conversation_html([Turn(1, WHO, problem="<i>hỏng</i>")])
    assert '<div class="notice trouble"><p>&lt;i&gt;hỏng&lt;/i&gt;</p></div>' in html


def test_questions_are_escaped_and_long_ones_shortened() -> None:
    html = reply_html(HOSTILE)
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;window.hacked = 1&lt;/script&gt;" in html
    assert "\n" not in html
    shown = reply_html("đ" * 10_000)
    assert shown.count("đ" * MAX_ECHO + "…") == 1
    assert "đ" * (MAX_ECHO + 1) not in shown
