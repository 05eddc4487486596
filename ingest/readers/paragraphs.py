"""Paragraphs of an old word processor's file become lines; each run's font says how its letters are encoded."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from ingest.readers.numerals import bullet
from ingest.readers.symbols import without_symbol_places
from ingest.readers.tables import Cell, table_blocks

Convert = Callable[[str, str | None], str]
Ending = Literal["line", "line of cell", "cell", "row"]

_BREAKS = str.maketrans("\v\f\x0e", "\n\n\n")
# What is kept in a text and not printed; the optional hyphen U+00AD only after fonts have made letters of it.
_UNPRINTED = dict.fromkeys([*range(0x09), *range(0x0F, 0x20), 0xAD])
_PLACES = re.compile("[\x20-\xff\uf000-\uf0ff]+")  # of a symbol font; other characters stand for themselves
_HALVES = re.compile("[\ud800-\udfff]")
_SYMBOL_FONTS = ("symbol", "wingdings", "webdings", "zapf", "monotype sorts", "marlett")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one font, as they stand in the file; `font` is None where the file names none."""

    text: str
    font: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and what it ends: a line, a line or the last line of a cell, a row (without text of its own)."""

    runs: tuple[Run, ...]
    ends: Ending = "line"


@dataclass(frozen=True, slots=True)
class Story:
    """The paragraphs of a file, and in Vietnamese what was left out."""

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...]


HIDDEN_NOTE = "chữ ẩn bị bỏ qua"
CHANGES_NOTE = "có sửa đổi chưa duyệt: đọc bản sau khi sửa"
PICTURES_NOTE = "hình ảnh không được đọc chữ"


def with_asides(paragraph: Paragraph, asides: Iterable[Paragraph]) -> list[Paragraph]:
    """Give a paragraph with the footnotes and text boxes that hang on it behind it, in its cell if it is in one."""
    below = list(asides)
    if paragraph.ends == "line" or not below:
        return [paragraph, *below]
    inside = [replace(part, ends="line of cell") for part in (paragraph, *below)]
    return [*inside, Paragraph((), paragraph.ends)]


def lay_out(paragraphs: Iterable[Paragraph], convert: Convert) -> str:
    """Give the text: paragraphs, and tables as `table_blocks` gives them, with empty lines between.

    `convert` makes Unicode of the letters of one font.
    """
    blocks: list[str] = []
    rows: list[list[Cell]] = []
    cells: list[Cell] = []
    cell: list[str] = []
    for paragraph in [*paragraphs, Paragraph(())]:
        text = _text(paragraph.runs, convert)
        own = [text] if text else []
        if paragraph.ends == "line":
            # A damaged table ends where its rows do; what was begun counts as a row.
            filled = [row for row in [*rows, [*cells, Cell(tuple(cell))]] if any(c.blocks for c in row)]
            blocks += [*(table_blocks(filled) if filled else []), *own]
            rows, cells, cell = [], [], []
        elif paragraph.ends == "row":
            rows.append([*cells, Cell(tuple(cell))])
            cells, cell = [], []
        else:
            cell += own
        if paragraph.ends == "cell":
            cells.append(Cell(tuple(cell)))
            cell = []
    return "\n\n".join(blocks)


def list_mark(text: str, font: str | None, depth: int = 0) -> Run | None:
    """Give the number or bullet before a list's item as printed, with the space after it; None where it is empty.

    A letter of a symbol font is a bullet; `depth` counts from 0.
    """
    mark = text.strip()
    is_symbol = (font or "").lower().startswith(_SYMBOL_FONTS)
    if mark and (is_symbol or (len(mark) == 1 and (mark == "o" or not mark.isalnum()))):
        return Run(f"{bullet(mark, depth + (mark == 'o'))} ", None)
    return Run(f"{mark} ", font) if mark else None


def _text(runs: tuple[Run, ...], convert: Convert) -> str:
    """Give a paragraph; neighbouring runs of one font go together, since a letter may be spread over them."""
    parts = []
    for font, same in groupby(runs, key=lambda run: run.font):
        parts.append(convert(_shown("".join(run.text for run in same), font), font))
    lines = "".join(parts).translate(_BREAKS).translate(_UNPRINTED).split("\n")
    return "\n".join(line.strip(" ") for line in lines).strip()


def _shown(text: str, font: str | None) -> str:
    """Give the characters that the places of a symbol font look like; whole characters of two halves."""
    text = _PLACES.sub(lambda match: without_symbol_places(match[0], font), text)
    if _HALVES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
