"""Moments in Vietnamese time and writing."""

from datetime import UTC, datetime

import pytest

from ui.times import full_time, short_time


def test_a_stored_moment_is_shown_in_vietnamese_time() -> None:
    assert short_time("2026-03-01T18:05:59.123+00:00") == "01:05 ngày 02/03/2026"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 1, 2, 2, 5, tzinfo=UTC), "09 giờ 05 phút, ngày 02 tháng 01 năm 2026"),
        (datetime(2026, 3, 31, 17, 0, tzinfo=UTC), "00 giờ 00 phút, ngày 01 tháng 4 năm 2026"),
        (datetime(2026, 12, 22, 0, 0, tzinfo=UTC), "07 giờ 00 phút, ngày 22 tháng 12 năm 2026"),
    ],
)
def test_a_document_states_its_moment_in_full(moment: datetime, expected: str) -> None:
    assert full_time(moment) == expected
