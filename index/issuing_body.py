"""Who issued a document: one that the plans speak of ("Quyết định số 238-QĐ/TW … của Ban Bí thư"), or one of theirs."""

import re
from collections.abc import Sequence
from itertools import takewhile

from index.asked_unit import UNIT_ASKED
from index.intents import DOCUMENT_TYPES
from index.question import Question
from index.text import one_spelling, serial_of
from index.types import Citation
from ingest.reading import one_line, readable

_WHO = rf"(?:ai|{UNIT_ASKED})"
_ISSUED = r"(?:đã |là nơi )?(?:(?:ký |kí )?ban hành|ban ra|phát hành|đề ra|đưa ra|ra|lập|xây dựng|viết|soạn)"
_NAMED = rf"(?:{DOCUMENT_TYPES.lower()}) (?:số )?\d{{1,5}}\b(?![./]\d)"
_ASKED = re.compile(
    rf"\b({_NAMED})(?: ?[-/]\S+)?(?:.* {_WHO} {_ISSUED}\b|(?: là)?(?: \w+){{0,3}} (?:của|do|bởi) {_WHO}\b)"
    rf"|\b{_WHO} {_ISSUED} (?:cái |bản |tờ )?({_NAMED})"
)
# Of a document that is named by its place no more than this is surely asked: plans have others draw up plans too.
_ASKED_OF_NAMED = re.compile(
    rf"^(?:bản |cái )?(?:văn bản|{DOCUMENT_TYPES.lower()}) (?:\w+ ){{0,9}}(?:do |được )?{_WHO} (?:đã )?ban hành$"
    rf"|^{_WHO} (?:đã )?ban hành (?:ra )?(?:bản |cái )?(?:văn bản|{DOCUMENT_TYPES.lower()})\b(?!.* (?:về|để|cho)\b)"
)
_SYMBOL = r"\b ?[-/] ?[^\s,;.()]+"
_DATE = r",? ngày \d{1,2}/\d{1,2}/\d{4}"
_BODY = r"(?P<body>[^\W\d_]+(?:(?: - |,? )[^\W\d_]+)*)"
_BEHIND_BODY = re.compile(
    rf" (?:về|khóa|khoá|tại|trong|để|nhằm|đã|yêu cầu|giao|(?:cùng |và )?(?:{DOCUMENT_TYPES}))\b", re.IGNORECASE
)


def issuing_line(question: Question, citations: Sequence[Citation]) -> str:
    """Say with a citation who issued the document that a question for that names, "" where none is asked for."""
    asked = one_spelling(question.text).lower().strip(" ?.")
    of_number = _ASKED.search(asked)
    own = [one for one in citations if one.document.doc_id in question.documents]
    if of_number:
        *kind, number = (of_number[1] or of_number[2]).split(" ")
        if number not in (serial_of(one.document.facts.number or "") for one in own):
            return _of_document_spoken_of(" ".join(kind[:2]), number, citations)
    elif len(question.documents) != 1 or not _ASKED_OF_NAMED.search(asked):
        return ""
    return _of_own_document(own)


def _of_document_spoken_of(kind: str, number: str, citations: Sequence[Citation]) -> str:
    named = rf"\b(?i:{kind})(?: số)? {number}"
    before = re.compile(rf"(?:^|[,;.:(]\s*){_BODY} (?:đã )?ban hành {named}\b", re.MULTILINE)
    behind = re.compile(rf"{named}{_SYMBOL}(?:(?:{_DATE})? của|{_DATE}) {_BODY}")
    for citation in citations:
        text = readable(citation.passage.text).text
        found = before.search(text) or behind.search(text)
        body = _body(found["body"]) if found else ""
        if body:
            return f"“{body}” [{citation.label}]"
    return ""


def _body(words: str) -> str:
    """Give the names that words begin with, "" where they begin with none."""
    names = ", ".join(takewhile(_is_name, words.split(", ")))
    end = _BEHIND_BODY.search(names)
    return names[: end.start()].rstrip(",") if end else names


def _is_name(part: str) -> bool:
    return part[0].isupper() and not part.endswith(" số")  # "Thông tri số 12" is another document


def _of_own_document(citations: Sequence[Citation]) -> str:
    """Name who issued the document of the citations; only what stands in a passage is in quotation marks."""
    issuer = citations[0].document.facts.issuer if citations else None
    if not issuer:
        return ""
    verbatim = next((one for one in citations if issuer in one_line(one.passage.text)), None)
    return f"“{issuer}” [{verbatim.label}]" if verbatim else f"{issuer} [{citations[0].label}]"
