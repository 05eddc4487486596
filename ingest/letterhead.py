"""What stands above the text of a document: number, place and date, issuer, title, and to whom a dispatch goes."""

import re
from dataclasses import dataclass

from ingest.reading import one_line

DOCUMENT_TYPES = (
    "Kế hoạch|Hướng dẫn|Quyết định|Nghị quyết|Chỉ thị|Kết luận|Thông báo|Thông tri|Chương trình|Công văn|Công điện"
    "|Quy định|Quy chế|Nghị định|Thông tư|Báo cáo|Tờ trình|Đề án|Luật|Pháp lệnh|Lệnh|Điều lệ|Biên bản|Thể lệ"
)
SYMBOL = r"[A-ZĐƯÂ0-9][A-ZĐƯÂa-zđ0-9]*(?:\s?[-–/]\s?[A-ZĐƯÂ0-9][A-ZĐƯÂa-zđ0-9]*)*"
_HIGHEST = r"Chính phủ|Thủ tướng Chính phủ|Quốc hội|Ủy ban Thường vụ Quốc hội|Chủ tịch nước"
_FILL = r"[\s.…_]{0,30}"  # what is left to be written in by hand
_NUMBER = re.compile(rf"Số\s{{0,9}}:?{_FILL}(?P<serial>\d*){_FILL}(?P<symbol>[-–/]\s*{SYMBOL})", re.IGNORECASE)
_DATE = re.compile(
    rf"ngày{_FILL}(?P<day>\d{{1,2}})?\W{{0,30}}tháng{_FILL}(?P<month>\d{{1,2}})?\W{{0,30}}năm\s{{0,9}}(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(r"ngày\s+(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})", re.IGNORECASE)
_DATELINE = re.compile(rf"(?:[^,]{{2,60}},\s*)?{_DATE.pattern}\W*", re.IGNORECASE)
_PLACE = re.compile(r"(?P<place>[^,\d]{2,60}),\s*ngày", re.IGNORECASE)
_CELLS = re.compile(r"\t+|[ \xa0]{3,}")  # what sets the two sides of a letterhead apart on one line
_MOTTO = re.compile(r"CỘNG H[OÒ][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|ĐỘC LẬP\s*[-–]")
_ORGANISATION = re.compile(
    r"(?:BAN|ỦY BAN|UỶ BAN|UBND|HĐND|HỘI ĐỒNG|HỘI(?! NHẬP| NGHỊ)|SỞ|CỤC|TỔNG CỤC|CHI CỤC|BỘ(?! MÁY)|VỤ|ĐẢNG [ỦUB]"
    r"|TỈNH [ỦU]|THÀNH [ỦU]|QUẬN [ỦU]|HUYỆN [ỦU]|THỊ [ỦU]|CHI BỘ|ĐẢNG ĐOÀN|ĐOÀN(?! KẾT)|LIÊN ĐOÀN|MẶT TRẬN|VĂN PHÒNG"
    r"|PHÒNG(?!,)|THANH TRA|CÔNG AN|TÒA ÁN|VIỆN|HỌC VIỆN|BỆNH VIỆN|TRƯỜNG|TRUNG TÂM|BÁO(?! CÁO)|ĐÀI|CHÍNH PHỦ|QUỐC HỘI"
    r"|THỦ TƯỚNG|CHỦ TỊCH|KHO BẠC|BẢO HIỂM|NGÂN HÀNG|CÔNG TY|TẬP ĐOÀN|TỔNG CÔNG TY)"
)
# Who decides, on a line of its own above "Căn cứ …".
_ENACTS = re.compile(
    rf"(?:{_HIGHEST.upper()})$|(?:CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|(?:TỔNG )?CỤC TRƯỞNG|CHÁNH ÁN|VIỆN TRƯỞNG|THỐNG ĐỐC)\s"
    r"|(?:[ỦU][YỶ] BAN|HỘI ĐỒNG) NHÂN DÂN\s"
)
_RULE = re.compile(r"[\W_]*")
_REMARK = re.compile(r"\(\s*(?:Ban hành\s+)?kèm theo", re.IGNORECASE)
_TYPE_LINE = re.compile(rf"(?:{DOCUMENT_TYPES})(?:\s+liên tịch)?(?:\s+của\s+(?:{_HIGHEST}))?", re.IGNORECASE)
_KIND = rf"(?P<type>(?:{DOCUMENT_TYPES})(?:\s+liên tịch)?)"
_ABOUT_WORDS = "về|quy định|hướng dẫn|ban hành|sửa đổi|bổ sung|phê duyệt"
# "Nghị định của Chính phủ số 115/2003/NĐ-CP ngày 10/10/2003 về …", "Nghị định số … ngày … của Chính phủ về …"
_DESIGNATION = re.compile(
    rf"{_KIND}(?:\s+của\s+(?P<issuer>(?:(?!\b(?:{DOCUMENT_TYPES})\b).){{2,150}}?))?\s+{_NUMBER.pattern}"
    rf"(?:,?\s+(?:{re.sub(r'[?]P<[a-z]+>', '', _DATE.pattern)}|{re.sub(r'[?]P<[a-z]+>', '', _SHORT_DATE.pattern)}))?"
    rf"(?:\s+của\s+(?P<author>.{{2,80}}?)(?=\s+(?:{_ABOUT_WORDS})\b))?(?P<subject>.*)",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"{_KIND}(?:\s+của\s+(?:{_HIGHEST})\b)?(?P<subject>.*)", re.IGNORECASE)
