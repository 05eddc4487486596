"""Question vectors kept by their text: every system and every run asks the same questions."""

from pathlib import Path

import numpy as np

from index.arrays import FloatArray
from index.embed import Embedder

CACHE_FILE = "question_vectors.npz"


class RememberingEmbedder:
    """An embedder that embeds each question once; the file keeps the vectors between runs.

    Never used where time is measured.
    """

    def __init__(self, embedder: Embedder, path: Path | None = None) -> None:
        self._embedder = embedder
        self._path = path
        self._known: dict[str, FloatArray] = self._read() if path else {}
        self._kept = len(self._known)

    @property
    def key(self) -> str:
        """Name of the model and of its weights."""
        return self._embedder.key

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._embedder.dimension

    def embed_passages(self, texts: list[str]) -> FloatArray:
        """Give (n, d) float32 unit rows, also for 0 and 1 texts."""
        return self._embedder.embed_passages(texts)

    def embed_question(self, text: str) -> FloatArray:
        """Give a (d,) float32 unit vector."""
        if text not in self._known:
            self._known[text] = self._embedder.embed_question(text)
        return self._known[text]

    def save(self) -> None:
        """Write the vectors beside the report, where there are new ones."""
        if self._path is None or len(self._known) == self._kept:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".new.npz")
        np.savez(
            draft, key=np.array(self.key), texts=np.array(list(self._known)), vectors=np.stack([*self._known.values()])
        )
        draft.replace(self._path)
        self._kept = len(self._known)

    def _read(self) -> dict[str, FloatArray]:
        """Read what fits the model; a file of another model or a damaged one is made anew."""
        try:
            with np.load(self._path or "", allow_pickle=False) as kept:
                if str(kept["key"]) != self.key:
                    return {}
                return dict(zip((str(text) for text in kept["texts"]), kept["vectors"], strict=True))
        except (OSError, ValueError, KeyError):
            return {}
