"""What a document says of itself: number, date, issuer, title, basis, signer, recipients."""

import re

from ingest.blocks import trim
from ingest.reading import one_line
from ingest.trailer import is_person_name, is_role_line, recipient_lines
from ingest.types import DocumentFacts, ReadingWarning, Section

_DOCUMENT_TYPES = (
    "Kế hoạch|Hướng dẫn|Quyết định|Nghị quyết|Chỉ thị|Kết luận|Thông báo|Thông tri|Chương trình|Công văn|Công điện"
    "|Quy định|Quy chế|Nghị định|Thông tư|Báo cáo|Tờ trình|Đề án|Luật|Pháp lệnh|Lệnh|Điều lệ|Biên bản|Thể lệ"
)
_TYPE_LINE = re.compile(rf"(?:{_DOCUMENT_TYPES})(?:\s+liên tịch)?", re.IGNORECASE)
_SYMBOL = r"[A-ZĐƯÂ0-9][A-ZĐƯÂa-zđ0-9]*(?:\s?[-–/]\s?[A-ZĐƯÂ0-9][A-ZĐƯÂa-zđ0-9]*)*"
_NUMBER_LINE = re.compile(rf"Số\s*:?\s*(?P<serial>\d*)\s*(?P<symbol>[-–/]\s*{_SYMBOL})", re.IGNORECASE)
_DATE = re.compile(r"ngày\s*(?P<day>\d{1,2})?\W*tháng\s*(?P<month>\d{1,2})?\W*năm\s*(?P<year>\d{4})", re.IGNORECASE)
_PLACE = re.compile(r"(?P<place>[^,\d]{2,60}),\s*ngày", re.IGNORECASE)
_SUBJECT = re.compile(r"V/v:?\s+(?P<subject>.+)", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_REFERENCE = re.compile(
    rf"(?P<kind>{_DOCUMENT_TYPES})\s+số\s+(?P<number>\d+\s*[-–/]\s*{_SYMBOL})"
    r"(?P<date>,?\s+ngày\s+\d{1,2}/\d{1,2}/\d{4})?"
)
_ISSUES = re.compile(
    r"(?P<issuer>(?:Ban|Ủy ban|Uỷ ban|UBND|Sở|Cục|Bộ|Vụ|Đảng ủy|Tỉnh ủy|Thành ủy|Quận ủy|Huyện ủy|Hội|Đoàn|Văn phòng)"
    r"(?:\s+[^\s,;:.]+){1,12}?)\s+(?:ban hành|xây dựng|đề nghị|thông báo|yêu cầu|hướng dẫn)\b"
)
_SPACED_NUMBER = re.compile(r"(?<=\d)\s*([-–/])\s*(?=[A-ZĐ]{1,6}(?:[-–/]|\b))")


def read_facts(text: str, sections: tuple[Section, ...]) -> tuple[DocumentFacts, tuple[ReadingWarning, ...]]:
    """Give the facts that a stored text states, with a warning for each that it leaves out.

    Only the header, the basis, the recipients and the signature are read; the short title is the
    title.
    """
    header = _span(text, sections, "header")
    basis = one_line(_span(text, sections, "basis"))
    signature = [one_line(line) for line in _span(text, sections, "signature").split("\n")]
    number = _number(header)
    date, place = _date_and_place(header)
    title = _title(header)
    facts = DocumentFacts(
        title=title,
        short_title=title,
        number=number,
        issuer=_issuer(basis),
        place=place,
        date=date,
        implements=_implements(basis),
        signer=next((line for line in reversed(signature) if is_person_name(line)), None),
        signer_role=" ".join(line for line in signature if is_role_line(line)) or None,
        recipients=recipient_lines(_span(text, sections, "recipients")),
    )
    return facts, _missing(facts)


def _span(text: str, sections: tuple[Section, ...], kind: str) -> str:
    return next((text[s.start : s.end] for s in sections if s.kind == kind and not s.label), "")


def _number(header: str) -> str | None:
    match = _NUMBER_LINE.search(header)
    return re.sub(r"\s", "", match["serial"] + match["symbol"]) if match else None


def _date_and_place(header: str) -> tuple[str | None, str | None]:
    for line in header.split("\n"):
        match = _DATE.search(line)
        if match:
            place = _PLACE.match(one_line(line))
            parts = [match["year"]]
            if match["month"]:
                parts.append(f"{int(match['month']):02}")
                parts += [f"{int(match['day']):02}"] if match["day"] else []
            return "-".join(parts), place["place"].strip() if place else None
    return None, None


def _title(header: str) -> str:
    """Join the line of the type with the lines of the subject; a dispatch has only "V/v …"."""
    lines = [one_line(line) for line in header.split("\n")]
    for row, line in enumerate(lines):
        if line.isupper() and _TYPE_LINE.fullmatch(line):
            subject = " ".join(part for part in lines[row + 1 :] if part and not _is_dateline(part))
            return _tidy(f"{line.capitalize()} {_sentence_case(subject)}")
    about = _SUBJECT.search(_paragraph_with(header, _SUBJECT))
    return _tidy(f"Công văn về việc {_sentence_case(about['subject'])}") if about else ""


def _paragraph_with(header: str, pattern: re.Pattern[str]) -> str:
    paragraphs = (one_line(part) for part in re.split(r"\n\s*\n", header))
    return next((part for part in paragraphs if pattern.search(part)), "")


def _is_dateline(line: str) -> bool:
    return bool(_DATE.search(line) or _NUMBER_LINE.match(line))


def _sentence_case(subject: str) -> str:
    first = subject.split(" ", 1)[0]
    return subject if first.isupper() else subject[:1].lower() + subject[1:]


def _tidy(title: str) -> str:
    return _SPACED_NUMBER.sub(r"\1", title).strip(" -–—_.")


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
