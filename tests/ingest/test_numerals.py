"""Numbers of outlines and of speech, both ways."""

import pytest

from ingest.numerals import MOST_ROMAN, arabic, roman


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("8", 8),
        ("08", 8),
        ("IV", 4),
        ("xiv", 14),
        ("XL", 40),
        ("nhất", 1),
        ("tư", 4),
        ("năm", 5),
        ("mười", 10),
        ("mười một", 11),
        ("mười lăm", 15),
        ("hai mươi", 20),
        ("hai mươi mốt", 21),
        ("chín mươi tư", 94),
        ("a", None),
        ("đ", None),
        ("", None),
        ("mươi", None),
        ("hai ba", None),
        ("mười mấy", None),
    ],
)
def test_the_value_of_a_number(number: str, value: int | None) -> None:
    assert arabic(number) == value


def test_roman_numerals_are_read_as_they_are_written() -> None:
    assert [roman(value) for value in (1, 4, 9, 14, 39)] == ["I", "IV", "IX", "XIV", "XXXIX"]
    assert [arabic(roman(value)) for value in range(1, MOST_ROMAN + 1)] == list(range(1, MOST_ROMAN + 1))
