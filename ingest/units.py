"""Who is responsible: the unit at the start of an item of a tasks section."""

import re

from ingest.reading import CELL_BREAK
from ingest.sentences import syllable_count

MAX_UNIT_SYLLABLES = 40  # a longer subject is a sentence, not a unit

_QUANTIFIER = r"(?:(?:Các|Những|Mỗi|Tất cả các|Đề nghị|Giao|Đồng chí)\s+)?"
_UNIT_NOUN = (
    r"(?:Ban|Sở|Ủy ban|Uỷ ban|Ủy viên|UBND|UBMTTQ|UBKT|MTTQ|HĐND|Hội đồng|Mặt trận|Đảng ủy|Đảng uỷ|Đảng đoàn"
    r"|Đảng bộ|Chi bộ|Tỉnh ủy|Thành ủy|Quận ủy|Huyện ủy|Thường trực|Cấp ủy|Văn phòng|Phòng|Công an"
    r"|Bộ|Cục|Vụ|Viện|Tòa án|Trung tâm|Đoàn|Liên đoàn|Hội|Hiệp hội|Báo|Đài|Cổng|Trường|Tổ|Chi cục|Kho bạc"
    r"|Bảo hiểm|Ngân hàng|Tổ chức|Cơ quan|Đơn vị|Địa phương|Chính quyền|Lực lượng|Doanh nghiệp|Thủ trưởng"
    r"|Học viện|Bệnh viện|Thanh tra|Đội|Nhà văn hóa|Xã|Phường|Thị trấn|Quận|Huyện|Thị xã)"
)
_STARTS_WITH_UNIT = re.compile(_QUANTIFIER + _UNIT_NOUN + r"\b", re.IGNORECASE)

_DUTIES_OF = re.compile(r"(?:(?:và\s+|,\s*)?(?:trách nhiệm|nhiệm vụ|quyền hạn)\s*)+của\s+", re.IGNORECASE)
_HAS_DUTIES = re.compile(r"\s+(?:có|chịu)\s+(?:trách nhiệm|nhiệm vụ)(?:\s+sau(?:\s+đây)?)?$")

# Lower case only: "Ban Chỉ đạo 35", "Ban Tổ chức Thành ủy" are names, "chỉ đạo" is a verb.
_TASK_VERB = re.compile(
    r"(?<!\w)(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì|chủ động|chỉ đạo|lãnh đạo|tăng cường"
    r"|phối hợp|xây dựng|hướng dẫn|triển khai|thực hiện|tiến hành|tiếp tục|thường xuyên|theo dõi|đôn đốc"
    r"|ban hành|cung cấp|bố trí|đẩy mạnh|phát huy|quán triệt|tuyên truyền|nắm|căn cứ|bảo đảm|đảm bảo"
    r"|đăng tải|lồng ghép|rà soát|cân đối|phân công|kịp thời|định kỳ|giúp|tập trung|vận động|phổ biến"
    r"|quản lý|mở|làm tốt|(?<!cơ quan )(?<!đơn vị )tham mưu|(?<!ác )(?<!ững )(?<!và )(?<!của )(?<!, )tổ chức)(?!\w)"
)


def unit_of_heading(title: str) -> str | None:
    """Give the unit of an item whose heading stands alone: the whole heading if it names one.

    Of "Trách nhiệm của Sở Y tế" and "Sở Y tế có trách nhiệm" it is what has the duty.
    """
    unit = _HAS_DUTIES.sub("", _DUTIES_OF.sub("", title))
    return unit if _STARTS_WITH_UNIT.match(unit) else None


def unit_before_colon(text: str) -> str | None:
    """Give the unit that opens a paragraph before a colon ("Ban Thường vụ Quận ủy: …")."""
    subject, colon, _ = text.partition(":")
    is_column = CELL_BREAK in text  # "Đơn vị: … | Thời gian: …" names a column of a table
    return _checked(_HAS_DUTIES.sub("", subject)) if colon and not is_column else None


def unit_before_verb(text: str) -> str | None:
    """Give the subject of a paragraph that opens with a unit and goes on with what it does."""
    verb = _TASK_VERB.search(text)
    return _checked(text[: verb.start()].rstrip(" ,;")) if verb else None


def _checked(subject: str) -> str | None:
    is_short = 1 < syllable_count(subject) <= MAX_UNIT_SYLLABLES
    return subject.strip() if is_short and _STARTS_WITH_UNIT.match(subject) else None
