"""Markers of every style, and lines that only look like one."""

import pytest

from ingest.blocks import Rank, read_marker, split_blocks, trim


def blocks_of(text: str) -> list[tuple[str | None, str]]:
    return [(b.marker.number if b.marker else None, text[b.body_start : b.end]) for b in split_blocks(text)]


@pytest.mark.parametrize(
    ("line", "rank", "number", "words"),
    [
        ("A. PHẦN CHUNG", Rank.PART, "A", "PHẦN CHUNG"),
        ("I- MỤC ĐÍCH, YÊU CẦU", Rank.ROMAN, "I", "MỤC ĐÍCH, YÊU CẦU"),
        ("III/ Khẩu hiệu", Rank.ROMAN, "III", "Khẩu hiệu"),
        ("IV. TỔ CHỨC", Rank.ROMAN, "IV", "TỔ CHỨC"),
        ("V – TỔ CHỨC", Rank.ROMAN, "V", "TỔ CHỨC"),
        ("**VI) Kinh phí**", Rank.ROMAN, "VI", "Kinh phí**"),
        ("1. Mục đích", Rank.ARABIC, "1", "Mục đích"),
        ("2/ Yêu cầu", Rank.ARABIC, "2", "Yêu cầu"),
        ("3) Nội dung", Rank.ARABIC, "3", "Nội dung"),
        ("4 - Hình thức", Rank.ARABIC, "4", "Hình thức"),
        ("10.Chủ tịch Hồ Chí Minh", Rank.ARABIC, "10", "Chủ tịch Hồ Chí Minh"),
        ("1.1. Tuyên truyền", Rank.DOTTED, "1.1", "Tuyên truyền"),
        ("2.3 Hình thức", Rank.DOTTED, "2.3", "Hình thức"),
        ("1.2.1. Nội dung", Rank.DOTTED + 1, "1.2.1", "Nội dung"),
        ("1.2.1.4. Nội dung", Rank.DOTTED + 2, "1.2.1.4", "Nội dung"),
        ("a) Cấp tỉnh", Rank.LETTER, "a", "Cấp tỉnh"),
        ("đ) Cấp xã", Rank.LETTER, "đ", "Cấp xã"),
        ("b. Cấp huyện", Rank.LETTER, "b", "Cấp huyện"),
        ("(1) Xây dựng", Rank.PAREN, "1", "Xây dựng"),
        ("- Thường trực", Rank.DASH, "-", "Thường trực"),
        ("– Thường trực", Rank.DASH, "–", "Thường trực"),
        ("- *Tiếp tục tuyên truyền*", Rank.DASH, "-", "*Tiếp tục tuyên truyền*"),
        ("• Thường trực", Rank.DASH, "•", "Thường trực"),
        ("+ 03 hội nghị", Rank.PLUS, "+", "03 hội nghị"),
        ("\u200b\ufeff 1. Mục đích", Rank.ARABIC, "1", "Mục đích"),
        ("2.1- Nội địa hoá", Rank.DOTTED, "2.1", "Nội địa hoá"),
        ("Điều 1 . Phạm vi", Rank.ARTICLE, "1", "Phạm vi"),
        ("**Điều 5a.** Phiếu", Rank.ARTICLE, "5a", "Phiếu"),
        ("ĐIỀU 25.", Rank.ARTICLE, "25", ""),
        ("Điều 7- Hiệu lực", Rank.ARTICLE, "7", "Hiệu lực"),
        ("Chương IV", Rank.CHAPTER, "IV", ""),
        ("CHƯƠNG 2: Tổ chức", Rank.CHAPTER, "2", "Tổ chức"),
        ("Chương II QUY ĐỊNH CỤ THỂ", Rank.CHAPTER, "II", "QUY ĐỊNH CỤ THỂ"),
        ("Mục 1. THỦ TỤC", Rank.SECTION, "1", "THỦ TỤC"),
        ("Tiểu mục 2", Rank.SUBSECTION, "2", ""),
        ("PHẦN THỨ NHẤT", Rank.DIVISION, "thứ nhất", ""),
        ("Phần B - Nhiệm vụ", Rank.DIVISION, "B", "Nhiệm vụ"),
        ("PHỤ LỤC", Rank.ANNEX, "", ""),
        ("Phụ lục số 2", Rank.ANNEX, "2", ""),
        ("Phụ lục I (kèm theo Kế hoạch)", Rank.ANNEX, "I", "(kèm theo Kế hoạch)"),
        ("PHỤ LỤC DANH SÁCH ĐƠN VỊ", Rank.ANNEX, "", "DANH SÁCH ĐƠN VỊ"),
        ("Mẫu số: 02a/BC", Rank.FORM, "02a/BC", ""),
    ],
)
def test_markers(line: str, rank: int, number: str, words: str) -> None:
    found = read_marker(line)
    assert found is not None
    marker, body = found
    assert (marker.rank, marker.number, line[body:]) == (rank, number, words)


