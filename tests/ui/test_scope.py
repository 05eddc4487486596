"""What is searched, as options and in words."""

from index.types import SearchOptions
from tests.ui.fake_engine import DOCUMENTS
from ui.scope import document_choices, place_choices, scope_name, search_options


def test_filters_become_search_options() -> None:
    assert search_options(None, None, None) == SearchOptions()
    assert search_options(["a"], ["Cần Thơ"], ["tasks", "no such kind", "purpose"]) == SearchOptions(
        documents=("a",), places=("Cần Thơ",), kinds=("purpose", "tasks")
    )
    assert search_options([], [], [], as_typed=True) == SearchOptions(as_typed=True)


def test_the_closed_filters_say_what_is_searched() -> None:
    assert scope_name(SearchOptions(), DOCUMENTS) == "Phạm vi: toàn bộ kho"
    chosen = SearchOptions(documents=("can-tho", "da-go"), kinds=("tasks",))
    assert scope_name(chosen, DOCUMENTS) == "Phạm vi: Kế hoạch của Cần Thơ · da-go · Tổ chức thực hiện"
    more = SearchOptions(places=("Cần Thơ", "Huế"), kinds=("tasks", "purpose", "forms"))
    assert scope_name(more, DOCUMENTS) == "Phạm vi: Cần Thơ · Huế · Tổ chức thực hiện và 2 điều kiện nữa"


def test_filters_offer_what_the_library_holds() -> None:
    assert document_choices(DOCUMENTS) == [
        ("Kế hoạch của Cần Thơ", "can-tho"),
        ("Kế hoạch của Phan Rang - Tháp Chàm", "phan-rang"),
    ]
    assert place_choices(DOCUMENTS) == ["Cần Thơ", "Phan Rang - Tháp Chàm"]
