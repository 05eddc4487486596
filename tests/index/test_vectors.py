"""The cache of vectors: only new texts are embedded, and damage costs nothing but time."""

import random
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from index.vectors import embed_cached
from tests.fakes import DIMENSION, FakeEmbedder, hashed_vector

TEXTS = [f"Tuyên truyền nội dung thứ {number}" for number in range(40)]


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "data" / "vectors.db"


def expected(texts: list[str]) -> np.ndarray:
    return np.array([hashed_vector(text) for text in texts])


def test_only_new_texts_are_embedded(cache: Path) -> None:
    first, second, third = FakeEmbedder(), FakeEmbedder(), FakeEmbedder()
    assert np.array_equal(embed_cached(TEXTS, first, cache), expected(TEXTS))
    assert sorted(first.embedded) == sorted(TEXTS)
    changed = [*TEXTS[5:], "Một câu mới"]
    assert np.array_equal(embed_cached(changed, second, cache), expected(changed))
    assert second.embedded == ["Một câu mới"]
    embed_cached(TEXTS, third, cache)
    assert third.embedded == []


def test_a_text_that_repeats_is_embedded_once(cache: Path) -> None:
    embedder = FakeEmbedder()
    texts = ["một", "hai", "một", "một"]
    assert np.array_equal(embed_cached(texts, embedder, cache), expected(texts))
    assert sorted(embedder.embedded) == ["hai", "một"]


def test_another_model_has_vectors_of_its_own(cache: Path) -> None:
    embed_cached(TEXTS, FakeEmbedder("một"), cache)
    other = FakeEmbedder("hai")
    embed_cached(TEXTS, other, cache)
    assert len(other.embedded) == len(TEXTS)


def test_progress_counts_up_to_all(cache: Path) -> None:
    done: list[int] = []
    embed_cached(TEXTS[:10], FakeEmbedder(), cache)
    embed_cached(TEXTS, FakeEmbedder(), cache, done.append)
    assert (done[0], done[-1], done) == (10, 40, sorted(done))


def test_what_an_interrupted_build_had_done_is_kept(cache: Path) -> None:
    class Interrupted(FakeEmbedder):
        def embed_passages(self, texts: list[str]) -> np.ndarray:
            if self.embedded:
                raise KeyboardInterrupt
            return super().embed_passages(texts)

    first, second = Interrupted(), FakeEmbedder()
    with pytest.raises(KeyboardInterrupt):
        embed_cached(TEXTS, first, cache)
    embed_cached(TEXTS, second, cache)
    assert 0 < len(first.embedded) < len(TEXTS)
    assert sorted(first.embedded + second.embedded) == sorted(TEXTS)


@pytest.mark.parametrize("count", [0, 1])
def test_none_and_one(cache: Path, count: int) -> None:
    assert embed_cached(TEXTS[:count], FakeEmbedder(), cache).shape == (count, DIMENSION)


@pytest.mark.parametrize("damage", ["random", "truncated", "middle", "no file", "odd vector"])
def test_a_damaged_cache_is_made_anew(cache: Path, damage: str) -> None:
    texts = [f"{text} {number}" for number in range(20) for text in TEXTS]
    embed_cached(texts, FakeEmbedder(), cache)
    raw, noise = cache.read_bytes(), random.Random(1).randbytes(100_000)
    if damage == "odd vector":
        connection = sqlite3.connect(cache)
        connection.execute("UPDATE vectors SET vector = ?", (b"\x00\x01\x02",))
        connection.commit()
        connection.close()
    else:
        damaged = {"random": noise, "truncated": raw[: len(raw) // 2], "middle": raw[:8192] + noise + raw[108192:]}
        cache.write_bytes(damaged.get(damage, b""))
    assert np.array_equal(embed_cached(texts, FakeEmbedder(), cache), expected(texts))
    after = FakeEmbedder()
    assert np.array_equal(embed_cached(texts, after, cache), expected(texts))
    assert after.embedded == []
