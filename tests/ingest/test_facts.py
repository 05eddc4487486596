"""Number, date, place, title, issuer and legal basis as other provinces write them."""

import pytest

from ingest.facts import first_words
from tests.plans import HUE, parsed

BODY = "\n\nI. MỤC ĐÍCH\n\n1. Tuyên truyền sâu rộng trong Nhân dân.\n"


def test_all_facts_of_a_plan() -> None:
    facts = parsed(HUE).facts
    assert (
        facts.title == facts.short_title == "Kế hoạch tuyên truyền kỷ niệm 95 năm Ngày thành lập Đảng Cộng sản Việt Nam"
    )
    assert (facts.number, facts.place, facts.date) == ("112-KH/BTGTU", "Huế", "2025-02-05")
    assert facts.issuer == "Ban Tuyên giáo Tỉnh ủy"
    assert facts.implements == ("Hướng dẫn số 180-HD/BTGTW ngày 10/01/2025",)
    assert (facts.signer, facts.signer_role) == ("Hoàng Văn An", "TRƯỞNG BAN")
    assert facts.recipients == ("Thường trực Tỉnh ủy", "Lưu: VT")


@pytest.mark.parametrize(
    ("header", "number", "warning"),
    [
        ("Số 112-KH/BTGTU", "112-KH/BTGTU", None),
        ("Số: 25 - KH/TU", "25-KH/TU", None),
        ("Số: 1203/KH-UBND", "1203/KH-UBND", None),
        ("Số 347- KH/TU", "347-KH/TU", None),
        ("**Số 05-CT/TW**", "05-CT/TW", None),
        ("Số:      /KH-UBND", "/KH-UBND", "incomplete_number"),
        ("Số lượng 5 đoàn", None, "no_number"),
        ("Không có gì", None, "no_number"),
    ],
)
def test_numbers(header: str, number: str | None, warning: str | None) -> None:
    document = parsed(header + BODY)
    assert document.facts.number == number
    found = [w.code for w in document.warnings if "number" in w.code]
    assert found == ([warning] if warning else [])


@pytest.mark.parametrize(
    ("line", "place", "date"),
    [
        ("Huế, ngày 5 tháng 2 năm 2025", "Huế", "2025-02-05"),
        ("* Phan Rang - Tháp Chàm, ngày 17 tháng 12 năm 2024", "Phan Rang - Tháp Chàm", "2024-12-17"),
        ("TP. Hồ Chí Minh, ngày 09 tháng 01 năm 2025", "TP. Hồ Chí Minh", "2025-01-09"),
        ("Hà Nội, ngày     tháng 12 năm 2024", "Hà Nội", "2024-12"),
        ("Hà Nội, ngày tháng năm 2024", "Hà Nội", "2024"),
        ("ngày 1 tháng 7 năm 2025", None, "2025-07-01"),
        ("Không có ngày", None, None),
        ("Số: 5/KH-UBND\tĐà Nẵng, ngày 3 tháng 4 năm 2025", "Đà Nẵng", "2025-04-03"),
        ("Số: 5/KH-UBND      Đà Nẵng, ngày 3 tháng 4 năm 2025", "Đà Nẵng", "2025-04-03"),
    ],
)
def test_dates_and_places(line: str, place: str | None, date: str | None) -> None:
    facts = parsed(line + BODY).facts
    assert (facts.place, facts.date) == (place, date)


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("KẾ HOẠCH\nTuyên truyền Đại hội", "Kế hoạch tuyên truyền Đại hội"),
        (
            "HƯỚNG DẪN\n\n**Tuyên truyền kỷ niệm\n50 năm thống nhất đất nước**",
            "Hướng dẫn tuyên truyền kỷ niệm 50 năm thống nhất đất nước",
        ),
        ("CHƯƠNG TRÌNH\nUBND tỉnh hành động", "Chương trình UBND tỉnh hành động"),
        ("KẾ HOẠCH\nTriển khai Kết luận 127 -KL/TW", "Kế hoạch triển khai Kết luận 127-KL/TW"),
        ("KẾ HOẠCH\nTuyên truyền năm\n2025", "Kế hoạch tuyên truyền năm 2025"),
        ("V/v treo cờ\ndịp 30/4", "Công văn về việc treo cờ dịp 30/4"),
    ],
)
def test_titles(header: str, title: str) -> None:
    assert parsed(header + BODY).facts.title == title


@pytest.mark.parametrize(
    ("header", "issuer"),
    [
        ("UBND TỈNH QUẢNG NAM\nSỞ Y TẾ\nSố: 5/KH-SYT", "SỞ Y TẾ"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ ĐÀ NẴNG\n-------\nSố: 5/KH-UBND", "ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG"),
        ("ĐẢNG BỘ TỈNH CÀ MAU\nTHÀNH ỦY CÀ MAU\n*\nSố 5-KH/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM", "THÀNH ỦY CÀ MAU"),
        ("ĐẢNG CỘNG SẢN VIỆT NAM\nHUYỆN ĐOÀN\nHuế, ngày 3 tháng 4 năm 2025", None),
        ("BỘ Y TẾ\tCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/KH-BYT\tHà Nội, ngày 1 tháng 2 năm 2025", "BỘ Y TẾ"),
        ("BAN CHỈ ĐẠO\nHỘI NHẬP QUỐC TẾ\nSố: 5/KH-BCĐ", "BAN CHỈ ĐẠO HỘI NHẬP QUỐC TẾ"),
        ("TỔNG CỤC HẢI QUAN SỐ 176/1998/TTLT-BTC", "TỔNG CỤC HẢI QUAN"),
        ("Số: 5/KH-BCĐ\nSỞ Y TẾ", None),
        ("KẾ HOẠCH\nSỞ Y TẾ tuyên truyền", None),
    ],
)
def test_the_letterhead_names_the_issuer_where_the_basis_does_not(header: str, issuer: str | None) -> None:
    assert parsed(header + BODY).facts.issuer == issuer


def test_the_basis_names_documents_outside_quotation_marks_once() -> None:
    basis = (
        "KẾ HOẠCH\nTuyên truyền\n\nThực hiện Nghị quyết số 18-NQ/TW, ngày 25/10/2017 về “Kế hoạch số 1-KH/TW” và "
        "Kế hoạch số 30 - KH/TU của Tỉnh ủy, Công văn số 15/UBND-VX; Ban Thường vụ Huyện ủy Hòa Vang xây dựng kế hoạch:"
    )
    facts = parsed(basis + BODY).facts
    assert facts.implements == (
        "Nghị quyết số 18-NQ/TW ngày 25/10/2017",
        "Kế hoạch số 30-KH/TU",
        "Công văn số 15/UBND-VX",
    )
    assert facts.issuer == "Ban Thường vụ Huyện ủy Hòa Vang"


def test_what_a_text_leaves_out_is_reported() -> None:
    codes = [w.code for w in parsed("I. MỤC ĐÍCH\n\n1. Tuyên truyền sâu rộng.\n").warnings]
    assert codes == ["no_title", "no_number", "no_date", "no_signature"]


def test_first_words_stand_in_for_a_title() -> None:
    assert first_words(" **Bài viết** ngắn\n") == "Bài viết ngắn"
    assert first_words("tuyên truyền " * 20, limit=30) == "tuyên truyền tuyên truyền…"
    assert first_words("") == ""
