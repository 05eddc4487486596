"""What a question asks for: a unit, a date, a number, a document, a slogan, …"""

import re
from typing import Literal

from index.asked_unit import UNIT_ASKED
from index.text import one_spelling

Intent = Literal[
    "who",
    "when",
    "how_many",
    "which_document",
    "own_date",  # of the document that is asked about
    "own_number",
    "signature",
    "recipients",
    "slogans",
    "forms",
    "purpose",
    "audience",
    "list",
]

DOCUMENT_TYPES = (
    "Nghị quyết|Chỉ thị|Kết luận|Kế hoạch|Hướng dẫn|Quyết định|Công văn|Công điện|Thông báo|Quy định|Nghị định|Thông tư"
)
OFFICES = "bí thư|chủ tịch|giám đốc|cục trưởng|vụ trưởng|trưởng ban|trưởng phòng|chánh văn phòng"

_NOTHING_ELSE = r"^(?!.*\b(?:ai|gì|nào|đâu|sao)\b).*\b"  # is asked: no other question word stands in it
# "Nghị định 115 quy định gì": the word is what a document does that is named before.
_NO_DOCUMENT_BEFORE = rf"^(?!.*\b(?:{DOCUMENT_TYPES.lower()}|điều|khoản|điểm|mục|phần|chương) (?:số )?[\divxl]+\b).*\b"
_MOMENT = r"(?:(?:khi|lúc|hôm|bữa|hồi|chừng|đời) nào|(?:hôm|bữa) mấy|bao giờ)"  # with the words of the south
_RESPONSIBLE = "chịu trách nhiệm|lo|phụ trách|được giao|chủ trì|ký|kí"
# Read on the repaired question in lower case: without marks "máy" would ask how many.
_INTENTS: tuple[tuple[Intent, tuple[str, ...]], ...] = (
    (
        "signature",
        (
            r"ai (?:đã )?(?:là người )?(?:ký|kí|duyệt)",
            r"người (?:đã )?(?:ký|kí)",
            r"(?:ký|kí) (?:tên|ban hành|văn bản|thay)",
            r"chữ (?:ký|kí)",
            r"(?:ký|kí) bởi",
            r"(?:đứng|đề) tên",
            r"(?:đặt|hạ) bút",
            rf"(?:sếp|thủ trưởng|người đứng đầu|{OFFICES})(?: \w+){{0,9}} là (?:ai|ông nào|bà nào)",
        ),
    ),
    (
        "recipients",
        (
            r"nơi nhận",
            r"gửi (?:cho|đến|tới) (?:ai|đâu|những|các|nơi|cơ quan)",
            r"(?:thư|văn bản|công văn|giấy|tờ) (?:\w+ ){0,6}viết cho (?:ai|đâu|nơi nào)",
            r"ai (?:được )?nhận(?! xét| định| thấy| ra)",
            r"gửi (?:đi |xuống |lên |về )?(?:ai|đâu|những đâu|(?:tới |đến )?(?:nơi|chỗ) nào)",
            r"kính gửi",
            r"lưu (?:ở đâu|nơi nào)",
            r"nhận văn bản",
            r"danh sách gửi",
            r"có được gửi",
            r"(?:chuyển|phát|phát hành|phổ biến) (?:\w+ ){0,3}(?:cho|tới|đến) (?:ai|đâu|những (?:ai|đâu|nơi nào))",
        ),
    ),
    (
        "who",
        (
            r"ai",
            UNIT_ASKED,
            r"(?:người|ông|bà|vị|lãnh đạo|đồng chí) nào",
            r"do ai",
            r"chịu trách nhiệm",
            r"phụ trách",
            r"chủ trì",
            r"đầu mối",
            r"được giao",
        ),
    ),
    (
        "when",
        (
            _MOMENT,
            r"ngày (?:nào|mấy)",
            r"(?:tháng|năm) (?:nào|mấy)",
            r"mấy giờ",
            r"giai đoạn nào",
            r"thời (?:hạn|gian nào)",
            r"hạn (?:chót|nộp|gửi|cuối|cuối cùng|báo cáo|hoàn thành)",
            r"trước ngày",
            r"deadline",
        ),
    ),
    (
        "own_date",
        (
            r"ngày (?:ký|kí|ban hành)",
            r"(?:ký|kí|ban hành|ra đời|phát hành|đề|đóng dấu) (?:vào )?(?:ngày|hôm)(?: tháng)? (?:nào|mấy|bao nhiêu)",
            rf"(?:ký|kí|ban hành|ra đời|đóng dấu) (?:vào )?(?:{_MOMENT}|tháng nào|năm nào)",
        ),
    ),
    (
        "own_number",
        (
            r"(?:số|(?:số |ký |kí )+hiệu) của (?:văn bản|kế hoạch|công văn)",
            rf"(?:văn bản|kế hoạch|công văn) (?:(?!{DOCUMENT_TYPES.lower()})\S+ ){{0,9}}số (?:mấy|bao nhiêu)",
            r"(?:đánh|mang|ghi) số (?:hiệu )?(?:mấy|bao nhiêu|nào|gì)",
            r"(?:số|ký|kí) hiệu (?:là )?(?:mấy|bao nhiêu|gì|nào)",
        ),
    ),
    (
        "how_many",
        (
            r"bao nhiêu",
            # Where something else is asked, "mấy" is "some": "ai khóa mấy nick đăng bậy".
            rf"{_NOTHING_ELSE}(?<!ngày )(?<!tháng )(?<!số )(?<!hôm )(?<!bữa )mấy",
            r"số lượng",
            r"t[ỷỉ] lệ",
            r"phần trăm",
        ),
    ),
    (
        "which_document",
        (
            r"(?:văn bản|quy chế|giấy tờ|giấy|tờ|bản) (?:số |gốc |riêng )?(?:nào|gì|mấy|bao nhiêu)",
            rf"(?:{DOCUMENT_TYPES.lower()}) (?:số )?(?:nào|mấy|bao nhiêu)",
            rf"(?:{DOCUMENT_TYPES.lower()}) số gì",
            rf"{_NO_DOCUMENT_BEFORE}(?:{DOCUMENT_TYPES.lower()}) gì",
            r"căn cứ",
            r"số hiệu",
            r"(?<!bão )số mấy",
            rf"{_NOTHING_ELSE}theo (?:văn bản|nghị quyết|hướng dẫn|kế hoạch|công văn|chỉ thị|quyết định)",
        ),
    ),
    (
        "slogans",
        (
            r"khẩu hiệu",
            r"slogan",
            r"câu (?:nào|gì|nói|treo|băng rôn|biểu ngữ|cổ động|hô)",
            r"(?:in|viết|treo|ghi|kẻ) (?:câu |chữ )?(?:gì|nào) (?:lên|trên) (?:băng|pano|biểu|áp phích|biển)",
        ),
    ),
    (
        "forms",
        (
            r"hình thức",
            r"(?:kênh|phương tiện|cách) (?:nào|gì)",
            r"bằng (?:cách|hình thức|kênh|phương tiện)",
            r"qua (?:đâu|kênh)",
        ),
    ),
    (
        "purpose",
        (
            r"mục (?:đích|tiêu)",
            r"yêu cầu",
            r"để làm gì",
            r"nhằm (?:gì|mục|cái gì|điều gì)",
            r"(?:nhắm|hướng) (?:tới|đến|vào) (?:gì|cái gì|điều gì|đâu)",
            r"(?:mong|muốn) (?:được |đạt )?(?:gì|điều gì|cái gì)",
            r"để (?:được|đạt|có) (?:\w+ )?gì",
        ),
    ),
    (
        "list",
        (
            r"kể (?:ra|tên|hết|các|những|mấy)",
            r"liệt kê",
            r"(?:bao )?gồm (?:có )?(?:những )?(?:\w+ ){0,2}(?:gì|nào)",
            r"(?:những|các|mấy|hai|ba|bốn|sáu|bảy) (?:(?!thế )\w+ ){1,5}(?:nào|gì)",
            r"những gì",
            r"một loạt (?:\w+ ){1,3}(?:gì|nào)",
        ),
    ),
    ("audience", (r"đối tượng", r"cho những ai", rf"những ai(?! (?:{_RESPONSIBLE}))")),
)
_ASKS = tuple((intent, re.compile(rf"\b(?:{'|'.join(asks)})\b")) for intent, asks in _INTENTS)


def asks_for_unit(intents: frozenset[Intent]) -> bool:
    """Say whether it is asked who is responsible, not who signed, who receives or for whom it is meant."""
    return "who" in intents and not intents & {"signature", "recipients", "audience"}


def intents_of(question: str) -> frozenset[Intent]:
    """Give what a question with its marks asks for, nothing where it is not known."""
    marked = one_spelling(question).lower()
    return frozenset(intent for intent, asks in _ASKS if asks.search(marked))
