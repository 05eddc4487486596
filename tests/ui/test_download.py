"""Names of files that people take away."""

import pytest

from ui.download import MAX_FILE_NAME, attachment, file_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ai ký kế hoạch số 347-KH/TU?", "ai ký kế hoạch số 347-KH TU.docx"),
        ("../../etc/passwd", "etc passwd.docx"),
        ('a\x00b\r\nc"<d>|e:f*', "a b c d e f.docx"),
        ("chốt \u202etxt.exe", "chốt txt.exe.docx"),
        (" ?. \n", "Câu trả lời.docx"),
        ("đ" * 300, "đ" * MAX_FILE_NAME + ".docx"),
    ],
)
def test_a_file_name_is_safe_and_keeps_its_marks(text: str, expected: str) -> None:
    assert file_name(text, ".docx", "Câu trả lời") == expected


def test_the_header_has_the_name_with_and_without_marks() -> None:
    assert attachment("đấu tranh.docx") == {
        "Content-Disposition": 'attachment; filename="dau tranh.docx"; '
        "filename*=UTF-8''%C4%91%E1%BA%A5u%20tranh.docx",
        "Cache-Control": "no-store",
    }


def test_the_header_holds_no_quote_and_no_line_end() -> None:
    header = attachment('a"\r\nX: y;漢.docx')["Content-Disposition"]
    assert header.startswith('attachment; filename="a___x_ y__.docx"; ')
    assert header.isascii()
    assert header.isprintable()
