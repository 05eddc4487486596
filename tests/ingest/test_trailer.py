"""The end of a plan: closing words, recipients and signature in either order, or missing."""

import pytest

from ingest.trailer import is_person_name, is_role_line, recipient_lines
from tests.plans import parsed

BODY = "I. NỘI DUNG\n\n1. Tuyên truyền sâu rộng trong Nhân dân.\n\n"
SIGNED = "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nTrần Thị Kim Ngân\n\n"
SENT = "Nơi nhận:\n- Thường trực Tỉnh ủy,\n- Lưu Văn phòng.\n\n"


def trailer_of(text: str) -> dict[str, str]:
    document = parsed(text)
    return {s.kind: document.text[s.start : s.end] for s in document.sections if not s.label}


@pytest.mark.parametrize("end", [SIGNED + SENT, SENT + SIGNED])
def test_signature_and_recipients_in_either_order(end: str) -> None:
    assert trailer_of(BODY + end) == {"signature": SIGNED.strip(), "recipients": SENT.strip()}
    facts = parsed(BODY + end).facts
    assert (facts.signer, facts.signer_role) == ("Trần Thị Kim Ngân", "T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ")
    assert facts.recipients == ("Thường trực Tỉnh ủy", "Lưu Văn phòng")


def test_no_signature_and_no_recipients() -> None:
    document = parsed(BODY)
    assert trailer_of(BODY) == {}
    assert (document.facts.signer, document.facts.signer_role, document.facts.recipients) == (None, None, ())
    assert "no_signature" in [warning.code for warning in document.warnings]


def test_recipients_without_a_signature() -> None:
    assert trailer_of(BODY + SENT) == {"recipients": SENT.strip()}


def test_an_office_without_a_name_is_a_signature_without_a_signer() -> None:
    facts = parsed(BODY + SENT + "CHỦ TỊCH\n").facts
    assert (facts.signer, facts.signer_role) == (None, "CHỦ TỊCH")


def test_a_name_alone_at_the_end_is_the_signature() -> None:
    facts = parsed(BODY + SENT + "\n\nLê Thị Thanh Bình").facts
    assert (facts.signer, facts.signer_role) == ("Lê Thị Thanh Bình", None)


def test_the_closing_words_stand_apart_from_the_last_item() -> None:
    closing = "Trên đây là Kế hoạch tuyên truyền của Ban Thường vụ Tỉnh ủy."
    assert trailer_of(BODY + closing + "\n\n" + SENT + SIGNED)["closing"] == closing


def test_an_appendix_after_the_signature_is_read_on() -> None:
    document = parsed(BODY + SENT + SIGNED + "I. KHẨU HIỆU\n\n1. Đảng Cộng sản Việt Nam quang vinh muôn năm!\n")
    assert [s.locator for s in document.sections][-2:] == ["Mục I", "Mục I.1"]
    assert document.sections[-1].kind == "slogans"


@pytest.mark.parametrize(
    ("line", "is_role"),
    [
        ("T/M BAN THƯỜNG VỤ", True),
        ("TM. ỦY BAN NHÂN DÂN", True),
        ("KT. CHỦ TỊCH", True),
        ("K/T TRƯỞNG BAN", True),
        ("KT/BỘ TRƯỞNG", True),
        ("PHÓ TRƯỞNG BAN THƯỜNG TRỰC", True),
        ("Q. GIÁM ĐỐC", True),
        ("CỤC TRƯỞNG", True),
        ("Phó Bí thư", False),
        ("TỔ CHỨC THỰC HIỆN", False),
        ("KẾ HOẠCH", False),
        ("", False),
    ],
)
def test_offices(line: str, is_role: bool) -> None:
    assert is_role_line(line) is is_role


def test_a_signature_without_capitals() -> None:
    signed = "TM. Chính phủ\n\nThủ tướng\n\n(Đã ký)\n\nPhan Văn Khải"
    assert trailer_of(BODY + signed)["signature"] == signed
    facts = parsed(BODY + signed).facts
    assert (facts.signer, facts.signer_role) == ("Phan Văn Khải", "TM. Chính phủ Thủ tướng")


def test_a_signature_beside_the_recipients() -> None:
    end = (
        "Nơi nhận:                    KT/BỘ TRƯỞNG BỘ TÀI CHÍNH\n\n- Văn phòng TW Đảng\t\tTHỨ TRƯỞNG\n\n"
        ". Văn phòng Quốc hội\n\n- Các Bộ, cơ quan ngang Bộ, cơ quan\n\nthuộc Chính phủ      Vũ Văn Ninh\n\n"
        "- Lưu: VP (TH, HC).\n\nTCT(HC, NV3)"
    )
    document = parsed(BODY + end)
    assert trailer_of(BODY + end) == {"recipients": end, "signature": "Vũ Văn Ninh"}
    assert document.sections[-1].parent == len(document.sections) - 2
    facts = document.facts
    assert (facts.signer, facts.signer_role) == ("Vũ Văn Ninh", "KT/BỘ TRƯỞNG BỘ TÀI CHÍNH THỨ TRƯỞNG")
    assert facts.recipients == (
        "Văn phòng TW Đảng",
        "Văn phòng Quốc hội",
        "Các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ",
        "Lưu: VP (TH, HC). TCT(HC, NV3)",
    )


def test_a_dispatch_without_a_list_of_recipients_goes_to_its_addressees() -> None:
    facts = parsed(
        "Số: 5/SYT\nV/v treo cờ\n\nKính gửi: UBND các huyện\n\nSở Y tế đề nghị như sau:\n\n1. Treo cờ.\n"
    ).facts
    assert facts.recipients == ("UBND các huyện",)


@pytest.mark.parametrize(
    ("line", "is_name"),
    [
        ("Bùi Văn Phú", True),
        ("Lê Thị Thanh Bình", True),
        ("Nguyễn Tạo", True),
        ("Tạo", False),
        ("Lâm QUANG Thao", False),
        ("Lưu Văn phòng", False),
        ("Nguyễn Văn Tạo.", False),
        ("Một Hai Ba Bốn Năm Sáu", False),
        ("", False),
    ],
)
def test_names(line: str, is_name: bool) -> None:
    assert is_person_name(line) is is_name


def test_recipients_one_a_line() -> None:
    text = "Nơi nhận:\n- Thường trực Tỉnh ủy (b/c);\n– **Lưu: VT, HMH.**\n\n(để b/c)\n"
    assert recipient_lines(text) == ("Thường trực Tỉnh ủy (b/c)", "Lưu: VT, HMH")
    assert recipient_lines("") == ()
