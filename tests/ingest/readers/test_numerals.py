"""Numbers and signs as word processors print them."""

import pytest

from ingest.readers.numerals import bullet, letter, roman
from ingest.readers.symbols import symbol, without_symbol_places


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (1, "I"),
        (4, "IV"),
        (9, "IX"),
        (14, "XIV"),
        (49, "XLIX"),
        (1994, "MCMXCIV"),
        (0, "0"),
        (-3, "-3"),
        (10**9, "1000000000"),
    ],
)
def test_roman_numbers(value: int, printed: str) -> None:
    assert roman(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(1, "a"), (26, "z"), (27, "aa"), (28, "bb"), (53, "aaa"), (0, "0"), (10**9, "1000000000")],
)
def test_letters(value: int, printed: str) -> None:
    assert letter(value) == printed


@pytest.mark.parametrize(
    ("sign", "depth", "printed"),
    [("-", 3, "-"), ("–", 0, "-"), ("+", 0, "+"), ("\uf0b7", 0, "-"), ("o", 1, "+"), ("", 0, "-"), ("", 2, "+")],
)
def test_bullets(sign: str, depth: int, printed: str) -> None:
    assert bullet(sign, depth) == printed


@pytest.mark.parametrize(
    ("code", "font", "char"),
    [
        (0xF0B7, "Symbol", "•"),
        (0xB3, "Symbol", "≥"),
        (0x61, "Symbol", "α"),
        (0xF0FC, "Wingdings", "✓"),
        (0x52, "Wingdings 2", "☑"),
        (0xF011, "Wingdings", "•"),  # a sign that nobody needs
        (0x2192, "Times New Roman", "→"),
        (0xF041, "Times New Roman", "A"),
        (0x1EC7, "Symbol", "ệ"),
        (-0xF000, "Symbol", ""),
        (0x7, None, ""),
        (0xD800, None, ""),
    ],
)
def test_signs_of_symbol_fonts(code: int, font: str | None, char: str) -> None:
    assert symbol(code, font) == char


def test_signs_inside_a_text() -> None:
    assert without_symbol_places("\uf0a8 Đạt\n\uf0fe Khá", "Arial") == "• Đạt\n• Khá"
    assert without_symbol_places("\uf0a8\t\uf0fe", "wingdings") == "◻\t☑"
    assert without_symbol_places("Đạt", "Arial") == "Đạt"
