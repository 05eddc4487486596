"""PDFs as they come: with a text layer, with columns and page furniture, with pages of images, broken."""

from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from reportlab.lib.pdfencrypt import StandardEncryption

from eval.plan_pdf import write_pdf
from eval.reading import accuracy
from eval.scans import outline_agreement, page_accuracy, syllable_accuracy, text_layers
from ingest.errors import ReadError
from ingest.parse import read_document
from ingest.passages import split_passages
from ingest.read import read_pages
from tests.pdf_files import HEIGHT, canvas, centred, draw, image_of, justified, written_pdf
from tests.plans import CORPUS, ROOT

PLANS = sorted(path.stem for path in CORPUS.glob("*.txt"))
OLD = ROOT / "tests" / "documents"

HEADER = [
    centred(175, 70, "TỈNH ỦY THỪA THIÊN HUẾ"),
    centred(410, 70, "ĐẢNG CỘNG SẢN VIỆT NAM"),
    centred(175, 88, "BAN TUYÊN GIÁO"),
    centred(175, 104, "*"),
    centred(175, 120, "Số 112-KH/BTGTU"),
    centred(410, 112, "Huế, ngày 5 tháng 2 năm 2025"),
    centred(300, 160, "KẾ HOẠCH"),
    centred(300, 178, "tuyên truyền kỷ niệm 95 năm Ngày thành lập Đảng"),
    (85.0, 220.0, "I. MỤC ĐÍCH, YÊU CẦU"),
    (85.0, 240.0, "1. Tuyên truyền sâu rộng truyền thống vẻ vang của Đảng."),
]


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read_pages(path)
    return str(caught.value)


@pytest.mark.parametrize("stem", PLANS)
def test_a_plan_printed_as_pdf_is_the_plan(tmp_path: Path, stem: str) -> None:
    plan, pdf = CORPUS / f"{stem}.txt", tmp_path / f"{stem}.pdf"
    write_pdf(plan.read_text(encoding="utf-8"), pdf)
    expected, document, layers = read_document(plan), read_document(pdf), text_layers(pdf)
    assert outline_agreement(expected, document) == 1.0
    assert len(document.sections) == len(expected.sections)
    assert (document.provenance, len(document.page_starts)) == ("text", len(layers))
    assert page_accuracy(layers, document) == 1.0
    assert syllable_accuracy(layers, document) == 1.0
    for fact in ("title", "number", "date", "place", "issuer", "signer", "signer_role", "recipients", "implements"):
        assert getattr(document.facts, fact) == getattr(expected.facts, fact), fact


def test_the_header_block_gives_number_date_and_place(tmp_path: Path) -> None:
    path = written_pdf(tmp_path / "kế hoạch.pdf", [HEADER])
    assert read_pages(path).texts == (
        "TỈNH ỦY THỪA THIÊN HUẾ\nBAN TUYÊN GIÁO\n*\nSố 112-KH/BTGTU\n\n"
        "ĐẢNG CỘNG SẢN VIỆT NAM\n\nHuế, ngày 5 tháng 2 năm 2025\n\n"
        "KẾ HOẠCH\ntuyên truyền kỷ niệm 95 năm Ngày thành lập Đảng\n\n"
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Tuyên truyền sâu rộng truyền thống vẻ vang của Đảng.",
    )
    facts = read_document(path).facts
    assert (facts.number, facts.date, facts.place) == ("112-KH/BTGTU", "2025-02-05", "Huế")
    assert facts.title == "Kế hoạch tuyên truyền kỷ niệm 95 năm Ngày thành lập Đảng"


def test_two_columns_of_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = ["Hội nghị đã thảo luận, cho ý", "kiến về báo cáo tổng kết và", "phương hướng năm tới."]
    right = ["Các đại biểu nhất trí cao với", "dự thảo nghị quyết trình tại", "hội nghị lần này."]
    lines = [(85.0, 100.0 + 16 * row, words) for row, words in enumerate(left)]
    lines += [(310.0, 100.0 + 16 * row, words) for row, words in enumerate(right)]
    path = written_pdf(tmp_path / "tin.pdf", [sorted(lines, key=lambda line: line[1])])
    assert read_pages(path).texts == (
        "Hội nghị đã thảo luận, cho ý kiến về báo cáo tổng kết và phương hướng năm tới.\n\n"
        "Các đại biểu nhất trí cao với dự thảo nghị quyết trình tại hội nghị lần này.",
    )


