"""Names of places: provinces and cities, and those that a document's place is made of."""

import re

# Provinces and cities, also those before the mergers of 2025: names by which another place is meant.
PROVINCES = (
    "An Giang|Bà Rịa|Bạc Liêu|Bắc Giang|Bắc Kạn|Bắc Ninh|Bến Tre|Bình Dương|Bình Định|Bình Phước|Bình Thuận|Cà Mau"
    "|Cao Bằng|Cần Thơ|Đà Nẵng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tĩnh"
    "|Hải Dương|Hải Phòng|Hậu Giang|Hòa Bình|Huế|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lạng Sơn|Lào Cai"
    "|Lâm Đồng|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi"
    "|Quảng Ninh|Quảng Trị|Sài Gòn|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|Tiền Giang|Trà Vinh"
    "|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái|Nha Trang|Đà Lạt|Vũng Tàu|Buôn Ma Thuột|Quy Nhơn|Biên Hòa|Thủ Đức"
).split("|")

_BETWEEN = re.compile(r"\s*[,–]\s*|\s+-\s+")


def parts_of(place: str) -> list[str]:
    """Give the names that a document's place is made of: "Phan Rang" and "Tháp Chàm" of "Phan Rang - Tháp Chàm"."""
    return _BETWEEN.split(place)
