"""Reads .html and .htm with lxml, whose parser takes pages as browsers do."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ReadError
from ingest.readers.letters import Letters
from ingest.readers.numerals import bullet, letter, roman
from ingest.readers.pages import Pages
from ingest.readers.runs import PLAIN, Look, Piece, is_bold, printed
from ingest.readers.tables import Cell, table_blocks
from ingest.readers.web_encoding import decode_page
from ingest.readers.word_xml import tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = frozenset(
    "head script style noscript template svg math iframe object embed applet canvas audio video select button input"
    " textarea map nav datalist dialog rp rt title link meta".split()
)
_BLOCKS = frozenset(
    "html body div p h1 h2 h3 h4 h5 h6 ol ul li dl dt dd table section article main header footer aside address"
    " blockquote pre center figure figcaption form fieldset legend details summary hr td th caption option".split()
)
_BOLD = frozenset({"b", "strong", "th"})
_BREAK = "\v"  # a <br>, until the spaces around it are gone
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAKS = re.compile(rf"[ \xa0]*{_BREAK}[ \xa0]*")
_STYLE = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_LIST_STYLES: dict[str, Callable[[int], str]] = {
    "upper-roman": roman,
    "lower-roman": lambda value: roman(value).lower(),
    "upper-alpha": lambda value: letter(value).upper(),
    "upper-latin": lambda value: letter(value).upper(),
    "lower-alpha": letter,
    "lower-latin": letter,
}
_LIST_TYPES = {"I": "upper-roman", "i": "lower-roman", "A": "upper-alpha", "a": "lower-alpha", "1": "decimal"}


def read_web_page(path: Path) -> Pages:
    """Read .html and .htm as a browser shows them, without scripts, styles, forms and navigation.

    Raises ReadError for a file that is no web page or nests too deeply.
    """
    from lxml import etree

    page, encoding = decode_page(path)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise ReadError(f"{path.name}: nests elements over 256 deep; open it in a browser and save its text as .txt")
    story = _Story()
    if root is not None:
        story.read(root, PLAIN, 0)
    text, provenance = story.letters.finish("\n\n".join(story.finish()))
    return Pages((text,), is_paged=False, provenance=f"converted {encoding}" if encoding else provenance)


@dataclass(slots=True)
class _Story:
    """The blocks of a page or of a cell so far, and the paragraph that is being read."""

    letters: Letters = field(default_factory=Letters)
    _blocks: list[str] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _marker: str = ""
    _bold: list[bool] = field(default_factory=list)  # of each paragraph so far

    def finish(self) -> list[str]:
        """End the paragraph and give all blocks."""
        self._end_paragraph()
        return self._blocks

    def is_bold(self) -> bool:
        """Say whether there are paragraphs and all of them are bold."""
        return bool(self._bold) and all(self._bold)

    def read(self, element: "_Element", look: Look, depth: int) -> None:
        """Read an element; `depth` counts the lists without numbers around it."""
        name, style = tag(element).lower(), _style(element)
        if name in _SKIPPED or _is_hidden(element, style):
            return
        look = _look(element, name, style).over(look)
        if name == "br":
            self._pieces.append(Piece(_BREAK, look))
        elif name not in _BLOCKS:
            self._content(element, look, depth)
        else:
            self._end_paragraph()
            if name in ("ol", "ul"):
                self._list(element, name, style, look, depth)
            elif name == "table":
                self._table(element, look)
            else:
                self._content(element, look, depth, is_verbatim=name == "pre")
            self._end_paragraph()

    def _content(self, element: "_Element", look: Look, depth: int, is_verbatim: bool = False) -> None:
        self._letters(element.text, look, is_verbatim)
        for item in element:
            self.read(item, look, depth)
            self._letters(item.tail, look, is_verbatim)

    def _letters(self, text: str | None, look: Look, is_verbatim: bool) -> None:
        if text:
            text = text.strip("\n").replace("\n", _BREAK) if is_verbatim else _SPACES.sub(" ", text)
            self._pieces.append(Piece(text, look))

    def _end_paragraph(self) -> None:
        text = _BREAKS.sub("\n", _SPACES.sub(" ", printed(self._pieces, self.letters))).strip()
        if text:
            self._blocks.append(self._marker + text)
            self._bold.append(is_bold(self._pieces))
            self._marker = ""
        self._pieces = []

    def _list(self, element: "_Element", name: str, style: dict[str, str], look: Look, depth: int) -> None:
        items = [item for item in element if tag(item).lower() == "li"]
        is_reversed = element.get("reversed") is not None
        value = _number(element.get("start"), len(items) if is_reversed else 1)
        shape = style.get("list-style-type") or _LIST_TYPES.get(element.get("type") or "", "decimal")
        for item in element:
            if tag(item).lower() != "li":
                self.read(item, look, depth)
                continue
            value = _number(item.get("value"), value)
            number = f"{_LIST_STYLES.get(shape, str)(value)}. "
            self._marker = "" if shape == "none" else number if name == "ol" else f"{bullet('', depth)} "
            self.read(item, look, depth + (name == "ul"))
            self._marker = ""
            value += -1 if is_reversed else 1

    def _table(self, element: "_Element", look: Look) -> None:
        rows: list[list[Cell]] = []
        for part in element:
            name = tag(part).lower()
            if name == "tr":
                rows.append(self._row(part, look))
            elif name in ("thead", "tbody", "tfoot"):
                rows += [self._row(row, look) for row in part if tag(row).lower() == "tr"]
            elif name == "caption":
                self.read(part, look, 0)
        self._end_paragraph()
        self._blocks += table_blocks(rows)
        self._bold.append(False)

    def _row(self, element: "_Element", look: Look) -> list[Cell]:
        cells = []
        for item in element:
            name = tag(item).lower()
            if name in ("td", "th"):
                inside = _Story(self.letters)
                inside.read(item, look, 0)
                blocks = tuple(inside.finish())
                is_heading = name == "th" or inside.is_bold()
                columns, rows = _number(item.get("colspan"), 1), _number(item.get("rowspan"), 1)
                cells.append(Cell(blocks, columns, rows, is_heading))
        return cells


def _style(element: "_Element") -> dict[str, str]:
    return {name.lower(): value.strip().lower() for name, value in _STYLE.findall(element.get("style") or "")}


def _is_hidden(element: "_Element", style: dict[str, str]) -> bool:
    is_off = style.get("display") == "none" or style.get("visibility") == "hidden" or style.get("mso-hide") == "all"
    return is_off or element.get("hidden") is not None


def _look(element: "_Element", name: str, style: dict[str, str]) -> Look:
    fonts = (element.get("face") if name == "font" else None) or style.get("font-family") or ""
    weight, transform = style.get("font-weight"), style.get("text-transform")
    look = PLAIN if not fonts else Look(font=fonts.split(",")[0].strip(" '\""))
    if name in _BOLD or weight is not None:
        look = replace(look, is_bold=name in _BOLD or weight in ("bold", "600", "700", "800", "900"))
    return look if transform is None else replace(look, is_capital=transform == "uppercase")


def _number(value: str | None, default: int) -> int:
    text = (value or "").strip()
    return int(text) if text.removeprefix("-").isdecimal() and len(text) < 6 else default
