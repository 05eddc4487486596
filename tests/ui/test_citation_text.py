"""Citations and answers as text that goes into a report."""

from dataclasses import replace

import pytest

from tests.ui.fake_engine import CUT, HOPELESS, PHAN_RANG, SIGNED, WHERE, WHO
from tests.ui.kept import citation, record
from ui.citation_text import answer_text, citation_text, document_text, quoted_words, source_text
from ui.record import QuoteRecord

TITLE = (
    "Kế hoạch tuyên truyền một số nội dung trọng tâm của Hội nghị Ban Chấp hành Trung ương Đảng khóa XIII "
    "ngày 25/11/2024"
)
BY_NUMBER = "Kế hoạch số 347-KH/TU ngày 17/12/2024 của Thành ủy Phan Rang - Tháp Chàm"


def test_a_citation_names_section_type_number_date_and_issuer() -> None:
    assert citation_text(citation(WHERE, 1)) == f"“pano, áp phích trên các trục đường chính” (Mục III.3, {BY_NUMBER})"


def test_a_document_without_number_is_cited_by_its_title() -> None:
    assert document_text(citation(WHO)) == f"{TITLE} của Thành ủy Cần Thơ, năm 2024"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"date": "2024-12"}, "Kế hoạch số 347-KH/TU tháng 12/2024 của Thành ủy Phan Rang - Tháp Chàm"),
        ({"date": "2024"}, "Kế hoạch số 347-KH/TU năm 2024 của Thành ủy Phan Rang - Tháp Chàm"),
        ({"date": None}, "Kế hoạch số 347-KH/TU của Thành ủy Phan Rang - Tháp Chàm"),
        ({"date": None, "issuer": None}, "Kế hoạch số 347-KH/TU"),
        (
            {"title": "Nghị định về chế độ công chức dự bị", "number": "115/2003/NĐ-CP", "issuer": "Chính phủ"},
            "Nghị định số 115/2003/NĐ-CP ngày 17/12/2024 của Chính phủ",
        ),
        (
            {
                "title": "THÔNG TƯ LIÊN TỊCH hướng dẫn chính sách thuế",
                "number": "176/1998/TTLT",
                "issuer": "Bộ Tài chính",
            },
            "THÔNG TƯ LIÊN TỊCH số 176/1998/TTLT ngày 17/12/2024 của Bộ Tài chính",
        ),
        (  # a law is known by its name
            {"title": "Luật Đất đai", "number": "31/2024/QH15", "issuer": "Quốc hội", "date": "2024-01-18"},
            "Luật Đất đai của Quốc hội, số 31/2024/QH15, ngày 18/01/2024",
        ),
        (  # the number itself was left blank: it names nothing
            {
                "title": "Công văn về tuyên truyền",
                "number": "/TTCS-TTTQ",
                "issuer": "Cục Thông tin cơ sở",
                "date": "2024",
            },
            "Công văn về tuyên truyền của Cục Thông tin cơ sở, số …/TTCS-TTTQ, năm 2024",
        ),
        (  # no known type, and the title has number and issuer already
            {"title": "Mẫu 21/CKTC: cân đối ngân sách, UBND huyện Cần Giờ", "number": "21/CKTC", "date": None}
            | {"issuer": "UBND HUYỆN CẦN GIỜ"},
            "Mẫu 21/CKTC: cân đối ngân sách, UBND huyện Cần Giờ",
        ),
        ({"title": "", "number": None, "issuer": None, "date": None}, PHAN_RANG.source),
        (
            {"title": "Kế hoạch\n**tuyên truyền**", "number": None, "issuer": None, "date": None},
            "Kế hoạch tuyên truyền",
        ),
    ],
)
def test_what_is_not_known_is_left_out(facts: dict[str, str | None], expected: str) -> None:
    assert document_text(citation(WHERE, 1, **facts)) == expected


def test_the_page_stands_where_there_is_one() -> None:
    assert source_text(citation(WHERE, 1, page=3)) == f"Mục III.3, trang 3, {BY_NUMBER}"
    assert source_text(citation(WHERE, 1, locator="")) == BY_NUMBER


def test_words_left_out_between_quotes_are_said() -> None:
    cited = citation(WHO)
    assert quoted_words(cited) == ("Ban Chỉ đạo 35 các cấp thành phố […] đấu tranh, ngăn chặn, xử lý thông tin xấu độc")


def test_quotes_that_touch_are_one_quote() -> None:
    text = "treo cờ, băng-rôn,\n**khẩu hiệu** tại trụ sở"
    spans = [(0, 7), (9, 18), (21, 30)]
    quotes = tuple(QuoteRecord(100 + start, 100 + end, text[start:end]) for start, end in spans)
    cited = citation(WHO, text=text, start=100, end=100 + len(text), quotes=quotes)
    assert quoted_words(cited) == "treo cờ, băng-rôn, khẩu hiệu"


def test_quotes_in_any_order_that_overlap_are_quoted_once() -> None:
    text = "một hai ba bốn"
    quotes = tuple(QuoteRecord(s, e, text[s:e]) for s, e in [(4, 10), (0, 7)])
    assert quoted_words(citation(WHO, text=text, start=0, end=len(text), quotes=quotes)) == "một hai ba"


def test_a_quote_across_lines_and_marks_is_on_one_line() -> None:
    assert quoted_words(citation(SIGNED)) == "PHÓ BÍ THƯ Bùi Văn Phú"


def test_a_citation_without_quotes_gives_its_whole_passage_without_the_page_break() -> None:
    assert quoted_words(citation(CUT)) == (
        "- Nêu bật yêu cầu, nguyên tắc của việc tổng kết Nghị quyết số 18-NQ/TW và sắp xếp, hoàn thiện tổ chức bộ máy "
        "của hệ thống chính trị tinh, gọn, hoạt động hiệu lực, hiệu quả."
    )


def test_a_whole_answer() -> None:
    assert answer_text(record(SIGNED)) == (
        "Câu hỏi: ai ky ke hoach cua Phan Rang\n"
        "Hiểu câu hỏi là: ai ký kế hoạch của Phan Rang\n"
        "Trả lời: PHÓ BÍ THƯ Bùi Văn Phú [1]\n\n"
        f"[1] “PHÓ BÍ THƯ Bùi Văn Phú” (Chữ ký, {BY_NUMBER})\n"
    )


def test_every_document_of_an_answer_is_cited() -> None:
    lines = answer_text(record(WHERE)).splitlines()
    assert [line[:5] for line in lines if line.startswith("[")] == ["[1a] ", "[1b] "]


def test_what_was_taken_over_from_the_conversation_is_said() -> None:
    assert "Hỏi tiếp câu: thông tin xấu độc (Cần Thơ)\n" in answer_text(record(WHO), "thông tin xấu độc (Cần Thơ)")


def test_a_refusal_says_so_and_sets_what_lies_nearest_apart() -> None:
    refused = record(HOPELESS)
    assert answer_text(replace(refused, nearest=())) == (
        "Câu hỏi: cách làm bánh xèo\nTrả lời: Không có đoạn nào trong 2 văn bản nói về điều này.\n"
    )
    before, after = answer_text(refused).split("\n\nCó thể liên quan (không phải câu trả lời):\n\n")
    assert "“" not in before
    assert after.startswith("[1] “3. Tuyên truyền, cổ động")
