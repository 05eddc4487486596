"""A text becomes its section tree: numbered items and bullets, then recipients, signature and annexes."""

from dataclasses import dataclass, replace

from ingest.annexes import annex_parts, first_annex, mark_attached, without_annexes
from ingest.blocks import Block, Marker, Rank, split_blocks
from ingest.headings import heading_of, join_titles
from ingest.kinds import kind_of_heading, kind_of_part
from ingest.letterhead import opens_title
from ingest.locators import Open, open_item, value_of
from ingest.reading import one_line
from ingest.sentences import syllable_count
from ingest.trailer import Trailer, find_trailer, has_signer
from ingest.types import ReadingWarning, Section, SectionKind
from ingest.units import unit_before_verb, unit_of_heading


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections in reading order, parents before children, and what a librarian should look at."""

    sections: tuple[Section, ...]
    warnings: tuple[ReadingWarning, ...]


def read_outline(text: str) -> Outline:
    """Give the outline of a stored text; a text without numbered items has no numbered sections."""
    blocks = join_titles(text, mark_attached(text, split_blocks(text)))
    numbered = next((row for row, b in enumerate(blocks) if b.marker and b.marker.rank <= Rank.ARABIC), 0)
    annex = first_annex(text, blocks, numbered)
    main, annexes = without_annexes(blocks[:annex]), blocks[annex:]
    body = main[: find_trailer(text, main, numbered).end]
    first = _first_item(body)
    has_items = first < len(body)
    trailer = find_trailer(text, main, first if has_items else 0)
    builder = _Builder(text, any(one_line(text[b.start : b.end]).startswith("Kính gửi") for b in main[:first]))
    if not has_items:
        first = trailer.start
    if not has_items or any(block.marker and block.marker.rank == Rank.ARTICLE for block in body):
        trailer = replace(trailer, closing=trailer.start)
    builder.add_front(main[:first], has_items)
    builder.add_items(main[first : trailer.closing])
    builder.add_plain("Phần kết", "closing", main[trailer.closing : trailer.start])
    builder.add_trailer(trailer)
    for part in annex_parts(text, main[trailer.end :] + annexes):
        builder.add_annex(part)
    return Outline(tuple(builder.sections), tuple(builder.warnings()))


def _first_item(blocks: list[Block]) -> int:
    """Give the row of the first block of the body: the first chapter or article, Roman number or number.

    A part "A." before the first Roman number opens the body, and so does a chapter above it.
    """
    ranks = {block.marker.rank for block in blocks if block.marker}
    named = tuple(Rank(rank) for rank in range(Rank.DIVISION, Rank.ARTICLE + 1))
    orders = (named,) if Rank.ARTICLE in ranks else ()
    for wanted in (*orders, (*named, Rank.ROMAN), (Rank.PART, Rank.ARABIC), tuple(Rank)):
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
        self._open: list[Open] = []
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
        """Add the recipients and the signature, in the order in which they stand; below what is open."""
        above = self._open[-1] if self._open else None
        prefix, level, parent = f"{above.locator}, " if above else "", len(self._open) + 1, above.row if above else None
        for part in trailer.parts:
            row = len(self.sections)
            if part.is_inside:
                level, parent = level + 1, row - 1
            locator = prefix + ("Nơi nhận" if part.kind == "recipients" else "Chữ ký")
            self.sections.append(
                Section("", locator, "", level, part.start, part.end, part.start, part.kind, None, parent)
            )
            self._stretch(part.end)

    def add_annex(self, blocks: list[Block]) -> None:
        """Add an annex, or what follows a signature without a name of its own; an annex may be signed too."""
        head = blocks[0].marker
        if head is None or head.rank > Rank.FORM:
            self._open.clear()
            self._add_items(blocks)
            return
        trailer = find_trailer(self._text, blocks, 1)
        if not has_signer(self._text, trailer):
            trailer = replace(trailer, start=len(blocks), end=len(blocks), parts=())
        self._add_items(blocks[: trailer.start])
        while self._open[-1].rank > Rank.FORM:
            self._open.pop()
        self.add_trailer(trailer)
        self._add_items(blocks[trailer.end :])

    def add_items(self, blocks: list[Block]) -> None:
        """Add numbered items and bullets with the paragraphs that follow them."""
        self._open.clear()
        self._add_items(blocks)

    def warnings(self) -> list[ReadingWarning]:
        """Give what a librarian should look at, in reading order."""
        if not any(section.label for section in self.sections):
            return [ReadingWarning("no_sections")]
        return self._warnings

    def _add_items(self, blocks: list[Block]) -> None:
        for row, block in enumerate(blocks):
            if block.marker:
                self._add_item(block, block.marker, blocks[row + 1] if row + 1 < len(blocks) else None)
            else:
                self._add_paragraph(block)
            self._introduces = self._text[block.start : block.end].endswith(":")

    def _add_item(self, block: Block, marker: Marker, following: Block | None) -> None:
        self._close(marker)
        above = self.sections[self._open[-1].row] if self._open else None
        is_task = above is not None and above.kind == "tasks"
        title, body_start = heading_of(self._text, block, following, is_task)
        kind = self._kind(title, marker, above)
        item = open_item(len(self.sections), marker, self._open)
        self._check_order(marker, item.label)
        unit = above.unit if above else None
        if kind == "tasks" and above is not None and marker.rank < Rank.DASH:
            body = one_line(self._text[block.body_start : block.end])
            unit = (unit_of_heading(title) if title else unit_before_verb(body)) or unit
        level, parent = (above.level + 1, self._open[-1].row) if above else (1, None)
        self.sections.append(
            Section(item.label, item.locator, title, level, block.start, block.end, body_start, kind, unit, parent)
        )
        self._open.append(item)
        self._stretch(block.end)

    def _add_paragraph(self, block: Block) -> None:
        """An unnumbered paragraph belongs to the open numbered item, after its bullets."""
        while self._open and self._open[-1].rank >= Rank.DASH:
            self._open.pop()
        if self._open:
            self._stretch(block.end)
        else:
            self.add_plain("Phần cuối", "other", [block])

    def _close(self, marker: Marker) -> None:
        """Close what a new item ends; the last one left open is its parent."""
        is_first = marker.number in ("1", "a")
        is_listed = marker.rank in (Rank.LETTER, Rank.PAREN)
        if is_listed and is_first and (marker.inline or self._introduces):
            return
        if marker.rank >= Rank.LETTER and not is_first and any(o.rank == marker.rank for o in self._open):
            # A list inside a bullet is deeper than the bullet, whatever the rank of its numbers.
            while any(o.rank == marker.rank for o in self._open):
                self._open.pop()
            return
        while self._open and self._open[-1].rank >= marker.rank:
            self._open.pop()

    def _kind(self, title: str, marker: Marker, above: Section | None) -> SectionKind:
        inherited = above.kind if above else None
        if marker.name:
            return kind_of_part(title, inherited)
        kind = kind_of_heading(title, inherited)
        # What a dispatch asks for in an item of its own is what its addressee has to do.
        return "tasks" if kind == "other" and self._is_dispatch else kind

    def _check_order(self, marker: Marker, label: str) -> None:
        value = value_of(marker)
        if value is None:
            return
        # Articles are counted through the chapters.
        above = [o.row for o in self._open if marker.rank != Rank.ARTICLE or o.rank <= Rank.FORM]
        seen = self._seen.setdefault((above[-1] if above else None, marker.rank), [])
        before = value_of(replace(marker, number=seen[-1])) if seen else 0
        if marker.number in seen:
            self._warnings.append(ReadingWarning("repeated_label", label))
        if before is not None and value not in (before, before + 1):
            self._warnings.append(ReadingWarning("label_out_of_order", label))
        seen.append(marker.number)

    def _stretch(self, end: int) -> None:
        for opened in self._open:
            self.sections[opened.row] = replace(self.sections[opened.row], end=end)


def _is_sentence(words: str) -> bool:
    is_heading = words.startswith("Kính gửi") or opens_title(words)
    return words.endswith((".", ";", ":")) and syllable_count(words) >= 8 and not is_heading
