"""OpenDocument texts: the plans with automatic numbers, tables, notes, changes, boxes, old fonts."""

import zipfile
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.parse import read_document
from ingest.readers.opendocument import read_opendocument
from ingest.types import Document
from tests.opendocument_files import number_style, plan_as_odt, save_odt
from tests.plans import BO_TTTT, CAN_THO, CORPUS, NAM_TU_LIEM, PHAN_RANG, VUNG_TAU

ITEM = "<text:list-item><text:p>{}</text:p></text:list-item>"


def blocks_of(path: Path) -> list[str]:
    return read_opendocument(path).texts[0].split("\n\n")


def outline(document: Document) -> list[tuple[object, ...]]:
    return [(s.label, s.locator, s.title, s.level, s.kind, s.unit, s.parent) for s in document.sections]


@pytest.mark.parametrize("stem", [BO_TTTT, CAN_THO, NAM_TU_LIEM, PHAN_RANG, VUNG_TAU])
def test_a_plan_with_automatic_numbers_reads_as_its_text(stem: str, tmp_path: Path) -> None:
    source = CORPUS / f"{stem}.txt"
    path = plan_as_odt(source.read_text(encoding="utf-8"), tmp_path / f"{stem}.odt")
    plan, saved = read_document(source), read_document(path)
    assert outline(saved) == outline(plan)
    assert saved.facts == plan.facts
    assert [line.strip() for line in saved.text.split("\n") if line.strip()] == [
        line.strip() for line in plan.text.split("\n") if line.strip()
    ]


def test_levels_formats_and_bullets(tmp_path: Path) -> None:
    style = number_style(
        "L1",
        'style:num-format="I" style:num-suffix="."',
        'style:num-format="1" style:num-suffix="." text:display-levels="2"',
        'style:num-format="a" style:num-prefix="(" style:num-suffix=")" text:start-value="3"',
        'bullet text:bullet-char="•"',
        'bullet text:bullet-char="◦"',
    )
    nested = ITEM.format("x")
    for _ in range(4):
        nested = f"<text:list-item><text:p>x</text:p><text:list>{nested}</text:list></text:list-item>"
    body = f'<text:list text:style-name="L1">{nested}{ITEM.format("x")}</text:list>'
    assert blocks_of(save_odt(tmp_path / "a.odt", body, style)) == ["I. x", "I.1. x", "(c) x", "- x", "+ x", "II. x"]


def test_lists_start_anew_or_go_on(tmp_path: Path) -> None:
    style = number_style("L1", 'style:num-format="1" style:num-suffix=")"')

    def listed(*items: str, more: str = "") -> str:
        return f'<text:list text:style-name="L1"{more}>{"".join(items)}</text:list><text:p>Đoạn.</text:p>'

    one = ITEM.format("x")
    body = (
        listed(one, one, more=' xml:id="a"')
        + listed(one, more=' text:continue-numbering="true"')
        + listed(one, more=' xml:id="b"')
        + listed(one, more=' text:continue-list="a"')
        + listed(one, more=' text:continue-list="đã mất"')
        + listed(one.replace("list-item>", 'list-item text:start-value="9">', 1))
        + listed("<text:list-header><text:p>y</text:p></text:list-header>", one)
        + listed("<text:list-item><text:p>x</text:p><text:p>y</text:p></text:list-item>", one)
    )
    found = [block for block in blocks_of(save_odt(tmp_path / "a.odt", body, style)) if block != "Đoạn."]
    assert found == ["1) x", "2) x", "3) x", "1) x", "4) x", "5) x", "9) x", "y", "1) x", "1) x", "y", "2) x"]


def test_headings_numbered_by_the_outline(tmp_path: Path) -> None:
    levels = (
        '<text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1" style:num-suffix="."/>'
        '<text:outline-level-style text:level="3" style:num-format=""/>'
    )
    outline_style = f'<text:outline-style style:name="Outline">{levels}</text:outline-style>'
    body = "".join(
        f'<text:h text:outline-level="{level}"{more}>x</text:h>'
        for level, more in ((1, ""), (2, ""), (3, ""), (1, ' text:is-list-header="true"'), (1, ""), (2, ""))
    )
    found = blocks_of(save_odt(tmp_path / "a.odt", body, styles=outline_style))
    assert found == ["I. x", "1. x", "x", "x", "II. x", "1. x"]