@pytest.mark.parametrize(
    "line",
    [
        "V/v thông tin, tuyên truyền một số nội dung",  # no Roman five
        "Về phát triển hạ tầng năng lượng",
        "18-NQ/TW ngày 25/10/2017",
        "238-QĐ/TW ngày 20/9/2020 của Ban Bí thư",
        "30/12/2024",
        "20.11.2024 khai mạc",
        "2024. Hết năm",
        "Xây dựng kế hoạch",
        "XIII của Đảng",
        "Điều 8 Nghị định này được sửa đổi",
        "Điều 14, Điều 15 Pháp lệnh",
        "Điều 5-7 của Luật",
        "Điều lệ Quỹ",
        "ĐIỀU KHOẢN THI HÀNH",
        "Chương II của Luật này",
        "Mục II của Kế hoạch này",
        "Mục đích, yêu cầu",
        "MỤC TIÊU",
        "Phần mở đầu",
        "Phụ lục I kèm theo Nghị định",
        "Mẫu đơn",
        "",
    ],
)
def test_lines_without_a_marker(line: str) -> None:
    assert read_marker(line) is None


def test_hard_wrapped_lines_become_one_block() -> None:
    text = (
        "- Chú trọng công tác tuyên truyền, động viên cán bộ, đảng viên ở những\n"
        "nơi bị tác động; phát triển kinh tế\n"
        "- xã hội bền vững.\n"
        "- Nắm chắc tình hình.\n"
    )
    assert blocks_of(text) == [
        ("-", text[2 : text.index("\n- Nắm")]),
        ("-", "Nắm chắc tình hình."),
    ]


def test_a_dash_after_a_full_stop_opens_a_bullet_even_in_lower_case() -> None:
    assert blocks_of("- Căng treo băng-rôn, khẩu hiệu, pano trên các trục đường.\n- thông tin lưu động") == [
        ("-", "Căng treo băng-rôn, khẩu hiệu, pano trên các trục đường."),
        ("-", "thông tin lưu động"),
    ]


def test_page_breaks_and_page_numbers_do_not_cut_a_block() -> None:
    text = "1. Phân tích những lợi thế đối với sự phát triển đất\n\n- 2 -\n\nnước. Khẳng định xu thế.\n\n2. Hết."
    assert [number for number, _ in blocks_of(text)] == ["1", "2"]
    assert blocks_of(text)[0][1].endswith("nước. Khẳng định xu thế.")


def test_a_reference_that_a_line_break_cut_is_no_article() -> None:
    text = "1. Người mua được thanh toán trước hạn như quy định tại\nĐiều 8. Thời hạn là 30 ngày.\nĐiều 9. Hiệu lực"
    assert [number for number, _ in blocks_of(text)] == ["1", None, "9"]


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""'])
def test_what_a_text_quotes_is_not_numbered_by_it(opening: str, closing: str) -> None:
    text = (
        f"2. Điều 13 được sửa đổi như sau:\n{opening}Điều 13. Ban điều hành gồm:\n1. Giám đốc.\n2. Kế toán.{closing};\n"
        "3. Điều 14 được bãi bỏ.\n"
    )
    assert [number for number, _ in blocks_of(text)] == ["2", None, None, None, "3"]


def test_a_quotation_that_is_never_closed_ends_before_the_next() -> None:
    text = "1. Sửa đổi như sau:\n“Điều 5. Phiếu\n1. Một.\n2. Sửa đổi như sau:\n“Điều 6. Hai”.\n3. Hết.\n"
    assert [number for number, _ in blocks_of(text)] == ["1", None, "1", "2", None, "3"]


def test_bullets_in_small_letters_in_paragraphs_of_their_own_stay_apart() -> None:
    text = "- Ts: thuế suất theo tỷ lệ nội địa hoá thực tế đạt được\n\n- k: là hệ số điều chỉnh"
    assert [number for number, _ in blocks_of(text)] == ["-", "-"]


def test_numbers_in_brackets_inside_a_paragraph_become_items() -> None:
    text = "1.2. Làm rõ nhiệm vụ: (1) Xây dựng mô hình. (2) Rà soát thể chế; (3) Gắn với đội ngũ cán bộ."
    assert blocks_of(text) == [
        ("1.2", "Làm rõ nhiệm vụ:"),
        ("1", "Xây dựng mô hình."),
        ("2", "Rà soát thể chế;"),
        ("3", "Gắn với đội ngũ cán bộ."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- Nêu tại Mục 1 (1.1; 1.2; 1.3) gắn với đại hội.",
        "- Chỉ một ý: (1) Xây dựng mô hình.",
        "- Bỏ cách: (1) Xây dựng; (3) Rà soát.",
        "- Hội nghị lần thứ 26 (COP26) và lần thứ 28 (COP28).",
    ],
)
def test_brackets_that_are_no_enumeration(text: str) -> None:
    assert blocks_of(text) == [("-", text.removeprefix("- "))]


def test_blocks_of_nothing() -> None:
    assert split_blocks("") == split_blocks(" \n**\n\u200b") == []


def test_blocks_of_a_part_of_a_text_keep_the_offsets_of_the_whole() -> None:
    text = "1. Một\n2. Hai\n3. Ba"
    (block,) = split_blocks(text, 7, 13)
    assert (block.start, block.body_start, block.end) == (7, 10, 13)


def test_trim_leaves_words_alone() -> None:
    assert trim(" **chữ** ", 0, 9) == (3, 6)
    assert trim(" ** ", 0, 4) == (4, 4)
