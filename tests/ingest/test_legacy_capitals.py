"""Capitals and the letter ư that ABC text leaves to its font."""

import pytest

from ingest.legacy_capitals import with_capitals, with_hyphens_read


@pytest.mark.parametrize(
    ("abc", "decoded", "expected"),
    [
        ("CéNG HOµ X· HéI", "CộNG HOà Xã HộI", "CỘNG HOÀ XÃ HỘI"),
        ("§¶NG Bé thµnh phè", "ĐảNG Bộ thành phố", "ĐẢNG BỘ thành phố"),
        ("Sè: 12-KH/TU", "Số: 12-KH/TU", "Số: 12-KH/TU"),
        ("UBND x· Hµ An", "UBND xã Hà An", "UBND xã Hà An"),
        ("ViÖt Nam", "Việt Nam", "Việt Nam"),
    ],
)
def test_a_word_is_capital_where_its_plain_letters_are(abc: str, decoded: str, expected: str) -> None:
    assert with_capitals(abc, decoded) == expected


@pytest.mark.parametrize(
    ("decoded", "expected"),
    [
        ("nhà n-ớc", "nhà nước"),
        ("Thông t- số 5", "Thông tư số 5"),
        ("N-ỚC", "NƯỚC"),
        ("- Căn cứ", "- Căn cứ"),
        ("-Uỷ ban", "-Uỷ ban"),
        ("NĐ-CP, Hà Nội-Huế, 2004-2005", "NĐ-CP, Hà Nội-Huế, 2004-2005"),
        ("ka-ra-ô-kê", "ka-ra-ô-kê"),
    ],
)
def test_a_hyphen_is_a_letter_where_only_so_a_syllable_results(decoded: str, expected: str) -> None:
    assert with_hyphens_read(decoded) == expected
