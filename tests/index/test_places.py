"""Names that a document's place is made of."""

import pytest

from index.places import parts_of


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        ("Phan Rang - Tháp Chàm", ["Phan Rang", "Tháp Chàm"]),
        ("Nam Từ Liêm, Hà Nội", ["Nam Từ Liêm", "Hà Nội"]),
        ("Cần Thơ", ["Cần Thơ"]),
        ("", [""]),
    ],
)
def test_a_place_may_have_two_names(place: str, parts: list[str]) -> None:
    assert parts_of(place) == parts
