"""Exact cosines of sentences by hand."""

from pathlib import Path

import numpy as np
import pytest

from index.dense import Dense
from index.sentence_vectors import SentenceVectors

VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0], [0.8, 0.6], [0, -1]], np.float32)
STARTS = np.array([0, 2, 3, 6])  # passages of 2, 1 and 3 sentences
QUESTION = np.array([0.8, 0.6], np.float32)  # cosines 0.8, 0.6 | 0.96 | -0.8, 1, -0.6


@pytest.fixture(params=["made", "loaded"])
def sentences(request: pytest.FixtureRequest, tmp_path: Path) -> SentenceVectors:
    made = SentenceVectors(Dense.of(VECTORS), STARTS)
    if request.param == "made":
        return made
    made.save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sentence_starts.npy", "sentences.faiss"]
    return SentenceVectors.load(tmp_path)


def test_passages_are_counted(sentences: SentenceVectors) -> None:
    assert sentences.passages == 3


@pytest.mark.parametrize(("row", "expected"), [(0, [0.8, 0.6]), (1, [0.96]), (2, [-0.8, 1, -0.6])])
def test_the_sentences_of_a_passage_in_order(sentences: SentenceVectors, row: int, expected: list[float]) -> None:
    assert sentences.cosines(QUESTION, row).tolist() == pytest.approx(expected)


@pytest.mark.parametrize("starts", [[0, 2, 3, 5], [0, 2, 3, 7], [0]])
def test_starts_that_do_not_fit_are_refused(starts: list[int]) -> None:
    with pytest.raises(ValueError, match=rf"^6 sentence vectors, {starts[-1]} sentences$"):
        SentenceVectors(Dense.of(VECTORS), np.array(starts))


def test_files_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    SentenceVectors(Dense.of(VECTORS), STARTS).save(tmp_path)
    np.save(tmp_path / "sentence_starts.npy", STARTS[:-1])
    with pytest.raises(ValueError, match=r"^6 sentence vectors, 3 sentences$"):
        SentenceVectors.load(tmp_path)


def test_no_passages(tmp_path: Path) -> None:
    SentenceVectors(Dense.of(VECTORS[:0]), STARTS[:1]).save(tmp_path)
    empty = SentenceVectors.load(tmp_path)
    assert empty.passages == 0
