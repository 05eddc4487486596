"""Citations and answers as plain text, in the form that Vietnamese reports use; every quoted word is the document's."""

import re

from ingest.letterhead import DOCUMENT_TYPES
from ingest.reading import one_line, readable
from ui.markup import merged
from ui.names import vietnamese_date
from ui.record import AnswerRecord, CitationRecord

NEAREST = "Có thể liên quan (không phải câu trả lời):"
_LEFT_OUT = " […] "  # words of the passage between two quotes
_TYPE = re.compile(rf"(?:{DOCUMENT_TYPES})(?:\s+liên tịch)?\b", re.IGNORECASE)
_KNOWN_BY_NAME = ("luật", "pháp lệnh")  # "Luật Đất đai" rather than "Luật số 31/2024/QH15"


def answer_text(record: AnswerRecord, about: str = "") -> str:
    """Give a whole answer: question, answering line, and numbered quotes; `about` is what was taken over."""
    head = [f"Câu hỏi: {record.question.strip()}"]
    if about:
        head.append(f"Hỏi tiếp câu: {about}")
    if record.is_repaired:
        head.append(f"Hiểu câu hỏi là: {record.understood_as}")
    if record.answer:
        head.append(f"Trả lời: {record.answer}")
    parts = ["\n".join(head), *map(_numbered, record.citations)]
    if record.nearest:
        parts += [NEAREST, *map(_numbered, record.nearest)]
    return "\n\n".join(parts) + "\n"


def citation_text(citation: CitationRecord) -> str:
    """Give a citation: “words” (Mục V.8, Kế hoạch số 443-KH/TU ngày 17/12/2024 của Thành ủy …)."""
    return f"“{quoted_words(citation)}” ({source_text(citation)})"


def quoted_words(citation: CitationRecord) -> str:
    """Give the words that answer on one line, […] where words between them are left out.

    A citation without such words gives its whole passage.
    """
    view = readable(citation.text)
    spans = merged(view.shown_span(*span) for span in citation.quote_spans) or [(0, len(view.text))]
    words, end = "", spans[0][0]
    for start, stop in spans:
        between = view.text[end:start]
        words += (_LEFT_OUT if any(map(str.isalnum, between)) else between) + view.text[start:stop]
        end = stop
    return " ".join(words.split())


def source_text(citation: CitationRecord) -> str:
    """Give where a citation comes from: section, page, document, as far as they are known."""
    page = f"trang {citation.page}" if citation.page else ""
    return ", ".join(filter(None, (one_line(citation.locator), page, document_text(citation))))


def document_text(citation: CitationRecord) -> str:
    """Give the document by type and number, or by its title where it has no complete number or no known type."""
    title, number = one_line(citation.title), one_line(citation.number or "")
    issuer = one_line(citation.issuer or "")
    date = vietnamese_date(citation.date) if citation.date else ""
    date = f"ngày {date}" if date[:1].isdigit() else date
    if is_cited_by_number(citation):
        kind = _TYPE.match(title)
        assert kind is not None
        return " ".join(filter(None, (kind.group(), f"số {number}", date, f"của {issuer}" if issuer else "")))
    named = title or one_line(citation.source)
    if issuer and issuer.casefold() not in named.casefold():
        named = f"{named} của {issuer}"
    if number and number not in named:
        named += f", số …{number}" if _is_blank(number) else f", số {number}"
    return f"{named}, {date}" if date else named


def is_cited_by_number(citation: CitationRecord) -> bool:
    """Say whether type and number name the document, so that its title is left out."""
    kind = _TYPE.match(one_line(citation.title))
    number = one_line(citation.number or "")
    return bool(number) and not _is_blank(number) and kind is not None and kind.group().lower() not in _KNOWN_BY_NAME


def _numbered(citation: CitationRecord) -> str:
    return f"[{citation.label}] {citation_text(citation)}"


def _is_blank(number: str) -> bool:
    """Say whether the number itself was left to be written in by hand ("/TTCS-TTTQ")."""
    return not number[0].isalnum()
