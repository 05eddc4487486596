"""The same plan under another name: told by number and issuer, never by a number alone."""

from dataclasses import replace

import pytest

from ingest.identity import same_plan
from ingest.types import DocumentFacts

PLAN = DocumentFacts(
    title="Kế hoạch tuyên truyền",
    short_title="Kế hoạch tuyên truyền",
    number="112-KH/BTGTU",
    issuer="Ban Tuyên giáo Tỉnh ủy",
    place="Huế",
    date="2025-02-05",
)


@pytest.mark.parametrize(
    "other",
    [
        PLAN,
        replace(PLAN, title="Kế hoạch tuyên truyền (sửa đổi)", date="2025-03-01"),
        replace(PLAN, number="112 - KH/BTGTU", issuer="BAN TUYÊN GIÁO TỈNH UỶ", place="HUẾ"),
        replace(PLAN, date=None, place=None),
        replace(PLAN, date="2025"),
    ],
)
def test_the_same_number_of_the_same_issuer(other: DocumentFacts) -> None:
    assert same_plan(PLAN, other)
    assert same_plan(other, PLAN)


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAN, number="113-KH/BTGTU"),
        replace(PLAN, number=None),
        replace(PLAN, issuer="Ban Dân vận Tỉnh ủy"),
        replace(PLAN, issuer=None),
        replace(PLAN, place="Vinh"),
        replace(PLAN, date="2024-02-05"),
    ],
)
def test_other_plans(other: DocumentFacts) -> None:
    assert not same_plan(PLAN, other)
    assert not same_plan(other, PLAN)


def test_numbers_whose_digits_are_blank_say_nothing() -> None:
    blank = replace(PLAN, number="/TTCS-TTTQ")
    assert not same_plan(blank, blank)
    assert not same_plan(replace(PLAN, number=None), replace(PLAN, number=None))
