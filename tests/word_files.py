"""Word files for tests: raw parts zipped up, and a plan's text with its numbers made automatic."""

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from ingest.blocks import Rank, split_blocks

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_TYPES = {
    "document": "document.main",
    "numbering": "numbering",
    "styles": "styles",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
}
_HEADING_STYLES = {0: "Heading1", 1: "Heading2"}  # levels of the plan's list that get their number from a style
_LEVEL_OF_RANK = {Rank.ROMAN: 0, Rank.ARABIC: 1, Rank.DOTTED: 2, 4: 3, Rank.LETTER: 4, Rank.PAREN: 5}
_PLAN_LEVELS = (
    ("upperRoman", "%1."),
    ("decimal", "%2."),
    ("decimal", "%2.%3."),
    ("decimal", "%2.%3.%4."),
    ("lowerLetter", "%5)"),
    ("decimal", "(%6)"),
)
_BULLET_LEVELS = (("bullet", "-"), ("bullet", "+"))
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()
CLEAN_MARKER = re.compile(r"(\(?)([\w.]*\w)([.)/-]+)[ \t]+|([-+])[ \t]+")


def save_docx(path: Path, body: str, **parts: str) -> Path:
    """Write a Word file of the XML inside <w:body> and of the inside of further parts (numbering, styles, …)."""
    parts = {"document": f"<w:body>{body}</w:body>"} | parts
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN_TYPE.format(_TYPES[name])}"/>' for name in parts
    )
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", _relations({"officeDocument": "word/document.xml"}))
        others = {name: f"{name}.xml" for name in parts if name != "document"}
        archive.writestr("word/_rels/document.xml.rels", _relations(others))
        for name, inside in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMESPACES}>{inside}</w:{name}>")
    return path


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """Give the XML of a paragraph; `properties` and `run` are the insides of w:pPr and w:rPr."""
    runs = "<w:r><w:br/></w:r>".join(
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{escape(line)}</w:t></w:r>' for line in text.split("\n")
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def numbered(list_id: int, level: int = 0) -> str:
    """Give the properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def table(*rows: tuple[str, ...]) -> str:
    """Give the XML of a table; a cell is the XML of its paragraphs, or one line of text."""
    cells = [[c if c.startswith("<") else paragraph(c) for c in row] for row in rows]
    return (
        "<w:tbl>" + "".join(f"<w:tr>{''.join(f'<w:tc>{c}</w:tc>' for c in row)}</w:tr>" for row in cells) + "</w:tbl>"
    )


def level_xml(row: int, form: str, text: str, extra: str = "", start: int = 1) -> str:
    """Give the XML of a level of a list."""
    return (
        f'<w:lvl w:ilvl="{row}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract_xml(number: int, *levels: str) -> str:
    """Give the XML of an abstract list."""
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num_xml(number: int, abstract: int, overrides: str = "") -> str:
    """Give the XML of a list."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def plan_as_docx(text: str, path: Path) -> Path:
    """Write a plan's text as a Word file whose numbers and bullets are automatic wherever Word can count so.

    A paragraph a block of lines; where the plan counts wrongly, a list starts anew as a clerk would
    make it do. Headings of the two upper levels get their numbers from their style.
    """
    plan = _Plan()
    starts = {block.start: block for block in split_blocks(text) if block.marker and not block.marker.inline}
    body, offset, was_blank = [], 0, True
    for line in text.split("\n"):
        stripped = line.strip()
        begin = offset + len(line) - len(line.lstrip())
        offset += len(line) + 1
        found = CLEAN_MARKER.match(stripped) if begin in starts else None
        block = starts.get(begin)
        if found and block and block.marker and block.marker.rank in (*_LEVEL_OF_RANK, Rank.DASH, Rank.PLUS):
            body.append((stripped[found.end() :], plan.properties(block.marker.rank, block.marker.number, found)))
        elif stripped and not was_blank and body:
            body[-1] = (f"{body[-1][0]}\n{stripped}", body[-1][1])
        elif stripped:
            body.append((stripped, ""))
        was_blank = not stripped
    paragraphs = "".join(paragraph(words, properties) for words, properties in body)
    return save_docx(path, paragraphs, numbering=plan.numbering(), styles=plan.styles())


@dataclass
class _Plan:
    """The lists of one file, made as the plan needs them; counts as Word counts."""

    counts: dict[int, int] = field(default_factory=dict)
    shapes: dict[tuple[int, str], int] = field(default_factory=dict)  # list by level and text
    lists: list[str] = field(default_factory=lambda: [num_xml(1, 0), num_xml(2, 1)])

    def properties(self, rank: int, number: str, found: re.Match[str]) -> str:
        if rank in (Rank.DASH, Rank.PLUS):
            return numbered(2, int(rank == Rank.PLUS))
        level = _LEVEL_OF_RANK[rank]
        wanted = self._value(level, number)
        counted = self.counts.get(level, 0) + 1
        form, standard = _PLAN_LEVELS[level]
        text = found[1] + standard.strip("().") + found[3]
        overrides = "" if text == standard else level_xml(level, form, text)
        if wanted != counted:
            overrides += f'<w:startOverride w:val="{wanted}"/>'
        for row in range(level):
            self.counts.setdefault(row, 1)
        self.counts = {row: count for row, count in self.counts.items() if row < level} | {level: wanted}
        if not overrides:
            style = _HEADING_STYLES.get(level)
            return f'<w:pStyle w:val="{style}"/>' if style else numbered(1, level)
        if wanted == counted and (level, text) in self.shapes:
            return numbered(self.shapes[level, text], level)
        self.lists.append(
            num_xml(len(self.lists) + 1, 0, f'<w:lvlOverride w:ilvl="{level}">{overrides}</w:lvlOverride>')
        )
        if wanted == counted:
            self.shapes[level, text] = len(self.lists)
        return numbered(len(self.lists), level)

    def numbering(self) -> str:
        levels = []
        for row, (form, text) in enumerate(_PLAN_LEVELS):
            style = _HEADING_STYLES.get(row)
            levels.append(level_xml(row, form, text, f'<w:pStyle w:val="{style}"/>' if style else ""))
        bullets = [level_xml(row, form, text) for row, (form, text) in enumerate(_BULLET_LEVELS)]
        return abstract_xml(0, *levels) + abstract_xml(1, *bullets) + "".join(self.lists)

    def styles(self) -> str:
        return "".join(
            f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="heading {level + 1}"/>'
            f"<w:pPr>{numbered(1, level)}</w:pPr></w:style>"
            for level, style in _HEADING_STYLES.items()
        )

    @staticmethod
    def _value(level: int, number: str) -> int:
        if level == 0:
            return ROMAN.index(number) + 1
        return ord(number) - ord("a") + 1 if level == 4 else int(number.rpartition(".")[2])


def _relations(targets: dict[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{row}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for row, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'
