"""Automatic numbers as Word prints them: formats, levels, restarts, starts of their own, styles."""

from pathlib import Path

import pytest

from ingest.readers.word import read_word
from tests.word_files import abstract_xml, level_xml, num_xml, numbered, paragraph, save_docx

PLAN_LEVELS = (
    level_xml(0, "upperRoman", "%1."),
    level_xml(1, "decimal", "%2."),
    level_xml(2, "decimal", "%2.%3."),
    level_xml(3, "lowerLetter", "%4)"),
)


def markers(path: Path, paragraphs: list[tuple[int, int]], numbering: str, styles: str = "") -> list[str]:
    """Give what stands before "x" in paragraphs of these lists and levels."""
    body = "".join(paragraph("x", numbered(list_id, level)) for list_id, level in paragraphs)
    return read_markers(path, body, numbering, styles)


def read_markers(path: Path, body: str, numbering: str, styles: str = "") -> list[str]:
    saved = save_docx(path / "a.docx", body, numbering=numbering, styles=styles)
    return [line.removesuffix("x") for line in read_word(saved).texts[0].split("\n\n")]


def test_levels_of_a_plan(tmp_path: Path) -> None:
    numbering = abstract_xml(0, *PLAN_LEVELS) + num_xml(1, 0)
    levels = [0, 1, 2, 2, 3, 3, 1, 2, 0, 1, 3]
    found = markers(tmp_path, [(1, level) for level in levels], numbering)
    # The last letter comes without a number of the level above it, which it counts as begun.
    assert found == "I. |1. |1.1. |1.2. |a) |b) |2. |2.1. |II. |1. |a) ".split("|")


@pytest.mark.parametrize(
    ("form", "text", "start", "expected"),
    [
        ("decimal", "%1.", 1, "1. |2. "),
        ("decimal", "Điều %1.", 9, "Điều 9. |Điều 10. "),
        ("upperRoman", "%1-", 3, "III- |IV- "),
        ("lowerRoman", "(%1)", 9, "(ix) |(x) "),
        ("upperLetter", "%1.", 1, "A. |B. "),
        ("lowerLetter", "%1)", 26, "z) |aa) "),
        ("decimalZero", "%1.", 9, "09. |10. "),
        ("none", "Kính gửi:", 1, "Kính gửi: |Kính gửi: "),
        ("none", "", 1, "|"),
        ("bullet", "\uf0b7", 1, "- |- "),
        ("bullet", "+", 1, "+ |+ "),
        ("bullet", "–", 1, "- |- "),
        ("chưa biết", "%1.", 1, "1. |2. "),
    ],
)
def test_formats(form: str, text: str, start: int, expected: str, tmp_path: Path) -> None:
    numbering = abstract_xml(0, level_xml(0, form, text, start=start)) + num_xml(1, 0)
    assert markers(tmp_path, [(1, 0), (1, 0)], numbering) == expected.split("|")


def test_bullets_below_bullets_and_below_numbers(tmp_path: Path) -> None:
    numbering = (
        abstract_xml(0, *(level_xml(row, "bullet", sign) for row, sign in enumerate("\uf0b7o\uf0a7")))
        + abstract_xml(1, level_xml(0, "decimal", "%1."), level_xml(1, "bullet", "o"), level_xml(2, "bullet", "\uf0a7"))
        + num_xml(1, 0)
        + num_xml(2, 1)
    )
    found = markers(tmp_path, [(1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)], numbering)
    assert found == ["- ", "+ ", "+ ", "1. ", "- ", "+ "]


def test_lists_of_one_definition_count_on_and_a_start_of_their_own_counts_once(tmp_path: Path) -> None:
    starts = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = abstract_xml(0, level_xml(0, "decimal", "%1.")) + num_xml(1, 0) + num_xml(2, 0) + num_xml(3, 0, starts)
    found = markers(tmp_path, [(1, 0), (2, 0), (3, 0), (3, 0), (1, 0), (3, 0)], numbering)
    assert found == ["1. ", "2. ", "5. ", "6. ", "7. ", "8. "]


def test_a_list_may_change_a_level_of_its_definition(tmp_path: Path) -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level_xml(0, "upperRoman", "%1/")}</w:lvlOverride>'
    numbering = abstract_xml(0, level_xml(0, "decimal", "%1.")) + num_xml(1, 0) + num_xml(2, 0, own)
    assert markers(tmp_path, [(1, 0), (2, 0)], numbering) == ["1. ", "II/ "]


