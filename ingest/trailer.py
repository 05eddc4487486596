"""The end of a document: closing words, "Nơi nhận", and the signature block."""

import re
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.reading import one_line
from ingest.types import SectionKind

_RECIPIENTS = re.compile(r"[\s*]*Nơi\s+nhận\s*[:.]?", re.IGNORECASE)
_ON_BEHALF = re.compile(r"(?:T\s*/?\s*M|K\s*/?\s*T|T\s*/?\s*L|TUQ|Q)\s*[./]?\s+(?=[^\W\d_]{2})")
_ROLE = re.compile(
    r"(?:(?:PHÓ|QUYỀN|Q\.)\s+)?(?:TỔNG\s+)?(?:BÍ THƯ|CHỦ TỊCH|CHỦ NHIỆM|TRƯỞNG BAN|TRƯỞNG|GIÁM ĐỐC|CỤC TRƯỞNG"
    r"|VỤ TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|CHÁNH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|THỐNG ĐỐC|KIỂM TOÁN|TỔNG)\b"
)
_CLOSING = re.compile(
    r"Trên đây|Trân trọng|Kế hoạch này|Nhận được|Trong quá trình (?:tổ chức|triển khai|thực hiện)"
    r"|Đề nghị|Yêu cầu|Căn cứ (?:Kế hoạch|nội dung) này"
)
_MAX_NAME_SYLLABLES = 5


@dataclass(frozen=True, slots=True)
class TrailerPart:
    """The span of the recipients or of the signature."""

    kind: SectionKind
    start: int
    end: int


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
    words = [one_line(text[b.start : b.end]) for b in blocks]
    recipients = next((r for r in range(len(blocks) - 1, first - 1, -1) if _RECIPIENTS.match(words[r])), None)
    signed = _signature_rows(blocks, words, recipients if recipients is not None else first)
    if signed is None and recipients is not None:
        signed = _signature_rows(blocks, words, first, recipients)
    rows = [r for r in (recipients, signed[0] if signed else None) if r is not None]
    start = min(rows, default=len(blocks))
    end = len(blocks) if not rows else _end_row(blocks, recipients, signed)
    parts: list[TrailerPart] = []
    if recipients is not None:
        stop = signed[0] if signed and signed[0] > recipients else end
        parts.append(TrailerPart("recipients", blocks[recipients].start, blocks[stop - 1].end))
    if signed:
        parts.append(TrailerPart("signature", blocks[signed[0]].start, blocks[signed[1] - 1].end))
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


def recipient_lines(text: str) -> tuple[str, ...]:
    """Give the recipients of a "Nơi nhận" block, one a line, without dashes and end punctuation."""
    lines = (one_line(line).strip() for line in text.split("\n"))
    return tuple(line.lstrip("-–— ").rstrip(" ,;.") for line in lines if line.startswith(("-", "–", "—")))


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
    only_name = last - 1
    if stop is None and only_name > first and blocks[only_name].marker is None and is_person_name(words[only_name]):
        return only_name, last
    return None


def _end_row(blocks: list[Block], recipients: int | None, signed: tuple[int, int] | None) -> int:
    if recipients is None or (signed and signed[0] > recipients):
        return signed[1] if signed else len(blocks)
    end = recipients + 1
    while end < len(blocks) and blocks[end].marker is not None:
        end += 1
    return end


def _closing_row(blocks: list[Block], words: list[str], first: int, start: int) -> int:
    row = start
    while row > first and blocks[row - 1].marker is None:
        row -= 1
    return next((r for r in range(row, start) if _CLOSING.match(words[r])), start)
