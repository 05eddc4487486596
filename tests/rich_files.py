"""One small file of each format that uses much of what its reader knows, to be changed at random."""

from collections.abc import Callable
from pathlib import Path

from tests.doc_files import FONT, IN_TABLE, LEVEL, LIST, Doc, Par, Text, par, prl, save_doc
from tests.hostile_files import MAKERS
from tests.opendocument_files import number_style, save_odt
from tests.plans import HUE
from tests.word_files import abstract_xml, level_xml, num_xml, numbered, paragraph, save_docx, table

_RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Times New Roman;}{\f1\fnil .VnTime;}}
{\stylesheet{\s1 x;}}{\header Trang 1}{\pntext\f0 1.\tab}K\u7871?ho\u7841?ch{\footnote {\chftn} ghi ch\'fa}\par
{\f1 C\'b8c s\'eb}{\v x}\par\trowd\cellx100\cellx200\intbl STT\cell {\field{\*\fldinst PAGE}{\fldrslt 2}}\cell\row
\pard{\shp{\*\shpinst{\shptxt a\par}}}{\listtext\f0 a)\tab}{\deleted b}\uc2\u273ab\line\emdash\par}"""
_PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title></head><body><h1>KẾ HOẠCH</h1>
<ol type="I" start="2"><li>Một<ul><li>Hai</li></ul></li></ol><table><tr><th colspan="2">STT</th></tr>
<tr><td rowspan="2">1</td><td><b>Sở&nbsp;Y tế</b></td></tr></table><pre>{HUE}</pre>
<p style="font-family:.VnTime; font-weight:700">C¸c së</p></body></html>"""
_DOC = Doc(
    [
        Par((Text("Kế hoạch", prl((FONT, 1))), Text("\x02"), Text(" số 5")), prl((LIST, 1), (LEVEL, 0))),
        par("C¸c së", prl((LIST, 1), (LEVEL, 1))),
        par("STT", prl((IN_TABLE, 1)), mark="\x07"),
    ],
    fonts=("Times New Roman", ".VnTime"),
    levels=((1, 1, "\0."), (1, 4, "\1)")),
    notes=("ghi chú",),
)
_FIELD = (
    '<w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/>'
    '<w:t>1</w:t><w:fldChar w:fldCharType="end"/><w:sym w:font="Wingdings" w:char="F0FC"/>'
)
_DOCX = (
    paragraph("Kế hoạch\nsố 5", numbered(1), '<w:b/><w:rFonts w:ascii=".VnTime" w:hAnsi="Symbol"/>')
    + paragraph("– một, “hai” (3)", numbered(1, 1), '<w:rFonts w:hAnsi="Symbol"/><w:caps/>')
    + table(("STT", "Nội dung"), ("1", table(("a", "b"))), (paragraph("2", numbered(1)), "c"))
    + f'<w:p><w:r>{_FIELD}<w:footnoteReference w:id="2"/></w:r><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>'
    "<w:del><w:r><w:t>bớt</w:t></w:r></w:del>"
    f"<w:r><w:pict><w:txbxContent>{paragraph('Trong khung')}</w:txbxContent></w:pict></w:r></w:p>"
)
_DOCX_PARTS = {
    "numbering": abstract_xml(0, level_xml(0, "upperRoman", "%1."), level_xml(1, "lowerLetter", "%1.%2)", "<w:isLgl/>"))
    + num_xml(1, 0),
    "footnotes": f'<w:footnote w:id="2">{paragraph("ghi chú")}</w:footnote>',
    "styles": '<w:style w:type="paragraph" w:styleId="a" w:default="1"><w:name w:val="toc 9x"/><w:basedOn w:val="b"/>'
    '</w:style><w:style w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr></w:style>',
}
_ODT = (
    '<text:h text:outline-level="1">KẾ HOẠCH</text:h><text:list text:style-name="s">'
    '<text:list-item text:start-value="3"><text:p>Một<text:s text:c="3"/><text:tab/><text:note'
    ' text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>ghi chú</text:p>'
    "</text:note-body></text:note></text:p></text:list-item></text:list><table:table><table:table-row>"
    '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3"><text:p>STT</text:p>'
    "</table:table-cell></table:table-row></table:table><text:p><draw:frame><draw:text-box><text:p>Trong khung</text:p>"
    "</draw:text-box></draw:frame></text:p>"
)
_ODT_STYLES = number_style("s", 'style:num-format="I" style:num-suffix="."', 'bullet text:bullet-char="-"')

RICH_FILES: dict[str, Callable[[Path], object]] = {
    **MAKERS,
    ".docx": lambda path: save_docx(path, _DOCX, **_DOCX_PARTS),
    ".odt": lambda path: save_odt(path, _ODT, _ODT_STYLES),
    ".doc": lambda path: save_doc(path, _DOC),
    ".rtf": lambda path: path.write_text(_RTF, encoding="ascii"),
    ".html": lambda path: path.write_text(_PAGE, encoding="utf-8"),
    ".txt": lambda path: path.write_text(HUE, encoding="utf-8"),
}
