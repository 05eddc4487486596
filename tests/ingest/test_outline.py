"""The section tree of texts with every numbering style, wrong numbers, and none at all."""

import pytest

from tests.plans import HUE, item, parsed, rows


def warnings_of(text: str) -> list[tuple[str, str]]:
    codes = ("repeated_label", "label_out_of_order", "no_sections")
    return [(w.code, w.detail) for w in parsed(text).warnings if w.code in codes]


def test_a_whole_plan_of_another_province() -> None:
    document = parsed(HUE)
    assert [(s.level, s.label, s.locator, s.title, s.kind, s.unit) for s in document.sections] == [
        (1, "", "Phần mở đầu", "", "header", None),
        (1, "", "Căn cứ", "", "basis", None),
        (1, "I", "Mục I", "MỤC ĐÍCH, YÊU CẦU", "purpose", None),
        (2, "I.1", "Mục I.1", "", "purpose", None),
        (2, "I.2", "Mục I.2", "", "purpose", None),
        (1, "II", "Mục II", "TỔ CHỨC THỰC HIỆN", "tasks", None),
        (2, "II.1", "Mục II.1", "", "tasks", "Sở Văn hóa và Thể thao"),
        (
            2,
            "II.2",
            "Mục II.2",
            "Báo Thừa Thiên Huế, Đài Phát thanh và Truyền hình tỉnh",
            "tasks",
            "Báo Thừa Thiên Huế, Đài Phát thanh và Truyền hình tỉnh",
        ),
        (1, "", "Phần kết", "", "closing", None),
        (1, "", "Chữ ký", "", "signature", None),
        (1, "", "Nơi nhận", "", "recipients", None),
    ]
    assert document.warnings == ()


def test_every_section_lies_inside_its_parent() -> None:
    document = parsed(HUE)
    assert [s.parent for s in document.sections] == [None, None, None, 2, 2, None, 5, 5, None, None, None]
    tasks, first = document.sections[5], document.sections[6]
    assert document.text[tasks.start : tasks.body_start] == "II. TỔ CHỨC THỰC HIỆN"
    assert document.text[first.start : first.end].startswith("1. Sở Văn hóa")
    assert tasks.end == document.sections[7].end


def test_parts_stand_above_roman_numbers() -> None:
    text = """A. PHẦN CHUNG

I. Mục đích

1. Tuyên truyền sâu rộng truyền thống của quê hương.

B. PHẦN RIÊNG

I/ Cấp tỉnh

1/ Lễ kỷ niệm

2) Triển lãm
"""
    assert rows(text) == [
        ("Mục A", "PHẦN CHUNG"),
        ("Mục A.I", "Mục đích"),
        ("Mục A.I.1", ""),
        ("Mục B", "PHẦN RIÊNG"),
        ("Mục B.I", "Cấp tỉnh"),
        ("Mục B.I.1", "Lễ kỷ niệm"),
        ("Mục B.I.2", "Triển lãm"),
    ]


def test_dotted_numbers_letters_brackets_dashes_and_plus() -> None:
    text = """II- NỘI DUNG

1. Về xây dựng Đảng

1.1. Công tác tư tưởng

a) Tuyên truyền miệng

- Mở hội nghị báo cáo viên:

+ Hội nghị cấp tỉnh tổ chức hằng tháng.

+ Hội nghị cấp huyện tổ chức hằng quý.

- Sinh hoạt chuyên đề tại chi bộ.

b) Tuyên truyền trực quan

1.2. Công tác tổ chức

2. Về phát triển kinh tế: (1) Giải ngân vốn đầu tư. (2) Xóa nhà tạm.
"""
    assert rows(text) == [
        ("Mục II", "NỘI DUNG"),
        ("Mục II.1", "Về xây dựng Đảng"),
        ("Mục II.1.1", "Công tác tư tưởng"),
        ("Mục II.1.1.a", "Tuyên truyền miệng"),
        ("Mục II.1.1.a, gạch đầu dòng thứ 1", "Mở hội nghị báo cáo viên"),
        ("Mục II.1.1.a, gạch đầu dòng thứ 1, dấu cộng thứ 1", ""),
        ("Mục II.1.1.a, gạch đầu dòng thứ 1, dấu cộng thứ 2", ""),
        ("Mục II.1.1.a, gạch đầu dòng thứ 2", ""),
        ("Mục II.1.1.b", "Tuyên truyền trực quan"),
        ("Mục II.1.2", "Công tác tổ chức"),
        ("Mục II.2", "Về phát triển kinh tế"),
        ("Mục II.2 (1)", ""),
        ("Mục II.2 (2)", ""),
    ]


