"""The reading view: cuts joined, marks gone, and every character where it stands in the document."""

import pytest

from ingest.reading import joins_lines, one_line, one_line_offsets, readable
from tests.plans import CAN_THO, CORPUS, PHAN_RANG


def plan(stem: str) -> str:
    return (CORPUS / f"{stem}.txt").read_text(encoding="utf-8")


def test_a_sentence_cut_by_a_page_break_is_one_line() -> None:
    text = "đề xuất phương án sắp xếp, tinh gọn tổ chức bộ máy của các cơ quan, tổ\n\nchức khác trong hệ thống"
    view = readable(text)
    assert view.text == text.replace("\n\n", " ")
    assert [text[i] for i in view.offsets] == [*text[: text.index("\n")], "\n", *text[text.index("chức khác") :]]


@pytest.mark.parametrize(
    ("stem", "joined"),
    [
        (PHAN_RANG, "của các cơ quan, tổ chức khác trong hệ thống chính trị bảo đảm"),
        (PHAN_RANG, "đối với sự phát triển đất nước. Khẳng định phát triển điện hạt nhân"),
        (PHAN_RANG, "theo tinh thần Quyết định số 238-QĐ/TW ngày 20/9/2020"),
        (PHAN_RANG, "(qua Ban Tuyên giáo Thành ủy) trước ngày 30/12/2024."),
        (CAN_THO, "ngang tầm nhiệm vụ, đáp ứng yêu cầu trong thời kỳ mới; kiến nghị"),
        (CAN_THO, "giảm thiểu rủi ro về môi trường, bảo đảm tính ổn định"),
    ],
)
def test_cuts_and_marks_in_the_real_plans_are_repaired(stem: str, joined: str) -> None:
    text = plan(stem)
    view = readable(text)
    assert joined not in text
    at = view.text.index(joined)
    first, last = view.offsets[at], view.offsets[at + len(joined) - 1]
    assert text[first] == joined[0]
    assert text[last] == joined[-1]
    assert view.shown_span(first, last + 1) == (at, at + len(joined))


def test_marks_and_invisible_characters_are_not_shown() -> None:
    view = readable("**trước\u200b ngày\u00ad 30/12/2024**.")
    assert view.text == "trước ngày 30/12/2024."
    assert view.offsets == (*range(2, 7), *range(8, 13), *range(14, 25), 27)


def test_offsets_of_a_short_text_by_hand() -> None:
    view = readable(" *a*\n\n b ")
    assert (view.text, view.offsets) == ("a b", (2, 4, 7))
    assert view.shown_span(0, 9) == (0, 3)
    assert view.shown_span(3, 4) == (1, 1)  # a stray mark shows nothing


def test_paragraphs_stay_apart() -> None:
    assert readable("Ý thứ nhất.\n\nÝ thứ hai;\ný thứ ba").text == "Ý thứ nhất.\nÝ thứ hai; ý thứ ba"


@pytest.mark.parametrize("text", ["", " \n\t ", "***", "\u200b\ufeff"])
def test_a_text_that_shows_nothing(text: str) -> None:
    assert (readable(text).text, readable(text).offsets) == ("", ())


@pytest.mark.parametrize("number", ["2", "- 3 -", "Trang 12", "Trang 4/10", "12/20", "– 7 –"])
def test_a_page_number_between_two_halves_of_a_sentence_goes(number: str) -> None:
    assert readable(f"gắn với\n{number}\nphát triển hạ tầng").text == "gắn với phát triển hạ tầng"


@pytest.mark.parametrize("year", ["2024", "1945"])
def test_a_year_alone_on_a_line_is_no_page_number(year: str) -> None:
    assert readable(f"Tuyên truyền năm\n{year}\nHết").text == f"Tuyên truyền năm\n{year}\nHết"


LONG = "đề xuất phương án tinh gọn tổ chức bộ máy của các cơ quan, đơn vị"


@pytest.mark.parametrize(
    ("before", "after", "joins"),
    [
        ("của các cơ quan, tổ", "chức khác", True),
        ("hệ thống chính trị.", "chức khác", False),  # after a full stop a paragraph ends
        ("các nội dung sau:", "xây dựng", False),
        ("theo tinh thần Quyết định số", "238-QĐ/TW", False),  # a short line before a number: a list
        (f"{LONG} theo Quyết định số", "238-QĐ/TW", True),
        (f"{LONG} (Nghị quyết", "Số 18-NQ/TW)", True),  # an open bracket
        (f"{LONG} (Nghị quyết)", "Số 18-NQ/TW", False),
        ("Net Zero (xem", ") của Liên hợp quốc", True),
        ("Thường trực Tỉnh ủy,", "Ban Tuyên giáo", False),
        (4 * LONG, "Nghị quyết", True),
        (f"1 | {4 * LONG}", "Hai", False),  # rows of a table
        (LONG, "2 | chức khác", False),
        ("", "chữ", False),
        ("chữ", "", False),
    ],
)
def test_when_a_line_break_cuts_a_sentence(before: str, after: str, joins: bool) -> None:
    assert joins_lines(before, after) is joins


def test_one_line_joins_everything() -> None:
    assert one_line("**T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ**\n\nBùi Văn Phú\n") == "T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ Bùi Văn Phú"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "**T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ**\n\nBùi Văn Phú\n",
        "một\t hai\n\n3\n\nba",
        "các cơ\n2\nquan,  tổ\u200bchức ",
    ],
)
def test_each_character_of_the_line_knows_where_it_stands(text: str) -> None:
    line, offsets = one_line(text), one_line_offsets(text)
    assert len(line) == len(offsets)
    assert [text[at] for at, shown in zip(offsets, line, strict=True) if shown != " "] == list(line.replace(" ", ""))
    assert offsets == sorted(set(offsets))


def test_a_shown_span_and_where_it_is_stored() -> None:
    text = "Các **cơ\n2\nquan** khác"
    view = readable(text)
    start = view.text.index("cơ")
    first, last = view.stored_span(start, start + len("cơ quan"))
    assert text[first:last] == "cơ\n2\nquan"
    assert view.shown_span(first, last) == (start, start + len("cơ quan"))


def test_rows_of_a_table_are_never_joined() -> None:
    above = "\tKim ngạch xuất khẩu\tTr. USD\t30700\t2178\t1900\t4078\t3508\t87.23599633\t116.2485747"
    assert readable(f"{above}\n1\tdầu thô\n\tgạo\tNg. tấn").text == f"{above.strip()}\n1\tdầu thô\ngạo\tNg. tấn"


def test_a_tab_after_a_number_is_no_cell() -> None:
    text = "1.\tTriển khai đầy đủ các nhiệm vụ, giải pháp của các cơ quan, tổ\nchức khác trên địa bàn"
    assert one_line(text).endswith("các cơ quan, tổ chức khác trên địa bàn")
