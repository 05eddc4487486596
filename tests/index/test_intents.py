"""What real questions ask for, and what only looks like it, for every intent."""

import unicodedata
from typing import get_args

import pytest

from index.intents import Intent, intents_of

ASKS: dict[Intent, tuple[str, ...]] = {
    "signature": (
        "ai ký kế hoạch của Phan Rang",
        "Ai là người kí công văn này?",
        "ai duyệt cái kế hoạch 443",
        "người đã ký là ông nào",
        "chữ ký ở cuối là của ai",
        "kế hoạch do ai đứng tên",
        "bản của Cần Thơ ai đặt bút",
        "bí thư Thành ủy Vũng Tàu là ai",
        "cục trưởng Cục Thông tin cơ sở là ông nào",
        "thủ trưởng đơn vị là bà nào",
    ),
    "recipients": (
        "nơi nhận gồm những đâu",
        "văn bản này gửi cho ai",
        "kế hoạch 347 gửi đi đâu",
        "ai được nhận kế hoạch",
        "công văn kính gửi ai",
        "thư của cục viết cho ai",
        "bản này lưu ở đâu",
        "công văn phát hành tới những đâu",
        "kế hoạch phổ biến đến đâu",
        "bên công an có được gửi không",
        "công văn gửi xuống đâu",
        "kế hoạch gửi tới nơi nào",
    ),
    "who": (
        "ai lo treo pano",
        "Đơn vị nào chủ trì?",
        "sở nào lo văn nghệ",
        "lãnh đạo nào đi dự",
        "đồng chí nào phụ trách",
        "đầu mối tổng hợp báo cáo",
        "việc này được giao cho phòng nào",
    ),
    "when": (
        "bao giờ họp",
        "khi nào phải xong",
        "hội nghị ngày mấy",
        "Nghị quyết ra năm nào",
        "mấy giờ bắt đầu",
        "hạn chót gửi kế hoạch",
        "hạn báo cáo",
        "deadline gửi kế hoạch",
        "phải báo cáo trước ngày nào",
        "chừng nào xong",
        "bữa nào họp báo cáo viên",
        "hồi nào dân đi bầu lần đầu",
        "họp bữa mấy",
    ),
    "how_many": (
        "có mấy nhiệm vụ",
        "bao nhiêu hội nghị",
        "đại hội lần thứ mấy",
        "tỉ lệ hộ nghèo còn lại",
        "tăng mấy phần trăm",
        "số lượng pano",
    ),
    "which_document": (
        "làm theo văn bản nào",
        "giấy nào bàn chuyện nhà nước pháp quyền",
        "làm theo tờ nào của tỉnh",
        "chuyện giá cả xem thông báo nào",
        "nghị quyết số mấy",
        "theo nghị quyết của trung ương",
        "kế hoạch căn cứ vào đâu",
        "luật quy chế gì",
        "theo nghị định nào",
    ),
    "own_date": (
        "kế hoạch của Vũng Tàu ký ngày nào",
        "ngày ban hành công văn",
        "công văn Cục đề ngày mấy",
        "kế hoạch ra đời khi nào",
        "bản của quận ban hành vào hôm nào",
        "kế hoạch ký tháng nào",
        "tờ 443 đóng dấu bữa nào",
    ),
    "own_number": (
        "văn bản Phan Rang đánh số bao nhiêu",
        "số của kế hoạch Vũng Tàu",
        "công văn số mấy",
        "kế hoạch mang số hiệu gì",
        "số hiệu của văn bản là gì",
        "số hiệu là bao nhiêu",
        "kế hoạch Phan Rang ký hiệu gì",
        "số ký hiệu của kế hoạch Vũng Tàu",
    ),
    "slogans": (
        "khẩu hiệu tuyên truyền là gì",
        "có slogan nào không",
        "treo câu gì",
        "câu nào để treo băng rôn",
        "in chữ gì lên băng rôn",
        "câu hô cổ động",
    ),
    "forms": (
        "tuyên truyền bằng hình thức nào",
        "đưa tin qua kênh nào",
        "làm bằng cách gì",
        "phương tiện nào được dùng",
        "đăng qua đâu",
    ),
    "purpose": (
        "mục đích của kế hoạch",
        "kế hoạch nhằm gì",
        "làm cái này để làm gì",
        "mục tiêu tới năm 2030",
        "yêu cầu đặt ra",
        "tuyên truyền hướng tới điều gì",
        "tuyên truyền để đạt được gì",
    ),
    "audience": ("đối tượng tuyên truyền", "phổ biến cho những ai", "những ai phải học"),
    "list": (
        "kể ra các mạng xã hội",
        "kể tên mấy đề án",
        "liệt kê khẩu hiệu",
        "ba đầu việc trọng tâm gồm những gì",
        "nội dung bao gồm các phần nào",
        "Vũng Tàu dùng những hình thức nào",
        "kêu gọi làm cho xong mấy nghị quyết nào",
        "quận bị giao một loạt việc gì",
    ),
}

