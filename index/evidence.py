"""What an answer must hold to answer: money for "bao nhiêu tiền", a place for another province.

A question near the documents' subjects finds passages that look right and do not answer. Where a
question asks for a fact of a known form, the best passage must hold that form.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ingest.folding import fold
from ingest.types import Document


@dataclass(frozen=True, slots=True)
class FactForm:
    """A kind of fact: how it is asked for (folded), what a passage with it holds, what it is called."""

    asked: re.Pattern[str]
    held: re.Pattern[str]
    name: str  # in Vietnamese, after "Các văn bản không nêu "


def _form(asked: str, held: str, name: str) -> FactForm:
    return FactForm(re.compile(rf"\b(?:{asked})\b"), re.compile(held, re.IGNORECASE), name)


_FORMS = (
    _form(
        r"(?:bao nhieu|may) (?:tien|trieu|ty|nghin|ngan|dong|do la|usd)|kinh phi|ngan sach|chi phi"
        r"|ton (?:kem|bao nhieu)|luong (?:co so|toi thieu|thang)|muc (?:phat|thuong|chi|ho tro)"
        r"|(?<!tham )gia (?:tien|bao nhieu)|phu cap|tro cap",
        r"\d[\d.,]*\s*(?:đồng|triệu|tỷ|nghìn|USD|đô la)|kinh phí|ngân sách",
        "số tiền hay kinh phí",
    ),
    _form(
        r"(?:bao nhieu|may) (?:nguoi|dai bieu|luot|hoc vien|khach|dang vien|can bo)",
        r"\d[\d.,]*\s*(?:người|đại biểu|lượt|học viên|đảng viên|cán bộ)",
        "số người",
    ),
    _form(
        r"sinh (?:nam|nhat|ngay)|ngay sinh|bao nhieu tuoi|que (?:o dau|quan|nha)",
        r"ngày sinh|sinh năm|quê quán",
        "ngày sinh hay quê quán",
    ),
    _form(
        r"dia chi|so nha|duong (?:nao|gi|so may)|(?:hoi truong|phong hop|dia diem|chua|khach san|san van dong) nao",
        r"địa chỉ|số nhà|hội trường|tại chùa|địa điểm",
        "địa chỉ hay địa điểm cụ thể",
    ),
    _form(r"so dien thoai|dien thoai|sdt|hotline|duong day nong|fax", r"\d{3,4}[ .]?\d{3}[ .]?\d{3}", "số điện thoại"),
    _form(r"e ?mail|thu dien tu", r"@", "địa chỉ thư điện tử"),
    _form(
        r"kich thuoc|kich co|kho bao nhieu|mau (?:gi|sac|chu)|co chu",
        r"kích thước|màu sắc|cỡ chữ",
        "kích thước, màu sắc",
    ),
    _form(
        r"may gio|gio nao|khung gio|may lan (?:mot|moi|1) (?:ngay|tuan|thang)",
        r"\d+\s*(?:giờ|h\d*\b)|lần (?:mỗi|một)|hằng ngày|hàng ngày",
        "giờ giấc hay số lần",
    ),
)
_NUMBERED = re.compile(
    r"\b(?:nghi quyet|ket luan|chi thi|ke hoach|huong dan|cong van|quyet dinh|thong bao|cong dien|nghi dinh|thong tu"
    r"|quy dinh|luat) (?:so )?(\d{1,5})\b"
)
_OWN_DATE = re.compile(r"\bngay (?:ky|ban hanh)\b|\b(?:ky|ban hanh) (?:vao )?(?:ngay|hom) (?:nao|may|bao nhieu)\b")
_OWN_NUMBER = re.compile(
    r"\bso (?:hieu )?(?:van ban|ke hoach|cua van ban|cua ke hoach)\b|\bke hoach so (?:may|bao nhieu)\b"
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
    question: str,
    best: str,
    named: Iterable[Document],
    says: Callable[[str], bool],
) -> str | None:
    """Give in Vietnamese what is asked for and not stated, None where nothing is known to be missing.

    `question` is the repaired text, `best` the passage that would be shown first, `named`
    the documents that the question names, and `says` tells whether any document holds folded words.
    """
    folded = " ".join(re.findall(r"[^\W_]+", fold(question)))
    for form in _FORMS:
        if form.asked.search(folded) and not form.held.search(best):
            return form.name
    for province in _PROVINCES:
        name = fold(province)
        if f" {name} " in f" {folded} " and not says(name):
            return f"nội dung của {province}"
    for number in _NUMBERED.findall(folded):
        if not says(number):
            return f"văn bản số {number}"
    documents = list(named)
    if len(documents) == 1 and documents[0].facts.date is None and _OWN_DATE.search(folded):
        return f"ngày ban hành của {documents[0].facts.short_title}"
    if len(documents) == 1 and documents[0].facts.number is None and _OWN_NUMBER.search(folded):
        return f"số của {documents[0].facts.short_title}"
    return None
