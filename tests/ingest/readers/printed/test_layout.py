"""Columns, tables and plain text are told apart by where the words stand."""

from ingest.readers.printed.layout import reading_order
from ingest.readers.printed.lines import Line, pieces_of_row

WORD = 6.0  # points a letter is wide


def piece(left: float, top: float, text: str) -> Line:
    return Line(text, left, top, left + WORD * len(text), top + 14)


def words(left: float, gap: float, text: str) -> list[Line]:
    found = []
    for word in text.split(" "):
        found.append(piece(left, 0, word))
        left = found[-1].right + gap
    return found


def order(*pieces: Line) -> list[tuple[bool, bool, list[str]]]:
    return [(r.is_full, r.is_table, [line.text for line in r.lines]) for r in reading_order(pieces)]


def test_a_row_is_cut_only_at_a_gap_far_wider_than_its_others() -> None:
    even = words(80, 13, "đồng chí phụ trách")
    assert [line.text for line in pieces_of_row(even)] == ["đồng chí phụ trách"]
    two = [*words(80, 4, "TỈNH ỦY HUẾ"), *words(300, 4, "ĐẢNG CỘNG SẢN")]
    assert [line.text for line in pieces_of_row(two)] == ["TỈNH ỦY HUẾ", "ĐẢNG CỘNG SẢN"]


def test_a_number_set_off_by_a_tab_stays_with_its_words() -> None:
    for marker in ("1.", "a)", "-", "II.", "1.2."):
        row = [piece(80, 0, marker), *words(130, 4, "Tổ chức hội nghị")]
        assert [line.text for line in pieces_of_row(row)] == [f"{marker} Tổ chức hội nghị"]


def test_a_header_block_is_read_column_by_column_and_ends_at_the_title() -> None:
    assert order(
        piece(100, 50, "TỈNH ỦY HUẾ"),
        piece(320, 50, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        piece(110, 68, "Số 12-KH/TU"),
        piece(318, 70, "Huế, ngày 5 tháng 2 năm 2025"),
        piece(275, 100, "KẾ HOẠCH"),
        piece(80, 130, "Căn cứ Hướng dẫn của Ban Tuyên giáo Trung ương, Ban hành kế hoạch này."),
    ) == [
        (False, False, ["TỈNH ỦY HUẾ", "Số 12-KH/TU"]),
        (False, False, ["ĐẢNG CỘNG SẢN VIỆT NAM", "Huế, ngày 5 tháng 2 năm 2025"]),
        (True, False, ["KẾ HOẠCH", "Căn cứ Hướng dẫn của Ban Tuyên giáo Trung ương, Ban hành kế hoạch này."]),
    ]


def test_columns_whose_lines_stand_at_different_heights() -> None:
    assert order(
        piece(80, 50, "Nơi nhận:"),
        piece(350, 56, "TRƯỞNG BAN"),
        piece(80, 66, "- Như trên;"),
        piece(80, 82, "- Lưu: VT."),
        piece(345, 110, "Hoàng Văn An"),
    ) == [
        (False, False, ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]),
        (False, False, ["TRƯỞNG BAN", "Hoàng Văn An"]),
    ]


def test_text_on_the_left_clearly_below_a_header_is_no_part_of_it() -> None:
    found = order(
        piece(80, 50, "Số 12-KH/TU"),
        piece(330, 50, "Huế, ngày 5 tháng 2 năm 2025"),
        piece(80, 110, "I. MỤC ĐÍCH"),
        piece(80, 128, "Một việc cần làm ngay trong tháng này của mọi đơn vị trong toàn tỉnh."),
    )
    assert [lines for _, _, lines in found][2][0] == "I. MỤC ĐÍCH"


def test_a_single_wide_gap_within_a_sentence_joins_again() -> None:
    found = order(
        piece(80, 50, "Tổng số:"), piece(150, 50, "12 người"), piece(80, 68, "trong đó 5 người là nữ, 7 người là nam")
    )
    assert found == [(True, False, ["Tổng số: 12 người", "trong đó 5 người là nữ, 7 người là nam"])]


def test_a_table_is_read_row_by_row_with_the_lines_of_each_cell_together() -> None:
    assert order(
        piece(80, 50, "TT"), piece(120, 50, "Nội dung"), piece(350, 50, "Đơn vị"),
        piece(80, 70, "1"), piece(120, 70, "Hội nghị báo cáo viên"), piece(350, 70, "Ban Tuyên giáo"),
        piece(120, 86, "cấp huyện"), piece(350, 86, "Huyện ủy"),
        piece(80, 106, "2"), piece(120, 106, "Cổ động trực quan"), piece(350, 106, "Phòng Văn hóa"),
    ) == [
        (False, True, [
            "TT | Nội dung | Đơn vị",
            "1 | Hội nghị báo cáo viên cấp huyện | Ban Tuyên giáo Huyện ủy",
            "2 | Cổ động trực quan | Phòng Văn hóa",
        ])
    ]  # fmt: skip


def test_a_row_of_a_table_is_no_numbered_item() -> None:
    rows = order(
        *(piece(left, 50, text) for left, text in ((80, "TT"), (120, "Nội dung"), (350, "Đơn vị"))),
        *(piece(left, 70, text) for left, text in ((80, "- Sáng"), (150, "Hội nghị"), (350, "Huyện ủy"))),
    )
    assert rows == [(False, True, ["TT | Nội dung | Đơn vị", "| - Sáng | Hội nghị | Huyện ủy"])]


def test_an_empty_page_has_no_regions() -> None:
    assert reading_order([]) == []