# What begins or sounds like one of them and is not.
DOES_NOT_ASK: tuple[tuple[Intent, str], ...] = (
    ("signature", "ký kết hợp đồng thế nào"),
    ("signature", "kỳ họp bàn gì"),
    ("signature", "bí thư chi bộ dạy đảng viên điều gì"),
    ("recipients", "ai nhận xét cán bộ"),
    ("recipients", "ai nhận định tình hình"),
    ("recipients", "người dân gửi đơn"),
    ("recipients", "tiếp nhận ý kiến"),
    ("who", "tai nạn giao thông"),
    ("who", "hai nhiệm vụ chính"),
    ("who", "đài phát thanh làm gì"),
    ("when", "ngày truyền thống của ngành"),
    ("when", "hạn chế của bộ máy"),
    ("when", "thời sự trong nước"),
    ("how_many", "sắp xếp bộ máy"),
    ("how_many", "hội nghị ngày mấy"),
    ("how_many", "tháng mấy tổng kết"),
    ("how_many", "công văn số mấy"),
    ("how_many", "làm cho xong mấy nghị quyết nào"),
    ("which_document", "kế hoạch gồm những việc gì"),
    ("which_document", "thông tin xấu độc"),
    ("own_date", "hội nghị tổ chức ngày nào"),
    ("own_date", "ngày nào phải gửi báo cáo"),
    ("own_date", "ai ký ban hành"),
    ("own_number", "số lượng pano"),
    ("own_number", "nghị quyết 18 nói gì"),
    ("own_number", "có bao nhiêu văn bản"),
    ("slogans", "câu chuyện nêu gương"),
    ("slogans", "băng rôn treo ở đâu"),
    ("forms", "cách mạng tháng Tám"),
    ("forms", "cách làm bánh xèo"),
    ("forms", "thông qua nghị quyết"),
    ("purpose", "tránh nhầm lẫn điều gì"),
    ("purpose", "danh mục tài liệu"),
    ("audience", "ai phải học"),
    ("audience", "đối ngoại nhân dân"),
    ("audience", "những ai phụ trách"),
    ("list", "có mấy nhiệm vụ"),
    ("list", "tuyên truyền bằng hình thức nào"),
    ("list", "những năm qua thế nào"),
    ("list", "câu chuyện kể về Bác"),
)

# All that a question asks for, not only one thing of it.
ALL: dict[str, set[Intent]] = {
    "ai ký, ký ngày nào, gửi cho ai?": {"signature", "who", "when", "own_date", "recipients"},
    "bao giờ và ở đâu treo khẩu hiệu": {"when", "slogans"},
    "công văn số mấy": {"which_document", "own_number"},
    "đối tượng là những ai?": {"audience", "who"},
    "đại hội lần thứ mấy": {"how_many"},
    "hội nghị ngày mấy": {"when"},
    "Văn phòng Quận ủy có nhiệm vụ gì?": set(),
    "dùng pano, áp phích ở những đâu?": set(),
    "cách làm bánh xèo": set(),
    "Hàn Quốc": set(),
    "": set(),
    "?!": set(),
}


@pytest.mark.parametrize(("intent", "question"), [(intent, question) for intent in ASKS for question in ASKS[intent]])
def test_it_is_asked_for(intent: Intent, question: str) -> None:
    for typed in (question, question.upper(), unicodedata.normalize("NFD", question), f"Cho hỏi: {question}?"):
        assert intent in intents_of(typed)


@pytest.mark.parametrize(("intent", "question"), DOES_NOT_ASK)
def test_it_is_not_asked_for(intent: Intent, question: str) -> None:
    for typed in (question, question.upper(), f"Cho hỏi: {question}?"):
        assert intent not in intents_of(typed)


@pytest.mark.parametrize("question", ALL)
def test_all_that_is_asked_for(question: str) -> None:
    assert intents_of(question) == ALL[question]


def test_every_intent_has_questions_of_both_kinds() -> None:
    intents = set(get_args(Intent))
    assert set(ASKS) == intents
    assert {intent for intent, _ in DOES_NOT_ASK} == intents


def test_either_spelling_of_a_syllable() -> None:
    assert "slogans" in intents_of("hoà bình là khẩu hiệu à")
    assert intents_of("ai ký") == intents_of("ai kí") == {"signature", "who"}
    assert intents_of("tỷ lệ") == intents_of("tỉ lệ") == {"how_many"}
