"""Who issued a document: read from where it is cited, or known of a document of the library; verbatim."""

import pytest

from index.issuing_body import issuing_line
from index.question import DocumentNames, document_names
from index.types import Citation, Quote
from ingest.passages import split_passages
from ingest.types import Document, Passage
from tests.fakes import understood
from tests.plans import CAN_THO, NAM_TU_LIEM, PHAN_RANG, VUNG_TAU, parsed

BASIS = (
    "Căn cứ Nghị quyết số 18-NQ/TW, ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII “Một số vấn đề”; "
    "Kết luận 127 -KL/TW ngày 28/02/2025 của Bộ Chính trị, Ban Bí thư về sắp xếp bộ máy; "
    "Kế hoạch số 357-KH/BTGTU ngày 12/12/2024 Ban Thường vụ Tỉnh ủy về tuyên truyền; "
    "Quyết định số 130 - QĐ/TU của Tỉnh ủy, Thông tri số 12-TT/TU; Công văn số 05-CV/BCĐ đề nghị báo cáo. "
    "Ngày 03/10/2024, Ban Tuyên giáo Tỉnh ủy Bà Rịa - Vũng Tàu ban hành Hướng dẫn số 193-HD/BTGTU."
)


def cited(text: str, label: str = "1") -> Citation:
    document = parsed(text, "a.txt")
    passage = Passage("a:0", "a", 0, len(text), text, (), "Mục I", "content", None, None)
    return Citation(label, document, passage, (Quote(0, len(passage.text), passage.text),), 1.0)


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("nghị quyết 18 do ai ban hành?", "Ban Chấp hành Trung ương Đảng"),
        ("nghị quyết số 18-NQ/TW là của cơ quan nào", "Ban Chấp hành Trung ương Đảng"),
        ("kết luận 127 là của ai", "Bộ Chính trị, Ban Bí thư"),
        ("cơ quan nào ban hành kế hoạch 357", "Ban Thường vụ Tỉnh ủy"),
        ("quyết định 130 cấp nào ban ra", "Tỉnh ủy"),
        ("hướng dẫn 193 về chủ đề lớn do đơn vị nào đề ra", "Ban Tuyên giáo Tỉnh ủy Bà Rịa - Vũng Tàu"),
    ],
)
def test_it_stands_beside_the_number(question: str, body: str) -> None:
    assert issuing_line(understood(question), [cited("Không có gì.", "1"), cited(BASIS, "2")]) == f"“{body}” [2]"


@pytest.mark.parametrize(
    "question",
    [
        "công văn 05 do ai ban hành",  # it is not said
        "nghị quyết 8 do ai ban hành",
        "thông báo 18 do ai ban hành",
        "nghị quyết 18 ban hành ngày nào",
        "nghị quyết 18 giao cơ quan nào làm",
        "ai tuyên truyền nghị quyết 18",
    ],
)
def test_nothing_where_it_is_not_said_or_not_asked(question: str) -> None:
    assert issuing_line(understood(question), [cited(BASIS)]) == ""


@pytest.mark.parametrize(
    ("question", "plan", "words", "shown"),
    [
        ("kế hoạch 443 của ai", VUNG_TAU, "Nay, Ban Thường vụ", "“Ban Thường vụ Thành ủy Vũng Tàu” [1]"),
        ("ai lập kế hoạch 443", VUNG_TAU, "Nay, Ban Thường vụ", "“Ban Thường vụ Thành ủy Vũng Tàu” [1]"),
        (
            "kế hoạch 347 do cơ quan nào ban hành?",
            PHAN_RANG,
            "KẾ HOẠCH",
            "Ban Thường vụ Thành ủy Phan Rang - Tháp Chàm [1]",
        ),
        ("kế hoạch của Cần Thơ do ai ban hành", CAN_THO, "KẾ HOẠCH", "Ban Thường vụ Thành ủy Cần Thơ [1]"),
        ("cơ quan nào ban hành kế hoạch Nam Từ Liêm", NAM_TU_LIEM, "KẾ HOẠCH", "Ban Thường vụ Quận ủy Nam Từ Liêm [1]"),
        ("ai xây dựng kế hoạch cho phường ở Cần Thơ", CAN_THO, "KẾ HOẠCH", ""),
        ("cơ quan nào ban hành kế hoạch cho các phường ở Cần Thơ", CAN_THO, "KẾ HOẠCH", ""),
        ("kế hoạch Cần Thơ giao ai chủ trì", CAN_THO, "KẾ HOẠCH", ""),
    ],
)
def test_of_a_document_of_the_library(
    question: str, plan: str, words: str, shown: str, corpus_documents: list[Document]
) -> None:
    document = next(one for one in corpus_documents if one.doc_id == plan)
    passage = next(one for one in split_passages(document) if words in one.text)
    citation = Citation("1", document, passage, (Quote(0, len(passage.text), passage.text),), 1.0)
    assert issuing_line(understood(question, document_names(corpus_documents)), [citation]) == shown


def test_a_document_that_does_not_say_its_issuer() -> None:
    document = parsed("Số 12-KH/TU\n\nKẾ HOẠCH\n\nTreo pano trên các trục đường chính.", "a.txt")
    assert document.facts.issuer is None
    passage = split_passages(document)[0]
    citation = Citation("1", document, passage, (Quote(0, len(passage.text), passage.text),), 1.0)
    names = [DocumentNames(document.doc_id, ("ke hoach 12",))]
    assert issuing_line(understood("kế hoạch 12 do ai ban hành", names), [citation]) == ""
