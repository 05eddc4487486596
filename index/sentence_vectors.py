"""Vectors of the sentences of each passage: which of them answers, and is quoted."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import FloatArray
from index.dense import Dense
from index.versions import SENTENCE_STARTS_FILE, SENTENCE_VECTORS_FILE


class SentenceVectors:
    """Sentence vectors in the order of passages; passage i has sentences [starts[i], starts[i + 1])."""

    def __init__(self, dense: Dense, starts: NDArray[np.int64]) -> None:
        """`starts` is (passages + 1,); raises ValueError where it does not fit the vectors."""
        if dense.shape[0] != starts[-1]:
            raise ValueError(f"{dense.shape[0]} sentence vectors, {starts[-1]} sentences")
        self._dense = dense
        self._starts = starts

    @classmethod
    def load(cls, folder: Path) -> "SentenceVectors":
        """Read the sentence vectors of an index version."""
        return cls(Dense.load(folder / SENTENCE_VECTORS_FILE), np.load(folder / SENTENCE_STARTS_FILE))

    def save(self, folder: Path) -> None:
        """Write them into the folder of an index version."""
        self._dense.save(folder / SENTENCE_VECTORS_FILE)
        np.save(folder / SENTENCE_STARTS_FILE, self._starts)

    @property
    def passages(self) -> int:
        """Number of passages that the sentences belong to."""
        return len(self._starts) - 1

    def cosines(self, vector: FloatArray, row: int) -> FloatArray:
        """Give the cosine of `vector` with each sentence of a passage, in order."""
        return self._dense.cosines(vector, np.arange(self._starts[row], self._starts[row + 1]))
