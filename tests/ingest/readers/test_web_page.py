"""Web pages as portals and word processors save them."""

from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.parse import read_document
from ingest.readers.pages import Pages
from ingest.readers.web_page import read_web_page

PORTAL = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Cổng thông tin</title><style>p { color: red }</style>
<script>document.write("I. QUẢNG CÁO")</script></head>
<body><nav><ul><li>Trang chủ</li></ul></nav><noscript>Hãy bật JavaScript</noscript>
<table width="100%"><tr><td><b>UBND TỈNH KHÁNH HÒA<br>SỞ Y TẾ</b><p>Số: 1203/KH-SYT</p></td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><p><i>Khánh Hòa, ngày 09 tháng 3 năm 2025</i></p></td></tr></table>
<h2>KẾ HOẠCH</h2><h3>Truyền thông phòng, chống sốt xuất huyết</h3>
<p>Thực hiện Kế hoạch số 15/KH-UBND ngày 02/01/2025 của tỉnh, nội dung như sau:</p>
<ol type="I"><li><strong>MỤC ĐÍCH</strong>
  <ol><li>Nâng cao nhận thức
      của người dân.</li><li>Giảm số ca mắc.</li></ol></li>
<li><p>TỔ CHỨC THỰC HIỆN</p><ol><li>Trung tâm Kiểm soát bệnh tật tỉnh chủ trì thực hiện.
  <ul><li>Tháng 3&nbsp;&ndash; 4: ra quân;<ul><li>phun hóa chất.</li></ul></li></ul></li></ol></li></ol>