def test_v_v_is_no_roman_five() -> None:
    text = "I. NỘI DUNG\n\n1. Kinh phí do ngân sách bảo đảm theo quy định.\n\nV/v bố trí kinh phí giao Sở Tài chính.\n"
    assert rows(text) == [("Mục I", "NỘI DUNG"), ("Mục I.1", "")]


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("I. MỘT\n\nII. HAI\n\nIII. BA\n\nII. TƯ\n", [("repeated_label", "II"), ("label_out_of_order", "II")]),
        ("I. MỘT\n\n1. Việc đầu\n\n3. Việc sau\n", [("label_out_of_order", "I.3")]),
        ("I. MỘT\n\n1. Việc đầu\n\n1. Việc sau\n", [("repeated_label", "I.1")]),
        ("I. MỘT\n\n1. Việc đầu\n\nII. HAI\n\n1. Việc đầu\n", []),
        ("II- NỘI DUNG\n", [("label_out_of_order", "II")]),
        ("IX. CHÍN\n\nX. MƯỜI\n", [("label_out_of_order", "IX")]),
        ("I. MỘT\n\na) Việc đầu\n\nc) Việc sau\n", []),
    ],
)
def test_wrong_numbers_are_reported_and_kept_as_printed(text: str, warnings: list[tuple[str, str]]) -> None:
    assert warnings_of(text) == warnings


def test_a_heading_in_capitals_on_two_lines_is_one_heading() -> None:
    text = "I. CÁC HÌNH THỨC, BIỆN PHÁP\nTUYÊN TRUYỀN CHỦ YẾU\n\n1. Tuyên truyền trên báo chí.\n"
    assert rows(text)[0] == ("Mục I", "CÁC HÌNH THỨC, BIỆN PHÁP TUYÊN TRUYỀN CHỦ YẾU")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("I. MỤC ĐÍCH, YÊU CÂU", "purpose"),
        ("**I- MUC DICH, YÊU CẦU**", "purpose"),
        ("I - NÔI DUNG TUYÊN TRUYÊN", "content"),
        ("I. TÔ CHỨC THỰC HIÊN", "tasks"),
        ("I. KHÂU HIỆU TUYÊN TRUYỀN", "slogans"),
        ("I. HÌNH THƯC, BIỆN PHÁP", "forms"),
    ],
)
def test_headings_damaged_by_ocr_keep_their_kind(heading: str, kind: str) -> None:
    section = parsed(f"{heading}\n\n1. Một việc phải làm ngay trong tháng.\n").sections[0]
    assert (section.locator, section.kind) == ("Mục I", kind)


def test_the_text_after_the_bullets_belongs_to_the_numbered_item() -> None:
    text = item("1. Việc đầu\n\n- Gạch thứ nhất của việc đầu.\n\nĐoạn văn không có số thứ tự.")
    sections = parsed(text).sections
    assert [s.locator for s in sections] == ["Mục I", "Mục I.1", "Mục I.1, gạch đầu dòng thứ 1"]
    assert text[sections[1].start : sections[1].end].endswith("thứ tự.")
    assert text[sections[2].start : sections[2].end] == "- Gạch thứ nhất của việc đầu."


def test_a_text_without_sections_is_counted_by_paragraphs() -> None:
    text = "Bài viết về Cần Thơ\n\nĐoạn một có đủ tám âm tiết trở lên.\n\nĐoạn hai cũng có đủ tám âm tiết trở lên.\n"
    document = parsed(text)
    assert [(s.locator, s.kind) for s in document.sections] == [
        ("Phần mở đầu", "header"),
        ("Đoạn 1", "other"),
        ("Đoạn 2", "other"),
    ]
    assert document.warnings[0].code == "no_sections"
    assert document.facts.title == " ".join(text.split())  # at most 100 characters


@pytest.mark.parametrize("text", ["Một dòng", "- Một gạch", "🎉🎉🎉", "..."])
def test_the_smallest_texts(text: str) -> None:
    document = parsed(text)
    assert [w.code for w in document.warnings] == ["no_sections", "no_title", "no_number", "no_date", "no_signature"]


def test_a_dispatch_gives_tasks_to_its_addressee() -> None:
    text = """Số: 15/SVHTT-TT
V/v treo cờ Tổ quốc dịp 30/4

Đà Nẵng, ngày 20 tháng 4 năm 2025

Kính gửi: Ủy ban nhân dân các quận, huyện

Thực hiện Công văn số 100-CV/BTGTU ngày 15/4/2025 của Ban Tuyên giáo Thành ủy, Sở Văn hóa và Thể thao đề nghị:

1. Treo cờ Tổ quốc tại trụ sở từ ngày 28/4 đến hết ngày 02/5.
"""
    document = parsed(text)
    assert (document.facts.title, document.facts.number) == ("Công văn về việc treo cờ Tổ quốc dịp 30/4", "15/SVHTT-TT")
    assert (document.facts.place, document.facts.date) == ("Đà Nẵng", "2025-04-20")
    assert [(s.locator, s.kind) for s in document.sections] == [
        ("Phần mở đầu", "header"),
        ("Căn cứ", "basis"),
        ("Mục 1", "tasks"),
    ]
