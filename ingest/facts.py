"""What a document says of itself: number, date, issuer, title, basis, signer, recipients."""

import re

from ingest.blocks import trim
from ingest.letterhead import DOCUMENT_TYPES, SYMBOL, read_letterhead
from ingest.reading import one_line
from ingest.trailer import recipient_lines, signer_of
from ingest.types import DocumentFacts, ReadingWarning, Section

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_REFERENCE = re.compile(
    rf"(?P<kind>{DOCUMENT_TYPES})\s+số\s+(?P<number>\d+\s*[-–/]\s*{SYMBOL})"
    r"(?P<date>,?\s+ngày\s+\d{1,2}/\d{1,2}/\d{4})?"
)
_ISSUES = re.compile(
    r"(?P<issuer>(?:Ban|Ủy ban|Uỷ ban|UBND|Sở|Cục|Bộ|Vụ|Đảng ủy|Tỉnh ủy|Thành ủy|Quận ủy|Huyện ủy|Hội|Đoàn|Văn phòng)"
    r"(?:\s+[^\s,;:.]+){1,12}?)\s+(?:(?:thống nhất\s+)?(?:ban hành|xây dựng|đề nghị|thông báo|yêu cầu|hướng dẫn))\b"
)


def read_facts(text: str, sections: tuple[Section, ...]) -> tuple[DocumentFacts, tuple[ReadingWarning, ...]]:
    """Give the facts that a stored text states, with a warning for each that it leaves out.

    Only the header, the basis, the recipients and the signature are read; the short title is the
    title.
    """
    header = _span(text, sections, "header")
    basis = one_line(_span(text, sections, "basis"))
    recipients = _span(text, sections, "recipients")
    signer, role = signer_of(_span(text, sections, "signature"), recipients)
    head = read_letterhead(header)
    facts = DocumentFacts(
        title=head.title,
        short_title=head.title,
        number=head.number,
        issuer=_issuer(basis) or head.issuer,
        place=head.place,
        date=head.date,
        implements=_implements(basis),
        signer=signer,
        signer_role=role,
        recipients=recipient_lines(recipients) or head.addressees,
    )
    return facts, _missing(facts)


def _span(text: str, sections: tuple[Section, ...], kind: str) -> str:
    return next((text[s.start : s.end] for s in sections if s.kind == kind and not s.label), "")


def _issuer(basis: str) -> str | None:
    found = list(_ISSUES.finditer(_QUOTED.sub(" ", basis)))
    return found[-1]["issuer"] if found else None


def _implements(basis: str) -> tuple[str, ...]:
    """Give the documents named outside quotation marks, each with its date where one follows."""
    found = []
    for match in _REFERENCE.finditer(_QUOTED.sub(" ", basis)):
        number = re.sub(r"\s", "", match["number"])
        date = " " + match["date"].lstrip(", ") if match["date"] else ""
        found.append(f"{match['kind']} số {number}{date}")
    return tuple(dict.fromkeys(found))


def _missing(facts: DocumentFacts) -> tuple[ReadingWarning, ...]:
    warnings = []
    if not facts.title:
        warnings.append(ReadingWarning("no_title"))
    if facts.number is None:
        warnings.append(ReadingWarning("no_number"))
    elif not facts.number[0].isdigit():
        warnings.append(ReadingWarning("incomplete_number", facts.number))
    if facts.date is None:
        warnings.append(ReadingWarning("no_date"))
    elif len(facts.date) < len("2024-12-17"):
        warnings.append(ReadingWarning("incomplete_date", facts.date))
    if facts.signer is None:
        warnings.append(ReadingWarning("no_signature"))
    return tuple(warnings)


def first_words(text: str, limit: int = 100) -> str:
    """Give the first words of a text as a stand-in title, at most `limit` characters."""
    start, end = trim(text, 0, min(len(text), 20 * limit))
    words = one_line(text[start:end])
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + "…"
