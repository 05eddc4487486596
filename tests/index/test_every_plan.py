"""Asked who, the best group of each plan that names a unit comes before the second of any."""

import pytest

from index.answer import NEAR_THE_BEST, WORTH_SHOWING, every_plan_first, worth_showing
from index.intents import asks_for_unit
from index.types import Hit
from ingest.types import Passage
from tests.fakes import understood


def hit(doc_id: str, score: float, unit: str | None = "Ban Chỉ đạo 35") -> Hit:
    return Hit(Passage(f"{doc_id}:{score}", doc_id, 0, 2, "ký", (), "Mục I", "tasks", unit, None), score)


def order(groups: list[list[Hit]]) -> list[list[tuple[str, float]]]:
    return [[(h.passage.doc_id, h.score) for h in group] for group in every_plan_first(groups)]


def test_each_plan_once_then_the_rest_in_order() -> None:
    groups = [
        [hit("a", 1.0)],
        [hit("a", 0.9)],
        [hit("b", 0.8, None)],  # names no unit
        [hit("b", 0.7), hit("c", 0.6)],  # two plans at once
        [hit("c", 0.5)],  # a plan that is there already, and too weak to be shown again
        [hit("d", NEAR_THE_BEST)],
        [hit("e", NEAR_THE_BEST - 0.01)],  # too far from the best
    ]
    assert order(groups) == [
        [("a", 1.0)],
        [("b", 0.7), ("c", 0.6)],
        [("d", NEAR_THE_BEST)],
        [("a", 0.9)],
        [("b", 0.8)],
    ]


def test_a_group_counts_for_each_of_its_plans() -> None:
    groups = [[hit("a", 1.0), hit("b", 0.9)], [hit("b", 0.8)], [hit("a", 0.7), hit("c", 0.6)], [hit("c", 0.5)]]
    assert order(groups) == [
        [("a", 1.0), ("b", 0.9)],
        [("a", 0.7), ("c", 0.6)],
        [("b", 0.8)],
    ]


def test_where_the_best_names_no_unit_all_stays() -> None:
    groups = [[hit("a", 1.0, None)], [hit("a", 0.9)], [hit("b", 0.8)], [hit("c", WORTH_SHOWING - 0.01)]]
    assert every_plan_first(groups) == groups[:3]
    assert every_plan_first([]) == []


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("ai chịu trách nhiệm đấu tranh thông tin xấu độc?", True),
        ("đơn vị nào chủ trì?", True),
        ("ai ký kế hoạch?", False),
        ("nơi nhận gồm những ai?", False),
        ("treo pano ở đâu?", False),
        ("tuyên truyền cho những ai?", False),
        ("những ai phụ trách mảng đối ngoại?", True),
    ],
)
def test_who_is_not_who_signed(question: str, asks: bool) -> None:
    assert asks_for_unit(understood(question).intents) is asks


def test_what_comes_nowhere_near_the_best_is_not_shown() -> None:
    groups = [[hit("a", 1.0), hit("b", 0.2)], [hit("c", WORTH_SHOWING)], [hit("c", WORTH_SHOWING - 0.01)]]
    assert worth_showing(groups) == groups[:2]
    assert worth_showing([]) == []
