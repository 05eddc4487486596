"""What an answer must hold to answer: a date for "bao giờ", money for "bao nhiêu tiền".

A question near the documents' subjects finds passages that look right and do not answer. Where a
question asks for a fact of a known form, the best passages must hold that form.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.intents import DOCUMENT_TYPES, OFFICES, Intent
from index.question import Question
from index.text import one_spelling
from ingest.folding import fold
from ingest.types import Document


@dataclass(frozen=True, slots=True)
class FactForm:
    """A kind of fact: how it is asked for (in lower case), what a passage with it holds, what it is called."""

    asked: re.Pattern[str]
    held: re.Pattern[str]
    name: str  # in Vietnamese, after "Các văn bản không nêu "


def _form(asked: str, held: str, name: str) -> FactForm:
    return FactForm(re.compile(rf"\b(?:{asked})\b"), re.compile(held, re.IGNORECASE), name)


_FORMS = (
    _form(
        r"(?:bao nhiêu|mấy) (?:tiền|triệu|tỷ|tỉ|nghìn|ngàn|đồng|đô la|usd)|kinh phí|ngân sách|chi phí"
        r"|tốn (?:kém|bao nhiêu)|lương (?:cơ sở|tối thiểu|tháng)|mức (?:phạt|thưởng|chi|hỗ trợ)"
        r"|giá (?:\w+ ){0,3}bao nhiêu|phụ cấp|trợ cấp",
        r"\d[\d.,]*\s*(?:đồng|triệu|tỷ|nghìn|USD|đô la)|kinh phí|ngân sách",
        "số tiền hay kinh phí",
    ),
    _form(
        r"(?:bao nhiêu|mấy) (?:người|đại biểu|lượt|học viên|khách|đảng viên|cán bộ)",
        r"\d[\d.,]*\s*(?:người|đại biểu|lượt|học viên|đảng viên|cán bộ)",
        "số người",
    ),
    _form(
        r"sinh (?:năm|nhật|ngày)|ngày sinh|bao nhiêu tuổi|quê (?:ở đâu|quán|nhà)",
        r"ngày sinh|sinh năm|quê quán",
        "ngày sinh hay quê quán",
    ),
    _form(
        r"địa chỉ|số nhà|đường (?:nào|gì|số mấy)|(?:hội trường|phòng họp|địa điểm|chùa|khách sạn|sân vận động) nào",
        r"địa chỉ|số nhà|hội trường|tại chùa|địa điểm",
        "địa chỉ hay địa điểm cụ thể",
    ),
    _form(r"số điện thoại|điện thoại|sđt|hotline|đường dây nóng|fax", r"\d{3,4}[ .]?\d{3}[ .]?\d{3}", "số điện thoại"),
    _form(r"e ?mail|thư điện tử", r"@", "địa chỉ thư điện tử"),
    _form(
        r"kích thước|kích cỡ|khổ bao nhiêu|màu (?:gì|sắc|chữ)|cỡ chữ",
        r"kích thước|màu sắc|cỡ chữ",
        "kích thước hay màu sắc",
    ),
    _form(
        r"mấy giờ|giờ nào|khung giờ|mấy lần (?:một|mỗi|1) (?:ngày|tuần|tháng)",
        r"\d+\s*(?:giờ|h\d*\b)|lần (?:mỗi|một)|hằng ngày|hàng ngày",
        "giờ giấc hay số lần",
    ),
)
_LOOKED_AT = 3  # passages in which the form of what is asked is looked for
_OF_INTENT: dict[Intent, tuple[re.Pattern[str], str]] = {
    "when": (
        re.compile(
            r"\d{1,2}/\d{1,2}|\bnăm \d{4}|\btháng \d|\bquý\b|giai đoạn|\b(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý|năm)"
            r"|nhiệm kỳ|thường xuyên|định kỳ",
            re.IGNORECASE,
        ),
        "thời gian",
    ),
    "how_many": (re.compile(r"\d|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b", re.IGNORECASE), "con số"),
    "which_document": (
        re.compile(rf"\d+\s*[-/]\s*[A-ZĐ]|(?:{DOCUMENT_TYPES})"),
        "số hay tên văn bản",
    ),
}
_SURELY_COUNTS = re.compile(
    r"\b(?:bao nhiêu|lần thứ mấy|(?:có|được|còn|gồm|chia) mấy|t[ỷỉ] lệ|phần trăm)\b"
)  # "mấy" is also "some"
_OFFICE = rf"(?:phó |tổng )?(?:{OFFICES})"
_WHO_HOLDS = re.compile(
    rf"\b({_OFFICE})(?: \w+){{0,6}} (?:là (?:ai|ông nào|bà nào)|tên (?:gì|là gì))|\bai (?:là|làm) ({_OFFICE})"
)
_NUMBERED = re.compile(
    r"\b(?:nghị quyết|kết luận|chỉ thị|kế hoạch|hướng dẫn|công văn|quyết định|thông báo|công điện|nghị định|thông tư"
    r"|quy định|luật) (?:số )?(\d{1,5})\b"
)

# Provinces and cities, also those before the mergers of 2025: names by which another place is meant.
_PROVINCES = (
    "An Giang|Bà Rịa|Bạc Liêu|Bắc Giang|Bắc Kạn|Bắc Ninh|Bến Tre|Bình Dương|Bình Định|Bình Phước|Bình Thuận|Cà Mau"
    "|Cao Bằng|Cần Thơ|Đà Nẵng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tĩnh"
    "|Hải Dương|Hải Phòng|Hậu Giang|Hòa Bình|Huế|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lạng Sơn|Lào Cai"
    "|Lâm Đồng|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi"
    "|Quảng Ninh|Quảng Trị|Sài Gòn|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|Tiền Giang|Trà Vinh"
    "|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái|Nha Trang|Đà Lạt|Vũng Tàu|Buôn Ma Thuột|Quy Nhơn|Biên Hòa|Thủ Đức"
).split("|")


def missing_fact(
    question: Question,
    best: Sequence[str],
    named: Sequence[Document],
    says: Callable[[str], bool],
) -> str | None:
    """Give in Vietnamese what is asked for and not stated, None where nothing is known to be missing.

    `best` are the passages that would be shown, best first, `named` the documents that the
    question names, and `says` tells whether any document holds folded words.
    """
    asked = " ".join(re.findall(r"[^\W_]+", one_spelling(question.text).lower()))
    for form in _FORMS:
        if form.asked.search(asked) and not form.held.search(best[0]):
            return form.name
    for intent, (held, name) in _OF_INTENT.items():
        if intent in question.intents and not any(held.search(text) for text in best[:_LOOKED_AT]):
            return None if intent == "how_many" and not _SURELY_COUNTS.search(asked) else name
    for province in _PROVINCES:
        if f" {province.lower()} " in f" {asked} " and not says(fold(province)):
            return f"nội dung của {province}"
    for number in _NUMBERED.findall(asked):
        if not says(number):
            return f"văn bản số {number}"
    return _role_missing(asked, best) or _own_fact_missing(question, named)


def _role_missing(asked: str, best: Sequence[str]) -> str | None:
    """Say whose name is asked for where the passages name nobody of that office, only a deputy."""
    role = next((a or b for a, b in _WHO_HOLDS.findall(asked)), None)
    if role is None:
        return None
    holds = re.compile(rf"(?<!phó )(?<!tổng )(?<!\w){role}(?!\w)", re.IGNORECASE)
    return None if holds.search(best[0]) else f"ai là {role}"


def _own_fact_missing(question: Question, named: Sequence[Document]) -> str | None:
    if len(named) != 1:
        return None
    facts = named[0].facts
    if facts.date is None and "own_date" in question.intents:
        return f"ngày ban hành của {facts.short_title}"
    if facts.number is None and "own_number" in question.intents:
        return f"số của {facts.short_title}"
    return None
