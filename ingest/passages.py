"""A document becomes passages: one idea each, never across a section, exact spans of its text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.blocks import Block, is_named, split_blocks, trim
from ingest.reading import one_line
from ingest.sentences import clause_spans, phrase_spans, sentence_spans, syllable_count
from ingest.types import Document, Passage, Section
from ingest.units import unit_before_colon

_LINE = re.compile(r"[^\n]+")
_PLAIN_KINDS = frozenset({"header", "recipients", "signature"})  # one passage each, lines kept together


@dataclass(frozen=True, slots=True)
class PassageOptions:
    """How long passages may be."""

    max_syllables: int = 160  # space-separated, heading excluded
    min_syllables: int = 4  # shorter paragraphs ("Trân trọng./.") are not passages


def split_passages(document: Document, options: PassageOptions | None = None) -> list[Passage]:
    """Cut a document into passages in reading order; they never overlap."""
    options = options or PassageOptions()
    children: dict[int, list[Section]] = {}
    for section in document.sections:
        if section.parent is not None:
            children.setdefault(section.parent, []).append(section)
    passages: list[Passage] = []
    for row, section in enumerate(document.sections):
        path = heading_path(document, row)
        for span in _own_spans(document.text, section, children.get(row, [])):
            passages.extend(_passages_of(document, section, path, span, options))
    return sorted(passages, key=lambda passage: passage.start)


def heading_path(document: Document, row: int) -> tuple[str, ...]:
    """Give the headings above and of a section as printed, from the top; without heading: nothing.

    An article or annex without a title is named all the same ("Điều 2").
    """
    path = []
    at: int | None = row
    while at is not None:
        section = document.sections[at]
        if section.kind == "table" and section.title:
            path.append(section.title)
        elif section.title or is_named(document.text[section.start : section.body_start]):
            path.append(one_line(document.text[section.start : section.body_start]).rstrip(".: "))
        elif not section.label and section.parent is None:
            path.append(section.locator)
        at = section.parent
    return tuple(reversed(path))


def _own_spans(text: str, section: Section, children: list[Section]) -> Iterator[tuple[int, int]]:
    """Give what belongs to a section and to none below it, its heading line left out.

    A run-in heading ("Ban Thường vụ Quận ủy: ban hành …") stays with its sentence, and a heading
    with nothing below it is all that there is to quote.
    """
    first_end = children[0].start if children else section.end
    line_end = text.find("\n", section.body_start, first_end)
    after_heading = text[section.body_start : first_end if line_end < 0 else line_end]
    is_bare = not children and not text[section.body_start : section.end].strip()
    is_run_in = bool(after_heading.strip())
    start = section.start if is_run_in or is_bare else section.body_start
    is_named = bool(section.title) and section.level > 1 and section.unit is None and section.kind != "table"
    if children and is_named and not is_run_in:
        yield section.start, section.body_start
    for child in children:
        if start < child.start:
            yield start, child.start
        start = child.end
    if start < section.end:
        yield start, section.end


def _passages_of(
    document: Document,
    section: Section,
    path: tuple[str, ...],
    span: tuple[int, int],
    options: PassageOptions,
) -> Iterator[Passage]:
    text, (start, end) = document.text, span
    for block in _paragraphs(text, section, start, end):
        words = one_line(text[block.body_start : block.end])
        is_short = syllable_count(words) < options.min_syllables
        if is_short and not _is_kept_short(text, section, block):
            continue
        unit = section.unit
        if section.kind == "tasks" and block.marker is None:
            unit = unit_before_colon(words) or unit
        for left, right in _pieces(text, block.body_start, block.end, options.max_syllables):
            yield Passage(
                passage_id=f"{document.doc_id}:{left}-{right}",
                doc_id=document.doc_id,
                start=left,
                end=right,
                text=text[left:right],
                heading_path=path,
                locator=section.locator,
                kind=section.kind,
                unit=unit,
                page=bisect_right(document.page_starts, left) or None,
            )


def _is_kept_short(text: str, section: Section, block: Block) -> bool:
    """A signature, an item with a number of its own and a row with values can be asked for however short."""
    is_whole = bool(section.label) and block.end >= section.end
    is_row = section.kind == "table" and "\t" in text[block.body_start : block.end]
    return section.kind == "signature" or is_whole or is_row


def _paragraphs(text: str, section: Section, start: int, end: int) -> list[Block]:
    if section.kind in _PLAIN_KINDS and not section.label:
        start, end = trim(text, start, end)
        return [Block(start, start, end, None)] if start < end else []
    if section.kind == "table":
        return [Block(left, left, right, None) for left, right in _rows(text, start, end)]
    return split_blocks(text, start, end)


def _rows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the rows of a table, which are never joined nor cut at markers."""
    for line in _LINE.finditer(text, start, end):
        left, right = trim(text, *line.span())
        if left < right:
            yield left, right


def _pieces(text: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    """Give the span whole if it is short, else cut at sentence ends into pieces of like length."""
    start, end = trim(text, start, end)
    total = syllable_count(text[start:end])
    if total <= limit:
        if start < end:
            yield start, end
        return
    target = total / -(-total // limit)
    atoms = list(_atoms(text, start, end, limit))
    piece_start, size = atoms[0][0], 0
    for position, (atom_start, atom_end) in enumerate(atoms):
        count = syllable_count(text[atom_start:atom_end])
        if size and (size + count > limit or size + count / 2 > target):
            yield trim(text, piece_start, atoms[position - 1][1])
            piece_start, size = atom_start, 0
        size += count
    yield trim(text, piece_start, end)


def _atoms(text: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    """Cut at sentences; a sentence that is too long at semicolons, commas, then between words."""
    pending = [(start, end, 0)]
    while pending:
        start, end, depth = pending.pop()
        if depth and syllable_count(text[start:end]) <= limit:
            yield start, end
            continue
        piece = text[start:end]
        spans = (sentence_spans, clause_spans, phrase_spans)[depth](piece) if depth < 3 else _word_spans(piece, limit)
        pending.extend((start + left, start + right, min(depth + 1, 4)) for left, right in reversed(spans))


def _word_spans(text: str, limit: int) -> list[tuple[int, int]]:
    spans, start, count, inside = [], 0, 0, False
    for offset, char in enumerate(text):
        if char.isspace() and inside:
            count += 1
            if count == limit:
                spans.append((start, offset))
                start, count = offset, 0
        inside = not char.isspace()
    return [*spans, (start, len(text))]
