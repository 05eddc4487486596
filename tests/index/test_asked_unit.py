"""Which kind of unit a question asks for, and whether a unit is one."""

import pytest

from index.asked_unit import asked_kinds, is_of_kind, units_named


@pytest.mark.parametrize(
    ("question", "unit", "is_meant"),
    [
        ("sở nào lo treo băng rôn", "Sở Văn hóa, Thể thao và Du lịch thành phố", True),
        ("SỞ NÀO lo treo băng rôn", "Các Sở, ngành", False),  # a comma ends no word of a name
        ("các sở nào lo treo băng rôn", "Các sở trực thuộc", True),
        ("sở nào lo treo băng rôn", "Ủy ban nhân dân quận", False),
        ("phòng nào lo tin bài", "Ủy Ban Nhân dân Thành phố chỉ đạo Phòng Văn hóa và Thông tin", True),
        ("phòng nào lo tin bài", "Văn phòng Quận ủy", False),
        ("đoàn thể nào lo lớp trẻ", "Đoàn thanh niên Cộng sản Hồ Chí Minh quận", True),
        ("đoàn thể nào lo hộ nghèo", "Ủy ban MTTQ Việt Nam", True),
        ("đoàn thể nào lo hộ nghèo", "Ủy ban nhân dân quận", False),
        ("ban nào lo tin xấu", "Ban Chỉ đạo 35 thành phố", True),
        ("báo đài nào đưa tin", "Đài Phát thanh và Truyền hình", True),
        ("đơn vị nào lo treo băng rôn", "Sở Y tế", False),  # any unit will do
        ("ai lo treo băng rôn", "Sở Y tế", False),
    ],
)
def test_the_kind_of_unit_that_is_asked_for(question: str, unit: str, is_meant: bool) -> None:
    assert is_of_kind(units_named(unit), asked_kinds(question)) is is_meant
