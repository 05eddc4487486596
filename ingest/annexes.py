"""What follows the signature: appendices, forms, and the regulation or plan that a decision issues."""

import re
from dataclasses import replace

from ingest.blocks import Block, Marker, Rank
from ingest.letterhead import names_body
from ingest.reading import one_line
from ingest.trailer import find_trailer

_ATTACHABLE = re.compile(
    r"QUY CHẾ|QUY ĐỊNH|QUY TRÌNH|NỘI QUY|ĐIỀU LỆ|KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN|HƯỚNG DẪN|DANH MỤC|DANH SÁCH"
)
_ATTACHED = re.compile(r"[(*\s]*(?:Ban hành\s+)?kèm theo\b", re.IGNORECASE)
_REMARK_WITHIN = 6  # blocks below the name of an attached document
_MAX_TRIED = 10  # annexes that may be named before the signature, as in a list of what is enclosed
AFTER_SIGNATURE = "Phần sau chữ ký"


def mark_attached(text: str, blocks: list[Block]) -> list[Block]:
    """Make annexes of the documents that stand in the same file under "(Ban hành kèm theo …)"."""
    first = next((row for row, block in enumerate(blocks) if block.marker), len(blocks))
    return [_as_attached(text, blocks, row) if row > first else block for row, block in enumerate(blocks)]


def first_annex(text: str, blocks: list[Block], first: int) -> int:
    """Give the row of the first annex after the signature, len(blocks) where there is none.

    `first` is the row of the first item of the body. A text without signature and recipients may
    have annexes too.
    """
    annexes = [row for row in range(first + 1, len(blocks)) if _is_annex(blocks[row])][:_MAX_TRIED]
    if not annexes:
        return len(blocks)
    signed = (row for row in annexes if find_trailer(text, blocks[:row], first).parts)
    is_signed = bool(find_trailer(text, blocks, first).parts)
    return next(signed, len(blocks) if is_signed else annexes[0])


def without_annexes(blocks: list[Block]) -> list[Block]:
    """Take the markers off annexes that are only named, in blocks above the signature."""
    return [replace(b, body_start=b.start, marker=None) if _is_annex(b) else b for b in blocks]


def annex_parts(text: str, blocks: list[Block]) -> list[list[Block]]:
    """Cut blocks after the signature at every annex; what no name opens is called after its place."""
    parts: list[list[Block]] = []
    for block in blocks:
        if _is_annex(block) or not parts:
            parts.append([])
        parts[-1].append(block)
    if parts and parts[0][0].marker is None:
        parts[0] = _named_after_place(text, parts[0])
    return parts


def _is_annex(block: Block) -> bool:
    return block.marker is not None and block.marker.rank <= Rank.FORM


def _as_attached(text: str, blocks: list[Block], row: int) -> Block:
    block = blocks[row]
    match = _ATTACHABLE.match(text, block.start, block.end)
    is_title = row > 0 and _is_annex(blocks[row - 1])  # "PHỤ LỤC I / DANH SÁCH …"
    if block.marker or match is None or is_title or not text[block.start : block.end].isupper():
        return block
    for below in blocks[row + 1 : row + 1 + _REMARK_WITHIN]:
        if below.marker:
            return block
        if _ATTACHED.match(text, below.start, below.end):
            name = f"{match[0].capitalize()} kèm theo"
            return replace(block, body_start=match.end(), marker=Marker(Rank.ANNEX, "", name=name))
    return block


def _named_after_place(text: str, part: list[Block]) -> list[Block]:
    head, marker = part[0], Marker(Rank.ANNEX, "", name=AFTER_SIGNATURE)
    words = one_line(text[head.start : head.end])
    if words.isupper() and not names_body(words):
        return [replace(head, marker=marker), *part[1:]]
    return [Block(head.start, head.start, head.start, marker), *part]
