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

    PART = 0  # A. B.
    ROMAN = 1  # I- II. III/
    ARABIC = 2  # 1. 1/ 1)
    DOTTED = 3  # 1.1. (deeper with each further number: 4, 5)
    LETTER = 6  # a) b.
    PAREN = 7  # (1)
    DASH = 8  # - •
    PLUS = 9  # +


@dataclass(frozen=True, slots=True)
class Marker:
    """The number or bullet that opens an item; `number` is as printed ("V", "1.2", "a", "-")."""

    rank: int
    number: str
    inline: bool = False  # "(2)" in the middle of a paragraph


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
    (Rank.DOTTED, re.compile(_LEAD + r"(\d{1,2}(?:\.\d{1,2}){1,3})(?:\.\s*|\s+|\)\s*)(?=[^\W\d_]|[“\"*(])")),
    (Rank.ARABIC, re.compile(_LEAD + r"(\d{1,2})(?:[./)]\s*|\s*[-–]\s+)(?=[^\W\d_]|[“\"*(])")),
    (Rank.LETTER, re.compile(_LEAD + r"([a-zđ])(?:\)\s*|\.\s+)(?=\S)")),
    (Rank.PAREN, re.compile(_LEAD + r"\((\d{1,2})\)\s*(?=\S)")),
    (Rank.DASH, re.compile(_LEAD + r"([-–—•·▪●])\s*(?=[^\W\d_]|[“\"*(]|\d+\s)")),
    (Rank.PLUS, re.compile(_LEAD + r"(\+)\s*(?=[^\W_]|[“\"*(])")),
)
_INLINE = re.compile(r"(?:(?<=[.;:,])|(?<=[…”\"])|(?<=như))\s+\((\d{1,2})\)\s+(?=\S)")


def read_marker(line: str) -> tuple[Marker, int] | None:
    """Give the marker that opens a line and the offset of the words after it."""
    for rank, pattern in _MARKERS:
        match = pattern.match(line)
        if match:
            number = match[1]
            depth = number.count(".") - 1 if rank is Rank.DOTTED else 0
            return Marker(rank + depth, number), match.end()
    return None


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
        if previous is not None and _continues(text, previous, line, found):
            blocks[-1] = replace(previous, end=line_end)
        elif found is not None:
            marker, body = found
            blocks.append(Block(line_start, line_start + body, line_end, marker))
        else:
            blocks.append(Block(line_start, line_start, line_end, None))
    return [part for block in blocks for part in _split_inline(text, _trimmed(text, block))]


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


def _continues(text: str, previous: Block, line: str, found: tuple[Marker, int] | None) -> bool:
    before = text[max(previous.body_start, previous.end - 400) : previous.end].strip(_NOISE)
    after = line.strip(_NOISE)
    if found is None:
        return joins_lines(before, after)
    # "kinh tế\n- xã hội": a hyphen that a hard wrap put at the start of a line is no bullet.
    is_dash = found[0].rank == Rank.DASH and line[found[1] : found[1] + 1].islower()
    return is_dash and bool(before) and before[-1] not in ".;:,!?…" and len(before) > 40


def _trimmed(text: str, block: Block) -> Block:
    start, end = trim(text, block.start, block.end)
    return replace(block, start=start, body_start=max(start, block.body_start), end=end)


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
