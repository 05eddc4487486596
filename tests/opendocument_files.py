"""OpenDocument files for tests: content and styles zipped up, and a plan's text with its numbers made automatic."""

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from ingest.blocks import Rank, split_blocks
from tests.word_files import CLEAN_MARKER, ROMAN

_NAMES = {"office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing"}
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in _NAMES.items()
)
_NAMESPACES += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
_NAMESPACES += ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
_LEVEL_OF_RANK = {Rank.ROMAN: 1, Rank.ARABIC: 2, Rank.DOTTED: 3, Rank.LETTER: 4, Rank.PAREN: 5}
_FORMATS = {1: "I", 2: "1", 3: "1", 4: "a", 5: "1"}


def save_odt(path: Path, body: str, automatic: str = "", styles: str = "", **parts: str) -> Path:
    """Write a text document of the XML inside <office:text>, of automatic styles and of common ones."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        content = f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}"
        archive.writestr("content.xml", _root("document-content", f"{content}</office:text></office:body>"))
        archive.writestr("styles.xml", _root("document-styles", f"<office:styles>{styles}</office:styles>"))
        for name, inside in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", inside)
    return path


def number_style(name: str, *levels: str) -> str:
    """Give the XML of a list style; a level is the attributes of its element, "bullet …" for one without numbers."""
    inside = ""
    for row, level in enumerate(levels, start=1):
        kind = "bullet" if level.startswith("bullet ") else "number"
        inside += f'<text:list-level-style-{kind} text:level="{row}" {level.removeprefix("bullet ")}/>'
    return f'<text:list-style style:name="{name}">{inside}</text:list-style>'


def plan_as_odt(text: str, path: Path) -> Path:
    """Write a plan's text with automatic numbers, as word processors write lists that other text interrupts."""
    plan = _Plan()
    starts = {block.start: block for block in split_blocks(text) if block.marker and not block.marker.inline}
    body, offset, was_blank = [], 0, True
    for line in text.split("\n"):
        stripped = line.strip()
        block = starts.get(offset + len(line) - len(line.lstrip()))
        offset += len(line) + 1
        found = CLEAN_MARKER.match(stripped)
        if found and block and block.marker and block.marker.rank in (*_LEVEL_OF_RANK, Rank.DASH, Rank.PLUS):
            body.append(plan.item(block.marker.rank, found, escape(stripped[found.end() :])))
        elif stripped and not was_blank and body:
            head, mark, tail = body[-1].rpartition("</text:p>")
            body[-1] = f"{head}<text:line-break/>{escape(stripped)}{mark}{tail}"
        elif stripped:
            body.append(f"<text:p>{escape(stripped)}</text:p>")
        was_blank = not stripped
    return save_odt(path, "".join(body), "".join(plan.styles.values()))


@dataclass
class _Plan:
    """The lists of one file; each item is a list of its own that continues the one before."""

    styles: dict[str, str] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    made: int = 0

    def item(self, rank: int, found: re.Match[str], words: str) -> str:
        if rank in (Rank.DASH, Rank.PLUS):
            self.styles["bullets"] = number_style(
                "bullets", 'bullet text:bullet-char="-"', 'bullet text:bullet-char="+"'
            )
            return self._nested("bullets", "", 1 + (rank == Rank.PLUS), "", words)
        level = _LEVEL_OF_RANK[rank]
        shape = f'style:num-prefix="{found[1]}" style:num-suffix="{found[3]}"'
        name = f"s{level}{found[1]}{found[3]}".replace("(", "o").replace(")", "c").replace("/", "s")
        levels = [f'style:num-format="{_FORMATS[row]}" style:num-suffix="."' for row in range(1, level)]
        shown = ' text:display-levels="2"' if level == 3 else ""
        self.styles[name] = number_style(name, *levels, f'style:num-format="{_FORMATS[level]}" {shape}{shown}')
        wanted = self._value(level, found[2])
        start = "" if wanted == self.counts.get(level, 0) + 1 else f' text:start-value="{wanted}"'
        for row in range(1, level):
            self.counts.setdefault(row, 1)
        self.counts = {row: count for row, count in self.counts.items() if row < level} | {level: wanted}
        self.made += 1
        continues = f' xml:id="n{self.made}"' + (f' text:continue-list="n{self.made - 1}"' if self.made > 1 else "")
        return self._nested(name, continues, level, start, words)

    @staticmethod
    def _nested(style: str, continues: str, level: int, start: str, words: str) -> str:
        opened = "<text:list-item><text:list>" * (level - 1)
        closed = "</text:list></text:list-item>" * (level - 1)
        item = f"<text:list-item{start}><text:p>{words}</text:p></text:list-item>"
        return f'<text:list text:style-name="{style}"{continues}>{opened}{item}{closed}</text:list>'

    @staticmethod
    def _value(level: int, number: str) -> int:
        if level == 1:
            return ROMAN.index(number) + 1
        return ord(number) - ord("a") + 1 if level == 4 else int(number.rpartition(".")[2])


def _root(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{name} {_NAMESPACES}>{inside}</office:{name}>'
