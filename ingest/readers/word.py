"""Reads .docx and .docm with lxml: python-docx knows neither automatic numbers nor tracked changes nor text boxes."""

import posixpath
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ReadError
from ingest.readers.letters import Letters
from ingest.readers.numerals import roman
from ingest.readers.packages import Package
from ingest.readers.pages import Pages
from ingest.readers.runs import Piece, printed
from ingest.readers.tables import table_blocks
from ingest.readers.word_numbering import Counter, NumberedList, numbering_of, read_numbering
from ingest.readers.word_paragraphs import read_pieces
from ingest.readers.word_styles import Styles, read_styles
from ingest.readers.word_tables import read_rows
from ingest.readers.word_xml import attribute, child, content, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN_PART = "word/document.xml"
_NOTE_OF = {  # elements anywhere in the body, and what the librarian is told of them
    "altChunk": "phần nhúng từ tệp khác bị bỏ qua",
    "blip": "hình ảnh không được đọc chữ",
    "imagedata": "hình ảnh không được đọc chữ",
    "del": "có sửa đổi chưa duyệt: đọc bản sau khi sửa",
    "ins": "có sửa đổi chưa duyệt: đọc bản sau khi sửa",
    "vanish": "chữ ẩn bị bỏ qua",
}


def read_word(path: Path) -> Pages:
    """Read .docx and .docm as they print, without headers and footers; a Word file has no pages of its own.

    Raises ReadError for a file that is damaged, protected by a password, too large unpacked, or no
    Word file.
    """
    with Package(path) as package:
        main = _related(package, "").get("officeDocument", _MAIN_PART)
        package.require(main)
        root = package.xml(main)
        body = child(root, "body")
        if root is None or body is None:
            raise ReadError(f"{path.name}: {main} has no body; open the file in Word and save it again")
        parts = _related(package, main)
        styles = read_styles(package.xml(parts.get("styles", "")))
        story = _Stories(
            styles,
            read_numbering(package.xml(parts.get("numbering", "")), styles),
            {kind: _notes(package.xml(parts.get(f"{kind}s", ""))) for kind in ("footnote", "endnote")},
        )
        text, provenance = story.letters.finish("\n\n".join(story.blocks(body, Counter(story.lists))))
        notes = ["macro bị bỏ qua"] if any(name.endswith("vbaProject.bin") for name in package.names) else []
        notes += sorted({_NOTE_OF[tag(item)] for item in body.iter() if tag(item) in _NOTE_OF})
        notes += ["mục lục bị bỏ qua"] if story.has_contents else []
    return Pages((text,), is_paged=False, provenance=provenance, notes=tuple(notes))


@dataclass(slots=True)
class _Stories:
    """What the body, its text boxes and its notes share while they are read."""

    styles: Styles
    lists: dict[str, NumberedList]
    notes: "dict[str, dict[str, _Element]]"  # by kind and id
    letters: Letters = field(default_factory=Letters)
    has_contents: bool = False
    _cited: dict[str, int] = field(default_factory=dict)  # notes so far by kind
    _in_note: bool = False

    def blocks(self, container: "_Element", counter: Counter, is_cell: bool = False) -> list[str]:
        """Give the paragraphs and tables of a body, a cell, a text box or a note as blocks of text."""
        blocks: list[str] = []
        carried: list[Piece] = []
        for item in content(container):
            if tag(item) == "p":
                properties = child(item, "pPr")
                style_id = attribute(child(properties, "pStyle")) or self.styles.default_paragraph
                if self._is_contents(style_id):
                    self.has_contents = True
                    continue
                pieces = [*carried, *read_pieces(item, style_id, self.styles)]
                is_joined = _is_joined_to_next(properties)
                carried = pieces if is_joined else []
                if not is_joined:
                    blocks += self._paragraph(pieces, properties, style_id, counter, is_cell)
            elif tag(item) == "tbl":
                rows = read_rows(item, self.styles, lambda cell: self.blocks(cell, counter, is_cell=True))
                blocks += table_blocks(rows)
        return blocks + self._paragraph(carried, None, None, counter, is_cell)

    def _paragraph(
        self,
        pieces: list[Piece],
        properties: "_Element | None",
        style_id: str | None,
        counter: Counter,
        is_cell: bool,
    ) -> list[str]:
        marker = ""
        numbering = numbering_of(properties, style_id, self.styles, self.lists)
        if numbering is not None:
            marker, look = counter.next_marker(*numbering)
            marker = printed([Piece(marker, look)], self.letters)
        below: list[str] = []
        for row, piece in enumerate(pieces):
            if piece.note is not None:
                mark, note = self._cite(*piece.note)
                pieces[row] = replace(piece, text=mark)
                below += note
        boxes = [piece.box for piece in pieces if piece.box is not None]
        text = printed(pieces, self.letters).strip()
        # A number alone is the whole of a cell that counts rows; in the body it is an empty line.
        own = [marker + text] if text else [marker.strip()] if is_cell and marker.strip(" -+") else []
        for box in boxes:
            below += self.blocks(box, Counter(self.lists))
        return own + below

    def _cite(self, kind: str, note_id: str) -> tuple[str, list[str]]:
        """Give the mark of a note as printed, and the note itself behind the mark."""
        note = None if self._in_note else self.notes.get(kind, {}).pop(note_id, None)
        if note is None:
            return "", []
        number = self._cited[kind] = self._cited.get(kind, 0) + 1
        mark = f"[{number}]" if kind == "footnote" else f"[{roman(number).lower()}]"
        self._in_note = True
        words = " ".join(self.blocks(note, Counter(self.lists))).replace("\n", " ")
        self._in_note = False
        return mark, [f"{mark} {words}"]

    def _is_contents(self, style_id: str | None) -> bool:
        """A table of contents repeats the headings, which would be read as items twice."""
        style = self.styles.by_id.get(style_id or "")
        return style is not None and style.name.lower().startswith("toc ") and style.name[4:].isdigit()


def _is_joined_to_next(properties: "_Element | None") -> bool:
    """Say whether a tracked change takes away the end of a paragraph."""
    mark = child(properties, "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None


def _notes(root: "_Element | None") -> "dict[str, _Element]":
    """Give footnotes or endnotes by id, without the lines that separate them from the body."""
    found = {} if root is None else {attribute(item, "id") or "": item for item in root if tag(item)}
    return {key: item for key, item in found.items() if attribute(item, "type") in (None, "normal")}


def _related(package: Package, part: str) -> dict[str, str]:
    """Give the parts that a part names, by kind."""
    folder, name = posixpath.split(part)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, str] = {}
    for item in root if root is not None else ():
        kind, target = (item.get("Type") or "").rpartition("/")[2], item.get("Target") or ""
        if item.get("TargetMode") != "External":
            found.setdefault(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
    return found
