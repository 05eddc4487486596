"""How signs of meaning and words are added up, by hand."""

import numpy as np
import pytest

from index.search import FloatArray, Signs, Weights, fuse, over_best, scaled

COSINES = np.array([0.9, 0.8, 0.7], np.float32)  # scaled 1, 0.5, 0
SENTENCES = np.array([0.5, 0.9, 0.7], np.float32)  # scaled 0, 1, 0.5
BM25 = np.array([0.0, 4.0, 2.0], np.float32)  # of the best 0, 1, 0.5
OFFICIAL = np.array([3.0, 0.0, 6.0], np.float32)  # of the best 0.5, 0, 1
PAIRS = np.array([1.0, 0.5, 0.0], np.float32)
ZEROS = np.zeros(3, np.float32)
HALF = Weights(dense=0.5, full_marks=0.5, sentence=0.0, pairs=0.0, official=0.0)
ALL = Weights(dense=0.4, full_marks=0.5, sentence=0.2, pairs=0.6, official=0.1)


def signs(
    cosines: FloatArray = ZEROS,
    sentences: FloatArray = ZEROS,
    bm25: FloatArray = ZEROS,
    official: FloatArray = ZEROS,
    pairs: FloatArray = ZEROS,
) -> Signs:
    return Signs(cosines, sentences, bm25, official, pairs)


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
    others = signs(COSINES, SENTENCES, BM25, OFFICIAL, PAIRS)  # they weigh nothing here
    assert fuse(others, accented_share, HALF).tolist() == pytest.approx(expected)
    assert fuse(signs(COSINES, bm25=BM25), accented_share, HALF).tolist() == pytest.approx(expected)


@pytest.mark.parametrize(
    ("accented_share", "expected"),
    [
        # passage + words + sentence + official + pairs
        (1.0, [0.4 + 0 + 0 + 0.05 + 0.6, 0.2 + 0.6 + 0.2 + 0 + 0.3, 0 + 0.3 + 0.1 + 0.1 + 0]),
        (0.25, [0.2 + 0 + 0 + 0.05 + 0.6, 0.1 + 0.8 + 0.1 + 0 + 0.3, 0 + 0.4 + 0.05 + 0.1 + 0]),
        (0.0, [0 + 0 + 0 + 0.05 + 0.6, 0 + 1.0 + 0 + 0 + 0.3, 0 + 0.5 + 0 + 0.1 + 0]),
    ],
)
def test_all_signs_are_added_up(accented_share: float, expected: list[float]) -> None:
    fused = fuse(signs(COSINES, SENTENCES, BM25, OFFICIAL, PAIRS), accented_share, ALL)
    assert fused.tolist() == pytest.approx(expected)
    assert (fused.dtype, fused.shape) == (np.float32, (3,))


def test_scores_that_are_all_alike_or_none() -> None:
    assert fuse(signs(COSINES), 1.0, HALF).tolist() == pytest.approx([0.5, 0.25, 0])
    assert fuse(signs(), 1.0, ALL).tolist() == [0, 0, 0]
    assert scaled(np.full(3, 0.8, np.float32)).tolist() == [0, 0, 0]
    assert scaled(np.empty(0, np.float32)).shape == (0,)
    none = np.empty(0, np.float32)
    assert fuse(signs(none, none, none, none, none), 1.0, ALL).shape == (0,)


def test_shares_of_the_best() -> None:
    assert over_best(BM25).tolist() == [0, 1, 0.5]
    assert over_best(ZEROS).tolist() == [0, 0, 0]
    assert over_best(np.empty(0, np.float32)).shape == (0,)
