"""Who is responsible and what a section is about, from words of plans of many provinces."""

import pytest

from ingest.kinds import kind_of_heading, kind_of_part
from ingest.types import SectionKind
from ingest.units import unit_before_colon, unit_before_verb, unit_of_heading


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Sở Ngoại vụ thành phố chủ trì, phối hợp thực hiện tốt", "Sở Ngoại vụ thành phố"),
        ("Ban Chỉ đạo 35 tỉnh tăng cường đấu tranh", "Ban Chỉ đạo 35 tỉnh"),
        ("Ban Tổ chức Tỉnh ủy chủ động tham mưu", "Ban Tổ chức Tỉnh ủy"),
        ("Đảng ủy Công an tỉnh lãnh đạo, chỉ đạo", "Đảng ủy Công an tỉnh"),
        ("UBND các huyện, thị xã, thành phố có trách nhiệm", "UBND các huyện, thị xã, thành phố"),
        ("Đề nghị Ủy ban MTTQ Việt Nam tỉnh vận động", "Đề nghị Ủy ban MTTQ Việt Nam tỉnh"),
        (
            "Báo Quảng Nam, Đài Phát thanh và Truyền hình tỉnh xây dựng",
            "Báo Quảng Nam, Đài Phát thanh và Truyền hình tỉnh",
        ),
        ("Các cơ quan, đơn vị, địa phương phối hợp", "Các cơ quan, đơn vị, địa phương"),
        ("Văn phòng Tỉnh ủy theo dõi, đôn đốc", "Văn phòng Tỉnh ủy"),
        ("Tuyên truyền sâu rộng về Đại hội", None),
        ("Đấu tranh, phản bác thông tin xấu độc", None),
        ("Chủ trì, phối hợp với Sở Tài chính", None),
        ("Sở Tài chính", None),
        ("", None),
    ],
)
def test_the_subject_before_a_verb(text: str, unit: str | None) -> None:
    assert unit_before_verb(text) == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Ban Thường vụ Quận ủy: ban hành kế hoạch", "Ban Thường vụ Quận ủy"),
        ("Kho bạc Nhà nước tỉnh: bảo đảm kinh phí", "Kho bạc Nhà nước tỉnh"),
        (
            "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội quận: hướng dẫn",
            "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội quận",
        ),
        ("Tập trung vào các nội dung: đổi mới", None),
        ("Đơn vị chủ trì: Sở Y tế | Thời gian: quý I", None),  # a row of a table
        ("Sở: làm", None),  # one syllable names nobody
        ("Sở Nội vụ tỉnh Quảng Ngãi", None),
        ("Sở Nội vụ " + "và các cơ quan liên quan " * 10 + ": phối hợp", None),  # a sentence, not a unit
    ],
)
def test_the_unit_before_a_colon(text: str, unit: str | None) -> None:
    assert unit_before_colon(text) == unit


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Ban Chỉ đạo 35 Thành phố", "Ban Chỉ đạo 35 Thành phố"),
        ("Các Đảng bộ, chi bộ trực thuộc", "Các Đảng bộ, chi bộ trực thuộc"),
        ("Ủy Ban Nhân dân Thành phố", "Ủy Ban Nhân dân Thành phố"),
        ("Bộ Tài chính có trách nhiệm", "Bộ Tài chính"),
        ("Trách nhiệm của Sở Y tế", "Sở Y tế"),
        ("Nhiệm vụ và quyền hạn của Bộ Nội vụ", "Bộ Nội vụ"),
        ("Trách nhiệm thi hành", None),
        ("Cấp tỉnh", None),
        ("Thời gian thực hiện", None),
    ],
)
def test_a_heading_that_is_a_unit(title: str, unit: str | None) -> None:
    assert unit_of_heading(title) == unit


@pytest.mark.parametrize(
    ("title", "above", "kind"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", None, "purpose"),
        ("NỘI DUNG VÀ LỘ TRÌNH TUYÊN TRUYỀN", None, "content"),
        ("NHIỆM VỤ, GIẢI PHÁP", None, "content"),
        ("ĐỐI TƯỢNG, HÌNH THỨC TRIỂN KHAI", None, "forms"),
        ("KHẨU HIỆU TUYÊN TRUYỀN", None, "slogans"),
        ("PHÂN CÔNG THỰC HIỆN", None, "tasks"),
        ("TỔ CHỨC TRIỂN KHAI", None, "tasks"),
        ("THỜI GIAN, ĐỊA ĐIỂM", None, "schedule"),
        ("KINH PHÍ THỰC HIỆN", None, "budget"),
        ("ĐỐI TƯỢNG", None, "audience"),
        ("MỘT SỐ VẤN ĐỀ KHÁC", None, "other"),
        ("", None, "other"),
        ("Đối tượng", "forms", "audience"),
        ("Kinh phí", "tasks", "budget"),
        ("Trách nhiệm của người đứng đầu", "content", "content"),
        ("Nội dung trọng tâm", "tasks", "tasks"),
        ("", "slogans", "slogans"),
    ],
)
def test_kinds(title: str, above: SectionKind | None, kind: SectionKind) -> None:
    assert kind_of_heading(title, above) == kind


@pytest.mark.parametrize(
    ("title", "above", "kind"),
    [
        ("Trách nhiệm của các Bộ, ngành", "other", "tasks"),
        ("Nhiệm vụ và quyền hạn của Bộ Nội vụ", "content", "tasks"),
        ("Đối tượng áp dụng", "other", "audience"),
        ("Hiệu lực thi hành", "tasks", "tasks"),
        ("NHỮNG QUY ĐỊNH CHUNG", None, "other"),
    ],
)
def test_kinds_of_chapters_and_articles(title: str, above: SectionKind | None, kind: SectionKind) -> None:
    assert kind_of_part(title, above) == kind