_ABOUT = re.compile(r"(?:V/v|Về việc)\s*:?\s+(?P<subject>.+)", re.IGNORECASE)
_ADDRESSED = re.compile(r"^[\s*]*Kính\s+gửi\s*:?", re.IGNORECASE | re.MULTILINE)
_SPACED_NUMBER = re.compile(r"(?<=\d)\s*([-–/])\s*(?=[A-ZĐ]{1,6}(?:[-–/]|\b))")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the header states, as printed; `date` is ISO 8601, possibly of reduced precision."""

    title: str
    number: str | None
    date: str | None
    place: str | None
    issuer: str | None
    addressees: tuple[str, ...]


def opens_title(line: str) -> bool:
    """Say whether a line is the kind of a document alone, or begins with its kind and number."""
    return bool(_TYPE_LINE.fullmatch(line) and line[:1].isupper()) or bool(_DESIGNATION.match(line))


def read_letterhead(header: str) -> Letterhead:
    """Give what the header of a document states of it."""
    lines = [one_line(line) for line in header.split("\n")]
    row = next((row for row, line in enumerate(lines) if opens_title(line)), None)
    titled = _title_lines(lines, row) if row is not None else []
    own = _DESIGNATION.fullmatch(" ".join(titled))
    above = header.split("\n") if row is None else header.split("\n")[:row]
    remark = header[match.start() :] if (match := _REMARK.search(header)) else ""
    below = (
        [] if row is None else [line for line in lines[row:] if _DATELINE.fullmatch(line) or _NUMBER.fullmatch(line)]
    )
    dates = [own[0][: own.start("subject")] if own else "", *above, *remark.split("\n"), *below]
    date, place = _date_and_place(dates)
    enacting = next((line for line in reversed(lines) if not _RULE.fullmatch(line)), "")
    named = own["issuer"] or own["author"] if own else None
    return Letterhead(
        title=_title(" ".join(titled)) if titled else _dispatch_title(header),
        number=_number([own[0][: own.start("subject")] if own else "", "\n".join(above), remark, *below]),
        date=date,
        place=place,
        issuer=_issuer(header) or (enacting if _enacts(enacting) else named),
        addressees=_addressees(header),
    )


def names_body(line: str) -> bool:
    """Say whether a line in capitals begins with the name of an authority or organisation."""
    return _ORGANISATION.match(line) is not None


def _title_lines(lines: list[str], row: int) -> list[str]:
    found = [lines[row]]
    for line in lines[row + 1 :]:
        if _REMARK.match(line) or _ADDRESSED.match(line) or (_RULE.fullmatch(line) and line and len(found) > 1):
            break
        if not _RULE.fullmatch(line) and not _DATELINE.fullmatch(line) and not _NUMBER.fullmatch(line):
            found.append(line)
    return found[:-1] if len(found) > 1 and _enacts(found[-1]) else found


def _enacts(line: str) -> bool:
    is_set_apart = line.isupper() or re.fullmatch(_HIGHEST, line) is not None
    return is_set_apart and _ENACTS.match(line.upper()) is not None


def _title(words: str) -> str:
    match = _DESIGNATION.fullmatch(words) or _TITLE.fullmatch(words)
    if match is None:
        return ""
    kind, subject = match["type"], match["subject"].strip()
    if subject.isupper() and " " in subject:
        return _tidy(f"{kind.upper()} {subject}")
    return _tidy(f"{kind.capitalize()} {_sentence_case(subject)}")


def _dispatch_title(header: str) -> str:
    paragraphs = ([_CELLS.split(line) for line in part.split("\n")] for part in re.split(r"\n\s*\n", header))
    words = (
        " ".join(cell for line in lines for cell in map(one_line, line) if cell and not _DATELINE.fullmatch(cell))
        for lines in paragraphs
    )
    about = next((found for part in words if (found := _ABOUT.search(part))), None)
    return _tidy(f"Công văn về việc {_sentence_case(about['subject'])}") if about else ""


def _sentence_case(subject: str) -> str:
    first = subject.split(" ", 1)[0]
    return subject if first.isupper() else subject[:1].lower() + subject[1:]


def _tidy(title: str) -> str:
    return _SPACED_NUMBER.sub(r"\1", title).strip(" -–—_.")


def _number(texts: list[str]) -> str | None:
    """Give the number from the first text that has one; the Prime Minister's symbol is "TTg" in capitals too."""
    match = next((found for text in texts if (found := _NUMBER.search(text))), None)
    return re.sub(r"-TTG$", "-TTg", re.sub(r"\s", "", match["serial"] + match["symbol"])) if match else None


