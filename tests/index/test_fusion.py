"""How signs of meaning and words are added up, by hand."""

import numpy as np
import pytest

from index.search import FloatArray, Signs, Weights, fuse, over_best, scaled

LATE = np.array([0.9, 0.8, 0.7], np.float32)  # scaled 1, 0.5, 0
BM25 = np.array([0.0, 4.0, 2.0], np.float32)  # of the best 0, 1, 0.5
COSINE = np.array([0.5, 0.7, 0.3], np.float32)  # scaled 0.5, 1, 0
ZEROS = np.zeros(3, np.float32)
NONE = np.empty(0, np.float32)
ALL = Weights(late=1.0, dense=0.4, words=0.6)


def signs(late: FloatArray = ZEROS, cosine: FloatArray = ZEROS, bm25: FloatArray = ZEROS) -> Signs:
    return Signs(late, cosine, bm25)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (ALL, [1 + 0.2 + 0, 0.5 + 0.4 + 0.6, 0 + 0 + 0.3]),
        (Weights(late=0.0, dense=0.0, words=0.6), [0, 0.6, 0.3]),
        (Weights(late=0.0, dense=1.0, words=0.0), [0.5, 1, 0]),
        (Weights(late=2.0, dense=0.0, words=0.0), [2, 1, 0]),
        (Weights(late=0.5, dense=0.0, words=0.5), [0.5, 0.25 + 0.5, 0.25]),
        (Weights(late=0.0, dense=0.0, words=0.0), [0, 0, 0]),
    ],
)
def test_all_signs_are_added_up(weights: Weights, expected: list[float]) -> None:
    fused = fuse(signs(LATE, COSINE, BM25), weights)
    assert fused.tolist() == pytest.approx(expected)
    assert (fused.dtype, fused.shape) == (np.float32, (3,))


def test_late_interaction_counts_by_its_place_between_the_worst_and_the_best() -> None:
    negative = np.array([-0.1, -0.2, -0.3], np.float32)  # scaled as LATE
    wide = np.array([1.0, 0.0, -1.0], np.float32)
    for late in (negative, wide):
        assert fuse(signs(late), ALL).tolist() == pytest.approx([1, 0.5, 0])


def test_scores_that_are_all_alike_or_none() -> None:
    assert fuse(signs(LATE), ALL).tolist() == pytest.approx([1, 0.5, 0])
    assert fuse(signs(cosine=COSINE), ALL).tolist() == pytest.approx([0.2, 0.4, 0])
    assert fuse(signs(bm25=BM25), ALL).tolist() == pytest.approx([0, 0.6, 0.3])
    assert fuse(signs(), ALL).tolist() == [0, 0, 0]
    assert scaled(np.full(3, 0.8, np.float32)).tolist() == [0, 0, 0]
    assert scaled(NONE).shape == (0,)
    assert fuse(signs(NONE, NONE, NONE), ALL).shape == (0,)


def test_shares_of_the_best() -> None:
    assert over_best(BM25).tolist() == [0, 1, 0.5]
    assert over_best(ZEROS).tolist() == [0, 0, 0]
    assert over_best(NONE).shape == (0,)
