"""Reads .odt with lxml, which resolves no entities; the libraries for it drop automatic numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ReadError
from ingest.readers.letters import Letters
from ingest.readers.opendocument_lists import TEXT, ListCounter, read_list_styles, whole_number
from ingest.readers.opendocument_styles import TextStyles, read_text_styles
from ingest.readers.packages import Package, password_message
from ingest.readers.pages import Pages
from ingest.readers.runs import Look, Piece, is_bold, printed
from ingest.readers.tables import Cell, table_blocks
from ingest.readers.word_xml import tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_GROUPS = frozenset({"section", "index-body", "table-header-rows", "table-rows", "table-row-group"})
_MAX_SPACES = 40  # in one place; more is a damaged file
_NOT_PRINTED = frozenset({"ruby-text", "hidden-text", "hidden-paragraph", "script", "note-citation"})
_SPACES = re.compile(r"[ \t\r\n]+")
_CONTENTS = frozenset({"table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index"})


def read_opendocument(path: Path) -> Pages:
    """Read .odt as it prints, without headers and footers; the format has no pages of its own.

    Raises ReadError for a file that is damaged, protected by a password, too large unpacked, or no
    text document.
    """
    with Package(path) as package:
        manifest = package.xml("META-INF/manifest.xml")
        is_locked = manifest is not None and any(tag(item) == "encryption-data" for item in manifest.iter())
        if is_locked or "encrypted-package" in package.names:
            raise ReadError(password_message(path))
        package.require("content.xml")
        root, common = package.xml("content.xml"), package.xml("styles.xml")
        body = root.find(f"{_OFFICE}body/{_OFFICE}text") if root is not None else None
        if body is None:
            raise ReadError(
                f"{path.name}: is an OpenDocument file but no text document; save it as .odt, a table as .xlsx"
            )
        story = _Story(read_text_styles(common, root), ListCounter(read_list_styles(common, root)))
        text, provenance = story.letters.finish("\n\n".join(story.blocks(body)))
        is_changed = any(tag(item) == "changed-region" for item in body.iter())
        has_macros = any(name.startswith(("Basic/", "Scripts/")) and "script-l" not in name for name in package.names)
        remarks = {
            "macro bị bỏ qua": has_macros,
            "có sửa đổi chưa duyệt: đọc bản sau khi sửa": is_changed,
            "mục lục bị bỏ qua": any(tag(item) in _CONTENTS for item in body.iter()),
        }
    notes = tuple(remark for remark, holds in remarks.items() if holds)
    return Pages((text,), is_paged=False, provenance=provenance, notes=notes)


@dataclass(slots=True)
class _Story:
    """What is needed to read one file."""

    styles: TextStyles
    lists: ListCounter
    letters: Letters = field(default_factory=Letters)

    def blocks(self, container: "_Element", is_cell: bool = False) -> list[str]:
        """Give the paragraphs, lists and tables of a body, a cell, a box or a note as blocks of text."""
        blocks: list[str] = []
        for item in container:
            name = tag(item)
            if name == "p":
                blocks += self._paragraph(item, "", is_cell)
            elif name == "h":
                is_plain = item.get(TEXT + "is-list-header") == "true"
                row = whole_number(item.get(TEXT + "outline-level"), 1)
                blocks += self._paragraph(item, "" if is_plain else self.lists.next_heading(row), is_cell)
            elif name == "list":
                style = item.get(TEXT + "style-name") or ""
                blocks += self._list(item, self.lists.open_list(item, style), style, 1, is_cell)
            elif name == "table":
                blocks += table_blocks(self._rows(item))
            elif name in _GROUPS or item.tag == f"{_DRAW}text-box":
                blocks += self.blocks(item, is_cell)
            elif isinstance(item.tag, str) and item.tag.startswith(_DRAW):
                blocks += self.blocks(item)
        return blocks

    def _list(self, element: "_Element", list_id: str, style: str, row: int, is_cell: bool) -> list[str]:
        blocks: list[str] = []
        for item in element:
            own_style = item.get(TEXT + "style-override") or style
            waits = tag(item) == "list-item"  # for the first paragraph, which bears the number
            start = whole_number(item.get(TEXT + "start-value"), -1)
            for part in item if tag(item) in ("list-item", "list-header") else ():
                if tag(part) == "list":
                    nested = part.get(TEXT + "style-name") or own_style
                    blocks += self._list(part, list_id, nested, row + 1, is_cell)
                elif tag(part) in ("p", "h"):
                    is_first, waits = waits, False
                    given = start if start >= 0 else None
                    marker = self.lists.next_marker(list_id, own_style, row, given) if is_first else ""
                    blocks += self._paragraph(part, marker, is_cell)
        return blocks

    def _paragraph(self, element: "_Element", marker: str, is_cell: bool) -> list[str]:
        pieces = list(self._pieces(element, self.styles.paragraph_look(element)))
        text = printed(pieces, self.letters).strip()
        # A number alone is the whole of a cell that counts rows; in the body it is an empty line.
        own = [marker + text] if text else [marker.strip()] if is_cell and marker.strip(" -+") else []
        for piece in pieces:
            if piece.box is not None and piece.note is not None:
                words = " ".join(self.blocks(piece.box)).replace("\n", " ")
                own.append(f"{piece.text} {words}")
            elif piece.box is not None:
                own += self.blocks(piece.box)
        return own

    def _pieces(self, element: "_Element", look: Look) -> Iterator[Piece]:
        """Give the pieces of a paragraph or of a part of it in reading order."""
        if element.text and not look.is_hidden:
            yield Piece(_collapsed(element.text), look)
        for item in element:
            name = tag(item)
            if isinstance(item.tag, str) and item.tag.startswith(_DRAW):
                yield Piece(box=item)
            elif name == "note":
                citation = next((part.text or "" for part in item if tag(part) == "note-citation"), "")
                bodies = (part for part in item if tag(part) == "note-body")
                yield Piece(f"[{citation.strip()}]", look, ("note", citation), next(bodies, None))
            elif name in ("s", "tab", "line-break"):
                count = min(whole_number(item.get(TEXT + "c"), 1), _MAX_SPACES)
                yield Piece({"s": " " * count, "tab": "\t", "line-break": "\n"}[name], look)
            elif isinstance(item.tag, str) and item.tag.startswith(TEXT) and name not in _NOT_PRINTED:
                yield from self._pieces(item, self.styles.text_look(item).over(look))
            if item.tail and not look.is_hidden:
                yield Piece(_collapsed(item.tail), look)

    def _rows(self, table: "_Element", is_heading: bool = False) -> list[list[Cell]]:
        rows: list[list[Cell]] = []
        for item in table:
            if tag(item) in _GROUPS:
                rows += self._rows(item, tag(item) == "table-header-rows")
            elif tag(item) == "table-row":
                cells = [cell for cell in item if tag(cell) == "table-cell"]
                rows.append([self._cell(cell, is_heading) for cell in cells])
        return rows

    def _cell(self, element: "_Element", is_heading: bool) -> Cell:
        paragraphs = [item for item in element if tag(item) in ("p", "h")]
        pieces = [piece for item in paragraphs for piece in self._pieces(item, self.styles.paragraph_look(item))]
        return Cell(
            tuple(self.blocks(element, is_cell=True)),
            whole_number(element.get(_TABLE + "number-columns-spanned"), 1),
            whole_number(element.get(_TABLE + "number-rows-spanned"), 1),
            is_heading or is_bold(pieces),
        )


def _collapsed(text: str) -> str:
    """Line ends, tabs and runs of spaces in the XML are one space each."""
    return _SPACES.sub(" ", text)
