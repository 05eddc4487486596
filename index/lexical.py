"""BM25 over two fields, with marks and without; the only import of bm25s."""

import logging
from pathlib import Path

import bm25s
import numpy as np

from index.arrays import FloatArray, RowArray
from index.text import accented_terms, folded_terms

# Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3;
# b below the usual 0.75 because passages are of like length by construction.
_K1 = 1.2
_B = 0.6
_FOLDED = "folded"
_FIELDS = {"accented": accented_terms, _FOLDED: folded_terms}


class Lexical:
    """BM25 (Lucene's variant) over the accented and the folded terms of the same rows."""

    def __init__(self, fields: dict[str, bm25s.BM25], rows: int) -> None:
        self._fields = fields
        self._rows = rows

    @classmethod
    def of(cls, texts: list[str]) -> "Lexical":
        """Index the texts, one row each; there may be none."""
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        fields = {}
        for name, terms_of in _FIELDS.items():
            field = bm25s.BM25(method="lucene", k1=_K1, b=_B)
            if texts:
                field.index([terms_of(text) for text in texts], show_progress=False)
            fields[name] = field
        return cls(fields, len(texts))

    @classmethod
    def load(cls, folder: Path, rows: int) -> "Lexical":
        """Read fields written by `save` for the given number of rows."""
        if not rows:
            return cls.of([])
        return cls({name: bm25s.BM25.load(folder / name, show_progress=False) for name in _FIELDS}, rows)

    def save(self, folder: Path) -> None:
        """Write the fields into a folder; nothing where there are no rows."""
        if self._rows:
            for name, field in self._fields.items():
                field.save(folder / name, show_progress=False)

    def scores(self, text: str) -> FloatArray:
        """Give the mean BM25 score of both fields for every row, (n,) float32, >= 0."""
        total = np.zeros(self._rows, np.float32)
        for name, terms_of in _FIELDS.items():
            terms = terms_of(text)
            if terms and self._rows:
                total += self._fields[name].get_scores(terms) / len(_FIELDS)
        return total

    def frequency(self, term: str) -> int:
        """Give the number of rows that hold a folded term."""
        return len(self._rows_with(term))

    def search(self, question: str, k: int, allowed: RowArray | None = None) -> tuple[FloatArray, RowArray]:
        """Give the scores and rows of the `k` best rows with a score above 0, best first."""
        scores = self.scores(question)
        rows = np.arange(self._rows, dtype=np.int64) if allowed is None else allowed
        rows = rows[scores[rows] > 0]
        best = rows[np.argsort(-scores[rows], kind="stable")[:k]]
        return scores[best], best

    def _rows_with(self, term: str) -> RowArray:
        if not self._rows:
            return np.empty(0, np.int64)
        field = self._fields[_FOLDED]
        token = field.vocab_dict.get(term)
        if token is None:
            return np.empty(0, np.int64)
        start, end = field.scores["indptr"][token : token + 2]
        rows: RowArray = field.scores["indices"][start:end].astype(np.int64)
        return rows
