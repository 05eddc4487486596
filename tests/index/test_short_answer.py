"""The few words that answer, taken verbatim from the quotes of a citation."""

from dataclasses import replace

import pytest

from index.answer import NEARLY_AS_GOOD, answered
from index.question import understand
from index.short_answer import short_answer
from index.types import Citation, Quote
from ingest.metadata import FileMetadata
from ingest.parse import parse_document
from ingest.readers.pages import Pages
from ingest.types import Passage

DEADLINE = "Xây dựng kế hoạch cụ thể, hoàn thành và gửi về Ban Thường vụ Thành ủy **trước ngày 30/12/2024**."
PRICES = (
    "đẩy mạnh giải ngân vốn đầu tư công (tại Công điện số 115/CĐ-TTg ngày 7/11/2024); "
    "công tác điều hành giá những tháng còn lại (tại Thông báo số 511/TB-VPCP của Văn phòng Chính phủ)"
)
COUNTRIES = "Việt Nam đã thiết lập quan hệ ngoại giao với 193 quốc gia, là thành viên của trên 70 tổ chức khu vực."


def citation(text: str) -> Citation:
    document = parse_document(Pages((text,), is_paged=False), "a.txt", "0", FileMetadata())
    passage = Passage("a:0", "a", 0, len(text), text, (), "Đoạn 1", "other", None, None)
    return Citation("1", document, passage, (Quote(0, len(text), text),), 1.0)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("hạn gửi kế hoạch là ngày nào?", DEADLINE, "trước ngày 30/12/2024"),
        ("điều hành giá theo thông báo nào?", PRICES, "Thông báo số 511/TB-VPCP"),
        ("giải ngân vốn thì theo công điện nào?", PRICES, "Công điện số 115/CĐ-TTg ngày 7/11/2024"),
        ("bao nhiêu quốc gia có quan hệ ngoại giao?", COUNTRIES, "193 quốc gia"),
        ("là thành viên của bao nhiêu tổ chức?", COUNTRIES, "70 tổ chức"),
        ("gửi kế hoạch cho bao nhiêu xã?", DEADLINE, None),  # no number with a word of the question
        ("khẩu hiệu nào?", DEADLINE, None),
    ],
)
def test_the_words_nearest_to_what_is_asked(question: str, text: str, expected: str | None) -> None:
    assert short_answer(understand(question, [], str), citation(text)) == expected


def test_what_the_question_says_itself_is_no_answer() -> None:
    text = "Nghị quyết số 18-NQ/TW ngày 25/10/2017"
    assert short_answer(understand("nghị quyết 18 ký ngày nào?", [], str), citation(text)) == "ngày 25/10/2017"
    asked = understand("ngày 25/10/2017 ban hành nghị quyết nào?", [], str)
    assert short_answer(asked, citation(text)) != "ngày 25/10/2017"


def test_where_a_citation_nearly_as_good_says_otherwise_there_is_no_short_answer() -> None:
    question = understand("hạn gửi kế hoạch là ngày nào?", [], str)
    first, other = citation(DEADLINE), citation(DEADLINE.replace("30/12/2024", "15/01/2025"))
    assert answered(question, (first,), 0.0).text == "“trước ngày 30/12/2024” [1]"
    assert answered(question, (first, other), 0.0).text.startswith("“Xây dựng kế hoạch cụ thể")
    weak = replace(other, score=NEARLY_AS_GOOD - 0.01)
    assert answered(question, (first, weak), 0.0).text == "“trước ngày 30/12/2024” [1]"


def test_a_number_of_the_question_must_stand_in_the_quote() -> None:
    text = "Quyết định số 238-QĐ/TW ngày 20/9/2020, Quyết định số 130-QĐ/TU ngày 30/12/2020"
    assert short_answer(understand("quyết định 130 ký ngày nào?", [], str), citation(text)) == "ngày 30/12/2020"
    assert short_answer(understand("quyết định 99 ký ngày nào?", [], str), citation(text)) is None
