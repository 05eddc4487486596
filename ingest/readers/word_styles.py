"""Styles of .docx files: what a paragraph and its letters inherit."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.readers.runs import PLAIN, Look
from ingest.readers.word_xml import attribute, child, is_on, number, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_ANCESTORS = 20  # Word stops at 11


@dataclass(frozen=True, slots=True)
class Style:
    """A style; `list_id` and `list_level` are its numbering, None where it says nothing of it."""

    name: str
    based_on: str | None
    look: Look
    list_id: str | None
    list_level: int | None


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles of a file by id, and what holds where no style says otherwise."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default_paragraph: str | None = None
    default_look: Look = PLAIN

    def chain(self, style_id: str | None) -> Iterator[tuple[str, Style]]:
        """Give a style and those that it is based on, with their ids."""
        for _ in range(_MAX_ANCESTORS):
            style = self.by_id.get(style_id or "")
            if style is None or style_id is None:
                return
            yield style_id, style
            style_id = style.based_on

    def look(self, style_id: str | None) -> Look:
        """Give the look of a style with all that it inherits, without the default of the file."""
        look = PLAIN
        for _, style in self.chain(style_id):
            look = look.over(style.look)
        return look


def read_styles(root: "_Element | None") -> Styles:
    """Read the styles part; None is a file without one."""
    if root is None:
        return Styles()
    by_id: dict[str, Style] = {}
    default = None
    for element in root:
        style_id = attribute(element, "styleId")
        if tag(element) != "style" or style_id is None:
            continue
        if attribute(element, "default") in ("1", "true", "on") and attribute(element, "type") == "paragraph":
            default = style_id
        numbering = child(child(element, "pPr"), "numPr")
        by_id[style_id] = Style(
            name=attribute(child(element, "name")) or "",
            based_on=attribute(child(element, "basedOn")),
            look=read_look(child(element, "rPr")),
            list_id=attribute(child(numbering, "numId")),
            list_level=number(child(numbering, "ilvl")),
        )
    defaults = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
    return Styles(by_id, default, read_look(defaults))


def read_look(properties: "_Element | None") -> Look:
    """Read the properties of a run or a style."""
    if properties is None:
        return PLAIN
    fonts = child(properties, "rFonts")
    # The letters of the encodings before Unicode lie beyond ASCII, where the second name holds.
    font = attribute(fonts, "hAnsi") or attribute(fonts, "ascii")
    return Look(
        font=font,
        is_capital=is_on(child(properties, "caps")),
        is_hidden=is_on(child(properties, "vanish")),
        is_bold=is_on(child(properties, "b")),
    )
