"""A text becomes its section tree: numbered items and bullets, then recipients and signature."""

from dataclasses import dataclass, replace

from ingest.blocks import Block, Marker, Rank, split_blocks
from ingest.kinds import kind_of_heading
from ingest.reading import one_line
from ingest.sentences import syllable_count
from ingest.trailer import Trailer, find_trailer
from ingest.types import ReadingWarning, Section, SectionKind
from ingest.units import unit_before_colon, unit_before_verb, unit_of_heading

MAX_HEADING_SYLLABLES = 40  # a longer line that introduces a list is a paragraph, not a heading
_SENTENCE_END = (".", ";", "!", "?", "…", ",")
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections in reading order, parents before children, and what a librarian should look at."""

    sections: tuple[Section, ...]
    warnings: tuple[ReadingWarning, ...]


@dataclass(slots=True)
class _Open:
    """A section whose end is not known yet."""

    row: int
    rank: int
    children: dict[int, int]  # bullets so far by rank


def read_outline(text: str) -> Outline:
    """Give the outline of a stored text; a text without numbered items has no numbered sections."""
    blocks = split_blocks(text)
    first = _first_item(blocks)
    trailer = find_trailer(text, blocks, first if first < len(blocks) else 0)
    is_dispatch = any(one_line(text[b.start : b.end]).startswith("Kính gửi") for b in blocks[:first])
    builder = _Builder(text, is_dispatch)
    has_items = first < len(blocks)
    if not has_items:
        first, trailer = trailer.start, replace(trailer, closing=trailer.start)
    builder.add_front(blocks[:first], has_items)
    builder.add_items(blocks[first : trailer.closing])
    builder.add_plain("Phần kết", "closing", blocks[trailer.closing : trailer.start])
    builder.add_trailer(trailer)
    builder.add_items(blocks[trailer.end :])
    return Outline(tuple(builder.sections), tuple(builder.warnings()))


def _first_item(blocks: list[Block]) -> int:
    """Give the row of the first block of the body: the first Roman number, else the first number.

    A part "A." before the first Roman number opens the body.
    """
    for wanted in ((Rank.ROMAN,), (Rank.PART, Rank.ARABIC), tuple(Rank)):
        for row, block in enumerate(blocks):
            if block.marker and block.marker.rank in wanted:
                parts = (r for r in range(row) if blocks[r].marker == Marker(Rank.PART, "A"))
                return next(parts, row)
    return len(blocks)


class _Builder:
    def __init__(self, text: str, is_dispatch: bool) -> None:
        self.sections: list[Section] = []
        self._text = text
        self._is_dispatch = is_dispatch
        self._open: list[_Open] = []
        self._introduces = False  # the block before ends with a colon
        self._seen: dict[tuple[int | None, int], list[str]] = {}  # numbers by parent row and rank
        self._warnings: list[ReadingWarning] = []

    def add_front(self, blocks: list[Block], has_items: bool) -> None:
        """Add what stands before the first item: the header, then the paragraphs of the basis.

        A text without items has no basis: its paragraphs after the header are counted.
        """
        words = [one_line(self._text[block.start : block.end]) for block in blocks]
        sentences = next((row for row, line in enumerate(words) if _is_sentence(line)), len(blocks))
        self.add_plain("Phần mở đầu", "header", blocks[:sentences])
        if has_items:
            self.add_plain("Căn cứ", "basis", blocks[sentences:])
        else:
            for number, block in enumerate(blocks[sentences:], start=1):
                self.add_plain(f"Đoạn {number}", "other", [block])

    def add_plain(self, locator: str, kind: SectionKind, blocks: list[Block]) -> None:
        """Add a section without a number that spans the blocks; nothing where there are none."""
        self._open.clear()
        if blocks:
            start, end = blocks[0].start, blocks[-1].end
            self.sections.append(Section("", locator, "", 1, start, end, start, kind, None, None))

    def add_trailer(self, trailer: Trailer) -> None:
        """Add the recipients and the signature, in the order in which they stand."""
        for part in trailer.parts:
            locator = "Nơi nhận" if part.kind == "recipients" else "Chữ ký"
            self.sections.append(Section("", locator, "", 1, part.start, part.end, part.start, part.kind, None, None))

    def add_items(self, blocks: list[Block]) -> None:
        """Add numbered items and bullets with the paragraphs that follow them."""
        self._open.clear()
        row = 0
        while row < len(blocks):
            block = blocks[row]
            following = blocks[row + 1] if row + 1 < len(blocks) else None
            if following and _continues_heading(self._text, block, following):
                block, row = replace(block, end=following.end), row + 1
                following = blocks[row + 1] if row + 1 < len(blocks) else None
            if block.marker:
                self._add_item(block, following)
            else:
                self._add_paragraph(block)
            self._introduces = self._text[block.start : block.end].endswith(":")
            row += 1

    def warnings(self) -> list[ReadingWarning]:
        """Give what a librarian should look at, in reading order."""
        if not any(section.label for section in self.sections):
            return [ReadingWarning("no_sections")]
        return self._warnings

    def _add_item(self, block: Block, following: Block | None) -> None:
        marker = block.marker
        assert marker is not None
        parent = self._place(block)
        parent_row = parent.row if parent else None
        above = self.sections[parent.row] if parent else None
        title, body_start = self._heading(block, following, above)
        kind = self._kind(title, above)
        label, locator = self._names(block, parent)
        self._check_order(parent_row, marker, label)
        body = one_line(self._text[block.body_start : block.end])
        unit = above.unit if above else None
        if kind == "tasks" and parent is not None and marker.rank < Rank.DASH:
            own = unit_of_heading(title) if title else unit_before_verb(body)
            unit = own or unit
        level = above.level + 1 if above else 1
        self.sections.append(
            Section(label, locator, title, level, block.start, block.end, body_start, kind, unit, parent_row)
        )
        self._open.append(_Open(len(self.sections) - 1, marker.rank, {}))
        self._stretch(block.end)

    def _add_paragraph(self, block: Block) -> None:
        """An unnumbered paragraph belongs to the open numbered item, after its bullets."""
        while self._open and self._open[-1].rank >= Rank.DASH:
            self._open.pop()
        if self._open:
            self._stretch(block.end)
        else:
            self.add_plain("Phần cuối", "other", [block])

    def _place(self, block: Block) -> _Open | None:
        """Close what the new item ends and give its parent."""
        marker = block.marker
        assert marker is not None
        is_first = marker.number in ("1", "a")
        is_listed = marker.rank in (Rank.LETTER, Rank.PAREN)
        if is_listed and is_first and (marker.inline or self._introduces):
            return self._open[-1] if self._open else None
        if marker.rank >= Rank.LETTER and not is_first and any(o.rank == marker.rank for o in self._open):
            # A list inside a bullet is deeper than the bullet, whatever the rank of its numbers.
            while any(o.rank == marker.rank for o in self._open):
                self._open.pop()
            return self._open[-1] if self._open else None
        while self._open and self._open[-1].rank >= marker.rank:
            self._open.pop()
        return self._open[-1] if self._open else None

    def _heading(self, block: Block, following: Block | None, above: Section | None) -> tuple[str, int]:
        """Give the heading of an item and where the text after it begins."""
        words = one_line(self._text[block.body_start : block.end])
        if above is not None and above.kind == "tasks":
            unit = unit_before_colon(words)
            if unit is not None:
                return unit, self._text.index(":", block.body_start, block.end) + 1
        short = syllable_count(words) <= MAX_HEADING_SYLLABLES
        leads = words.endswith(":") and following is not None
        is_bullet = block.marker is not None and block.marker.rank >= Rank.PAREN
        if not short or words.endswith(_SENTENCE_END) or (is_bullet and not leads):
            return "", block.body_start
        return words.removesuffix(":").rstrip(), block.end

    def _kind(self, title: str, above: Section | None) -> SectionKind:
        kind = kind_of_heading(title, above.kind if above else None)
        # What a dispatch asks for in an item of its own is what its addressee has to do.
        return "tasks" if kind == "other" and self._is_dispatch else kind

    def _names(self, block: Block, parent: _Open | None) -> tuple[str, str]:
        marker = block.marker
        assert marker is not None
        above = self.sections[parent.row] if parent else None
        prefix = above.locator if above else ""
        if parent and marker.rank >= Rank.DASH:
            count = parent.children[marker.rank] = parent.children.get(marker.rank, 0) + 1
            bullet = "gạch đầu dòng" if marker.rank == Rank.DASH else "dấu cộng"
            return "", f"{prefix}, {bullet} thứ {count}"
        if marker.rank >= Rank.DASH:
            return "", "Phần đầu"
        if marker.rank == Rank.PAREN:
            label = f"{above.label}({marker.number})" if above and above.label else ""
            return label, f"{prefix} ({marker.number})".strip()
        if Rank.DOTTED <= marker.rank < Rank.LETTER:
            top = next((o for o in self._open if o.rank <= Rank.ROMAN), None)
            path = [self.sections[top.row].label] if top else []
        else:
            path = [above.label] if above and above.label else []
        label = ".".join([*path, marker.number])
        return label, f"Mục {label}"

    def _check_order(self, parent_row: int | None, marker: Marker, label: str) -> None:
        value = _value(marker.rank, marker.number)
        if value is None:
            return
        seen = self._seen.setdefault((parent_row, marker.rank), [])
        before = _value(marker.rank, seen[-1]) if seen else 0
        if marker.number in seen:
            self._warnings.append(ReadingWarning("repeated_label", label))
        if before is not None and value not in (before, before + 1):
            self._warnings.append(ReadingWarning("label_out_of_order", label))
        seen.append(marker.number)

    def _stretch(self, end: int) -> None:
        for opened in self._open:
            self.sections[opened.row] = replace(self.sections[opened.row], end=end)


def _is_sentence(words: str) -> bool:
    return words.endswith((".", ";", ":")) and syllable_count(words) >= 8 and not words.startswith("Kính gửi")


def _continues_heading(text: str, block: Block, following: Block) -> bool:
    """Say whether a heading in capitals goes on in capitals on the very next line."""
    if not block.marker or block.marker.rank > Rank.ARABIC or following.marker:
        return False
    words, after = text[block.body_start : block.end], text[following.start : following.end]
    return words.isupper() and after.isupper() and text.count("\n", block.end, following.start) == 1


def _value(rank: int, number: str) -> int | None:
    if rank == Rank.ARABIC and number.isdigit():
        return int(number)
    if rank != Rank.ROMAN or not set(number) <= set(_ROMAN):
        return None
    values = [_ROMAN[c] for c in number]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
