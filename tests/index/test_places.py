"""Names of places in a question, those of the documents among them."""

from dataclasses import replace

import pytest

from index.places import Places
from tests.plans import HUE, parsed

PLAN = parsed(HUE, "huế.txt")
PLACES = Places.of(
    [
        replace(PLAN, facts=replace(PLAN.facts, place=place))
        for place in ("Phan Rang - Tháp Chàm", "Nam Từ Liêm, Hà Nội", "Trung ương", None)
    ]
)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("thời tiết Phan Rang ngày mai", "thời tiết ngày mai"),
        ("ai ký kế hoạch của Tháp Chàm?", "ai ký kế hoạch của ?"),
        ("Nam Từ Liêm, Hà Nội và Đắk Nông khác gì nhau", ", và khác gì nhau"),
        ("Hội nghị Trung ương bàn gì", "Hội nghị Trung ương bàn gì"),
        ("vì một Việt Nam hòa bình", "vì một Việt Nam hòa bình"),  # small letters: no province
        ("", ""),
    ],
)
def test_names_of_places_are_left_out(question: str, left: str) -> None:
    assert PLACES.left_out_of(question) == left
