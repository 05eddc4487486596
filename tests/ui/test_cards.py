"""Answers as HTML: what is shown, what is grouped, and that nothing hostile gets through."""

import hashlib
from dataclasses import replace

from index.types import Answer
from ingest.types import DocumentFacts
from tests.ui.fake_engine import (
    ANSWERS,
    CAN_THO,
    HOPELESS,
    IN_8,
    PANO,
    SIGNED,
    UNIT_35,
    WHERE,
    WHO,
    cite,
)
from ui.cards import answer_html as record_html
from ui.cards import grouped
from ui.record import record_of

SHA = hashlib.sha256(CAN_THO.text.encode()).hexdigest()
HOSTILE = '<script>alert(1)</script>" onmouseover="alert(2)'
HARMLESS = "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onmouseover=&quot;alert(2)"


def answer_html(answer: Answer) -> str:
    """Give the HTML of an answer as it is kept."""
    return record_html(record_of(answer))


def test_a_card_shows_passage_quotes_and_source() -> None:
    html = answer_html(ANSWERS[WHO])
    assert html.startswith(f'<p class="answer-line">{UNIT_35} [1]</p><article class="card">')
    assert f'<div class="passage">8. <mark>{UNIT_35}</mark> phối hợp với' in html
    assert html.count("<article") == 2
    assert (
        f'<span class="locator">Mục V.8</span><span class="unit">Đơn vị: {UNIT_35}</span>'
        '<span class="actions"><button type="button" class="copy-citation">Chép trích dẫn</button>'
        f'<a class="read" href="/van-ban/can-tho?tu={IN_8.start}&amp;den={IN_8.end}&amp;ban={SHA[:12]}#doan" '
        'target="_blank" rel="noopener">Đọc trong văn bản</a></span>'
    ) in html
    assert '<span class="details">năm 2024 · Thành ủy Cần Thơ</span>' in html


def test_plans_that_say_the_same_share_a_card() -> None:
    html = answer_html(ANSWERS[WHERE])
    assert html.count("<article") == 1
    assert html.count('class="passage"') == 1
    assert "2 văn bản nêu gần giống nhau; đoạn trên chép từ 1a." in html
    assert '<span class="label">1a</span>' in html
    assert '<span class="label">1b</span>' in html
    assert "Số 347-KH/TU · 17/12/2024 · Thành ủy Phan Rang - Tháp Chàm" in html
    assert html.count("Đọc trong văn bản") == 2


def test_plans_that_say_it_word_for_word_are_said_to() -> None:
    twice = (cite("1a", CAN_THO, IN_8), cite("1b", CAN_THO, IN_8))
    html = answer_html(replace(ANSWERS[WHERE], citations=twice))
    assert "2 văn bản cùng nêu nguyên văn đoạn này." in html


def test_labels_are_grouped_by_their_number() -> None:
    cited = tuple(cite(label, CAN_THO, IN_8) for label in ("1", "2a", "2b", "10", "x"))
    record = record_of(replace(ANSWERS[WHO], citations=cited))
    assert [[c.label for c in group] for group in grouped(record.citations)] == [
        ["1"],
        ["2a", "2b"],
        ["10"],
        ["x"],
    ]


def test_a_question_understood_otherwise_is_said() -> None:
    said = (
        '<p class="understood">Hiểu câu hỏi là: <em>ai ký kế hoạch của Phan Rang</em> '
        '<button type="button" class="as-typed">Tìm đúng như đã gõ</button></p>'
    )
    assert said in answer_html(ANSWERS[SIGNED])
    assert "Hiểu câu hỏi" not in answer_html(ANSWERS[WHO])


def test_the_page_of_a_document_with_pages_is_said() -> None:
    on_page = replace(IN_8, page=3)
    html = answer_html(replace(ANSWERS[WHO], citations=(cite("1", CAN_THO, on_page),)))
    assert '<span class="locator">Mục V.8</span><span class="page">trang 3</span>' in html
    assert "trang" not in answer_html(ANSWERS[WHO])


def test_a_refusal_gives_its_reason_and_keeps_the_nearest_apart() -> None:
    html = answer_html(ANSWERS[HOPELESS])
    assert "answer-line" not in html
    reason, nearest = html.split('<section class="nearest">')
    assert "Không có đoạn nào trong 2 văn bản nói về điều này." in reason
    assert "<article" not in reason
    assert nearest.startswith("<h3>Có thể liên quan (không phải câu trả lời)</h3><article")


def test_nothing_hostile_gets_through() -> None:
    facts = DocumentFacts(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    document = replace(CAN_THO, doc_id="../" + HOSTILE, source=HOSTILE, facts=facts)
    passage = replace(PANO[0], text=HOSTILE, locator=HOSTILE, unit=HOSTILE)
    citation = replace(cite(HOSTILE, document, passage, "<script>"), label=HOSTILE)
    for refusal in (None, "not_found"):
        answer = Answer(HOSTILE, f"{HOSTILE} ?", HOSTILE, (citation,), (citation,), refusal)
        html = answer_html(answer)
        assert "<script" not in html
        assert '" onmouseover' not in html
        assert "../" not in html
        assert HARMLESS in html
        assert "<mark>&lt;script&gt;</mark>alert(1)" in html
        assert "\n" not in html
