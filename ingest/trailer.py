"""The end of a document: closing words, "Nơi nhận", and the signature block."""

import re
from dataclasses import dataclass

from ingest.blocks import Block, Rank
from ingest.folding import fold
from ingest.reading import one_line
from ingest.sentences import syllable_count
from ingest.types import SectionKind

_RECIPIENTS = re.compile(r"[\s*]*Nơi\s+nhận\s*[:.]?", re.IGNORECASE)
_ON_BEHALF = re.compile(r"(?:T\s*/?\s*M|K\s*/?\s*T|T\s*/?\s*L|TUQ|Q)(?:\s*[./]\s*|\s+)(?=[^\W\d_]{2})")
_ROLE = re.compile(
    r"(?:(?:PHÓ|QUYỀN|Q\.)\s+)?(?:TỔNG\s+)?(?:BÍ THƯ|CHỦ TỊCH|CHỦ NHIỆM|TRƯỞNG BAN|TRƯỞNG|GIÁM ĐỐC|CỤC TRƯỞNG"
    r"|VỤ TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|CHÁNH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|THỐNG ĐỐC|KIỂM TOÁN|TỔNG)\b"
)
_CLOSING = re.compile(  # without marks, which scans get wrong
    r"tren day|tran trong|ke hoach nay|nhan duoc|trong qua trinh (?:to chuc|trien khai|thuc hien)"
    r"|de nghi|yeu cau|can cu (?:ke hoach|noi dung) nay"
)
_MAX_NAME_SYLLABLES = 5
_MAX_OFFICE_SYLLABLES = 10  # of an office that is not in capitals
_MAX_RECIPIENT_SYLLABLES = 20
_MAX_FILE_SYLLABLES = 3  # "TCT(HC, NV3)" on the line after "Lưu: VP"
_LONGEST_LINE = 300  # characters that an office, a name or closing words are told from
_LAST_ROWS = 12  # blocks at the end among which a signature without capitals is sought
_SIGNED = re.compile(r"\W*(?:đã ký|ký tên|đã ký tên|ký tên, đóng dấu)\W*", re.IGNORECASE)
# What stands beside the recipients, at the end of a line.
_COLUMN = re.compile(
    r"(?<=\S)(?:\t|[ \xa0]{3})[ \t\xa0]*+(?P<right>\S++(?:[ \xa0]{1,2}\S++)*+)[ \t\xa0]*+$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class TrailerPart:
    """The span of the recipients or of the signature."""

    kind: SectionKind
    start: int
    end: int
    is_inside: bool = False  # of the part before: the signature stands beside the recipients


@dataclass(frozen=True, slots=True)
class Trailer:
    """Rows of blocks: the closing words [closing, start), the parts [start, end)."""

    closing: int
    start: int
    end: int
    parts: tuple[TrailerPart, ...]


def find_trailer(text: str, blocks: list[Block], first: int) -> Trailer:
    """Find the end of a document among its blocks; rows equal to len(blocks) where there is none.

    `first` is the row of the first item of the body.
    """
    words = [one_line(text[b.start : min(b.end, b.start + _LONGEST_LINE)]) for b in blocks]
    recipients = next((r for r in range(len(blocks) - 1, first - 1, -1) if _RECIPIENTS.match(words[r])), None)
    signed = _signature_rows(blocks, words, recipients if recipients is not None else first)
    if signed is None and recipients is not None:
        signed = _signature_rows(blocks, words, first, recipients)
    rows = [r for r in (recipients, signed[0] if signed else None) if r is not None]
    start = min(rows, default=len(blocks))
    end = len(blocks) if not rows else _end_row(blocks, words, recipients, signed)
    parts: list[TrailerPart] = []
    if recipients is not None:
        stop = signed[0] if signed and signed[0] > recipients else end
        parts.append(TrailerPart("recipients", blocks[recipients].start, blocks[stop - 1].end))
    if signed:
        parts.append(TrailerPart("signature", blocks[signed[0]].start, blocks[signed[1] - 1].end))
    elif parts and (name := _name_beside(text, parts[0])) is not None:
        parts.append(TrailerPart("signature", *name, is_inside=True))
    parts.sort(key=lambda part: part.start)
    return Trailer(_closing_row(blocks, words, first, start), start, end, tuple(parts))


def is_role_line(line: str) -> bool:
    """Say whether a line of a signature block is an office ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")."""
    return line.isupper() and bool(_ON_BEHALF.match(line) or _ROLE.match(line))


def is_person_name(line: str) -> bool:
    """Say whether a line is nothing but a Vietnamese personal name."""
    syllables = line.split()
    return 2 <= len(syllables) <= _MAX_NAME_SYLLABLES and all(
        s.isalpha() and s[0].isupper() and s[1:].islower() for s in syllables
    )


def is_office(line: str) -> bool:
    """Say whether a line is an office in any letters ("Thủ tướng"); only a name below makes it sure."""
    upper = line.upper()
    is_short = 0 < syllable_count(line) <= _MAX_OFFICE_SYLLABLES and line[-1] not in ".;:,"
    return is_short and bool(_ON_BEHALF.match(upper) or _ROLE.match(upper))


def signer_of(signature: str, recipients: str) -> tuple[str | None, str | None]:
    """Give who signs and in which office, from the signature or from what stands beside the recipients."""
    lines = [one_line(line) for line in signature.split("\n")]
    names = [line for line in lines if is_person_name(line)]
    if len(lines) == 1 and names:
        lines = [one_line(match["right"]) for match in _COLUMN.finditer(recipients)] or lines
    offices = [line for line in lines if line not in names[-1:] and (is_role_line(line) or is_office(line))]
    return names[-1] if names else None, " ".join(offices) or None


def has_signer(text: str, trailer: Trailer) -> bool:
    """Say whether a signature names a person."""
    parts = (text[part.start : part.end] for part in trailer.parts if part.kind == "signature")
    return any(is_person_name(one_line(line)) for part in parts for line in part.split("\n"))


def recipient_lines(text: str) -> tuple[str, ...]:
    """Give the recipients of a "Nơi nhận" block, one a line, without dashes and end punctuation.

    A recipient goes on in small letters, the last one ("Lưu: …") in any.
    """
    found: list[str] = []
    for raw in text.split("\n"):
        line = one_line(_COLUMN.sub("", raw)).strip()
        if line.startswith(("-", "–", "—", ". ")):
            found.append(line.lstrip("-–—. "))
        elif found and line and _goes_on(found[-1], line):
            found[-1] += f" {line}"
    return tuple(line.rstrip(" ,;.") for line in found)


def _goes_on(recipient: str, line: str) -> bool:
    return line[0].isupper() if recipient.startswith("Lưu") else line[0].islower() and recipient[-1:] not in (".", ";")


def _name_beside(text: str, recipients: TrailerPart) -> tuple[int, int] | None:
    """Give the span of a name in a column to the right of the recipients."""
    for match in _COLUMN.finditer(text, recipients.start, recipients.end):
        if is_person_name(match["right"]):
            return match.span("right")
    return None


def _signature_rows(
    blocks: list[Block], words: list[str], first: int, stop: int | None = None
) -> tuple[int, int] | None:
    """Give the rows [start, end) of the signature: offices, then a name; or a name that ends it all."""
    last = len(blocks) if stop is None else stop
    for row in range(first, last):
        if blocks[row].marker is None and is_role_line(words[row]):
            end = row + 1
            while end < last and blocks[end].marker is None and is_role_line(words[end]):
                end += 1
            named = next((r for r in range(end, min(end + 2, last)) if is_person_name(words[r])), None)
            return row, (named + 1 if named is not None else end)
    for row in range(max(first, last - _LAST_ROWS), last):
        end = row
        while end < last and blocks[end].marker is None and (is_office(words[end]) or _SIGNED.fullmatch(words[end])):
            end += 1
        if row < end < last and blocks[end].marker is None and is_person_name(words[end]):
            return row, end + 1
    only_name = last - 1
    if stop is None and only_name > first and blocks[only_name].marker is None and is_person_name(words[only_name]):
        return only_name, last
    return None


def _end_row(blocks: list[Block], words: list[str], recipients: int | None, signed: tuple[int, int] | None) -> int:
    if recipients is None or (signed and signed[0] > recipients):
        return signed[1] if signed else len(blocks)
    end = recipients + 1
    while end < len(blocks) and _is_recipient(blocks[end], words[end], words[end - 1]):
        end += 1
    return end


def _is_recipient(block: Block, line: str, before: str) -> bool:
    """Say whether a block goes on with the recipients; an annex may follow them without a signature between."""
    if block.marker is not None:
        return block.marker.rank >= Rank.DASH
    limit = _MAX_FILE_SYLLABLES if line.isupper() else _MAX_RECIPIENT_SYLLABLES
    return syllable_count(line) <= limit and (not line.isupper() or "Lưu" in before)


def _closing_row(blocks: list[Block], words: list[str], first: int, start: int) -> int:
    row = start
    while row > first and blocks[row - 1].marker is None:
        row -= 1
    return next((r for r in range(row, start) if _CLOSING.match(fold(words[r]))), start)
