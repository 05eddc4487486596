"""The rows of a sheet that name its columns."""

from ingest.sheet_columns import Header, find_header


def rows(*lines: str) -> list[tuple[str, ...]]:
    return [tuple(line.split("|")) for line in lines]


def test_names_in_two_rows_are_joined_and_reach_over_their_parts() -> None:
    sheet = rows(
        "ƯỚC THỰC HIỆN XUẤT KHẨU",
        "Stt||Đơn vị|K.H|So sánh (%)|",
        "||tính|2005|T2/T1|2T/KH",
        "1|Dầu thô|Ng. tấn|18500|80.9|16.9",
    )
    names = ("Stt", "", "Đơn vị tính", "K.H 2005", "So sánh (%) T2/T1", "So sánh (%) 2T/KH")
    assert find_header(sheet) == Header(1, 3, names)


def test_the_row_of_ordinals_is_preferred_to_notes_above_it() -> None:
    sheet = rows("Biểu 01|ĐVT: đồng|Trang 1", "TT|Tên", "1|Thuế")
    assert find_header(sheet) == Header(1, 2, ("TT", "Tên"))


def test_a_table_of_words_has_one_row_of_names() -> None:
    sheet = rows("Họ và tên|Chức vụ|Cơ quan", "Bùi Văn Phú|Phó Bí thư|Thành ủy")
    assert find_header(sheet) == Header(0, 1, ("Họ và tên", "Chức vụ", "Cơ quan"))


def test_rows_of_numbers_or_single_cells_name_nothing() -> None:
    assert find_header(rows("2023|2024", "15|17")) is None
    assert find_header(rows("Số liệu do Chi cục Thuế cung cấp", "Ước tính")) is None
    assert find_header(rows("STT|Nội dung")) is None