def test_letters_spaces_notes_boxes_and_fields(tmp_path: Path) -> None:
    body = (
        "<text:p>Kế hoạch<text:s/><text:s text:c='2'/>số\n  7<text:tab/><text:span>của <text:a>Sở</text:a></text:span>"
        "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Theo Nghị quyết 18.</text:p></text:note-body></text:note> Y tế<text:line-break/>"
        "<text:date>01/02/2025</text:date><office:annotation><text:p>nhận xét</text:p></office:annotation>"
        "<draw:frame><draw:text-box><text:p>Trong khung</text:p></draw:text-box></draw:frame></text:p>"
        "<text:table-of-content><text:index-body><text:p>I. MỤC ĐÍCH</text:p></text:index-body></text:table-of-content>"
        "<text:section><text:p>Trong phần</text:p></text:section>"
    )
    pages = read_opendocument(save_odt(tmp_path / "a.odt", body))
    assert pages.texts[0].split("\n\n") == [
        "Kế hoạch   số 7\tcủa Sở[1] Y tế\n01/02/2025",
        "[1] Theo Nghị quyết 18.",
        "Trong khung",
        "Trong phần",
    ]
    assert pages.notes == ("mục lục bị bỏ qua",)


def test_tables_of_data_and_for_layout(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        inside = "".join(
            c if c.startswith("<") else f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in cells
        )
        return f"<table:table-row>{inside}</table:table-row>"

    tall = '<table:table-cell table:number-rows-spanned="2"><text:p>Sở Y tế</text:p></table:table-cell>'
    body = (
        "<table:table>" + row("Số: 5/KH-SYT", "Huế, ngày 5 tháng 2 năm 2025") + "</table:table>"
        f"<table:table><table:table-header-rows>{row('Đợt', 'Chủ trì')}</table:table-header-rows>"
        + row("Một", tall)
        + row("Hai", "<table:covered-table-cell/>")
        + "</table:table>"
    )
    assert blocks_of(save_odt(tmp_path / "a.odt", body)) == [
        "Số: 5/KH-SYT",
        "Huế, ngày 5 tháng 2 năm 2025",
        "Đợt: Một | Chủ trì: Sở Y tế\nĐợt: Hai | Chủ trì: Sở Y tế",
    ]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    body = (
        '<text:tracked-changes><text:changed-region xml:id="c1"><text:deletion><text:p>15/3</text:p></text:deletion>'
        "</text:changed-region></text:tracked-changes>"
        '<text:p>Trước ngày <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>30/4'
        '<text:change-end text:change-id="c2"/>.</text:p>'
    )
    pages = read_opendocument(save_odt(tmp_path / "a.odt", body))
    assert pages.texts == ("Trước ngày 30/4.",)
    assert pages.notes == ("có sửa đổi chưa duyệt: đọc bản sau khi sửa",)


def test_looks_that_change_the_letters(tmp_path: Path) -> None:
    def style(family: str, name: str, more: str, properties: str) -> str:
        inside = f"<style:text-properties {properties}/>" if properties else ""
        return f'<style:style style:family="{family}" style:name="{name}" {more}>{inside}</style:style>'

    common = (
        '<style:font-face style:name="Cu" svg:font-family="\'.VnTime\'"/>'
        + style("paragraph", "Van", "", 'style:font-name="Cu"')
        + style("paragraph", "Muc", "", 'fo:text-transform="uppercase"')
    )
    automatic = (
        style("paragraph", "P1", 'style:parent-style-name="Van"', "")
        + style("text", "T1", "", 'text:display="none"')
        + style("text", "T2", "", 'style:font-name="Times New Roman"')
    )
    body = (
        '<text:p text:style-name="P1">KÕ ho¹ch <text:span text:style-name="T2">Đà Nẵng</text:span></text:p>'
        '<text:p text:style-name="Muc">Mục đích<text:span text:style-name="T1"> ẩn</text:span></text:p>'
    )
    pages = read_opendocument(save_odt(tmp_path / "a.odt", body, automatic, common))
    assert pages.texts == ("Kế hoạch Đà Nẵng\n\nMỤC ĐÍCH",)
    assert pages.provenance == "converted TCVN3"


def test_a_password_another_kind_and_macros(tmp_path: Path) -> None:
    locked = save_odt(tmp_path / "a.odt", "", **{"META-INF__manifest": "<m><f><encryption-data/></f></m>"})
    with pytest.raises(ReadError, match=r"^a\.odt: is protected by a password; open it with the password"):
        read_opendocument(locked)
    sheet = tmp_path / "b.odt"
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("content.xml", "<spreadsheet/>")
    with pytest.raises(ReadError, match=r"^b\.odt: is an OpenDocument file but no text document; save it as \.odt"):
        read_opendocument(sheet)
    plain = save_odt(tmp_path / "d.odt", "<text:p>Kế hoạch</text:p>", Basic__Standard__Module1="<m/>")
    assert read_opendocument(plain).notes == ("macro bị bỏ qua",)
