"""The page "Góp ý"."""

import re
from dataclasses import replace
from html import unescape

import pytest

from tests.ui.fake_engine import HOPELESS, HOSTILE, WHERE, WHO
from tests.ui.kept import citation, record
from ui.feedback import Feedback, Unanswered
from ui.feedback_page import MAX_LISTED, PER_PAGE, feedback_page

RIGHT = Feedback("t1", WHO, "", record(WHO), "v1", "right", "", "2026-01-02T20:04:05.678+00:00")
WRONG = Feedback("t2", WHERE, "Cần Thơ", record(WHERE), "", "wrong", "thiếu\ntrụ sở", "2026-01-01T00:00:00.000+00:00")


def text(html: str) -> str:
    """Give the words of a page, a space between elements."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def headings(html: str) -> list[str]:
    """Give the questions that were judged."""
    return [unescape(found) for found in re.findall(r"<h3>(.*?)</h3>", html)]


def test_empty_lists_say_what_will_stand_there() -> None:
    html = feedback_page([], [], "", "")
    assert "Chưa có góp ý nào. Dưới mỗi câu trả lời có nút “Đúng” và “Chưa đúng”" in html
    assert "Chưa có câu hỏi nào không tìm thấy câu trả lời." in html
    assert "download" not in html
    assert "aria-current=page>Góp ý</a>" in html


def test_a_judgement_shows_question_answer_sources_comment_and_time() -> None:
    shown = text(feedback_page([WRONG], [], "", ""))
    for part in (
        "Chưa đúng dùng pano, áp phích ở những đâu? Hỏi tiếp câu: Cần Thơ thiếu trụ sở",
        "trên các trục đường chính, trụ sở làm việc của các cơ quan, tổ chức [1]",
        "1b pano, áp phích trên các trục đường chính Mục III.3, Kế hoạch số 347-KH/TU ngày 17/12/2024",
        "07:00 ngày 01/01/2026",
    ):
        assert part in shown
    assert "chỉ mục v1" in text(feedback_page([RIGHT], [], "", ""))


def test_a_source_leads_to_the_passage_in_the_text_that_was_cited() -> None:
    first = citation(WHERE)
    address = f"/van-ban/can-tho?tu={first.start}&den={first.end}&ban={first.text_sha256[:12]}#doan"
    assert address in unescape(feedback_page([WRONG], [], "", ""))


@pytest.mark.parametrize(
    ("wanted", "questions"),
    [("", [WHO, WHERE]), ("dung", [WHO]), ("chua-dung", [WHERE]), ("<script>", [WHO, WHERE])],
)
def test_judgements_can_be_filtered(wanted: str, questions: list[str]) -> None:
    html = feedback_page([RIGHT, WRONG], [], wanted, "")
    assert headings(html) == questions
    assert "Tất cả (2) Đúng (1) Chưa đúng (1)" in text(html)
    assert len(re.findall('aria-current="true"', html)) == 1
    assert "<script" not in html


def test_a_filter_that_leaves_nothing_says_so() -> None:
    assert "Không có góp ý nào loại này." in feedback_page([RIGHT], [], "chua-dung", "")


@pytest.mark.parametrize(
    ("number", "first", "count", "place"),
    [
        ("", 1, PER_PAGE, "Trang 1/3"),
        ("2", PER_PAGE + 1, PER_PAGE, "Trang 2/3"),
        ("3", 2 * PER_PAGE + 1, 1, "Trang 3/3"),
        ("4", 2 * PER_PAGE + 1, 1, "Trang 3/3"),
        ("0", 1, PER_PAGE, "Trang 1/3"),
        ("-1", 1, PER_PAGE, "Trang 1/3"),
        ("²", 1, PER_PAGE, "Trang 1/3"),
        ("9" * 5_000, 1, PER_PAGE, "Trang 1/3"),
    ],
)
def test_many_judgements_stand_on_several_pages(number: str, first: int, count: int, place: str) -> None:
    many = [replace(WRONG, question=f"câu {n}") for n in range(1, 2 * PER_PAGE + 2)]
    html = feedback_page(many, [], "chua-dung", number)
    assert (headings(html)[0], len(headings(html))) == (f"câu {first}", count)
    assert place in html
    assert ("Cũ hơn" in html, "Mới hơn" in html) == (place != "Trang 3/3", place != "Trang 1/3")
    if place == "Trang 2/3":
        assert 'rel="next" href="/phan-hoi?loc=chua-dung&amp;trang=3"' in html
        assert 'rel="prev" href="/phan-hoi?loc=chua-dung"' in html


def test_questions_that_found_nothing_are_listed_with_how_often_and_when() -> None:
    asked = "2026-01-02T20:04:05.678+00:00"
    shown = text(
        feedback_page([], [Unanswered(HOPELESS, "", 1_234, asked), Unanswered("?", "Cần Thơ", 1, asked)], "", "")
    )
    assert "cách làm bánh xèo 1.234 03:04 ngày 03/01/2026 ? Hỏi tiếp câu: Cần Thơ 1" in shown
    assert "Tải bảng cho Excel (.csv)" in shown


def test_a_list_that_is_cut_says_so() -> None:
    many, questions = [RIGHT] * MAX_LISTED, [Unanswered(HOPELESS, "", 1, RIGHT.given)] * MAX_LISTED
    assert text(feedback_page(many, questions, "", "")).count("Chỉ hiện 1.000 mục mới nhất.") == 2
    assert "Chỉ hiện" not in feedback_page(many[1:], questions[1:], "", "")


def test_nothing_that_people_or_documents_say_becomes_html() -> None:
    bad = f'{HOSTILE}" onclick="x'
    cited = citation(WHO, title=bad, number=bad, issuer=bad, locator=bad, label=bad, doc_id=bad, text=bad, quotes=())
    given = replace(
        RIGHT,
        question=bad,
        about=bad,
        comment=bad,
        index_version=bad,
        record=record(WHO, answer=bad, citations=(cited,)),
    )
    html = feedback_page([given], [Unanswered(bad, bad, 1, RIGHT.given)], bad, bad)
    assert "<script" not in html
    assert "<img" not in html
    assert 'onclick="' not in html
