"""Tables of Word files: rows of data, merged and nested cells, rows that count themselves."""

from pathlib import Path

import docx

from ingest.parse import read_document
from ingest.passages import split_passages
from ingest.readers.word import read_word
from tests.word_files import numbered, paragraph, save_docx, table


def text_of(path: Path) -> str:
    return read_word(path).texts[0]


def test_a_row_of_data_is_a_passage_with_its_column_names(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("II. TỔ CHỨC THỰC HIỆN")
    document.add_paragraph("Phân công cụ thể như sau:")
    rows = [
        ("STT", "Nội dung công việc", "Đơn vị chủ trì"),
        ("1", "Tổ chức hội nghị báo cáo viên tháng 3", "Ban Tuyên giáo Thành ủy"),
        ("2", "Treo băng rôn, khẩu hiệu trên các tuyến đường chính", "Phòng Văn hóa và Thông tin"),
    ]
    grid = document.add_table(rows=3, cols=3)
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            grid.cell(row, column).text = words
    path = tmp_path / "a.docx"
    document.save(str(path))
    passages = [p.text for p in split_passages(read_document(path))]
    assert passages == [
        "Phân công cụ thể như sau:",
        "STT: 1 | Nội dung công việc: Tổ chức hội nghị báo cáo viên tháng 3 | Đơn vị chủ trì: Ban Tuyên giáo Thành ủy",
        "STT: 2 | Nội dung công việc: Treo băng rôn, khẩu hiệu trên các tuyến đường chính"
        " | Đơn vị chủ trì: Phòng Văn hóa và Thông tin",
    ]


def test_merged_cells_nested_tables_and_counted_rows(tmp_path: Path) -> None:
    def cell(inside: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"

    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    counted = cell(paragraph("", numbered(1)))
    inner = table(("Đợt 1", "tháng 3"), ("Đợt 2", "tháng 9"))
    rows = [
        [cell(paragraph("TT")), cell(paragraph("Nhiệm vụ")), cell(paragraph("Đơn vị"))],
        [cell(paragraph("A. Tuyên truyền"), '<w:gridSpan w:val="3"/>')],
        [counted, cell(paragraph("Tập huấn") + inner), cell(paragraph("Sở Y tế"), '<w:vMerge w:val="restart"/>')],
        [counted, cell(paragraph("Kiểm tra")), cell(paragraph(""), "<w:vMerge/>")],
    ]
    body = "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"
    path = save_docx(tmp_path / "a.docx", body, numbering=numbering)
    assert text_of(path).split("\n") == [
        "| A. Tuyên truyền",
        "TT: 1 | Nhiệm vụ: Tập huấn Đợt 1, tháng 3; Đợt 2, tháng 9 | Đơn vị: Sở Y tế",
        "TT: 2 | Nhiệm vụ: Kiểm tra | Đơn vị: Sở Y tế",
    ]


def test_bold_names_of_columns_gaps_and_wrapped_rows(tmp_path: Path) -> None:
    def row(*cells: str, properties: str = "") -> str:
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    bold = [paragraph(words, run="<w:b/>") for words in ("Khối", "Mức 1", "Mức 2")]
    wrapped = f"<w:sdt><w:sdtContent>{row(paragraph('B'), paragraph('20'), paragraph('30'))}</w:sdtContent></w:sdt>"
    late = row(paragraph("5"), paragraph("9"), properties='<w:gridBefore w:val="1"/>')
    path = save_docx(tmp_path / "a.docx", f"<w:tbl>{row(*bold)}{wrapped}{late}</w:tbl>")
    assert text_of(path) == "Khối: B | Mức 1: 20 | Mức 2: 30\nMức 1: 5 | Mức 2: 9"


def test_a_row_marked_as_header_names_columns(tmp_path: Path) -> None:
    body = table(("Khối", "Mức"), ("B", "20")).replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1)
    assert text_of(save_docx(tmp_path / "a.docx", body)) == "Khối: B | Mức: 20"


def test_a_cell_that_goes_on_with_nothing_stands_alone(tmp_path: Path) -> None:
    body = table(("Khối", "Mức"), ("B", "20")).replace("<w:tc>", "<w:tc><w:tcPr><w:vMerge/></w:tcPr>", 1)
    assert text_of(save_docx(tmp_path / "a.docx", body)) == "Khối | Mức\nB | 20"
