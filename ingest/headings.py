"""Which words of an item are its heading, and which lines a heading goes on over."""

import re
from dataclasses import replace

from ingest.blocks import Block, Rank
from ingest.reading import CELL_BREAK, one_line
from ingest.sentences import syllable_count
from ingest.units import unit_before_colon

MAX_HEADING_SYLLABLES = 40  # a longer line that introduces a list is a paragraph, not a heading
_MAX_TITLE_SYLLABLES = 25  # of an article whose title ends with a full stop
_MAX_TITLE = 600  # characters; more is no title
_SENTENCE_END = (".", ";", "!", "?", "…", ",")
_ATTACHED = re.compile(r"\([^()]*kèm theo[^()]*\)", re.IGNORECASE)  # under the number or the title of an annex
# An article without a title says something: "Quyết định này có hiệu lực …", "Giao Sở Y tế …".
_SAYS = re.compile(
    r"^(?:Ban hành|Phê duyệt|Giao|Bãi bỏ|Công nhận|Bổ nhiệm|Sửa đổi|Nay|Thành lập|Các ông|Ông)\b"
    r"|\b(?:có hiệu lực|(?:chịu|có) trách nhiệm)\b"
    r"|\b(?:Quyết định|Nghị định|Thông tư|Nghị quyết|Quy định|Quy chế|Luật|Chỉ thị|Kế hoạch) này\b"
)


def join_titles(text: str, blocks: list[Block]) -> list[Block]:
    """Join the number of a chapter or annex with the lines of its title, and a heading cut in capitals."""
    joined: list[Block] = []
    row = 0
    while row < len(blocks):
        block, row = blocks[row], row + 1
        while (last := _title_row(text, block, blocks, row)) is not None:
            block, row = replace(block, end=blocks[last].end), last + 1
        joined.append(block)
    return joined


def heading_of(text: str, block: Block, following: Block | None, is_task: bool) -> tuple[str, int]:
    """Give the heading of an item, "" where it has none, and where the text after it begins.

    `is_task` says that the section above gives tasks: the words before a colon may name a unit.
    """
    words = _words(text, block)
    marker = block.marker
    assert marker is not None
    if marker.name and marker.rank < Rank.ARTICLE:
        return _without_remark(words), block.end
    if is_task and unit_before_colon(words) is not None:
        return words.partition(":")[0].strip(), text.index(":", block.body_start, block.end) + 1
    short = syllable_count(words) <= MAX_HEADING_SYLLABLES
    leads = words.endswith(":") and following is not None
    if marker.rank == Rank.ARTICLE and not words.endswith(":"):
        return _article_title(words, block, following)
    if not short or words.endswith(_SENTENCE_END) or (marker.rank >= Rank.PAREN and not leads):
        return "", block.body_start
    return words.removesuffix(":").rstrip(), block.end


def _article_title(words: str, block: Block, following: Block | None) -> tuple[str, int]:
    """A title may end with a full stop where the text of the article follows it."""
    has_text = following is not None and (following.marker is None or following.marker.rank > Rank.ARTICLE)
    title = words.removesuffix(".").rstrip()
    is_cut = words.endswith(_SENTENCE_END)
    limit = _MAX_TITLE_SYLLABLES if is_cut else MAX_HEADING_SYLLABLES
    is_title = syllable_count(words) <= limit and not _SAYS.search(title) and not title.endswith(_SENTENCE_END)
    return (title, block.end) if is_title and (has_text or not is_cut) else ("", block.body_start)


def _title_row(text: str, block: Block, blocks: list[Block], row: int) -> int | None:
    """Give the row of the next line of a heading, None where it ends; a remark in brackets may stand before it."""
    marker = block.marker
    if marker is None or marker.rank > Rank.ARABIC or marker.rank == Rank.ARTICLE or row >= len(blocks):
        return None
    words = _words(text, block)
    if marker.name and not words and not _without_remark(_words(text, blocks[row])):
        row += 1
    if row >= len(blocks) or blocks[row].marker:
        return None
    after = _words(text, blocks[row])
    if not marker.name:
        is_next = text.count("\n", block.end, blocks[row].start) == 1
        return row if words.isupper() and after.isupper() and is_next else None
    if after.endswith((".", ":", ";", ")")) or CELL_BREAK in after or syllable_count(after) > MAX_HEADING_SYLLABLES:
        return None
    title = _without_remark(words)
    return row if not title or (title.isupper() and after.isupper()) else None


def _words(text: str, block: Block) -> str:
    return one_line(text[block.body_start : block.end])


def _without_remark(words: str) -> str:
    """Take out "(Ban hành kèm theo …)", which stands before or after the title of an annex."""
    return " ".join(_ATTACHED.sub(" ", words).split()).strip(" .:–-") if len(words) <= _MAX_TITLE else words
