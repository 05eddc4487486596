"""How sections are cited in laws, plans and annexes, and what their numbers count."""

import pytest

from ingest.blocks import Marker, Rank, read_marker
from ingest.locators import Open, open_item, value_of


def cited(*lines: str) -> list[tuple[str, str]]:
    """Give label and locator of items that lie in each other, from the top."""
    above: list[Open] = []
    for row, line in enumerate(lines):
        found = read_marker(line)
        assert found is not None
        above.append(open_item(row, found[0], above))
    return [(opened.label, opened.locator) for opened in above]


def test_articles_clauses_and_points() -> None:
    assert cited("Chương II", "Mục 1", "Điều 5. Phiếu", "2. Bộ", "a) Việc", "- Gạch") == [
        ("Chương II", "Chương II"),
        ("Chương II Mục 1", "Chương II Mục 1"),
        ("Điều 5", "Điều 5"),
        ("Điều 5 khoản 2", "Điều 5 khoản 2"),
        ("Điều 5 khoản 2 điểm a", "Điều 5 khoản 2 điểm a"),
        ("", "Điều 5 khoản 2 điểm a, gạch đầu dòng thứ 1"),
    ]


@pytest.mark.parametrize(
    ("lines", "locator"),
    [
        (["Điều 5. Phiếu", "a) Việc"], "Điều 5 điểm a"),
        (["Điều 5. Phiếu", "đ) Việc"], "Điều 5 điểm đ"),
        (["Điều 5. Phiếu", "5.1. Việc"], "Điều 5 khoản 5.1"),
        (["Điều 5. Phiếu", "1. Việc", "1.1. Việc", "b) Việc"], "Điều 5 khoản 1.1 điểm b"),
        (["Điều 5. Phiếu", "1. Việc", "(1) Một"], "Điều 5 khoản 1 (1)"),
        (["Điều 5. Phiếu", "I. Việc", "2. Hai"], "Điều 5 mục I khoản 2"),
        (["Điều 12a. Phiếu", "1. Việc"], "Điều 12a khoản 1"),
        (["Phần thứ nhất", "Chương I", "Điều 1. Một"], "Điều 1"),
        (["PHẦN THỨ HAI", "Chương I"], "Phần thứ hai Chương I"),
        (["Phần I", "I. Một", "2. Hai", "a) Ba"], "Phần I, Mục I.2.a"),
        (["PHỤ LỤC", "I. Một"], "Phụ lục, Mục I"),
        (["PHỤ LỤC II", "Mẫu số 01", "2. Hai"], "Phụ lục II, Mẫu số 01, Mục 2"),
        (["PHỤ LỤC II", "Chương I", "Điều 3. Ba", "1. Một"], "Phụ lục II, Điều 3 khoản 1"),
        (["I. Một", "2. Hai", "2.1. Ba", "a) Bốn"], "Mục I.2.1.a"),
        (["A. Một", "I. Hai", "1. Ba", "1.1. Bốn"], "Mục A.I.1.1"),
    ],
)
def test_locators(lines: list[str], locator: str) -> None:
    assert cited(*lines)[-1][1] == locator


def test_numbers_of_plans_are_labels_without_a_word() -> None:
    assert cited("V. Tổ chức", "8. Ban") == [("V", "Mục V"), ("V.8", "Mục V.8")]


@pytest.mark.parametrize(
    ("marker", "value"),
    [
        (Marker(Rank.CHAPTER, "XIV", name="Chương"), 14),
        (Marker(Rank.ARTICLE, "112", name="Điều"), 112),
        (Marker(Rank.ARTICLE, "5a", name="Điều"), 5),
        (Marker(Rank.DIVISION, "thứ tư", name="Phần"), 4),
        (Marker(Rank.ROMAN, "IX"), 9),
        (Marker(Rank.ARABIC, "7"), 7),
        (Marker(Rank.ANNEX, "", name="Phụ lục"), None),
        (Marker(Rank.LETTER, "b"), None),
        (Marker(Rank.DOTTED, "1.2"), None),
        (Marker(Rank.PART, "C"), None),
    ],
)
def test_what_numbers_count(marker: Marker, value: int | None) -> None:
    assert value_of(marker) == value