def test_a_level_may_go_on_where_others_restart(tmp_path: Path) -> None:
    never = level_xml(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>')
    after_first = level_xml(2, "decimal", "%3.", '<w:lvlRestart w:val="1"/>')
    numbering = abstract_xml(0, level_xml(0, "upperRoman", "Chương %1"), never, after_first) + num_xml(1, 0)
    found = markers(tmp_path, [(1, level) for level in (0, 1, 2, 1, 2, 0, 1, 2)], numbering)
    assert found == "Chương I |Điều 1. |1. |Điều 2. |2. |Chương II |Điều 3. |1. ".split("|")


def test_legal_numbers_and_numbers_without_a_space(tmp_path: Path) -> None:
    legal = level_xml(1, "decimal", "%1.%2.", "<w:isLgl/>")
    tight = level_xml(2, "decimal", "%3/", '<w:suff w:val="nothing"/>')
    numbering = abstract_xml(0, level_xml(0, "upperRoman", "%1."), legal, tight) + num_xml(1, 0)
    assert markers(tmp_path, [(1, 0), (1, 0), (1, 1), (1, 2)], numbering) == ["I. ", "II. ", "2.1. ", "1/"]


def test_a_pattern_given_by_example(tmp_path: Path) -> None:
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>'
    )
    assert markers(tmp_path, [(1, 0)], abstract_xml(0, custom) + num_xml(1, 0)) == ["007. "]


def test_numbers_through_styles_and_what_they_inherit(tmp_path: Path) -> None:
    numbering = abstract_xml(
        0,
        level_xml(0, "upperRoman", "%1.", '<w:pStyle w:val="Mc1"/>'),
        level_xml(1, "decimal", "%2.", '<w:pStyle w:val="Mc2"/>'),
        level_xml(2, "lowerLetter", "%3)"),
    ) + num_xml(4, 0)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="{base}"/><w:pPr>{inside}</w:pPr></w:style>'
        for name, base, inside in (
            ("Mc1", "", '<w:numPr><w:numId w:val="4"/></w:numPr>'),
            ("Mc2", "Mc1", ""),
            ("Mc3", "Mc2", '<w:numPr><w:ilvl w:val="2"/></w:numPr>'),
            ("Mc2Dam", "Mc2", ""),
            ("KhongSo", "Mc1", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
            ("Vong", "Vong", ""),
        )
    )

    def styled(style: str, properties: str = "") -> str:
        return paragraph("x", f'<w:pStyle w:val="{style}"/>{properties}')

    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    deeper = '<w:numPr><w:ilvl w:val="2"/></w:numPr>'
    body = "".join(
        [
            styled("Mc1"),
            styled("Mc2"),
            styled("Mc2Dam"),
            styled("Mc1", deeper),
            styled("Mc1", off),
            styled("KhongSo"),
            styled("Vong"),
            styled("Mc1"),
        ]
    )
    assert read_markers(tmp_path, body, numbering, styles) == ["I. ", "1. ", "2. ", "a) ", "", "", "", "II. "]


def test_a_definition_that_names_a_list_style(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="DanhSach"/></w:abstractNum>'
        + abstract_xml(1, '<w:styleLink w:val="DanhSach"/>', level_xml(0, "lowerLetter", "%1)"))
        + num_xml(1, 0)
        + num_xml(2, 1)
    )
    link = '<w:numPr><w:numId w:val="2"/></w:numPr>'
    styles = f'<w:style w:type="numbering" w:styleId="DanhSach"><w:pPr>{link}</w:pPr></w:style>'
    assert markers(tmp_path, [(1, 0), (1, 0)], numbering, styles) == ["a) ", "b) "]


def test_numbers_that_lead_nowhere_are_left_out(tmp_path: Path) -> None:
    numbering = abstract_xml(0, level_xml(0, "decimal", "%1.")) + num_xml(1, 0) + num_xml(2, 77)
    assert markers(tmp_path, [(1, 0), (2, 0), (3, 0), (1, 5), (1, 0)], numbering) == ["1. ", "", "", "", "2. "]


def test_levels_that_no_list_has(tmp_path: Path) -> None:
    far = level_xml(999_999_999, "decimal", "%1.")
    numbering = abstract_xml(0, level_xml(0, "decimal", "%1.") + far) + num_xml(1, 0)
    assert markers(tmp_path, [(1, 999_999_999), (1, 0)], numbering) == ["", "1. "]


def test_an_empty_paragraph_counts_and_a_deleted_one_does_not(tmp_path: Path) -> None:
    numbering = abstract_xml(0, level_xml(0, "decimal", "%1.")) + num_xml(1, 0)
    deleted = "<w:rPr><w:del/></w:rPr>"
    body = (
        paragraph("x", numbered(1))
        + paragraph("", numbered(1))
        + f"<w:p><w:pPr>{numbered(1)}{deleted}</w:pPr><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>"
        + paragraph("x", numbered(1))
    )
    assert read_markers(tmp_path, body, numbering) == ["1. ", "3. "]


def test_numbers_in_an_old_font(tmp_path: Path) -> None:
    font = '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>'
    level = level_xml(0, "decimal", "§iÒu %1.").replace("</w:lvl>", f"{font}</w:lvl>")
    assert markers(tmp_path, [(1, 0)], abstract_xml(0, level) + num_xml(1, 0)) == ["Điều 1. "]
