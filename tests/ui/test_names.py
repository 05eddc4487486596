"""Vietnamese names, dates and addresses."""

from typing import get_args

import pytest

from index.types import Refusal
from ingest.types import SECTION_KINDS
from ui.names import KIND_NAMES, REFUSAL_HINTS, document_url, passage_url, vietnamese_date


def test_every_kind_and_every_refusal_has_a_name() -> None:
    assert list(KIND_NAMES) == list(SECTION_KINDS)
    assert len(set(KIND_NAMES.values())) == len(SECTION_KINDS)
    assert set(REFUSAL_HINTS) == set(get_args(Refusal))


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2024-12-17", "17/12/2024"),
        ("2025-03-05", "05/03/2025"),
        ("2024-11", "tháng 11/2024"),
        ("2024", "năm 2024"),
        ("cuối năm", "cuối năm"),
    ],
)
def test_dates_are_written_as_in_vietnam(date: str, shown: str) -> None:
    assert vietnamese_date(date) == shown


def test_addresses_hold_any_document_id() -> None:
    assert document_url("../x?a=1#b c") == "/van-ban/..%2Fx%3Fa%3D1%23b%20c"
    assert document_url('" onmouseover="') == "/van-ban/%22%20onmouseover%3D%22"
    assert passage_url("kế-hoạch", 3, 9) == "/van-ban/k%E1%BA%BF-ho%E1%BA%A1ch?tu=3&den=9#doan"
