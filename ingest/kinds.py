"""What a section is about, from the words of its heading."""

import re

from ingest.folding import fold
from ingest.types import SectionKind

# In this order: "NỘI DUNG VÀ LỘ TRÌNH" is content, "ĐỐI TƯỢNG, HÌNH THỨC TRIỂN KHAI" is forms.
# Headings are compared without marks: scans read "MỤC ĐÍCH, YÊU CÂU".
_SECTION_WORDS: tuple[tuple[SectionKind, str], ...] = (
    ("tasks", r"to chuc (?:thuc hien|trien khai)|phan cong|trach nhiem"),
    ("purpose", r"muc dich|yeu cau|muc tieu"),
    ("slogans", r"khau hieu"),
    ("content", r"noi dung|nhiem vu|giai phap"),
    ("forms", r"hinh thuc|bien phap|phuong thuc"),
    ("audience", r"doi tuong"),
    ("schedule", r"thoi gian|tien do|lo trinh|dia diem"),
    ("budget", r"kinh phi"),
)
# What a heading further down may change; "trách nhiệm của …" in a content section is still content.
_CHANGES_BELOW = re.compile(r"(?:muc dich|yeu cau|khau hieu|hinh thuc|doi tuong|thoi gian|tien do|kinh phi)\b")

_DUTIES = re.compile(r"(?:trach nhiem|nhiem vu|quyen han)\b.*\bcua\b")  # "Nhiệm vụ và quyền hạn của Bộ Nội vụ"


def kind_of_heading(title: str, inherited: SectionKind | None) -> SectionKind:
    """Give the kind of a section with this heading; `inherited` is its parent's, None at the top."""
    folded = fold(title)
    if inherited is not None and not _CHANGES_BELOW.match(folded):
        return inherited
    for kind, words in _SECTION_WORDS:
        if re.search(words, folded):
            return kind
    return inherited or "other"


def kind_of_part(title: str, inherited: SectionKind | None) -> SectionKind:
    """Give the kind of a chapter, an article or an annex: its own title says more than what it lies in."""
    if _DUTIES.match(fold(title)):
        return "tasks"
    kind = kind_of_heading(title, None)
    return inherited or "other" if kind == "other" else kind
