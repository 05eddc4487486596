"""Exact cosines by hand."""

from pathlib import Path

import numpy as np
import pytest

from index.dense import Dense

VECTORS = np.array([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], np.float32)
QUESTION = np.array([0.8, 0.6], np.float32)  # cosines 0.8, 0.96, 0.6, -0.8


@pytest.fixture(params=["made", "loaded"])
def dense(request: pytest.FixtureRequest, tmp_path: Path) -> Dense:
    made = Dense.of(VECTORS)
    if request.param == "made":
        return made
    made.save(tmp_path / "dense.faiss")
    return Dense.load(tmp_path / "dense.faiss")


def test_best_first(dense: Dense) -> None:
    scores, rows = dense.search(QUESTION, 10)
    assert dense.shape == (4, 2)
    assert rows.tolist() == [1, 0, 2, 3]
    assert scores == pytest.approx([0.96, 0.8, 0.6, -0.8])
    assert (str(scores.dtype), str(rows.dtype)) == ("float32", "int64")


def test_k_and_allowed_rows(dense: Dense) -> None:
    assert dense.search(QUESTION, 2)[1].tolist() == [1, 0]
    scores, rows = dense.search(QUESTION, 10, np.array([3, 2]))
    assert (rows.tolist(), scores.tolist()) == ([2, 3], pytest.approx([0.6, -0.8]))
    assert dense.search(QUESTION, 0)[1].tolist() == []
    assert dense.search(QUESTION, 5, np.array([], np.int64))[1].tolist() == []


def test_cosines_of_given_rows(dense: Dense) -> None:
    assert dense.cosines(QUESTION, np.array([2, 0])).tolist() == pytest.approx([0.6, 0.8])
    assert dense.cosines(QUESTION, np.array([], np.int64)).shape == (0,)


@pytest.mark.parametrize("count", [0, 1])
def test_none_and_one(count: int, tmp_path: Path) -> None:
    Dense.of(VECTORS[:count]).save(tmp_path / "dense.faiss")
    dense = Dense.load(tmp_path / "dense.faiss")
    scores, rows = dense.search(QUESTION, 3)
    assert dense.shape == (count, 2)
    assert (scores.tolist(), rows.tolist()) == (pytest.approx([0.8] * count), [0] * count)
