"""Vectors kept by what was embedded and with which model: a rebuild embeds only what is new."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.arrays import FloatArray
from index.embed import BATCH, Embedder
from index.late_interaction import CompactArray, compact
from index.text import TEXT_VERSION

VECTORS_FILE = "vectors.db"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT, text_sha256 BLOB, vector BLOB, PRIMARY KEY (model, text_sha256)
) STRICT
"""
_WITH_TOKENS = "+tokens"  # behind the model's key: the vector of a text, then those of its tokens

Progress = Callable[[int], None]  # told how many texts are done


@dataclass(frozen=True, slots=True)
class CompactEmbedding:
    """A passage as one vector, and as one a token in signed bytes."""

    whole: FloatArray  # (d,) float32
    tokens: CompactArray  # (t, d) int8


def embed_cached(texts: list[str], embedder: Embedder, path: Path, progress: Progress | None = None) -> FloatArray:
    """Give the vectors of `texts`, (n, d) float32, from the cache file where it has them.

    New vectors are kept batch by batch, so that an interrupted build goes on where it stopped. A
    damaged cache is made anew: it holds nothing that cannot be computed again.
    """

    def embed(batch: list[str]) -> list[bytes]:
        return [vector.tobytes() for vector in embedder.embed_passages(batch)]

    kept = _cached(texts, _Entries(_key(embedder), 4 * embedder.dimension, is_exact=True), embed, path, progress)
    return np.frombuffer(b"".join(kept), np.float32).reshape(len(texts), embedder.dimension)


def embed_tokens_cached(
    texts: list[str], embedder: Embedder, path: Path, progress: Progress | None = None
) -> list[CompactEmbedding]:
    """Give the vectors of `texts` and of their tokens, from the cache file where it has them."""
    dimension = embedder.dimension
    size = 4 * dimension

    def embed(batch: list[str]) -> list[bytes]:
        found = embedder.embed_tokens(batch)
        return [one.whole.tobytes() + compact(one.tokens).tobytes() for one in found]

    entries = _Entries(_key(embedder) + _WITH_TOKENS, size, is_exact=False)
    return [
        CompactEmbedding(
            np.frombuffer(blob[:size], np.float32), np.frombuffer(blob[size:], np.int8).reshape(-1, dimension)
        )
        for blob in _cached(texts, entries, embed, path, progress)
    ]


def _key(embedder: Embedder) -> str:
    return f"{embedder.key}:text{TEXT_VERSION}"  # a model reads texts in the spelling of this version


@dataclass(frozen=True, slots=True)
class _Entries:
    """Which entries of the cache are meant, and how long a sound one is."""

    key: str
    size: int  # bytes; the least where it is not exact
    is_exact: bool

    def is_sound(self, blob: bytes) -> bool:
        if self.is_exact:
            return len(blob) == self.size
        return len(blob) >= self.size and len(blob) % (self.size // 4) == 0  # a token takes a byte a dimension


def _cached(
    texts: list[str],
    entries: _Entries,
    embed: Callable[[list[str]], list[bytes]],
    path: Path,
    progress: Progress | None,
) -> list[bytes]:
    hashes = [hashlib.sha256(text.encode()).digest() for text in texts]
    with closing(_open(path)) as connection, _reporting(path):
        known = _known(connection, entries, set(hashes))
        missing = list({h: row for row, h in reversed(list(enumerate(hashes))) if h not in known}.values())
        done = len(texts) - len(missing)
        _report(progress, done)
        for rows in _of_like_length(texts, missing):
            found = embed([texts[row] for row in rows])
            batch = {hashes[row]: blob for row, blob in zip(rows, found, strict=True)}
            known.update(batch)
            with connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                    [(entries.key, digest, blob) for digest, blob in batch.items()],
                )
            done += len(batch)
            _report(progress, done)
    return [known[digest] for digest in hashes]


def _of_like_length(texts: Sequence[str], rows: Sequence[int]) -> Iterator[list[int]]:
    """Give the rows in batches, the longest texts first: a short text costs as much as the longest beside it."""
    order = sorted(rows, key=lambda row: -len(texts[row]))
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]


def _open(path: Path) -> sqlite3.Connection:
    """Open the cache, or an empty one in its place where it cannot be read to its end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _reporting(path):
        connection = sqlite3.connect(path)
        try:
            connection.execute(_SCHEMA)
            whole = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        except sqlite3.OperationalError:
            connection.close()
            raise
        except sqlite3.DatabaseError:
            whole = False
        if not whole:
            connection.close()
            path.unlink()
            connection = sqlite3.connect(path)
            connection.execute(_SCHEMA)
    return connection


def _known(connection: sqlite3.Connection, entries: _Entries, wanted: set[bytes]) -> dict[bytes, bytes]:
    rows = connection.execute("SELECT text_sha256, vector FROM vectors WHERE model = ?", (entries.key,))
    return {digest: blob for digest, blob in rows if digest in wanted and entries.is_sound(blob)}


@contextmanager
def _reporting(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(f"{path}: cannot be used ({error}); check that the disk is not full") from error


def _report(progress: Progress | None, done: int) -> None:
    if progress is not None:
        progress(done)
