"""How scores of meaning and words are added up, by hand."""

import numpy as np
import pytest

from index.search import Weights, fuse, scaled

COSINES = np.array([0.9, 0.8, 0.7], np.float32)  # scaled 1, 0.5, 0
BM25 = np.array([0.0, 4.0, 2.0], np.float32)  # of the best 0, 1, 0.5
HALF = Weights(dense=0.5, full_marks=0.5)


@pytest.mark.parametrize(
    ("accented_share", "expected"),
    [
        (1.0, [0.5, 0.75, 0.25]),
        (0.5, [0.5, 0.75, 0.25]),  # half of the syllables is a question with all its marks
        (0.25, [0.25, 0.125 + 0.75, 0.375]),
        (0.0, [0.0, 1.0, 0.5]),  # without marks words alone
    ],
)
def test_the_share_of_meaning_falls_with_the_marks(accented_share: float, expected: list[float]) -> None:
    assert fuse(COSINES, BM25, accented_share, HALF).tolist() == pytest.approx(expected)


def test_scores_that_are_all_alike_or_none() -> None:
    zeros = np.zeros(3, np.float32)
    assert fuse(COSINES, zeros, 1.0, HALF).tolist() == pytest.approx([0.5, 0.25, 0])
    assert scaled(np.full(3, 0.8, np.float32)).tolist() == [0, 0, 0]
    assert scaled(np.empty(0, np.float32)).shape == (0,)
    assert fuse(np.empty(0, np.float32), np.empty(0, np.float32), 1.0, HALF).shape == (0,)
