"""RTF: real files, and small ones written by hand."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import ReadError
from ingest.read import read_pages
from ingest.readers.paragraphs import Paragraph, Run, lay_out
from ingest.readers.rich_text import MAX_DEPTH, RichTextError, read_rich_text

FILES = Path(__file__).parents[2] / "documents" / "files"
FONTS = (
    rb"{\fonttbl{\f0\froman\fcharset0{\*\panose 0202}Times New Roman;}{\f1\fcharset0 .VnTime{\*\falt Arial};}"
    rb"{\f2\fcharset2 Symbol;}{\f3\fcharset163 Arial (Vietnamese);}}"
)


def as_it_is(text: str, _font: str | None) -> str:
    return text


def plain(body: bytes) -> str:
    story = read_rich_text(rb"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + body + b"}")
    return lay_out(story.paragraphs, as_it_is)


def test_real_circulars_are_converted_by_their_fonts() -> None:
    circular = read_pages(FILES / "2003-A30.rtf")
    assert circular.provenance == "converted TCVN3"
    assert "\n\nII- Sửa đổi mục II- Thủ tục hồ sơ miễn thuế nhập khẩu, như sau:\n\n" in circular.texts[0]
    joint = read_pages(FILES / "2004-A33.rtf").texts[0]
    assert "3.3- Có đăng ký kế hoạch nội địa hoá sản xuất sản phẩm" in joint
    assert "Times" not in joint


def test_runs_keep_their_fonts() -> None:
    story = read_rich_text(rb"{\rtf1\deff0" + FONTS + rb"S\f1\'e8 7{\f0 -KH}\plain !\par}")
    assert story.paragraphs[0] == Paragraph(
        (
            Run("S", "Times New Roman"),
            Run("è", ".VnTime"),
            Run(" 7", ".VnTime"),
            Run("-KH", "Times New Roman"),
            Run("!", "Times New Roman"),
        )
    )


def test_unicode_characters_replace_their_stand_ins() -> None:
    assert plain(rb"K\u7871? ho\u7841\'61ch {\uc2 n\u259\'61\'62m}{\uc0 \u7879}n \u-10179?\u-8704? \u160\~x") == (
        "Kế hoạch nămện 😀 \xa0x"
    )


def test_letters_follow_the_code_page_of_their_font() -> None:
    # Windows-1258 writes tones behind their letters: "ê" and the acute accent.
    assert plain(rb"\f3 Ti\'ea\'ecng Vi\'ea\'f2t") == "Tiê\u0301ng Viê\u0323t"
    assert plain(rb"caf\'e9 \'81") == "café \x81"


def test_lists_show_the_numbers_that_were_saved_with_them() -> None:
    body = (
        rb"{\listtext\pard\plain\f0 \'31.\tab}M\u7909?c \par{\pntext\f2\'b7\tab}G\u7841?ch\par"
        rb"{\listtext\f0 o\tab}D\u432?\u7899?i\par"
    )
    assert plain(body) == "1. Mục\n\n- Gạch\n\n+ Dưới"


def test_tables_and_paragraphs_after_them() -> None:
    rows = ((b"STT", b"N\\u7897?i dung", b"Th\\u7901?i gian"), (b"1", b"H\\u7885?p\\par giao ban", b"T2"))
    body = b"".join(b"\\trowd\\pard\\intbl " + b"".join(cell + b"\\cell " for cell in row) + b"\\row" for row in rows)
    assert plain(body + rb"\pard H\u7871?t.\par") == "STT: 1 | Nội dung: Họp giao ban | Thời gian: T2\n\nHết."


def test_what_is_not_of_the_text_is_left_out() -> None:
    body = (
        rb"{\info{\title T}}{\stylesheet{\s1 heading;}}{\header H}{\footer F}{\*\generator G;}{\pict\wmetafile8 0102}"
        rb"{\*\bkmkstart b}A{\v an}{\deleted cu}{\field{\*\fldinst{ HYPERLINK x}}{\fldrslt B}}{\object{\*\objdata 00}"
        rb"{\result C}}\bin3 {}}D{\annotation note}\par"
    )
    story = read_rich_text(rb"{\rtf1" + body + b"}")
    assert lay_out(story.paragraphs, as_it_is) == "ABCD"
    assert story.notes == (
        "chữ ẩn bị bỏ qua",
        "có sửa đổi chưa duyệt: đọc bản sau khi sửa",
        "hình ảnh không được đọc chữ",
    )


def test_notes_and_text_boxes_stand_behind_their_paragraph() -> None:
    note = rb"{\super\chftn}{\footnote\pard{\super\chftn} Theo N\u272?.}"
    box = rb"{\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard H\u7886?A T\u7888?C\par}}{\shprslt x}}"
    assert plain(b"Kinh ph\\u237?" + note + b" c\\u7845?p." + box + b"\\par Sau\\par") == (
        "Kinh phí[1] cấp.\n\n[1] Theo NĐ.\n\nHỎA TỐC\n\nSau"
    )


def test_the_optional_hyphen_is_no_letter() -> None:
    assert plain(rb"gi\-\u225?o vi\u234?n ch\u237?nh\_tr\u7883?") == "giáo viên chính-trị"


def test_a_file_without_end_is_read_to_where_it_goes() -> None:
    story = read_rich_text(rb"{\rtf1{\b M\u7909?c 1\par M\u7909?c 2" + b"\\")
    assert lay_out(story.paragraphs, as_it_is) == "Mục 1\n\nMục 2"


def test_what_is_no_rtf_or_nested_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(b"Ke hoach")
    with pytest.raises(ReadError, match=r"^a\.rtf: does not begin as RTF does; open it in a word processor"):
        read_pages(path)
    path.write_bytes(rb"{\rtf1 " + b"{" * MAX_DEPTH)
    with pytest.raises(ReadError, match=rf"^a\.rtf: has more than {MAX_DEPTH} groups inside one another; "):
        read_pages(path)


PARTS = [rb"{", rb"}", rb"\f1 ", rb"\u7871?", rb"\'ad", rb"\par ", rb"\cell ", rb"\row", rb"\*", rb"\pict ", rb"\bin9"]
PARTS += [
    rb"{\listtext ",
    rb"{\footnote ",
    rb"{\fonttbl",
    rb"{\f7 ",
    rb"\uc9 ",
    rb"\intbl ",
    b"\\",
    b"ngh\xed",
    b"\x00",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PARTS), st.binary(max_size=4)), max_size=60))
def test_any_bytes_after_the_start_are_read_or_refused(parts: list[bytes]) -> None:
    try:
        story = read_rich_text(rb"{\rtf1" + FONTS + b"".join(parts))
    except RichTextError:
        pytest.fail("sixty parts cannot nest too deep")
    text = lay_out(story.paragraphs, as_it_is)
    assert text.encode("utf-8").decode("utf-8") == text
    assert not set(text) & {"\0", "\r", "\x07"}
