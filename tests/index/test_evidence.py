"""What a question asks for and the best passage does not state."""

from pathlib import Path

import pytest

from index.evidence import missing_fact
from ingest.folding import fold
from ingest.metadata import load_metadata
from ingest.parse import read_document

CORPUS = Path(__file__).parents[2] / "corpus"
PANO = "Tuyên truyền, cổ động trực quan; xây dựng các khẩu hiệu, panô, áp phích tại các trục đường chính."


def said(*texts: str):
    folded = [" ".join(fold(text).replace(",", " ").split()) for text in texts]
    return lambda words: any(f" {words} " in f" {text} " for text in folded)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("in pano hết bao nhiêu tiền", "số tiền hay kinh phí"),
        ("kinh phí treo pano lấy ở đâu", "số tiền hay kinh phí"),
        ("giá một tấm pano bao nhiêu", "số tiền hay kinh phí"),
        ("bao nhiêu đại biểu dự hội nghị", "số người"),
        ("chị Bình quê ở đâu", "ngày sinh hay quê quán"),
        ("tập huấn ở hội trường nào", "địa chỉ hay địa điểm cụ thể"),
        ("cho xin số điện thoại ban tuyên giáo", "số điện thoại"),
        ("pano kích thước ra sao", "kích thước hay màu sắc"),
        ("loa phát lúc mấy giờ", "giờ giấc hay số lần"),
        ("ở Đà Nẵng treo pano chỗ nào", "nội dung của Đà Nẵng"),
        ("nghị quyết 57 nói gì về pano", "văn bản số 57"),
    ],
)
def test_a_fact_that_the_best_passage_does_not_hold_is_named(question: str, missing: str) -> None:
    assert missing_fact(question, PANO, [], said(PANO)) == missing


@pytest.mark.parametrize(
    "question",
    [
        "dùng pano, áp phích ở những đâu?",
        "xây dựng bộ máy đồng bộ thế nào?",  # "máy" is not "mấy", "đồng" here is no money
        "sắp xếp bộ máy, cán bộ ra sao?",
        "đánh giá tiền đề phát triển",
        "Việt Nam tham gia bao nhiêu tổ chức quốc tế",
        "hòa bình và ổn định",
    ],
)
def test_other_questions_lack_nothing(question: str) -> None:
    assert missing_fact(question, PANO, [], said(PANO, "vì một Việt Nam hòa bình")) is None


def test_a_fact_that_is_there_is_not_missing() -> None:
    passage = "Kinh phí thực hiện: 25 triệu đồng, cho 120 đại biểu, tại hội trường Thành ủy."
    for question in ("kinh phí bao nhiêu", "mấy triệu", "bao nhiêu đại biểu", "họp ở hội trường nào"):
        assert missing_fact(question, passage, [], said(passage)) is None


def test_a_place_or_number_that_some_document_has_is_not_missing() -> None:
    text = "Hướng dẫn số 173-HD/BTGTW, thành phố Cần Thơ"
    says = said("Hướng dẫn số 173 HD BTGTW, thành phố Cần Thơ")
    assert missing_fact("Cần Thơ theo hướng dẫn 173 à", text, [], says) is None


def test_a_document_without_date_or_number_says_so() -> None:
    metadata = load_metadata(CORPUS)
    name = "can-tho-tuyen-truyen-hoi-nghi-trung-uong-25-11-2024.txt"
    plan = read_document(CORPUS / name, metadata[name])
    title = plan.facts.short_title
    assert missing_fact("ngày ký kế hoạch Cần Thơ", plan.text, [plan], said("can tho")) == f"ngày ban hành của {title}"
    assert missing_fact("kế hoạch số mấy của Cần Thơ", plan.text, [plan], said("can tho")) == f"số của {title}"
    assert missing_fact("ngày ký kế hoạch", plan.text, [], said()) is None
