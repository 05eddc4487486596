"""Question vectors kept by their text: every system and every run asks the same questions."""

from pathlib import Path

import numpy as np

from index.arrays import FloatArray
from index.embed import Embedder, Embedding
from index.text import TEXT_VERSION

CACHE_FILE = "question_vectors.npz"


class RememberingEmbedder:
    """An embedder that embeds each question once; the file keeps the vectors between runs.

    Never used where time is measured.
    """

    def __init__(self, embedder: Embedder, path: Path | None = None) -> None:
        self._embedder = embedder
        self._path = path
        self._known: dict[str, Embedding] = self._read() if path else {}
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

    def embed_tokens(self, texts: list[str]) -> list[Embedding]:
        """Give passages with the vectors of their tokens."""
        return self._embedder.embed_tokens(texts)

    def token_starts(self, texts: list[str]) -> list[list[int]] | None:
        """Give the character of its text that each token of `embed_tokens` begins at; None where it is not known."""
        return self._embedder.token_starts(texts)

    def embed_question(self, text: str) -> Embedding:
        """Give a question with the vectors of its tokens."""
        if text not in self._known:
            self._known[text] = self._embedder.embed_question(text)
        return self._known[text]

    def save(self) -> None:
        """Write the vectors beside the report, where there are new ones."""
        if self._path is None or len(self._known) == self._kept:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".new.npz")
        kept = self._known.values()
        np.savez(
            draft,
            key=np.array(self._kept_key),
            texts=np.array(list(self._known)),
            wholes=np.stack([one.whole for one in kept]),
            tokens=np.concatenate([one.tokens for one in kept]),
            counts=np.array([len(one.tokens) for one in kept]),
        )
        draft.replace(self._path)
        self._kept = len(self._known)

    @property
    def _kept_key(self) -> str:
        return f"{self.key}:text{TEXT_VERSION}"  # a model reads texts in the spelling of this version

    def _read(self) -> dict[str, Embedding]:
        """Read what fits the model; a file of another model or a damaged one is made anew."""
        try:
            with np.load(self._path or "", allow_pickle=False) as kept:
                if str(kept["key"]) != self._kept_key:
                    return {}
                tokens = np.split(kept["tokens"], np.cumsum(kept["counts"])[:-1])
                found = zip((str(text) for text in kept["texts"]), kept["wholes"], tokens, strict=True)
                return {text: Embedding(whole, own) for text, whole, own in found}
        except (OSError, ValueError, KeyError):
            return {}