def test_page_numbers_and_running_lines_go_and_pages_count_from_one(tmp_path: Path) -> None:
    body = ["Tổ chức hội nghị quán triệt.", "Tuyên truyền trên báo chí.", "Sơ kết, tổng kết, khen thưởng."]
    pages = [
        [(290.0, 40.0, str(n)), (85.0, 100.0, f"{n}. {words}"), (85.0, 800.0, f"Kế hoạch 112 – trang {n}/3")]
        for n, words in enumerate(body, start=1)
    ]
    path = written_pdf(tmp_path / "kế hoạch.pdf", pages)
    assert read_pages(path).texts == tuple(f"{n}. {words}" for n, words in enumerate(body, start=1))
    assert [(p.page, p.text) for p in split_passages(read_document(path))] == list(enumerate(body, start=1))


def test_justified_lines_with_wide_gaps_are_no_columns(tmp_path: Path) -> None:
    rows = ["Ban Tuyên giáo chủ trì, phối hợp", "Đảng ủy các xã, phường tham mưu", "Ban Thường vụ Thành ủy ban hành"]
    pages = [[part for row, words in enumerate(rows) for part in justified(85, 100 + 16.0 * row, 320, words)]]
    assert read_pages(written_pdf(tmp_path / "a.pdf", pages)).texts == (" ".join(rows),)


def test_letters_of_several_fonts_make_one_word(tmp_path: Path) -> None:
    document = canvas(tmp_path / "a.pdf")
    draw(document, [(85.0, 100.0, "TH")])
    document.setFont("Times-Roman", 12)
    width = document.stringWidth("TH", "Serif", 12)
    document.drawString(85 + width, HEIGHT - 100, "AN")
    draw(document, [(85 + width + document.stringWidth("AN", "Times-Roman", 12), 100.0, "H HÓA")])
    document.save()
    assert read_pages(tmp_path / "a.pdf").texts == ("THANH HÓA",)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned(tmp_path: Path, turn: int) -> None:
    document = canvas(tmp_path / "a.pdf")
    document.setPageRotation(turn)
    document.translate(300, 300)
    document.rotate(turn)
    draw(document, [(0.0, HEIGHT, "1. Tổ chức hội nghị."), (0.0, HEIGHT + 18, "2. Tuyên truyền trên báo chí.")])
    document.save()
    assert read_pages(tmp_path / "a.pdf").texts == ("1. Tổ chức hội nghị.\n2. Tuyên truyền trên báo chí.",)


def test_a_slanted_watermark_is_left_out(tmp_path: Path) -> None:
    document = canvas(tmp_path / "a.pdf")
    draw(document, [(85.0, 400.0, "Tổ chức hội nghị quán triệt.")])
    document.saveState()
    document.translate(150, 300)
    document.rotate(45)
    document.drawString(0, 0, "BẢN NHÁP KHÔNG PHÁT HÀNH")
    document.restoreState()
    document.save()
    assert read_pages(tmp_path / "a.pdf").texts == ("Tổ chức hội nghị quán triệt.",)


def test_a_text_layer_in_tcvn3_becomes_unicode() -> None:
    name = "2006-19412_QD115.04TTg_BLTch_DNNVV"
    pages = read_pages(OLD / "files" / f"{name}.pdf")
    measured = accuracy("\n".join(pages.texts), (OLD / "truth" / f"{name}.txt").read_text(encoding="utf-8"))
    assert (pages.provenance, len(pages.texts)) == ("converted TCVN3", 2)
    assert measured.diacritics >= 0.985
    assert measured.characters >= 0.98


WORDS = "Tổ chức hội nghị quán triệt Nghị quyết của Trung ương."


