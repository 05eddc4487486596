"""The cache of vectors: only new texts are embedded, and damage costs nothing but time."""

import hashlib
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.embed import Embedding
from index.late_interaction import compact
from index.text import TEXT_VERSION
from index.vectors import CompactEmbedding, embed_cached, embed_tokens_cached
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


@pytest.mark.parametrize("embed", [embed_cached, embed_tokens_cached])
def test_texts_that_are_spelled_in_another_way_are_embedded_anew(
    cache: Path, monkeypatch: pytest.MonkeyPatch, embed: Callable[[list[str], FakeEmbedder, Path], object]
) -> None:
    embed(TEXTS, FakeEmbedder(), cache)
    monkeypatch.setattr("index.vectors.TEXT_VERSION", TEXT_VERSION + 1)
    changed, again = FakeEmbedder(), FakeEmbedder()
    embed(TEXTS, changed, cache)
    assert sorted(changed.embedded) == sorted(TEXTS)
    embed(TEXTS, again, cache)
    assert again.embedded == []


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


def expected_tokens(text: str) -> np.ndarray:
    """The syllables of a text in signed bytes."""
    return compact(FakeEmbedder().embed_question(text).tokens)


def check_embedded(found: list[CompactEmbedding], texts: list[str]) -> None:
    assert len(found) == len(texts)
    for one, text in zip(found, texts, strict=True):
        assert np.array_equal(one.whole, hashed_vector(text))
        assert one.whole.dtype == np.float32
        assert np.array_equal(one.tokens, expected_tokens(text))
        assert one.tokens.dtype == np.int8


def test_only_new_texts_are_embedded_with_their_tokens(cache: Path) -> None:
    first, second, third = FakeEmbedder(), FakeEmbedder(), FakeEmbedder()
    check_embedded(embed_tokens_cached(TEXTS, first, cache), TEXTS)
    assert sorted(first.embedded) == sorted(TEXTS)
    changed = ["Một câu mới", *TEXTS[5:], "Một câu mới"]
    check_embedded(embed_tokens_cached(changed, second, cache), changed)
    assert second.embedded == ["Một câu mới"]
    check_embedded(embed_tokens_cached(TEXTS, third, cache), TEXTS)
    assert third.embedded == []


@pytest.mark.parametrize("count", [0, 1])
def test_none_and_one_with_tokens(cache: Path, count: int) -> None:
    check_embedded(embed_tokens_cached(TEXTS[:count], FakeEmbedder(), cache), TEXTS[:count])


def test_a_text_without_tokens_has_none(cache: Path) -> None:
    for wanted in (["…"], []):  # made, then kept
        embedder = FakeEmbedder()
        (found,) = embed_tokens_cached(["…"], embedder, cache)
        assert (found.whole.shape, found.tokens.shape) == ((DIMENSION,), (0, DIMENSION))
        assert embedder.embedded == wanted


def test_vectors_with_tokens_and_without_are_kept_apart(cache: Path) -> None:
    for embed in (embed_cached, embed_tokens_cached):
        embedder = FakeEmbedder()
        embed(TEXTS, embedder, cache)
        assert sorted(embedder.embedded) == sorted(TEXTS)
    again, other = FakeEmbedder(), FakeEmbedder("another")
    assert np.array_equal(embed_cached(TEXTS, again, cache), expected(TEXTS))
    check_embedded(embed_tokens_cached(TEXTS, again, cache), TEXTS)
    assert again.embedded == []
    embed_tokens_cached(TEXTS, other, cache)
    assert sorted(other.embedded) == sorted(TEXTS)


def test_what_an_interrupted_build_had_done_with_tokens_is_kept(cache: Path) -> None:
    class Interrupted(FakeEmbedder):
        def embed_tokens(self, texts: list[str]) -> list[Embedding]:
            if self.embedded:
                raise KeyboardInterrupt
            return super().embed_tokens(texts)

    first, second = Interrupted(), FakeEmbedder()
    done: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        embed_tokens_cached(TEXTS, first, cache)
    check_embedded(embed_tokens_cached(TEXTS, second, cache, done.append), TEXTS)
    assert 0 < len(first.embedded) < len(TEXTS)
    assert sorted(first.embedded + second.embedded) == sorted(TEXTS)
    assert (done[0], done[-1], done) == (len(first.embedded), len(TEXTS), sorted(done))


# What a build that was cut off or a bad disk may leave in place of a vector and its tokens.
BLOBS = [b"", b"\x00\x01\x02", bytes(4 * DIMENSION - 1), bytes(4 * DIMENSION + 1), bytes(5 * DIMENSION - 1)]


@pytest.mark.parametrize("blob", BLOBS, ids=len)
def test_damaged_vectors_with_tokens_are_made_anew(cache: Path, blob: bytes) -> None:
    embed_tokens_cached(TEXTS, FakeEmbedder(), cache)
    with closing(sqlite3.connect(cache)) as connection, connection:
        digest = hashlib.sha256(TEXTS[3].encode()).digest()
        changed = connection.execute("UPDATE vectors SET vector = ? WHERE text_sha256 = ?", (blob, digest))
        assert changed.rowcount == 1
    again, after = FakeEmbedder(), FakeEmbedder()
    check_embedded(embed_tokens_cached(TEXTS, again, cache), TEXTS)
    assert again.embedded == [TEXTS[3]]
    check_embedded(embed_tokens_cached(TEXTS, after, cache), TEXTS)
    assert after.embedded == []
