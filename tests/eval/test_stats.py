"""Means, ratios, intervals and tests against arithmetic by hand."""

import pytest

from eval.stats import Bin, calibration_error, compare, estimate, quantiles, reliability
from eval.types import Part


def test_a_mean_and_its_interval() -> None:
    found = estimate([Part(1), Part(1), Part(1), Part(0)] * 25)
    assert found.value == pytest.approx(0.75)
    assert found.questions == 100
    # Normal approximation: 0.75 ± 1.96 * sqrt(0.75 * 0.25 / 100) = 0.75 ± 0.085.
    assert found.low == pytest.approx(0.665, abs=0.02)
    assert found.high == pytest.approx(0.835, abs=0.02)


def test_a_ratio_weighs_its_parts() -> None:
    assert estimate([Part(3, 4), Part(1, 1)]).value == pytest.approx(4 / 5)


def test_intervals_are_seeded_and_closed() -> None:
    parts = [Part(float(i % 3 == 0)) for i in range(30)]
    assert estimate(parts) == estimate(parts)
    same = estimate([Part(1)] * 5)
    assert (same.low, same.value, same.high) == (1, 1, 1)
    with pytest.raises(ValueError, match="nothing to estimate"):
        estimate([])


def test_paired_test_without_a_difference() -> None:
    result = compare([0, 1, 1], [0, 1, 1])
    assert result.before == result.now == pytest.approx(2 / 3)
    assert result.p == 1.0


def test_paired_test_by_hand() -> None:
    # Five questions better, none worse: 2 of 2^5 sign patterns reach as far, p = 1 / 16.
    result = compare([0] * 5 + [1] * 5, [1] * 10)
    assert (result.before, result.now) == (0.5, 1.0)
    assert result.p == pytest.approx(1 / 16, abs=0.01)
    # Three better, one worse: |sum| is at least 2 in 10 of 16 patterns.
    assert compare([0, 0, 0, 1], [1, 1, 1, 0]).p == pytest.approx(10 / 16, abs=0.02)


def test_a_paired_test_is_never_certain() -> None:
    assert compare([0] * 100, [1] * 100).p == pytest.approx(1 / 10_001)


def test_what_differs_by_rounding_is_the_same() -> None:
    assert compare([1 / 3] * 50, [1 / 3 + 1e-15] * 50).p == 1.0


def test_quantiles_are_linear() -> None:
    assert quantiles([1, 2, 3, 4, 5], (0.0, 0.5, 0.95, 1.0)) == pytest.approx([1, 3, 4.8, 5])


def test_reliability_by_hand() -> None:
    steps = reliability([0.05, 0.15, 0.95, 0.91, 1.0], [False, True, True, True, False])
    assert steps[:2] == [Bin(0.05, 0.0, 1), Bin(0.15, 1.0, 1)]
    assert steps[2].confidence == pytest.approx(2.86 / 3)
    assert steps[2].came_true == pytest.approx(2 / 3)
    assert steps[2].questions == 3
    # (1 * 0.05 + 1 * 0.85 + 3 * |2.86/3 - 2/3|) / 5 = (0.05 + 0.85 + 0.86) / 5
    assert calibration_error(steps) == pytest.approx(1.76 / 5)
    assert calibration_error([]) == 0
