"""Questions that name an article or a section by its number."""

from pathlib import Path

import pytest

from index.search import Candidate, Weights, is_in_named_section, preference
from ingest.parse import read_document
from tests.fakes import index_of, understood

DECREE = Path(__file__).parents[1] / "documents" / "truth" / "2004-NghiDinh115_2003.txt"


def candidate(locator: str) -> Candidate:
    return Candidate("other", (), False, "a", locator)


@pytest.mark.parametrize(
    ("question", "sections"),
    [
        ("điều 5 nghị định 115 nói gì", ("dieu 5",)),
        ("khoản 2 Điều 11 quy định ai phụ trách", ("khoan 2", "dieu 11")),
        ("điểm a khoản 1 điều 3", ("diem a", "khoan 1", "dieu 3")),
        ("mục V.8 giao cho đơn vị nào", ("muc v 8",)),
        ("Chương II có mấy điều", ("chuong ii",)),
        ("phụ lục I ghi những gì", ("phu luc i",)),
        ("mục tiêu của kế hoạch là gì", ()),
        ("điều kiện dự tuyển là gì", ()),
        ("bao nhiêu phần trăm", ()),
        ("quan điểm của Đảng", ()),
        ("điều 18-NQ/TW", ()),  # the number of a document
    ],
)
def test_the_sections_that_a_question_names(question: str, sections: tuple[str, ...]) -> None:
    assert understood(question).sections == sections


@pytest.mark.parametrize(
    ("locator", "is_meant"),
    [
        (" dieu 5 khoan 2 diem a ", True),
        (" dieu 5 khoan 2 ", True),
        (" dieu 15 khoan 2 ", False),
        (" dieu 5 khoan 1 ", False),
        (" dieu 52 khoan 2 ", False),
    ],
)
def test_every_number_must_be_in_the_locator(locator: str, is_meant: bool) -> None:
    question = understood("khoản 2 điều 5")
    assert is_in_named_section(question, candidate(locator)) is is_meant
    gain = preference(question, candidate(locator), Weights(section=8.0))
    assert gain == (8.0 if is_meant else 0.0)


def test_a_question_without_a_number_prefers_no_section() -> None:
    assert not is_in_named_section(understood("ai ký kế hoạch"), candidate(" dieu 5 "))


@pytest.mark.parametrize("number", [4, 20, 30])
def test_the_article_that_is_named_comes_first_among_many(number: int) -> None:
    index = index_of([read_document(DECREE)])
    locator = index.search(f"điều {number} nói gì")[0].passage.locator
    assert locator == f"Điều {number}" or locator.startswith(f"Điều {number} ")
