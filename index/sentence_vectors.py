"""Vectors of the sentences of each passage: what a long passage says in one of its sentences."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import FloatArray, RowArray
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
        self._row_of = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(starts))

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

    def near(self, vector: FloatArray, k: int) -> RowArray:
        """Give the rows of the passages that hold the `k` sentences nearest to `vector`, ascending."""
        _, found = self._dense.search(vector, k)
        return np.unique(self._row_of[found])

    def cosines(self, vector: FloatArray, row: int) -> FloatArray:
        """Give the cosine of `vector` with each sentence of a passage, in order."""
        return self._dense.cosines(vector, np.arange(self._starts[row], self._starts[row + 1]))

    def best(self, vector: FloatArray, rows: RowArray) -> FloatArray:
        """Give the cosine of the best sentence of each passage, (len(rows),) float32."""
        if len(rows) == 0:
            return np.empty(0, np.float32)
        counts = self._starts[rows + 1] - self._starts[rows]
        sentences = np.concatenate([np.arange(self._starts[row], self._starts[row + 1]) for row in rows])
        firsts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        best: FloatArray = np.maximum.reduceat(self._dense.cosines(vector, sentences), firsts).astype(np.float32)
        return best
