"""Questions learn against whole documents; passages keep their vectors, in training and in the program."""

import random
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from index.adapter import LowRank, write_adapter
from index.embed import load_embedder
from index.models import DEFAULT_MODEL
from index.offline_model import prepare_model
from index.train_question_adapter import (
    AGAINST,
    HARDEST,
    batch_loss,
    batches,
    held_against,
    learnt_from,
    nearness,
    searched,
    together,
)
from index.training import Trainee, TrainOptions, descend, embedder_of
from index.training_examples import Example, Examples
from tests.index.test_e5_file import HIDDEN, tiny_file

TEXTS = ("xin chào", "chào", "xin xin", "ế xin", "xin chào")
OPTIONS = TrainOptions(first_layer=0, rank=2, rate=0.01, epochs=2, batch=2)
VALUE = "encoder.layer.0.attention.self.value.weight"


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a file of a tiny model with room for a prefix."""
    monkeypatch.setattr("tests.index.test_e5_file.POSITIONS", 32)
    return tiny_file(tmp_path / "tiny.bin")


@pytest.fixture
def model(packaged: Path, tmp_path: Path) -> SentenceTransformer:
    return SentenceTransformer(str(prepare_model(packaged, tmp_path / "models")), device="cpu")


def examples_of(*sizes: int) -> Examples:
    """Documents 0, 1, … of so many passages, with a question each that its first passage answers."""
    files = [str(file) for file, size in enumerate(sizes) for _ in range(size)]
    firsts = [sum(sizes[:at]) for at in range(len(sizes))]
    questions = [Example(f"hỏi {at}", str(at), (first,), ()) for at, first in enumerate(firsts)]
    return Examples(tuple(questions), tuple(f"đoạn {row}" for row in range(len(files))), tuple(files))


def test_small_documents_are_searched_together_and_a_large_one_alone() -> None:
    found = together(examples_of(AGAINST + 1, 100, AGAINST - 100, 1))
    assert [list(dict.fromkeys(part.files)) for part in found] == [["0"], ["1", "2"], ["3"]]
    assert [[one.question for one in part.questions] for part in found] == [["hỏi 0"], ["hỏi 1", "hỏi 2"], ["hỏi 3"]]


def test_a_batch_is_held_against_all_of_a_small_group_and_a_choice_of_a_large_one(model: SentenceTransformer) -> None:
    embedder = embedder_of(model)
    small = searched(Examples((), TEXTS, ("a",) * 5), embedder.embed_tokens(list(TEXTS)))
    assert held_against(small, [], random.Random(0)) == [0, 1, 2, 3, 4]
    count = AGAINST + 50
    asked = [Example("xin", "a", (7, 449), (3, 5, 9, 11, 13))]
    passage = embedder.embed_tokens(["xin"])[0]
    large = searched(Examples(tuple(asked), ("xin",) * count, ("a",) * count), [passage] * count)
    chosen = held_against(large, asked, random.Random(0))
    assert len(chosen) == AGAINST == len(set(chosen))
    assert set(chosen) >= {7, 449, 3, 5, 9, 11}  # what answers, and four that look like it
    assert chosen == sorted(chosen)


def test_a_question_learns_from_the_nearest_that_neither_answer_nor_say_the_same(model: SentenceTransformer) -> None:
    asked = Example("chào", "a", (0,), ())
    group = searched(Examples((asked,), TEXTS, ("a",) * 5), embedder_of(model).embed_tokens(list(TEXTS)))
    assert group.alike == {0: frozenset({0, 4})}
    near = np.array([0.9, 0.2, 0.5, 0.4, 0.8], np.float32)
    assert learnt_from(group, asked, [0, 1, 2, 3, 4], near, random.Random(0)) == [0, 2, 3, 1]
    many = np.linspace(0, 1, 100, dtype=np.float32)
    wide = searched(
        Examples((asked,), ("a",) + ("b",) * 99, ("a",) * 100), [embedder_of(model).embed_tokens(["xin"])[0]] * 100
    )
    assert learnt_from(wide, asked, range(100), many, random.Random(0)) == [0, *range(99, 99 - HARDEST, -1)]


def test_nearness_is_late_interaction(model: SentenceTransformer) -> None:
    passages = [one.tokens for one in embedder_of(model).embed_tokens(list(TEXTS))]
    asked = torch.from_numpy(np.stack([passages[0], passages[2]]))
    is_asked = torch.tensor([[True, True], [False, True]])
    found = nearness(asked, is_asked, [torch.from_numpy(one).bfloat16() for one in passages])
    best = [
        [max(float(token @ other) for other in one) for one in passages] for token in (*passages[0], passages[2][1])
    ]
    assert found == pytest.approx(np.array([np.mean(best[:2], axis=0), best[2]]), abs=0.01)


def test_questions_come_in_batches_of_one_group(model: SentenceTransformer) -> None:
    embedder = embedder_of(model)
    groups = [searched(part, embedder.embed_tokens(list(part.texts))) for part in together(examples_of(*[200] * 5))]
    found = batches(groups, 1, random.Random(0))
    assert sorted(one.question for _, asked in found for one in asked) == [f"hỏi {at}" for at in range(5)]
    assert all(one in group.examples.questions for group, asked in found for one in asked)


def test_training_lowers_the_loss_and_leaves_the_passages_alone(model: SentenceTransformer) -> None:
    torch.manual_seed(0)
    embedder = embedder_of(model)
    asked = (Example("xin", "a", (2,), ()), Example("chào", "a", (1,), ()))
    group = searched(Examples(asked, TEXTS, ("a",) * 5), embedder.embed_tokens(list(TEXTS)))
    kept = [tokens.clone() for tokens in group.tokens]
    trainee = Trainee(model, OPTIONS)
    batch, chance = (group, list(asked)), random.Random(0)
    with torch.no_grad():
        before = float(batch_loss(trainee, batch, chance))
    told: list[str] = []
    descend(trainee, lambda: [batch] * 20, lambda one: batch_loss(trainee, one, chance), told.append)
    with torch.no_grad():
        assert float(batch_loss(trainee, batch, chance)) < before
    assert told[-1].startswith("epoch 2 of 2: loss ")
    assert all(torch.equal(now, then) for now, then in zip(group.tokens, kept, strict=True))


def test_the_program_changes_questions_and_not_passages(
    packaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(size: float) -> LowRank:
        steps = np.linspace(-1, 1, HIDDEN, dtype=np.float32)
        return LowRank(size * steps[None] ** 2, steps[:, None] ** 3)

    monkeypatch.setattr("index.embed.packaged_file", lambda: packaged)
    found = []
    for at, (both, questions) in enumerate([(0.0, 0.0), (0.0, 1.0), (1.0, 0.0)]):
        for name, size in (("ADAPTER_FILE", both), ("QUESTION_ADAPTER_FILE", questions)):
            write_adapter(tmp_path / f"{name}{at}", {VALUE: change(size)})
            monkeypatch.setattr(f"index.embed.{name}", tmp_path / f"{name}{at}")
        embedder = load_embedder(DEFAULT_MODEL, tmp_path)
        found.append(
            (embedder.embed_passages(["xin chào"])[0], embedder.embed_question("xin chào").whole, embedder.key)
        )
    (passage, question, key), (same, moved, other_key), (both_passage, both_question, third_key) = found
    assert np.array_equal(passage, same)
    assert not np.allclose(question, moved)
    assert not np.allclose(passage, both_passage)
    assert np.allclose(both_question, moved, atol=0.01)
    assert len({key, other_key, third_key}) == 3
