"""What is embedded and indexed with a passage but never quoted: its document and its headings."""

from ingest.reading import one_line
from ingest.types import Document, Passage, SectionKind

# What people call a part that has no heading of its own.
_KIND_WORDS: dict[SectionKind, str] = {
    "header": "số văn bản, ngày ban hành, tên văn bản",
    "basis": "căn cứ ban hành, thực hiện theo văn bản nào",
    "closing": "yêu cầu báo cáo kết quả",
    "recipients": "nơi nhận, văn bản gửi cho ai",
    "signature": "người ký, chữ ký, chức vụ người ký ban hành",
}


def context_of(passage: Passage, document: Document) -> str:
    """Give the document's short title, the headings above the passage and its unit on one line."""
    parts = [document.facts.short_title, *passage.heading_path]
    if passage.unit and not any(passage.unit in heading for heading in passage.heading_path):
        parts.append(passage.unit)
    if passage.kind in _KIND_WORDS:
        parts.append(_KIND_WORDS[passage.kind])
    return ". ".join(part.strip(" .") for part in parts if part)


def indexed_text(passage: Passage, document: Document) -> str:
    """Give the context and the words of a passage as they are embedded and indexed."""
    return f"{context_of(passage, document)}. {one_line(passage.text)}"
