"""A Word file as Vietnamese offices lay it out: decree 30/2020/NĐ-CP, A4, Times New Roman, in Vietnamese."""

from datetime import datetime

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
SOURCE = "Nguồn trích dẫn"  # the style of source lines
_BODY = 13  # points
_MAX_PROPERTY = 255  # characters that a property of the file holds
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def new_document(title: str, made: datetime) -> WordDocument:
    """Give an empty document with page, styles, footer and properties; `made` has a time zone."""
    document = docx.Document()
    _set_page(document)
    _set_styles(document)
    _set_language(document)
    _number_pages(document)
    properties = document.core_properties
    properties.title = title[:_MAX_PROPERTY]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language = LANGUAGE
    properties.created = properties.modified = made
    return document


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.footer_distance = Mm(10)


def _set_styles(document: WordDocument) -> None:
    normal = _style(document, "Normal", _BODY)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    title = _style(document, "Title", 14, bold=True)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(6)
    _remove_border(title)
    heading = _style(document, "Heading 1", 14, bold=True)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(14), Pt(6)
    minor = _style(document, "Heading 2", _BODY, bold=True)
    minor.paragraph_format.space_before, minor.paragraph_format.space_after = Pt(12), Pt(4)
    quote = _style(document, "Quote", _BODY, italic=False)
    quote.paragraph_format.left_indent = Mm(8)
    quote.paragraph_format.space_after = Pt(3)
    _add_bar(quote)
    document.styles.add_style(SOURCE, WD_STYLE_TYPE.PARAGRAPH)
    source = _style(document, SOURCE, 12)
    source.paragraph_format.left_indent = Mm(8)
    source.paragraph_format.space_after = Pt(10)
    _style(document, "Footer", 12)


def _style(
    document: WordDocument, name: str, size: int, *, bold: bool | None = None, italic: bool | None = None
) -> ParagraphStyle:
    """Give a paragraph style with our letters, in black; the template's have those of its theme."""
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold, italic
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)
    for kind in _THEMED:
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    return style


def _remove_border(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _add_bar(style: ParagraphStyle) -> None:
    """Draw a line to the left of the paragraphs of a style."""
    borders, bar = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "8"), ("color", "7F8C99")):
        bar.set(qn(f"w:{name}"), value)
    borders.append(bar)
    spacing = style.element.get_or_add_pPr().find(qn("w:spacing"))
    spacing.addprevious(borders)  # the schema wants it there


def _set_language(document: WordDocument) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)


def _number_pages(document: WordDocument) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    run = paragraph.add_run("1")
    field.append(run._r)
