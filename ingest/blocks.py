"""A text becomes blocks: numbered items, bullets and paragraphs, page-break cuts joined."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from ingest.reading import PAGE_NUMBER_LINE, joins_lines

_LEAD = r"[\s*\u200b-\u200f\u2060\ufeff]*"  # spaces and stray marks before a marker
# Every space that str.isspace knows, stray marks, and characters that print nothing.
_NOISE = (
    " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "*\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)


class Rank(IntEnum):
    """The nesting order of numbering styles; a marker closes every open one of its rank or deeper."""

    ANNEX = 0  # Phụ lục I
    FORM = 1  # Mẫu số 01
    DIVISION = 2  # Phần thứ nhất
    CHAPTER = 3  # Chương II
    SECTION = 4  # Mục 1
    SUBSECTION = 5  # Tiểu mục 1
    ARTICLE = 6  # Điều 5.
    PART = 7  # A. B.
    ROMAN = 8  # I- II. III/
    ARABIC = 9  # 1. 1/ 1)
    DOTTED = 10  # 1.1. (deeper with each further number: 11, 12)
    LETTER = 13  # a) b.
    PAREN = 14  # (1)
    DASH = 15  # - •
    PLUS = 16  # +


@dataclass(frozen=True, slots=True)
class Marker:
    """The number or bullet that opens an item; `number` is as printed ("V", "1.2", "a", "-")."""

    rank: int
    number: str
    inline: bool = False  # "(2)" in the middle of a paragraph
    name: str = ""  # the word before the number, as it is cited: "Chương", "Điều"


@dataclass(frozen=True, slots=True)
class Block:
    """An item or paragraph: `text[start:end]`, its words from `body_start` on."""

    start: int
    body_start: int
    end: int
    marker: Marker | None


_MARKERS: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    (Rank.ROMAN, re.compile(_LEAD + r"([IVX]{1,6})\s*[-–—./)]\s*(?!v\b)(?=[^\W\d_]|\*)")),
    (Rank.PART, re.compile(_LEAD + r"([A-H])\s*[./)-]\s+(?=[^\W\d_])")),
    (Rank.DOTTED, re.compile(_LEAD + r"(\d{1,2}(?:\.\d{1,2}){1,3})(?:[.)]\s*|\s+|\s*[-–/]\s+)(?=[^\W\d_]|[“\"*(])")),
    (Rank.ARABIC, re.compile(_LEAD + r"(\d{1,2})(?:[./)]\s*|\s*[-–]\s+)(?=[^\W\d_]|[“\"*(])")),
    (Rank.LETTER, re.compile(_LEAD + r"([a-zđ])(?:\)\s*|\.\s+)(?=\S)")),
    (Rank.PAREN, re.compile(_LEAD + r"\((\d{1,2})\)\s*(?=\S)")),
    (Rank.DASH, re.compile(_LEAD + r"([-–—•·▪●])\s*(?=[^\W\d_]|[“\"*(]|\d+\s)")),
    (Rank.PLUS, re.compile(_LEAD + r"(\+)\s*(?=[^\W_]|[“\"*(])")),
)
_NAMED: dict[str, tuple[Rank, re.Pattern[str]]] = {
    name: (rank, re.compile(number))
    for rank, name, number in (
        (Rank.ARTICLE, "Điều", r"\d{1,3}[a-zđ]?"),
        (Rank.CHAPTER, "Chương", r"[IVXLC]{1,7}|\d{1,3}"),
        (Rank.SECTION, "Mục", r"[IVXLC]{1,7}|\d{1,3}|[A-H]"),
        (Rank.SUBSECTION, "Tiểu mục", r"[IVXLC]{1,7}|\d{1,3}"),
        (Rank.DIVISION, "Phần", r"(?i:thứ\s+\w+)|[IVXLC]{1,7}|\d{1,3}|[A-H]"),
        (Rank.ANNEX, "Phụ lục", r"(?:[IVXLC]{1,7}|\d{1,3}|[A-H])[a-zA-Z]?|"),
        (Rank.FORM, "Mẫu số", r"\d{1,3}[a-zA-Zđ]?(?:[-/.]\w+)*"),
        (Rank.FORM, "Mẫu", r"\d{1,3}[a-zA-Zđ]?(?:[-/.]\w+)*"),
        (Rank.FORM, "Biểu số", r"\d{1,3}[a-zA-Zđ]?(?:[-/.]\w+)*"),
    )
}
_NAME = re.compile(
    _LEAD
    + rf"({'|'.join(f'{name}|{name.upper()}' for name in _NAMED)})(?!\w)(?:\s*(?i:số))?(?:\s*:)?"
    + r"(?:\s*((?i:thứ\s+[^\W\d_]+)|(?:\d+[^\W\d_]?|[A-Z]+)(?:[-/.]\w+)*)(?!\w))?"
)
_AFTER_NAME = re.compile(r"[\s*]*+(?:(?:[.:][\s*]*+[-–]?|[-–—/])(?:\s*+(?=[^\W\d_]|[“\"*(])|[\s*]*+$)|$)")
_TITLE_ON_LINE = re.compile(r"\s+(?=\(|[A-ZĐÀ-Ỹ]{2})")
# "theo quy định tại" at the end of a line: what follows is a reference, not an article.
_CUT_REFERENCE = re.compile(
    r"(?:\b(?:tại|theo|của|và|hoặc|hay|các|với|vào|từ|đến|trong|khoản\s+\d+|điểm\s+\w+|Điều\s+\d+\w?)|\d,)\s*,?$",
    re.IGNORECASE,
)
_QUOTES = ("“", '"')
_MAX_QUOTED = 100  # blocks; a quotation that no mark closes by then was never closed
_INLINE = re.compile(r"(?:(?<=[.;:,])|(?<=[…”\"])|(?<=như))\s+\((\d{1,2})\)\s+(?=\S)")


def read_marker(line: str) -> tuple[Marker, int] | None:
    """Give the marker that opens a line and the offset of the words after it."""
    named = _read_name(line)
    if named is not None:
        return named
    for rank, pattern in _MARKERS:
        match = pattern.match(line)
        if match:
            number = match[1]
            depth = number.count(".") - 1 if rank is Rank.DOTTED else 0
            return Marker(rank + depth, number), match.end()
    return None


def _read_name(line: str) -> tuple[Marker, int] | None:
    """Give the marker of "Chương II", "Điều 5. Phiếu công trái" or "PHỤ LỤC", and where the words after it begin."""
    match = _NAME.match(line)
    if match is None:
        return None
    name, number, end = match[1].capitalize(), match[2] or "", match.end()
    rank, pattern = _NAMED[name]
    if not pattern.fullmatch(number):
        number, end = "", match.end(1)
        if not pattern.fullmatch(number):
            return None
    after = _AFTER_NAME.match(line, end)
    title = _TITLE_ON_LINE.match(line, end) if rank != Rank.ARTICLE else None
    if after is None and title is not None and not any(c.islower() for c in line[title.end() :].partition("(")[0]):
        after = title
    if after is None:
        return None
    return Marker(rank, number.lower() if " " in number else number, name=name), after.end()


def is_named(line: str) -> bool:
    """Say whether a line opens a chapter, an article, an annex or the like."""
    return _read_name(line) is not None


def split_blocks(text: str, start: int = 0, end: int | None = None) -> list[Block]:
    """Cut `text[start:end]` into blocks in reading order; blocks never overlap.

    Lines that a page break or a hard wrap cut in mid-sentence become one block; an enumeration
    "(1) … (2) …" inside a paragraph becomes blocks of its own.
    """
    blocks: list[Block] = []
    for line_start, line_end in _lines(text, start, len(text) if end is None else end):
        line = text[line_start:line_end]
        if not line.strip(_NOISE) or (blocks and PAGE_NUMBER_LINE.fullmatch(line)):
            continue
        found = read_marker(line)
        previous = blocks[-1] if blocks else None
        if previous and found and found[0].name and _CUT_REFERENCE.search(text[: previous.end].rstrip(_NOISE)[-40:]):
            found = None  # "theo quy định tại / Điều 8."
        if previous is not None and _continues(text, previous, line_start, line, found):
            blocks[-1] = replace(previous, end=line_end)
        elif found is not None:
            marker, body = found
            blocks.append(Block(line_start, line_start + body, line_end, marker))
        else:
            blocks.append(Block(line_start, line_start, line_end, None))
    trimmed = _without_quoted(text, [_trimmed(text, block) for block in blocks])
    return [part for block in trimmed for part in _split_inline(text, block)]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink a span so that it neither starts nor ends with spaces or stray marks."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(_NOISE))
    return (start + left, max(start + left, start + len(piece.rstrip(_NOISE))))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _continues(text: str, previous: Block, start: int, line: str, found: tuple[Marker, int] | None) -> bool:
    before = text[max(previous.body_start, previous.end - 400) : previous.end].strip(_NOISE)
    after = line.strip(_NOISE)
    if found is None:
        return joins_lines(before, after)
    # "kinh tế\n- xã hội": a hyphen that a hard wrap put at the start of a line is no bullet.
    is_dash = found[0].rank == Rank.DASH and line[found[1] : found[1] + 1].islower()
    if previous.marker and previous.marker.rank == Rank.DASH and text.count("\n", previous.end, start) > 1:
        return False  # the next paragraph of a list of bullets
    return is_dash and bool(before) and before[-1] not in ".;:,!?…" and len(before) > 40


def _trimmed(text: str, block: Block) -> Block:
    start, end = trim(text, block.start, block.end)
    return replace(block, start=start, body_start=min(max(start, block.body_start), end), end=end)


def _without_quoted(text: str, blocks: list[Block]) -> list[Block]:
    """Take the markers off what a text quotes: the articles of an amended document are not its own."""
    result: list[Block] = []
    end = -1  # row of the block that closes the open quotation
    for row, block in enumerate(blocks):
        if row > end and _opens_quotation(text, block) and not _is_closed(text, block):
            end = _closing_row(text, blocks, row)
        is_inside = row <= end and block.marker is not None
        result.append(replace(block, body_start=block.start, marker=None) if is_inside else block)
    return result


def _opens_quotation(text: str, block: Block) -> bool:
    introduction = text[max(0, block.start - 40) : block.start].rstrip(_NOISE)
    return text[block.start : block.end].startswith(_QUOTES) and introduction.endswith(":")


def _closing_row(text: str, blocks: list[Block], first: int) -> int:
    """Give the row that closes a quotation, -1 where none does before the next one opens."""
    for row in range(first + 1, min(len(blocks), first + _MAX_QUOTED)):
        if _opens_quotation(text, blocks[row]):
            return -1
        if _is_closed(text, blocks[row]):
            return row
    return -1


def _is_closed(text: str, block: Block) -> bool:
    return text[max(block.start + 1, block.end - 40) : block.end].rstrip(" .;,\n").endswith(("”", '"'))


def _split_inline(text: str, block: Block) -> list[Block]:
    """Cut a paragraph at "(1)", "(2)", … when they count up without a gap and are at least two."""
    opened = int(block.marker.number) if block.marker and block.marker.rank == Rank.PAREN else 0
    cuts: list[re.Match[str]] = []
    for match in _INLINE.finditer(text, block.body_start, block.end):
        if int(match[1]) == opened + len(cuts) + 1:
            cuts.append(match)
    if len(cuts) + bool(opened) < 2:
        return [block]
    starts = [match.start() for match in cuts]
    parts = [replace(block, end=trim(text, block.start, starts[0])[1])]
    for match, stop in zip(cuts, [*starts[1:], block.end], strict=True):
        begin, end = trim(text, match.start(), stop)
        parts.append(Block(begin, match.end(), end, Marker(Rank.PAREN, match[1], inline=True)))
    return parts
