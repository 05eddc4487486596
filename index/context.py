"""What is embedded and indexed with a passage but never quoted: its document and its headings."""

from index.abbreviations import Abbreviations
from ingest.reading import one_line
from ingest.sentences import idea_spans
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
    parts = [document.facts.short_title, *_headings(passage)]
    if passage.kind in _KIND_WORDS:
        parts.append(_KIND_WORDS[passage.kind])
    return ". ".join(part.strip(" .") for part in parts if part)


def _headings(passage: Passage) -> list[str]:
    headings = list(passage.heading_path)
    if passage.unit and not any(passage.unit in heading for heading in headings):
        headings.append(passage.unit)
    return headings


def indexed_text(passage: Passage, document: Document, abbreviations: Abbreviations) -> str:
    """Give the context and the words of a passage as they are embedded and indexed.

    Abbreviations are written out behind them, so that both forms are found.
    """
    words = one_line(passage.text)
    long_forms = abbreviations.long_forms_in(words)
    behind = f" ({', '.join(long_forms)})" if long_forms else ""
    return f"{context_of(passage, document)}. {words}{behind}"


def sentence_texts(passage: Passage) -> list[str]:
    """Give the sentences of a passage as they are embedded, each under its headings and unit.

    In the order of `idea_spans(passage.text)`.
    """
    above = ". ".join(_headings(passage))
    return [f"{above}. {one_line(passage.text[start:end])}" for start, end in idea_spans(passage.text)]
