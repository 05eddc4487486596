"""Nearest vectors, exact; the only import of faiss."""

from pathlib import Path

import faiss
import numpy as np

from index.arrays import FloatArray, RowArray


class Dense:
    """Exact inner-product search over unit vectors, (n, d) float32."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def of(cls, vectors: FloatArray) -> "Dense":
        """Index the unit rows of `vectors`, (n, d) float32; n may be 0."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "Dense":
        """Read an index written by `save`; raises RuntimeError where the file is damaged."""
        return cls(faiss.deserialize_index(np.frombuffer(path.read_bytes(), np.uint8)))

    def save(self, path: Path) -> None:
        """Write the index to a file; raises OSError where the disk is full.

        faiss's own writer reports a full disk on the terminal and goes on.
        """
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    @property
    def shape(self) -> tuple[int, int]:
        """Number of vectors and their dimension."""
        return self._index.ntotal, self._index.d

    def search(self, vector: FloatArray, k: int, allowed: RowArray | None = None) -> tuple[FloatArray, RowArray]:
        """Give the cosines and rows of the `k` nearest vectors, best first, fewer where there are fewer.

        `vector` is (d,) float32 of unit length; `allowed` limits the search to these rows.
        """
        wanted = min(k, self._index.ntotal if allowed is None else len(allowed))
        if wanted == 0:
            return np.empty(0, np.float32), np.empty(0, np.int64)
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters()
            parameters.sel = faiss.IDSelectorBatch(allowed.astype(np.int64))
        scores, rows = self._index.search(vector.reshape(1, -1), wanted, params=parameters)
        return scores[0], rows[0].astype(np.int64)

    def cosines(self, vector: FloatArray, rows: RowArray) -> FloatArray:
        """Give the cosine of `vector` with each of the given rows, (len(rows),) float32."""
        if len(rows) == 0:
            return np.empty(0, np.float32)
        found: FloatArray = (self._index.reconstruct_batch(rows) @ vector).astype(np.float32)
        return found
