"""Kinds of facts by their form: how each is asked for, and what a passage that states it must hold."""

import re
from dataclasses import dataclass

from index.intents import DOCUMENT_TYPES, OFFICES, Intent


@dataclass(frozen=True, slots=True)
class FactForm:
    """A kind of fact: how it is asked for (in lower case), what a passage with it holds, what it is called."""

    asked: re.Pattern[str]
    held: re.Pattern[str]
    name: str  # in Vietnamese, after "Các văn bản không nêu "


def _form(asked: str, held: str, name: str) -> FactForm:
    return FactForm(re.compile(rf"\b(?:{asked})\b"), re.compile(held, re.IGNORECASE), name)


_LENGTH = r"(?:mét|cm|centimet|km|ki lô mét|hecta|héc ta)"
_MONEY = r"\d[\d.,]*\s*(?:đồng|triệu|tỷ|nghìn|USD|đô la|vnđ|đ\b|%)|\b\d{1,3}(?:\.\d{3})+\b"  # and rows of tables

FORMS = (
    _form(
        r"(?:bao nhiêu|mấy) (?:tiền|triệu|tỷ|tỉ|nghìn|ngàn|đồng|đô la|usd)|kinh phí|ngân sách|chi phí"
        r"|tốn (?:kém|bao nhiêu)|giá (?:\w+ ){0,3}bao nhiêu",
        rf"{_MONEY}|kinh phí|ngân sách",
        "số tiền hay kinh phí",
    ),
    _form(
        r"lương (?:cơ sở|tối thiểu|tháng)|(?:bao nhiêu|mấy) tháng lương|mức (?:phạt|thưởng|chi|hỗ trợ|lương|đóng)"
        r"|phạt (?:bao nhiêu|mấy|thế nào)|phụ cấp|trợ cấp|tiền thưởng|thưởng bao nhiêu|(?:bồi thường|đền bù) bao nhiêu"
        r"|giải (?:nhất|nhì|ba|đặc biệt|thưởng)",
        rf"{_MONEY}|\d+\s*tháng lương|mức (?:phạt|thưởng|chi|hỗ trợ|lương|đóng)",
        "mức tiền",
    ),
    _form(
        r"(?:bao nhiêu|mấy) (?:người|đại biểu|lượt|học viên|khách|đảng viên|cán bộ)",
        r"\d[\d.,]*\s*(?:người|đại biểu|lượt|học viên|đảng viên|cán bộ)",
        "số người",
    ),
    _form(
        r"sinh (?:năm|ngày)|sinh nhật(?! lần)(?=.*\b(?:ngày|hôm|bữa|năm|khi|bao giờ|đâu)\b)"
        r"|ngày sinh|quê (?:ở đâu|quán|nhà)",
        r"ngày sinh|sinh năm|quê quán",
        "ngày sinh hay quê quán",
    ),
    _form(r"(?:bao nhiêu|mấy) tuổi", r"\d+ (?:năm|tuổi)|sinh năm|ngày sinh", "tuổi"),
    _form(
        r"địa chỉ|số nhà|đường (?:nào|gì|số mấy)|(?:hội trường|phòng họp|địa điểm|chùa|khách sạn|sân vận động) nào"
        r"|(?:ở|tại) phòng (?:nào|mấy|số mấy)",
        r"địa chỉ|số nhà|hội trường|phòng họp|tại chùa|địa điểm",
        "địa chỉ hay địa điểm cụ thể",
    ),
    _form(
        r"(?<!trên )(?<!qua )(?<!bằng )(?<!dùng )(?<!máy tính )điện thoại(?! (?:thông minh|di động))|sđt|hotline"
        r"|đường dây nóng|fax|số máy|máy bàn|gọi (?:số|vào số)",
        r"\d{3,4}[ .]?\d{3}[ .]?\d{3}",
        "số điện thoại",
    ),
    _form(r"e ?mail|gmail|thư điện tử|hòm thư", r"@", "địa chỉ thư điện tử"),
    _form(
        rf"kích thước|kích cỡ|khổ (?:bao nhiêu|mấy)|màu (?:gì|sắc|chữ)|cỡ chữ|(?:bao nhiêu|mấy) {_LENGTH}",
        rf"kích thước|màu sắc|cỡ chữ|\d\s*{_LENGTH}",
        "kích thước hay màu sắc",
    ),
    _form(
        r"mấy giờ|giờ nào|khung giờ|mấy lần (?:một|mỗi|1) (?:ngày|tuần|tháng)",
        r"\d+\s*(?:giờ|h\d*\b)|lần (?:mỗi|một)|hằng ngày|hàng ngày",
        "giờ giấc hay số lần",
    ),
    _form(
        r"(?:bao nhiêu|mấy) (?:phần trăm|%)|t[ỷỉ] lệ (?:bao nhiêu|mấy|là)",
        r"\d\s*%|phần trăm",
        "tỷ lệ phần trăm",
    ),
    _form(
        r"bao lâu|mấy (?:bữa|hôm|ngày|tuần|tháng|năm) (?:\w+ ){0,8}(?:một|1) lần",
        r"\d+ (?:giờ|ngày|tuần|tháng|năm)|(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý|năm)|định kỳ|thường xuyên|thời hạn",
        "bao lâu hay bao lâu một lần",
    ),
    _form(
        r"^(?!.*\bký\b).*\b(?:(?:giữ|làm|mang|có|nắm) chức(?: vụ| danh)? gì|chức (?:vụ|danh) (?:\w+ ){0,5}(?:gì|nào))",
        rf"{OFFICES}|trưởng|phó|ủy viên",
        "chức vụ",
    ),
)
WHEN = re.compile(
    r"\d{1,2}/\d{1,2}|\bnăm \d{4}|\btháng \d|\bquý\b|giai đoạn|\b(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý|năm)"
    r"|nhiệm kỳ|thường xuyên|định kỳ|\b(?:kể|tính) từ (?:ngày|khi)\b",
    re.IGNORECASE,
)
OF_INTENT: dict[Intent, tuple[re.Pattern[str], str]] = {
    "when": (WHEN, "thời gian"),
    "how_many": (re.compile(r"\d|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b", re.IGNORECASE), "con số"),
    "which_document": (
        re.compile(rf"\d+\s*[-/]\s*[A-ZĐ]|(?:{DOCUMENT_TYPES})"),
        "số hay tên văn bản",
    ),
}

_OF_A_DOCUMENT = re.compile(
    rf"\b(?:{DOCUMENT_TYPES.lower()}|quy chế|văn bản|giấy|tờ|bản|ban hành|ký|kí|duyệt|số hiệu)\b|\d"
)
_DATE_OF_A_DOCUMENT = re.compile(r"\d+\s?[-/]\s?[^\W\d_][^\s,]*(?: [A-ZĐ]+)?,? ngày \d{1,2}/\d{1,2}/\d{4}")


def without_dates_of_documents(text: str, asked: str) -> str:
    """Give a text with blanks for numbers and dates of documents, unless `asked`, in lower case, is about one.

    When something happens that is no document is not said by them; every other character stays in its place.
    """
    return text if _OF_A_DOCUMENT.search(asked) else _DATE_OF_A_DOCUMENT.sub(lambda found: " " * len(found[0]), text)
