"""Sums over questions: means and ratios with bootstrap intervals, a paired test, quantiles."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.types import Part

FloatArray = NDArray[np.float64]

RESAMPLES = 2_000
FLIPS = 10_000
_SEED = 20241217
_EQUAL = 1e-9  # values closer than this are the same
_INTERVAL = (2.5, 97.5)  # percentiles: a 95 % interval


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure over questions with its interval."""

    value: float
    low: float
    high: float
    questions: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measure now and before on the same questions; `p` is two-sided."""

    before: float
    now: float
    p: float
    questions: int


def estimate(parts: Sequence[Part], resamples: int = RESAMPLES) -> Estimate:
    """Give the sum of `got` over the sum of `of` with its 95 % percentile bootstrap interval.

    Questions are drawn with replacement (Efron and Tibshirani, "An Introduction to the Bootstrap",
    1993, section 13.3); a draw in which nothing counts is left out. Seeded: equal parts, equal
    interval.
    """
    if not parts:
        raise ValueError("there is nothing to estimate: no question has this measure")
    got = np.array([part.got for part in parts])
    of = np.array([part.of for part in parts])
    rows = len(parts)
    counts = np.random.default_rng(_SEED).multinomial(rows, np.full(rows, 1 / rows), size=resamples)
    sums, totals = counts @ got, counts @ of
    drawn = sums[totals > 0] / totals[totals > 0]
    low, high = np.percentile(drawn, _INTERVAL) if len(drawn) else (np.nan, np.nan)
    return Estimate(float(got.sum() / of.sum()), float(low), float(high), rows)


def compare(before: Sequence[float], now: Sequence[float], flips: int = FLIPS) -> Comparison:
    """Compare paired values by a permutation test that flips the sign of each difference.

    Two-sided, seeded; p = (1 + flips at least as far from 0) / (1 + flips), so it is never 0
    (Phipson and Smyth, "Permutation P-values Should Never Be Zero", 2010).
    """
    first, second = np.array(before, float), np.array(now, float)
    differences = (second - first)[np.abs(second - first) > _EQUAL]
    chance = np.random.default_rng(_SEED)
    signs = chance.integers(0, 2, size=(flips, len(differences))) * 2 - 1
    reached = np.abs(signs @ differences) >= abs(differences.sum()) - _EQUAL
    p = (1 + int(reached.sum())) / (1 + flips)
    return Comparison(float(first.mean()), float(second.mean()), p, len(first))


def quantiles(values: Sequence[float], at: Sequence[float]) -> list[float]:
    """Give the quantiles of the values, linear between neighbours; `at` in [0, 1]."""
    return [float(value) for value in np.quantile(np.array(values, float), np.array(at))]


@dataclass(frozen=True, slots=True)
class Bin:
    """A step of a reliability plot: what was said and what came true."""

    confidence: float  # mean of the bin, in [0, 1]
    came_true: float  # share, in [0, 1]
    questions: int


def reliability(confidences: Sequence[float], outcomes: Sequence[bool], bins: int = 10) -> list[Bin]:
    """Give mean confidence and share of true outcomes in equal steps of [0, 1], empty steps left out.

    Guo et al., "On Calibration of Modern Neural Networks" (2017), section 2.
    """
    said, true = np.array(confidences, float), np.array(outcomes, float)
    steps = np.minimum((said * bins).astype(int), bins - 1)
    return [
        Bin(float(said[steps == s].mean()), float(true[steps == s].mean()), int((steps == s).sum()))
        for s in range(bins)
        if (steps == s).any()
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Give the expected calibration error: the mean distance of said and true, weighted by questions."""
    total = sum(step.questions for step in bins)
    return sum(step.questions * abs(step.confidence - step.came_true) for step in bins) / total if total else 0.0
