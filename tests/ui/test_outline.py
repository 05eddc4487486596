"""The contents list of plans, decrees and annexes."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.parse import read_document
from ingest.types import Document
from tests.ui.fake_engine import CAN_THO
from ui.outline import outline_html
from ui.reader import document_page

DECREE = """NGHỊ ĐỊNH
Về công tác thử nghiệm

Phần thứ nhất
QUY ĐỊNH CHUNG

Chương I
PHẠM VI

Mục 1
ĐỐI TƯỢNG

Điều 1. Phạm vi điều chỉnh

Nghị định này quy định về thử nghiệm.

Điều 2. Nghị định này có hiệu lực từ ngày 01 tháng 01 năm 2025.

Chương II
ĐIỀU KHOẢN THI HÀNH

Điều 3. Các Bộ trưởng chịu trách nhiệm thi hành Nghị định này.

1. Khoản thứ nhất dài và kết thúc bằng dấu chấm.

Phụ lục I
QUY CHẾ MẪU

Điều 1. Quy chế này có hiệu lực từ ngày ký.
"""
DECISION = """QUYẾT ĐỊNH
Về việc ban hành Quy chế

Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này.
"""
ENTRY = re.compile(r'<li class="level-(\d)"><a href="#(muc-\d+)">(.*?)</a></li>')


def parsed(folder: Path, text: str) -> Document:
    """Give a text as the library reads it."""
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def listed(document: Document) -> list[tuple[str, str]]:
    """Give level and HTML of what is listed of parts and articles."""
    return [(level, shown) for level, _, shown in ENTRY.findall(outline_html(document)) if "<b>" in shown]


def test_an_untitled_article_is_named_once(tmp_path: Path) -> None:
    shown = listed(parsed(tmp_path, DECISION))
    assert shown == [("1", "<b>Điều 1</b>"), ("1", "<b>Điều 2</b>"), ("1", "<b>Điều 3</b>")]


def test_articles_are_listed_at_any_depth_by_their_own_number(tmp_path: Path) -> None:
    document = parsed(tmp_path, DECREE)
    shown = listed(document)
    assert ("4", "<b>Điều 1</b> Phạm vi điều chỉnh") in shown
    assert ("4", "<b>Điều 2</b>") in shown
    assert ("3", "<b>Điều 3</b>") in shown
    assert ("2", "<b>Điều 1</b>") in shown  # of the annex
    assert not [name for _, name in shown if "khoản" in name]
    html = document_page(document)
    for _, anchor, _ in ENTRY.findall(outline_html(document)):
        assert html.count(f'id="{anchor}"') == 1


@pytest.mark.parametrize(
    ("label", "locator", "level", "unit", "shown"),
    [
        ("Điều 5", "Điều 5", 9, None, "<b>Điều 5</b>"),
        ("Điều 5a", "Điều 5a", 2, "Sở Y tế", "<b>Điều 5a</b> Sở Y tế"),
        ("Phụ lục I, Điều 5", "Phụ lục I, Điều 5", 2, None, "<b>Điều 5</b>"),
        ("Điều 5 khoản 2", "Điều 5 khoản 2", 2, None, None),
        ("Phụ lục", "Phụ lục", 1, None, "Phụ lục"),
        ("IV", "Mục IV", 1, None, "<b>IV</b> Mục IV"),
        ("", "Nơi nhận", 1, None, "Nơi nhận"),
    ],
)
def test_what_an_untitled_section_is_called(
    label: str, locator: str, level: int, unit: str | None, shown: str | None
) -> None:
    section = replace(CAN_THO.sections[0], label=label, locator=locator, level=level, unit=unit, title="")
    entries = ENTRY.findall(outline_html(replace(CAN_THO, sections=(section,))))
    assert [name for _, _, name in entries] == ([shown] if shown else [])
