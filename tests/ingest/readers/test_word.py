"""Word files as clerks make them: the plans with automatic numbers, letterheads, notes, changes, old fonts."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from ingest.parse import read_document
from ingest.readers.word import read_word
from ingest.types import Document
from tests.plans import BO_TTTT, CAN_THO, CORPUS, NAM_TU_LIEM, PHAN_RANG, VUNG_TAU
from tests.word_files import paragraph, plan_as_docx, save_docx, table


def text_of(path: Path) -> str:
    return read_word(path).texts[0]


def outline(document: Document) -> list[tuple[object, ...]]:
    return [(s.label, s.locator, s.title, s.level, s.kind, s.unit, s.parent) for s in document.sections]


@pytest.mark.parametrize("stem", [BO_TTTT, CAN_THO, NAM_TU_LIEM, PHAN_RANG, VUNG_TAU])
def test_a_plan_with_automatic_numbers_reads_as_its_text(stem: str, tmp_path: Path) -> None:
    source = CORPUS / f"{stem}.txt"
    path = plan_as_docx(source.read_text(encoding="utf-8"), tmp_path / f"{stem}.docx")
    plan, saved = read_document(source), read_document(path)
    assert outline(saved) == outline(plan)
    assert saved.facts == plan.facts
    assert saved.warnings == plan.warnings
    assert [line.strip() for line in saved.text.split("\n") if line.strip()] == [
        line.strip() for line in plan.text.split("\n") if line.strip()
    ]


def test_the_helper_leaves_no_number_typed(tmp_path: Path) -> None:
    path = plan_as_docx((CORPUS / f"{VUNG_TAU}.txt").read_text(encoding="utf-8"), tmp_path / "a.docx")
    typed = [p.text for p in docx.Document(str(path)).paragraphs]
    assert "MỤC ĐÍCH, YÊU CẦU" in typed
    assert not [text for text in typed if text.startswith(("I", "1.", "2.", "- ", "+ "))]


PLAN = [
    "KẾ HOẠCH",
    "Tuyên truyền cải cách hành chính năm 2025",
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2025 của tỉnh, nội dung cụ thể như sau:",
    "I. MỤC ĐÍCH",
    "1. Nâng cao nhận thức của cán bộ, công chức.",
    "II. TỔ CHỨC THỰC HIỆN",
    "1. Văn phòng Sở chủ trì theo dõi, đôn đốc việc thực hiện.",
]


def test_letterhead_and_signature_in_tables(tmp_path: Path) -> None:
    document = docx.Document()
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NAM"
    head.cell(0, 0).add_paragraph("SỞ THÔNG TIN VÀ TRUYỀN THÔNG")
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    head.cell(0, 1).add_paragraph("Độc lập - Tự do - Hạnh phúc")
    head.cell(1, 0).text = "Số: 57/KH-STTTT"
    head.cell(1, 1).text = "Quảng Nam, ngày 14 tháng 01 năm 2025"
    for line in PLAN:
        document.add_paragraph(line)
    foot = document.add_table(rows=1, cols=2)
    foot.cell(0, 0).text = "Nơi nhận:"
    for line in ("- UBND tỉnh (b/c);", "- Các phòng, đơn vị thuộc Sở;", "- Lưu: VT, BCVT."):
        foot.cell(0, 0).add_paragraph(line)
    foot.cell(0, 1).text = "KT. GIÁM ĐỐC"
    foot.cell(0, 1).add_paragraph("PHÓ GIÁM ĐỐC")
    foot.cell(0, 1).add_paragraph("Phạm Hồng Quảng")
    document.sections[0].header.paragraphs[0].text = "Dự thảo lần 3"
    document.sections[0].footer.paragraphs[0].text = "Trang 1"
    path = tmp_path / "kế hoạch.docx"
    document.save(str(path))

    read = read_document(path)
    assert read.text.split("\n\n")[:4] == [
        "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NAM\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        "Số: 57/KH-STTTT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "Quảng Nam, ngày 14 tháng 01 năm 2025",
    ]
    facts = read.facts
    assert (facts.number, facts.place, facts.date) == ("57/KH-STTTT", "Quảng Nam", "2025-01-14")
    assert facts.issuer == "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"
    assert facts.title == "Kế hoạch tuyên truyền cải cách hành chính năm 2025"
    assert (facts.signer, facts.signer_role) == ("Phạm Hồng Quảng", "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC")
    assert facts.recipients == ("UBND tỉnh (b/c)", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, BCVT")
    assert [s.locator for s in read.sections][-3:] == ["Mục II.1", "Nơi nhận", "Chữ ký"]
    assert "Dự thảo" not in read.text
    assert "Trang 1" not in read.text


def test_styles_of_a_word_processor_number_lists(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Nội dung", style="List Number")
    document.add_paragraph("tuyên truyền miệng;", style="List Bullet")
    document.add_paragraph("Hình thức", style="List Number")
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert text_of(path) == "1. Nội dung\n\n- tuyên truyền miệng;\n\n2. Hình thức"


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Hoàn thành trước ngày </w:t></w:r>'
        "<w:del><w:r><w:delText>15/3</w:delText></w:r></w:del><w:ins><w:r><w:t>30/4</w:t></w:r></w:ins>"
        "<w:r><w:t>.</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Giao Sở Nội vụ </w:t></w:r></w:p>"
        + paragraph("chủ trì.")
        + table(("Bỏ hàng này",)).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    )
    pages = read_word(save_docx(tmp_path / "a.docx", body))
    assert pages.texts == ("Hoàn thành trước ngày 30/4.\n\nGiao Sở Nội vụ chủ trì.",)
    assert pages.notes == ("có sửa đổi chưa duyệt: đọc bản sau khi sửa",)


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('ĐẢNG BỘ TỈNH CÀ MAU')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>Số 15-KH/TU</w:t></w:r></w:p>"
    )
    assert text_of(save_docx(tmp_path / "a.docx", body)) == "Số 15-KH/TU\n\nĐẢNG BỘ TỈNH CÀ MAU"


def test_notes_follow_the_paragraph_that_cites_them(tmp_path: Path) -> None:
    def cites(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    body = (
        f"<w:p><w:r><w:t>Thực hiện Nghị quyết 18</w:t></w:r>{cites('footnote', 2)}<w:r><w:t>,</w:t></w:r>"
        f"{cites('footnote', 3)}{cites('endnote', 2)}</w:p>" + paragraph("Đoạn sau.")
    )

    def note(kind: str, number: int, inside: str) -> str:
        return f'<w:{kind} w:id="{number}">{inside}</w:{kind}>'

    separator = '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    own_citation = f"<w:p><w:r><w:t>Ngày 25/10/2017.</w:t></w:r>{cites('footnote', 2)}</w:p>"
    footnotes = separator + note("footnote", 2, own_citation) + note("footnote", 3, paragraph("Khóa XII."))
    endnotes = note("endnote", 2, paragraph("Theo Báo cáo số 9."))
    path = save_docx(tmp_path / "a.docx", body, footnotes=footnotes, endnotes=endnotes)
    assert text_of(path).split("\n\n") == [
        "Thực hiện Nghị quyết 18[1],[2][i]",
        "[1] Ngày 25/10/2017.",
        "[2] Khóa XII.",
        "[i] Theo Báo cáo số 9.",
        "Đoạn sau.",
    ]


def test_signs_links_breaks_fields_and_formulas(tmp_path: Path) -> None:
    def field(*steps: str) -> str:
        marks = {name: f'<w:r><w:fldChar w:fldCharType="{name}"/></w:r>' for name in ("begin", "separate", "end")}
        return "".join(marks.get(step, step) for step in steps)

    body = (
        "<w:p><w:r><w:t>Kế hoạch 2024</w:t><w:noBreakHyphen/><w:t>2025</w:t><w:br/><w:t>tỉnh</w:t><w:tab/>"
        '<w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
        '<w:hyperlink r:id="rId9"><w:r><w:t xml:space="preserve"> tại cổng thông tin</w:t></w:r></w:hyperlink>'
        + field(
            "begin",
            "<w:r><w:instrText>HYPERLINK</w:instrText><w:t>lệnh</w:t></w:r>",
            "separate",
            '<w:r><w:t xml:space="preserve">, trang 3</w:t></w:r>',
            "end",
        )
        + "<m:oMath><m:r><m:t>=2</m:t></m:r></m:oMath></w:p>"
    )
    assert text_of(save_docx(tmp_path / "a.docx", body)) == "Kế hoạch 2024-2025\ntỉnh\t✓ tại cổng thông tin, trang 3=2"


def test_what_is_not_printed_is_left_out_and_what_styles_change_is_not(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Binhthng"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mc"><w:name w:val="Mục"/><w:rPr><w:caps/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="MucCon"><w:name w:val="Mục con"/><w:basedOn w:val="Mc"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mucluc1"><w:name w:val="toc 1"/></w:style>'
    )
    body = (
        paragraph("I. Mục đích\t1", '<w:pStyle w:val="Mucluc1"/>')
        + paragraph("I. Mục đích", '<w:pStyle w:val="MucCon"/>')
        + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>lời ẩn</w:t></w:r><w:r><w:t>Lời hiện.</w:t></w:r></w:p>"
    )
    pages = read_word(save_docx(tmp_path / "a.docx", body, styles=styles))
    assert pages.texts == ("I. MỤC ĐÍCH\n\nLời hiện.",)
    assert pages.notes == ("chữ ẩn bị bỏ qua", "mục lục bị bỏ qua")


def test_old_fonts_run_by_run(tmp_path: Path) -> None:
    document = docx.Document()
    line = document.add_paragraph()
    for words, font in (("Céng hßa x· héi n\u00ad\u00edc", ".VnTime"), (" - Độc lập, naïve", "Times New Roman")):
        run = line.add_run(words)
        run.font.name, run.font.size = font, Pt(14)
    document.add_paragraph().add_run("kÕ ho¹ch").font.name = ".VnTimeH"
    vni = document.add_paragraph()
    for half in ("Vie", "ät Nam"):  # the mark of a letter in the next run
        run = vni.add_run(half)
        run.font.name = "VNI-Times"
        run.bold = half == "Vie"
    path = tmp_path / "a.docx"
    document.save(str(path))
    pages = read_word(path)
    assert pages.texts == ("Cộng hòa xã hội nước - Độc lập, naïve\n\nKẾ HOẠCH\n\nViệt Nam",)
    assert pages.provenance == "converted TCVN3"


def test_letters_become_nfc(tmp_path: Path) -> None:
    assert text_of(save_docx(tmp_path / "a.docx", paragraph("Ke\u0302\u0301 hoa\u0323ch"))) == "Kế hoạch"


def test_files_saved_as_strict_open_xml(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    save_docx(tmp_path / "b.docx", paragraph("Kế hoạch số 5", "<w:jc/>") + table(("Một ô",)))
    with zipfile.ZipFile(tmp_path / "b.docx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            raw = old.read(name)
            raw = raw.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, raw)
    assert text_of(path) == "Kế hoạch số 5\n\nMột ô"