def scan_under(tmp_path: Path, layer: str) -> Path:
    """A PDF of a page of text, a page of an image with an invisible text layer, and a blank page."""
    image = tmp_path / "trang.png"
    image_of(written_pdf(tmp_path / "nguồn.pdf", [[(85.0, 100.0, WORDS)]], size=14)).save(image)
    document = canvas(tmp_path / "b.pdf")
    draw(document, [(85.0, 100.0, "Trang đầu có lớp chữ.")])
    document.showPage()
    document.drawImage(str(image), 0, 0, 595, 842)
    text = document.beginText(85, 400)
    text.setFont("Serif", 10)
    text.setTextRenderMode(3)
    text.textLine(layer)
    document.drawText(text)
    document.showPage()
    document.showPage()
    document.save()
    return tmp_path / "b.pdf"


@pytest.mark.parametrize(
    "layer",
    [
        "",
        "Người ký: Văn phòng UBND tỉnh",  # the stamp of a signature
        "\ue001\ue002\ue003 \ue004\ue005" * 100,  # a font without Unicode letters
    ],
)
def test_a_page_without_readable_text_is_read_as_a_scan(tmp_path: Path, layer: str) -> None:
    pages = read_pages(scan_under(tmp_path, layer))
    assert pages.texts == ("Trang đầu có lớp chữ.", WORDS, "")
    first, second, third = pages.confidences
    assert (first, third) == (None, None)
    assert second is not None
    assert 0.8 < second <= 1.0
    assert pages.provenance == f"OCR {second:.2f}"


def test_a_scan_with_a_text_layer_of_its_own_keeps_it(tmp_path: Path) -> None:
    layer = "Lớp chữ mà máy quét đã ghi. " * 20
    pages = read_pages(scan_under(tmp_path, layer))
    assert (pages.texts[1], pages.provenance, pages.confidences) == (layer.strip(), "text", ())


def test_ten_thousand_pages(tmp_path: Path) -> None:
    path = tmp_path / "dài.pdf"
    with PdfDocument.new() as document:
        for _ in range(2_001):
            document.new_page(595, 842)
        document.save(path)
    message = "dài.pdf: 2001 pages, at most 2000 can be read; split it into one file for each document"
    assert refusal(path) == message


def test_a_password(tmp_path: Path) -> None:
    for user, name in (("mật khẩu", "a.pdf"), ("", "b.pdf")):
        document = canvas(tmp_path / name, encrypt=StandardEncryption(user, ownerPassword="chủ", canPrint=0))
        draw(document, [(85.0, 100.0, WORDS)])
        document.save()
    message = "a.pdf: is protected by a password; open it with the password and print it to a new PDF"
    assert refusal(tmp_path / "a.pdf") == message
    assert read_pages(tmp_path / "b.pdf").texts == (WORDS,)  # only printing is forbidden


def test_broken_files(tmp_path: Path) -> None:
    whole = written_pdf(tmp_path / "a.pdf", [[(85.0, 100.0, WORDS)]] * 3).read_bytes()
    damaged = "is a damaged PDF (Failed to load document (PDFium: Data format error).)"
    path = tmp_path / "kế hoạch.pdf"
    for raw, message in [
        (b"", "is empty (0 bytes); copy the file again"),
        (whole[:5000], "is cut short (5000 bytes without the mark of the end); copy the file again"),
        (b"PK\x03\x04" * 9, r"is not a PDF (begins with b'PK\x03\x04PK\x03\x04'); save the document as .pdf"),
        (b"%PDF-1.7\nx\n%%EOF", f"{damaged}; copy the file again or print it to a new PDF"),
    ]:
        path.write_bytes(raw)
        assert refusal(path) == f"kế hoạch.pdf: {message}"


def test_a_pdf_of_blank_pages(tmp_path: Path) -> None:
    path = written_pdf(tmp_path / "a.pdf", [[], []])
    assert refusal(path) == f"a.pdf: holds no text ({path.stat().st_size} bytes); check that the right file was saved"