<p style="display:none">Lời ẩn</p><div hidden>Ẩn nữa</div>
<table><tr><td><b>Nơi nhận:</b><br>- Như trên;<br>- Lưu: VT.</td>
<td><p>GIÁM ĐỐC</p><p>Trần Văn Minh</p></td></tr></table>
<form><input value="Tìm"><button>Gửi</button></form></body></html>"""


def read(path: Path, page: str | bytes) -> Pages:
    path /= "a.html"
    path.write_bytes(page.encode("utf-8") if isinstance(page, str) else page)
    return read_web_page(path)


def blocks(path: Path, page: str) -> list[str]:
    return read(path, page).texts[0].split("\n\n")


def test_a_plan_on_a_portal(tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch.html"
    path.write_text(PORTAL, encoding="utf-8")
    document = read_document(path)
    facts = document.facts
    assert (facts.number, facts.place, facts.date) == ("1203/KH-SYT", "Khánh Hòa", "2025-03-09")
    assert facts.title == "Kế hoạch truyền thông phòng, chống sốt xuất huyết"
    assert facts.issuer == "SỞ Y TẾ"
    assert (facts.signer, facts.signer_role) == ("Trần Văn Minh", "GIÁM ĐỐC")
    assert facts.recipients == ("Như trên", "Lưu: VT")
    assert [(s.locator, s.title, s.unit) for s in document.sections if s.label or s.level > 2] == [
        ("Mục I", "MỤC ĐÍCH", None),
        ("Mục I.1", "", None),
        ("Mục I.2", "", None),
        ("Mục II", "TỔ CHỨC THỰC HIỆN", None),
        ("Mục II.1", "", "Trung tâm Kiểm soát bệnh tật tỉnh"),
        ("Mục II.1, gạch đầu dòng thứ 1", "", "Trung tâm Kiểm soát bệnh tật tỉnh"),
        ("Mục II.1, gạch đầu dòng thứ 1, dấu cộng thứ 1", "", "Trung tâm Kiểm soát bệnh tật tỉnh"),
    ]
    assert "1. Nâng cao nhận thức của người dân." in document.text
    for left_out in ("QUẢNG CÁO", "color", "Trang chủ", "JavaScript", "ẩn", "Gửi", "Cổng"):
        assert left_out not in document.text


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<ol start="3"><li>x<li value="7">x<li>x</ol>', "3. x|7. x|8. x"),
        ("<ol reversed><li>x</li><li>x</li></ol>", "2. x|1. x"),
        ('<ol style="list-style-type: upper-alpha"><li>x</li></ol>', "A. x"),
        ('<ol type="a"><li>x</li><li>x</li></ol>', "a. x|b. x"),
        ('<ul style="list-style-type:none"><li>x</li></ul>', "x"),
        ("<ul><li>x<ol><li>y<ul><li>z</ul></ol></ul>", "- x|1. y|+ z"),
        ("<li>x</li>", "x"),
    ],
)
def test_lists(page: str, expected: str, tmp_path: Path) -> None:
    assert blocks(tmp_path, page) == expected.split("|")


def test_a_table_of_data_with_merged_cells(tmp_path: Path) -> None:
    page = """<table><caption>Phân công</caption><thead><tr><th>Nhiệm vụ<th>Chủ trì<th>Thời gian</tr></thead>
    <tbody><tr><td>Tập huấn<td rowspan="2">Sở Y tế<td>Quý I</tr><tr><td>Giám sát<td>Quý II</tr></tbody></table>"""
    assert blocks(tmp_path, page) == [
        "Phân công",
        "Nhiệm vụ: Tập huấn | Chủ trì: Sở Y tế | Thời gian: Quý I\n"
        "Nhiệm vụ: Giám sát | Chủ trì: Sở Y tế | Thời gian: Quý II",
    ]


def test_spaces_breaks_and_unknown_elements(tmp_path: Path) -> None:
    page = (
        "<p>Sở  Y\n tế <br> tỉnh<o:p></o:p></p>Lời <st1:place>Hà Nội</st1:place> trần<!-- ghi chú -->"
        "<p>&nbsp;</p><pre>một\n  hai</pre><p>&lt;b&gt; &amp; &#7871;</p>"
    )
    assert blocks(tmp_path, page) == ["Sở Y tế\ntỉnh", "Lời Hà Nội trần", "một\nhai", "<b> & ế"]


def test_a_list_that_word_wrote(tmp_path: Path) -> None:
    page = (
        "<p class=MsoListParagraph><![if !supportLists]><b><span style='mso-list:Ignore'>I.<span>&nbsp;&nbsp; </span>"
        "</span></b><![endif]><span style='text-transform:uppercase'>Mục đích</span></p>"
    )
    text = read(tmp_path, page).texts[0]
    assert " ".join(text.split()) == "I. MỤC ĐÍCH"


@pytest.mark.parametrize(
    ("page", "text", "provenance"),
    [
        ("<p>Kế hoạch".encode(), "Kế hoạch", "text"),
        (b"\xef\xbb\xbf" + "<p>Kế hoạch".encode(), "Kế hoạch", "text"),
        ("\ufeff<p>Kế hoạch".encode("utf-16-le"), "Kế hoạch", "text"),
        ('<meta charset="utf-8"><p>Ke\u0302\u0301 hoa\u0323ch'.encode(), "Kế hoạch", "text"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1258"><p>Kê\u0301 hoa\u0323ch'.encode(
                "cp1258"
            ),
            "Kế hoạch",
            "text",
        ),
        ('<meta charset="iso-8859-1"><p>Kế hoạch'.encode(), "Kế hoạch", "text"),  # declared wrongly
        ('<meta charset="zlib_codec"><p>Kế hoạch'.encode(), "Kế hoạch", "text"),
        ('<?xml version="1.0" encoding="iso-8859-1"?><p>café'.encode("latin-1"), "café", "text"),
        ('<font face=".VnTime">Céng hßa x· héi</font>'.encode("cp1252"), "Cộng hòa xã hội", "converted TCVN3"),
        ("<p style=\"font-family: 'VNI-Times', serif\">Vieät Nam".encode("cp1252"), "Việt Nam", "converted VNI"),
        (b'<meta charset="viscii"><p>Vi\xaet Nam', "Việt Nam", "converted VISCII"),
    ],
)
def test_encodings(page: bytes, text: str, provenance: str, tmp_path: Path) -> None:
    pages = read(tmp_path, page)
    assert (pages.texts, pages.provenance) == ((text,), provenance)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (b"PK\x03\x04....", "a.html: is a zip archive or an office file, not what .html says; save it as a web page"),
        (b"%PDF-1.7", "a.html: is a PDF, not what .html says; save it as a web page or rename it"),
        (b"MIME-Version: 1.0", "a.html: is a web archive, not what .html says"),
        (b"<p>\x00\x01", "a.html: is not a web page (binary content); save the page again in a browser"),
        (b"<div>" * 1000 + b"x", "a.html: nests elements over 256 deep; open it in a browser"),
    ],
)
def test_files_that_are_no_page(page: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read(tmp_path, page)
    assert str(caught.value).startswith(message)


def test_deep_tables_within_the_limit_and_entities_of_the_page(tmp_path: Path) -> None:
    page = "<table><tr><td>" * 80 + "trong cùng"
    assert blocks(tmp_path, page) == ["trong cùng"]
    declared = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><p>&x; Kế hoạch'
    assert "&x; Kế hoạch" in read(tmp_path, declared).texts[0]


def test_an_empty_page(tmp_path: Path) -> None:
    assert read(tmp_path, "<html><body><p> </p></body></html>").texts == ("",)
    assert read(tmp_path, " \n").texts == ("",)