def _date_and_place(lines: list[str]) -> tuple[str | None, str | None]:
    for line in lines:
        match = _DATE.search(line) or _SHORT_DATE.search(line)
        if match:
            places = (_PLACE.match(one_line(part)) for part in _CELLS.split(line))
            place = next((found for found in places if found), None)
            parts = [match["year"]]
            if match["month"]:
                parts.append(f"{int(match['month']):02}")
                parts += [f"{int(match['day']):02}"] if match["day"] else []
            return "-".join(parts), place["place"].strip() if place else None
    return None, None


def _issuer(header: str) -> str | None:
    """Give the lowest body of the lines in capitals above the number, as printed; a long name has several lines."""
    names: list[str] = []
    for line in header.split("\n"):
        parts = [one_line(part).strip(" *_-–—.") for part in _CELLS.split(line)]
        if any(opens_title(part) for part in parts):
            break
        named = [_NUMBER.split(part)[0].rstrip() for part in parts if not _DATE.search(part)]
        names += [part for part in named if part.isupper() and not _MOTTO.match(part)]
        if any(_DATE.search(part) or _NUMBER.search(part) for part in parts):
            break
    first = max((row for row, name in enumerate(names) if names_body(name)), default=None)
    return " ".join(names[first:]) if first is not None else None


def _addressees(header: str) -> tuple[str, ...]:
    """Give to whom a dispatch is addressed: the items of its list, else the words after "Kính gửi"."""
    match = _ADDRESSED.search(header)
    if match is None:
        return ()
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", header[match.end() :])]
    listed = [line for part in paragraphs for line in part.split("\n") if line.strip().startswith(("-", "–", "—"))]
    words = listed or [next((part for part in paragraphs if part), "")]
    return tuple(stripped for line in words if (stripped := one_line(line).strip(" -–—;,.:")))
