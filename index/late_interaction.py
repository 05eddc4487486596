"""Late interaction: a question's tokens against the tokens of a passage, each with the one most like it.

Khattab and Zaharia, "ColBERT: Efficient and Effective Passage Search via Contextualized Late
Interaction over BERT" (2020), section 3.3, over a model that was not trained for it. The vectors of
such a model all point the same way; what they share, their mean, is taken off first (Mu, Bhat and
Viswanath, "All-but-the-Top" (2018), section 2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.arrays import FloatArray, RowArray

_SCALE = 127  # a value in [-1, 1] as one signed byte
_COLUMNS = 8  # what the product of whole numbers wants their number to be a multiple of
_TOKENS_FILE = "tokens.npy"
_STARTS_FILE = "token_starts.npy"
_MEAN_FILE = "token_mean.npy"
_PLACES_FILE = "token_places.npy"

CompactArray = NDArray[np.int8]
PlaceArray = NDArray[np.int32]
NOWHERE = -1  # the place of a token that stands in no passage: of what is written above it


def compact(rows: FloatArray) -> CompactArray:
    """Give values in [-1, 1] as signed bytes, a hundred and twenty-seventh each."""
    found: CompactArray = np.clip(np.rint(rows * _SCALE), -_SCALE, _SCALE).astype(np.int8)
    return found


def restored(rows: CompactArray) -> FloatArray:
    """Give what `compact` took, (n, d) float32."""
    found: FloatArray = rows.astype(np.float32) / np.float32(_SCALE)
    return found


@dataclass(frozen=True, slots=True)
class TokenMatches:
    """How like each token of one passage is to each token of a question, and where in the passage it stands."""

    cosines: FloatArray  # (t, q), in [-1, 1]
    places: PlaceArray  # (t,) ascending: the character of the passage's text that a token begins at

    def best(self, spans: Sequence[tuple[int, int]]) -> FloatArray:
        """Give the best cosine for each span of the text and each token of the question, (spans, q) float32.

        -1 where no token begins in a span.
        """
        found = np.full((len(spans), self.cosines.shape[1]), -1, np.float32)
        for row, (first, last) in enumerate(np.searchsorted(self.places, np.array(spans, np.int64).reshape(-1, 2))):
            if first < last:
                found[row] = self.cosines[first:last].max(axis=0)
        return found

    def whole(self) -> float:
        """Give late interaction with the passage and what is above it, in [-1, 1]."""
        return float(self.cosines.max(axis=0).mean())


class TokenVectors:
    """Vectors of the tokens of each passage; passage i has rows [starts[i], starts[i + 1]).

    A token takes one byte a dimension; the file is read as it is needed, not as a whole.
    """

    def __init__(self, tokens: CompactArray, starts: RowArray, mean: FloatArray, places: PlaceArray) -> None:
        """`tokens` (t, d) are centred; raises ValueError where `starts` (passages + 1,) or `places` (t,) do not fit."""
        if len(tokens) != starts[-1] or tokens.shape[1:] != mean.shape or places.shape != tokens.shape[:1]:
            shapes = f"{tokens.shape} token vectors, {places.shape} places"
            raise ValueError(f"{shapes}, {starts[-1]} tokens of {mean.shape}")
        self._tokens = tokens
        self._starts = starts
        self._mean = mean
        self._places = places

    @classmethod
    def of(
        cls, passages: Sequence[CompactArray], dimension: int, places: Sequence[PlaceArray] | None = None
    ) -> "TokenVectors":
        """Take the compact unit rows of the tokens of each passage, and where each token stands in its passage."""
        starts = np.cumsum([0, *map(len, passages)], dtype=np.int64)
        total = sum((restored(rows).sum(axis=0) for rows in passages), np.zeros(dimension, np.float32))
        mean = (total / max(int(starts[-1]), 1)).astype(np.float32)
        tokens = np.empty((int(starts[-1]), dimension), np.int8)
        for rows, start, end in zip(passages, starts, starts[1:], strict=False):
            tokens[start:end] = compact(_centred(restored(rows), mean))
        nowhere = np.full(len(tokens), NOWHERE, np.int32)
        return cls(tokens, starts, mean, np.concatenate([nowhere[:0], *places]) if places is not None else nowhere)

    @classmethod
    def load(cls, folder: Path) -> "TokenVectors":
        """Read the token vectors of an index version; raises OSError or ValueError where damaged."""
        starts, mean = np.load(folder / _STARTS_FILE), np.load(folder / _MEAN_FILE)
        # A file of no rows cannot be mapped.
        mode: Literal["r"] | None = "r" if starts[-1] else None
        tokens, places = (np.asarray(np.load(folder / name, mmap_mode=mode)) for name in (_TOKENS_FILE, _PLACES_FILE))
        return cls(tokens, starts, mean, places)

    def save(self, folder: Path) -> None:
        """Write them into the folder of an index version."""
        np.save(folder / _TOKENS_FILE, self._tokens)
        np.save(folder / _STARTS_FILE, self._starts)
        np.save(folder / _MEAN_FILE, self._mean)
        np.save(folder / _PLACES_FILE, self._places)

    @property
    def passages(self) -> int:
        """Number of passages that the tokens belong to."""
        return len(self._starts) - 1

    def scores(self, question: FloatArray, rows: RowArray) -> FloatArray:
        """Give for each passage the mean over the question's tokens of the best cosine, (len(rows),) float32.

        `question` is (q, d) unit rows. A passage without tokens, or a question without, scores 0.
        """
        scores = np.zeros(len(rows), np.float32)
        lengths = self._starts[rows + 1] - self._starts[rows]
        filled = rows[lengths > 0]
        if len(filled) == 0 or len(question) == 0:
            return scores
        asked = compact(_centred(question, self._mean))
        spans = [slice(self._starts[row], self._starts[row + 1]) for row in filled]
        firsts = np.concatenate([[0], np.cumsum(lengths[lengths > 0])[:-1]])
        products = _products(np.concatenate([self._tokens[span] for span in spans]), asked)
        best = np.maximum.reduceat(products, firsts, axis=0)
        scores[lengths > 0] = best.mean(axis=1) / np.float32(_SCALE * _SCALE)
        return scores

    def matches(self, question: FloatArray, row: int) -> TokenMatches | None:
        """Give how like the tokens of a passage are to those of a question, (q, d) unit rows.

        None where it is not known where the tokens stand, or the question has none.
        """
        span = slice(self._starts[row], self._starts[row + 1])
        places = self._places[span]
        if len(question) == 0 or not np.any(places != NOWHERE):
            return None
        products = _products(np.array(self._tokens[span]), compact(_centred(question, self._mean)))
        return TokenMatches((products / _SCALE**2).astype(np.float32), places)


def _products(tokens: CompactArray, asked: CompactArray) -> NDArray[np.int32]:
    """Give the inner products of the rows of both, (t, q) int32.

    In whole numbers: four times the speed of float32, which waits for memory. torch has no public
    name for it.
    """
    import torch  # takes seconds to import; not every command needs it

    columns = -(-len(asked) // _COLUMNS) * _COLUMNS
    padded = np.zeros((asked.shape[1], columns), np.int8)
    padded[:, : len(asked)] = asked.T
    found = torch._int_mm(torch.from_numpy(tokens), torch.from_numpy(padded))
    products: NDArray[np.int32] = found.numpy()[:, : len(asked)]
    return products


def _centred(rows: FloatArray, mean: FloatArray) -> FloatArray:
    """Give unit rows without what all tokens share."""
    moved = rows - mean
    found: FloatArray = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), np.float32(1e-6))
    return found
