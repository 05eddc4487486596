"""One paragraph of a Word file: the letters of its runs, and what hangs on them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.readers.runs import Look, Piece
from ingest.readers.symbols import symbol
from ingest.readers.word_styles import Styles, read_look
from ingest.readers.word_xml import attribute, child, content, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


def read_pieces(paragraph: "_Element", style_id: str | None, styles: Styles) -> Iterator[Piece]:
    """Give the pieces of a paragraph in reading order; what is hidden or deleted is left out."""
    base = styles.look(style_id)
    fields: list[bool] = []  # for each open field: are we in its result
    for run in _runs(paragraph):
        if tag(run) == "t":  # a formula has its letters outside runs
            yield Piece(run.text or "")
            continue
        properties = child(run, "rPr")
        named = styles.look(attribute(child(properties, "rStyle")))
        look = read_look(properties).over(named).over(base).over(styles.default_look)
        for piece in _run_pieces(run, look, fields):
            if (all(fields) and not look.is_hidden) or piece.box is not None:
                yield piece


def _runs(element: "_Element") -> "Iterator[_Element]":
    for item in content(element):
        if tag(item) == "r":
            yield item
        elif tag(item) in ("oMath", "oMathPara"):
            yield from (part for part in item.iter() if tag(part) == "t")


def _run_pieces(run: "_Element", look: Look, fields: list[bool]) -> Iterator[Piece]:
    for item in content(run):
        name = tag(item)
        if name == "fldChar":
            _follow_field(attribute(item, "fldCharType"), fields)
        elif name in ("drawing", "pict", "object"):
            yield from (Piece(box=box) for box in _boxes(item))
        elif name in _NOTES:
            yield Piece(look=look, note=(_NOTES[name], attribute(item, "id") or ""))
        else:
            yield Piece(_letters(item, name), look)


def _letters(item: "_Element", name: str) -> str:
    if name == "t":
        return item.text or ""
    if name == "br":
        return "\n"
    if name == "sym":
        code = attribute(item, "char") or ""
        try:
            return symbol(int(code, 16), attribute(item, "font"))
        except ValueError:
            return ""
    return _SIGNS.get(name, "")


def _follow_field(step: str | None, fields: list[bool]) -> None:
    """A field holds its instruction, then its result; only the result is printed."""
    if step == "begin":
        fields.append(False)
    elif step == "separate" and fields:
        fields[-1] = True
    elif step == "end" and fields:
        fields.pop()


def _boxes(drawing: "_Element") -> "Iterator[_Element]":
    """Give the contents of the text boxes in a drawing, each once, outermost only."""
    for item in content(drawing):
        if tag(item) == "txbxContent":
            yield item
        else:
            yield from _boxes(item)
