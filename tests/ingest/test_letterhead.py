"""Headers of decrees, decisions, circulars, regulations and dispatches, as printed in twenty years."""

import pytest

from ingest.letterhead import Letterhead, read_letterhead

DECREE = """CHÍNH PHỦ
===
Số: 28 /2003/NĐ-CP

CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
-----------------------
Hà Nội, ngày 31 tháng 3 năm 2003

NGHỊ ĐỊNH CỦA CHÍNH PHỦ

Quy định việc phát hành công trái xây dựng Tổ quốc

năm 2003 - Công trái giáo dục

-------------------

CHÍNH PHỦ"""


def test_a_decree_in_two_columns() -> None:
    assert read_letterhead(DECREE) == Letterhead(
        title="Nghị định quy định việc phát hành công trái xây dựng Tổ quốc năm 2003 - Công trái giáo dục",
        number="28/2003/NĐ-CP",
        date="2003-03-31",
        place="Hà Nội",
        issuer="CHÍNH PHỦ",
        addressees=(),
    )


@pytest.mark.parametrize(
    "header",
    [
        "Nghị định của Chính phủ số 115/2003/NĐ-CP\n\nngày 10/10/2003 về chế độ công chức dự bị.\n\nChính phủ",
        "Nghị định số 115/2003/NĐ-CP ngày 10 tháng 10 năm 2003\ncủa Chính phủ về chế độ công chức dự bị",
    ],
)
def test_a_title_that_holds_issuer_number_and_date(header: str) -> None:
    assert read_letterhead(header) == Letterhead(
        title="Nghị định về chế độ công chức dự bị",
        number="115/2003/NĐ-CP",
        date="2003-10-10",
        place=None,
        issuer="Chính phủ",
        addressees=(),
    )


def test_a_decision_in_capitals_that_amends_another() -> None:
    header = (
        "QUYẾT ĐỊNH\n\nCỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 115/2004/QĐ-TTG\nNGÀY 25 THÁNG 6 NĂM 2004 VỀ VIỆC SỬA ĐỔI QUY CHẾ\n"
        "BAN HÀNH KÈM THEO QUYẾT ĐỊNH SỐ 193/2001/QĐ-TTG\nNGÀY 20 THÁNG 12 NĂM 2001 CỦA CHÍNH PHỦ\n\n"
        "THỦ TƯỚNG CHÍNH PHỦ"
    )
    assert read_letterhead(header) == Letterhead(
        title="QUYẾT ĐỊNH VỀ VIỆC SỬA ĐỔI QUY CHẾ BAN HÀNH KÈM THEO QUYẾT ĐỊNH SỐ 193/2001/QĐ-TTG "
        "NGÀY 20 THÁNG 12 NĂM 2001 CỦA CHÍNH PHỦ",
        number="115/2004/QĐ-TTg",
        date="2004-06-25",
        place=None,
        issuer="THỦ TƯỚNG CHÍNH PHỦ",
        addressees=(),
    )


def test_a_regulation_states_the_decision_that_issues_it() -> None:
    header = (
        "UỶ BAN NHÂN DÂN \t    \t  CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH CÀ MAU\t\t\t         Độc lập – Tự do\n\n"
        "QUY ĐỊNH\nVề Đội kiểm tra liên ngành\n( Ban hành kèm theo Quyết định số …05…./2006/ QĐ-UBND,\n"
        "ngày …25..tháng 01 năm 2006 của UBND tỉnh Cà Mau )"
    )
    found = read_letterhead(header)
    assert (found.title, found.number, found.date) == (
        "Quy định về Đội kiểm tra liên ngành",
        "05/2006/QĐ-UBND",
        "2006-01-25",
    )
    assert found.issuer == "UỶ BAN NHÂN DÂN TỈNH CÀ MAU"


def test_a_joint_circular() -> None:
    header = "THÔNG TƯ LIÊN TỊCH\nHướng dẫn thực hiện chính sách thuế"
    assert read_letterhead(header).title == "Thông tư liên tịch hướng dẫn thực hiện chính sách thuế"


@pytest.mark.parametrize(
    "header",
    [
        "KẾ HOẠCH\nTriển khai Kết luận số 127-KL/TW ngày 20 tháng 5 năm 2025 của Bộ Chính trị",
        "KẾ HOẠCH\nCủa tỉnh Bắc Ninh thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017",
    ],
)
def test_number_and_date_of_another_document_in_the_title_are_not_its_own(header: str) -> None:
    found = read_letterhead(header)
    assert (found.number, found.date) == (None, None)


@pytest.mark.parametrize(
    ("line", "issuer"),
    [
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ NAM", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ NAM"),
        ("BỘ TRƯỞNG BỘ Y TẾ", "BỘ TRƯỞNG BỘ Y TẾ"),
        ("Thủ tướng Chính phủ", "Thủ tướng Chính phủ"),
        ("BẢO HIỂM Y TẾ TOÀN DÂN", None),
        ("Chính phủ điện tử", None),
    ],
)
def test_who_decides_stands_above_the_basis(line: str, issuer: str | None) -> None:
    found = read_letterhead(f"QUYẾT ĐỊNH\nVề việc thành lập Hội đồng\n\n{line}")
    assert found.issuer == issuer
    assert found.title.endswith("Hội đồng") is (issuer is not None)


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("Số: 15/SVHTT\nV/v treo cờ\ndịp 30/4", "Công văn về việc treo cờ dịp 30/4"),
        ("Số: 15/SVHTT\nV/v: treo cờ\tĐà Nẵng, ngày 20 tháng 4 năm 2025", "Công văn về việc treo cờ"),
        ("Số: 15/SVHTT\nVề việc treo cờ", "Công văn về việc treo cờ"),
        ("Số: 15/SVHTT", ""),
    ],
)
def test_the_subject_of_a_dispatch(header: str, title: str) -> None:
    assert read_letterhead(header).title == title


@pytest.mark.parametrize(
    ("words", "addressees"),
    [
        ("Kính gửi: Ủy ban nhân dân các quận,\nhuyện.", ("Ủy ban nhân dân các quận, huyện",)),
        ("Kính gửi:\n- Các sở, ban, ngành;\n- UBND các huyện.", ("Các sở, ban, ngành", "UBND các huyện")),
        ("V/v treo cờ", ()),
    ],
)
def test_to_whom_a_dispatch_goes(words: str, addressees: tuple[str, ...]) -> None:
    assert read_letterhead(f"Số: 15/SVHTT\n\n{words}").addressees == addressees
