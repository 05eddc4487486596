"""Whether passages count what a question asks the number of: "bao nhiêu phường" wants "23 phường"."""

import re
from collections.abc import Sequence

from index.intents import DOCUMENT_TYPES
from index.text import QUESTION_SYLLABLES

# "mấy" is also "some", and "năm bao nhiêu" asks for a date: only these surely ask for a number of things.
_UNITS = r"tháng|năm|ngày|tuần|giờ|phút|mét|triệu|tỷ|tỉnh|huyện|quận|xã|phường|phần trăm"
SURELY_COUNTS = re.compile(
    r"(?<!\bsố )(?<!\bhiệu )(?<!\bngày )(?<!\btháng )(?<!\bnăm )(?<!\bđiều )(?<!\bkhoản )(?<!\bmục )"
    rf"\b(?:bao nhiêu|(?:lần |kỳ )?thứ mấy|khóa mấy|t[ỷỉ] lệ|phần trăm"
    rf"|(?:có|được|còn|gồm|chia|hết|mất) mấy|mấy (?:{_UNITS}))\b"
)
_COUNTED = re.compile(r"\b(?:bao nhiêu|mấy) (?:(?:cái|chiếc|con|vị|ông|bà) )?(\w+ \w+)")
# A reader counts these parts of a plan himself: that the plan has no number of them says nothing.
_SEEN_IN_THE_PLAN = re.compile(
    r"^(?:nhiệm vụ|nội dung|hình thức|biện pháp|giải pháp|khẩu hiệu|mục đích|mục tiêu|yêu cầu|giai đoạn|nguyên tắc"
    rf"|cơ quan|đơn vị|đề án|sự kiện|văn bản|{DOCUMENT_TYPES.lower()}|(?:việc|câu|mục|phần|điểm|mảng|ý|loại"
    r"|chặng|nơi|chỗ|ban|sở|phòng|bên|kênh|cách|điều|khoản|chương|bước|nhóm|đợt|cấp|ngành|hội|đoàn) \w+)$"
)
# Numbers that count nothing: dates, years, documents, ordinals, numbers of sections and of names.
_NO_COUNTS = re.compile(
    r"(?:\bngày )?\d{1,2}/\d{1,2}(?:/\d{4}|(?!\d))|\d{1,2}/\d{4}|\b(?:ngày|tháng|năm|quý|thứ|số|khóa|mục|điều|khoản"
    rf"|điểm|bão|chỉ đạo|phiên|{DOCUMENT_TYPES.lower()}) (?:số )?\d[\d.]*|\d+\s?[-/]\s?[^\W\d_]\S*"
    r"|\(\d+\) (?=[A-ZĐ])|\b(?:19|20)\d\d\b|^\d+(?:\.\d+)*[.)]",
    re.IGNORECASE | re.MULTILINE,
)
# "một" is also an article and "năm" a year: they count where a measure follows.
_NUMBER = (
    r"(?<![\w.,/-])(?:\d[\d.,]*|(?:hai|ba|bốn|sáu|bảy|tám|chín|mười)\b"
    r"|(?:một|năm)(?= (?:giờ|ngày|tuần|tháng|quý|năm|lần|người|phần trăm)\b))"
)
_A_COUNT = re.compile(rf"{_NUMBER}\)?\s?(?:%|[^\W\d_])", re.IGNORECASE)
_OF_TIME = re.compile(r"(?:giờ|phút|ngày|tuần|tháng|quý|năm)\b")  # one may stand for another: two weeks, 14 days
_LOOKED_AT = 3  # passages


def has_a_count(passages: Sequence[str]) -> bool:
    """Say whether one of the first passages counts anything, dates and numbers of documents left out."""
    return any(_A_COUNT.search(_counts_only(text)) for text in passages[:_LOOKED_AT])


def counts_something_else(asked: str, passages: Sequence[str]) -> bool:
    """Say whether the first passage speaks of what is asked to be counted, and none of the first counts it.

    `asked` is the question in lower case with its marks, without punctuation. What the first passage
    calls otherwise may be counted under its other name, so it is not said to be missing.
    """
    found = _COUNTED.search(asked)
    if found is None or _SEEN_IN_THE_PLAN.match(found[1]) or _OF_TIME.match(found[1]):
        return False
    if set(found[1].split()) & QUESTION_SYLLABLES:
        return False
    counted = re.compile(rf"{_NUMBER}[%)]? (?:\S+ ){{0,3}}{re.escape(found[1])}\b", re.IGNORECASE)
    speaks = re.search(rf"\b{re.escape(found[1])}\b", passages[0], re.IGNORECASE)
    return speaks is not None and not any(counted.search(_counts_only(text)) for text in passages[:_LOOKED_AT])


def is_counted_by_the_reader(asked: str) -> bool:
    """Say whether a question asks for the number of parts of a plan, which a reader sees for himself."""
    found = _COUNTED.search(asked)
    return found is not None and _SEEN_IN_THE_PLAN.match(found[1]) is not None


def _counts_only(text: str) -> str:
    return _NO_COUNTS.sub(" ; ", text)
