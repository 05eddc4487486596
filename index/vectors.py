"""Vectors kept by what was embedded and with which model: a rebuild embeds only what is new."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from index.arrays import FloatArray
from index.embed import Embedder, embed_in_batches

VECTORS_FILE = "vectors.db"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT, text_sha256 BLOB, vector BLOB, PRIMARY KEY (model, text_sha256)
) STRICT
"""


def embed_cached(
    texts: list[str],
    embedder: Embedder,
    path: Path,
    progress: Callable[[int], None] | None = None,
) -> FloatArray:
    """Give the vectors of `texts`, (n, d) float32, from the cache file where it has them.

    New vectors are kept batch by batch, so that an interrupted build goes on where it stopped;
    `progress` is told how many texts are done. A damaged cache is made anew: it holds nothing that
    cannot be computed again.
    """
    hashes = [hashlib.sha256(text.encode()).digest() for text in texts]
    vectors = np.empty((len(texts), embedder.dimension), np.float32)
    with closing(_open(path)) as connection, _reporting(path):
        known = _known(connection, embedder.key, set(hashes), embedder.dimension)
        missing = list({h: row for row, h in reversed(list(enumerate(hashes))) if h not in known}.values())
        done = len(texts) - len(missing)
        _report(progress, done)
        for rows, found in embed_in_batches(embedder, [texts[row] for row in missing]):
            batch = {hashes[missing[row]]: vector for row, vector in zip(rows, found, strict=True)}
            known.update(batch)
            with connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                    [(embedder.key, digest, vector.tobytes()) for digest, vector in batch.items()],
                )
            done += len(batch)
            _report(progress, done)
    for row, digest in enumerate(hashes):
        vectors[row] = known[digest]
    return vectors


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


def _known(connection: sqlite3.Connection, key: str, wanted: set[bytes], dimension: int) -> dict[bytes, FloatArray]:
    rows = connection.execute("SELECT text_sha256, vector FROM vectors WHERE model = ?", (key,))
    size = dimension * np.dtype(np.float32).itemsize
    return {h: np.frombuffer(vector, np.float32) for h, vector in rows if h in wanted and len(vector) == size}


@contextmanager
def _reporting(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(f"{path}: cannot be used ({error}); check that the disk is not full") from error


def _report(progress: Callable[[int], None] | None, done: int) -> None:
    if progress is not None:
        progress(done)
