"""Tables as lines, whatever format they come from."""

from ingest.outline import read_outline
from ingest.readers.tables import Cell, table_blocks


def cell(*blocks: str, columns: int = 1, rows: int = 1, is_heading: bool = False) -> Cell:
    return Cell(blocks, columns, rows, is_heading)


def lines(*rows: list[Cell]) -> list[str]:
    blocks = table_blocks(rows)
    assert len(blocks) == 1
    return blocks[0].split("\n")


def test_rows_without_names_of_columns_are_cells_joined() -> None:
    assert lines(
        [cell("Thời gian"), cell("8 giờ 00, ngày 05/3/2025")], [cell("Địa điểm"), cell("Hội trường tỉnh")]
    ) == [
        "Thời gian | 8 giờ 00, ngày 05/3/2025",
        "Địa điểm | Hội trường tỉnh",
    ]


def test_bold_cells_name_columns() -> None:
    head = [cell("Đợt", is_heading=True), cell("Quy mô", is_heading=True)]
    assert lines(head, [cell("1"), cell("cấp tỉnh")]) == ["Đợt: 1 | Quy mô: cấp tỉnh"]
    head = [cell("Đợt", is_heading=True), cell("cấp tỉnh")]  # a bold first column names rows
    assert lines(head, [cell("Số"), cell("2")]) == ["Đợt | cấp tỉnh", "Số | 2"]


def test_an_empty_cell_loses_its_name_and_an_empty_row_is_left_out() -> None:
    head = [cell("TT"), cell("Nội dung"), cell("Ghi chú")]
    assert lines(head, [cell("1"), cell("Tập huấn"), cell()], [cell(), cell(), cell()]) == [
        "TT: 1 | Nội dung: Tập huấn"
    ]


def test_a_header_of_two_rows() -> None:
    first = [cell("STT", rows=2), cell("Thời gian", columns=2), cell("Đơn vị", rows=2)]
    second = [cell("Bắt đầu"), cell("Kết thúc")]
    assert lines(first, second, [cell("1"), cell("tháng 1"), cell("tháng 6"), cell("Sở Y tế")]) == [
        "STT: 1 | Thời gian Bắt đầu: tháng 1 | Thời gian Kết thúc: tháng 6 | Đơn vị: Sở Y tế"
    ]


def test_a_merged_cell_stands_in_each_row_that_it_reaches() -> None:
    head = [cell("Nhiệm vụ"), cell("Đơn vị thực hiện")]
    long = "Ủy ban nhân dân các xã, phường, thị trấn " * 6
    rows = [
        head,
        [cell("Rà soát"), cell("Sở Y tế", rows=2)],
        [cell("Báo cáo")],
        [cell("Họp"), cell(long, rows=2)],
        [cell("Gặp")],
    ]
    assert lines(*rows) == [
        "Nhiệm vụ: Rà soát | Đơn vị thực hiện: Sở Y tế",
        "Nhiệm vụ: Báo cáo | Đơn vị thực hiện: Sở Y tế",
        f"Nhiệm vụ: Họp | Đơn vị thực hiện: {long.strip()}",
        "Nhiệm vụ: Gặp",
    ]


def test_paragraphs_and_tables_in_a_cell_of_data_stay_on_its_line() -> None:
    inner = table_blocks([[cell("Quý I"), cell("5 lớp")], [cell("Quý II"), cell("7 lớp")]])
    head = [cell("TT"), cell("Nội dung")]
    assert lines(head, [cell("1"), Cell(("Tập huấn", "cho cán bộ", *inner))]) == [
        "TT: 1 | Nội dung: Tập huấn cho cán bộ Quý I, 5 lớp; Quý II, 7 lớp"
    ]


def test_numbers_in_a_table_are_no_items_of_the_document() -> None:
    rows = [
        [cell("I. Công tác tuyên truyền", columns=2)],
        [cell("1. Tập huấn"), cell("Sở Y tế")],
        [cell("a) Họp"), cell("X")],
    ]
    table = "\n".join(lines(*rows))
    text = f"I. MỤC ĐÍCH\n\nNhư sau:\n\n{table}\n\nII. KINH PHÍ\n\nTheo dự toán."
    assert [section.label for section in read_outline(text).sections] == ["I", "II"]


def test_a_letterhead_goes_column_by_column_and_a_row_across_stays_in_place() -> None:
    rows = [
        [cell("HUYỆN ỦY HÒA VANG", "BAN TUYÊN GIÁO", "*"), cell(), cell("ĐẢNG CỘNG SẢN VIỆT NAM")],
        [cell("Số 12-KH/BTG"), cell(), cell("Hòa Vang, ngày 03 tháng 02 năm 2025")],
        [cell("KẾ HOẠCH", columns=3)],
    ]
    assert table_blocks(rows) == [
        "HUYỆN ỦY HÒA VANG\nBAN TUYÊN GIÁO\n*",
        "Số 12-KH/BTG",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Hòa Vang, ngày 03 tháng 02 năm 2025",
        "KẾ HOẠCH",
    ]


def test_recipients_left_and_signature_right() -> None:
    rows = [
        [cell("Nơi nhận:", "- Như trên;", "- Lưu: VT."), cell("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")],
        [cell(), cell("Lê Văn Nam")],
    ]
    assert table_blocks(rows) == ["Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "Lê Văn Nam"]


def test_frames_of_one_row_or_column_are_paragraphs() -> None:
    assert table_blocks([[cell("I. MỤC ĐÍCH", "1. Nâng cao nhận thức.")]]) == ["I. MỤC ĐÍCH\n\n1. Nâng cao nhận thức."]
    assert table_blocks([[cell("Kính gửi:"), cell("- Sở Y tế;", "- Sở Nội vụ.")]]) == [
        "Kính gửi:",
        "- Sở Y tế;\n\n- Sở Nội vụ.",
    ]
    assert table_blocks([[cell("Một")], [cell("Hai")]]) == ["Một", "Hai"]
    assert table_blocks([]) == []
    assert table_blocks([[cell(), cell()]]) == []


def test_what_a_damaged_file_claims_of_its_cells_is_bounded() -> None:
    wide = [cell("TT", columns=10**9, rows=10**9), cell("Nội dung"), cell("Ghi chú")]
    assert lines(wide, [cell("Tập huấn")]) == ["Nội dung: Tập huấn"]
    tall = [cell("x" * 200, rows=10**9) for _ in range(100)]
    assert len("".join(lines(tall, *([cell("y")] for _ in range(10_000))))) < 6 * 10_100 * 200
