"""The HTML of an answer's tools."""

from dataclasses import replace

from tests.ui.fake_engine import HOPELESS, HOSTILE, WHO
from tests.ui.kept import record, turn
from ui.turn import Turn
from ui.turn_tools import turn_tools_html

KEPT = turn(WHO, turn_id="aB-_9")


def test_an_answer_can_be_copied_taken_away_printed_and_judged() -> None:
    assert turn_tools_html(KEPT) == (
        '<div class="turn-tools" id="cong-cu-aB-_9">'
        '<button type="button" class="copy-answer">Chép câu trả lời</button>'
        '<a class="word-file" href="/luot/aB-_9.docx" download="">Tải .docx</a>'
        '<button type="button" class="print-answer">In</button>'
        '<div class="judge" role="group"><span class="judge-label">Câu trả lời này:</span>'
        '<button type="button" class="verdict right">Đúng</button>'
        '<button type="button" class="verdict wrong">Chưa đúng</button></div></div>'
    )


def test_what_was_judged_is_shown_and_can_be_taken_back() -> None:
    html = turn_tools_html(replace(KEPT, verdict="wrong", comment="thiếu đơn vị"))
    assert '<button type="button" class="verdict wrong chosen">Chưa đúng</button>' in html
    assert 'class="verdict right">' in html
    assert '<button type="button" class="take-back">Bỏ góp ý</button></div>' in html
    assert html.endswith('<p class="judged-comment">thiếu đơn vị</p></div>')


def test_a_comment_is_text_on_one_line() -> None:
    html = turn_tools_html(replace(KEPT, verdict="wrong", comment=f"{HOSTILE}\n\n# sai"))
    assert "<script" not in html
    assert "<img" not in html
    assert "\n" not in html


def test_a_refusal_can_be_judged_too() -> None:
    assert "Chưa đúng" in turn_tools_html(turn(HOPELESS, turn_id="t"))


def test_where_nothing_was_answered_there_are_no_tools() -> None:
    assert turn_tools_html(Turn(1, WHO, problem="trục trặc", turn_id="t")) == ""
    assert turn_tools_html(turn(WHO)) == ""  # not kept
    assert turn_tools_html(turn(WHO, turn_id="t", record=record(HOPELESS, refusal="invalid_question"))) == ""
