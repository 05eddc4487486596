"""Questions learn against whole documents; passages keep their vectors, in training and in the program."""

import random
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor
from torch.nn.functional import normalize

from index.adapter import LowRank, write_adapter
from index.diacritics import MODEL_FILE
from index.embed import load_embedder
from index.models import DEFAULT_MODEL
from index.offline_model import prepare_model
from index.restoration import read_model
from index.train_question_adapter import (
    AGAINST,
    HARDEST,
    MISREAD,
    NOWHERE_LATE,
    Searched,
    batch_loss,
    batches,
    held_against,
    learnt_from,
    nearness,
    piece_loss,
    searched,
    together,
)
from index.training import Trainee, TrainOptions, descend, embedder_of
from index.training_examples import Example, Examples
from ingest.folding import fold
from tests.index.test_e5_file import HIDDEN, tiny_file

TEXTS = ("xin chào", "chào", "xin xin", "ế xin", "xin chào")
OPTIONS = TrainOptions(first_layer=0, rank=2, rate=0.01, epochs=2, batch=2)
MARKS = read_model(MODEL_FILE.read_bytes())
VALUE = "encoder.layer.0.attention.self.value.weight"


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a file of a tiny model with room for a prefix."""
    monkeypatch.setattr("tests.index.test_e5_file.POSITIONS", 32)
    return tiny_file(tmp_path / "tiny.bin")


@pytest.fixture
def model(packaged: Path, tmp_path: Path) -> SentenceTransformer:
    return SentenceTransformer(str(prepare_model(packaged, tmp_path / "models")), device="cpu")


def searched_in(model: SentenceTransformer, asked: tuple[Example, ...], texts: tuple[str, ...] = TEXTS) -> Searched:
    """Questions over texts of one document, each of which is cut into its words."""
    pieces = tuple(tuple(found.span() for found in re.finditer(r"\S+", text)) for text in texts)
    embedder, own = embedder_of(model), list(texts)
    starts = embedder.token_starts(own)
    assert starts is not None
    return searched(Examples(asked, texts, ("a",) * len(texts), pieces), embedder.embed_tokens(own), starts)


def with_apart(group: Searched) -> Searched:
    """Give the same with words that are nothing like each other: those of the tiny model are all alike."""
    chance = torch.Generator().manual_seed(0)
    words = sorted({word for text in group.examples.texts for word in text.split()})
    of_word = dict(zip(words, normalize(torch.randn(len(words), HIDDEN, generator=chance), dim=1), strict=True))
    tokens = [torch.stack([of_word[word] for word in text.split()]) for text in group.examples.texts]
    return replace(
        group,
        tokens=tuple(one.bfloat16() for one in tokens),
        wholes=torch.stack([normalize(one.sum(0), dim=0) for one in tokens]),
        mean=torch.zeros(HIDDEN),
    )


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
    small = searched_in(model, ())
    assert held_against(small, [], random.Random(0)) == [0, 1, 2, 3, 4]
    count = AGAINST + 50
    asked = [Example("xin", "a", (7, 449), (3, 5, 9, 11, 13))]
    large = searched_in(model, tuple(asked), ("xin",) * count)
    chosen = held_against(large, asked, random.Random(0))
    assert len(chosen) == AGAINST == len(set(chosen))
    assert set(chosen) >= {7, 449, 3, 5, 9, 11}  # what answers, and four that look like it
    assert chosen == sorted(chosen)


def test_a_question_learns_from_the_nearest_that_neither_answer_nor_say_the_same(model: SentenceTransformer) -> None:
    asked = Example("chào", "a", (0,), ())
    group = searched_in(model, (asked,))
    assert group.alike == {0: frozenset({0, 4})}
    near = np.array([0.9, 0.2, 0.5, 0.4, 0.8], np.float32)
    assert learnt_from(group, asked, [0, 1, 2, 3, 4], near, random.Random(0)) == [0, 2, 3, 1]
    unanswered = Example("chào", "a", (), ())
    assert learnt_from(group, unanswered, [0, 1, 2, 3, 4], near, random.Random(0)) == [0, 4, 2, 3, 1]
    many = np.linspace(0, 1, 100, dtype=np.float32)
    wide = searched_in(model, (asked,), ("a",) + ("b",) * 99)
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
    nothing = searched_in(model, ())
    groups = [replace(nothing, examples=part) for part in together(examples_of(*[200] * 5))]
    found = batches(groups, 1, random.Random(0), MARKS)
    numbers = sorted(one.question.split(" ")[1] for _, asked in found for one in asked)
    assert numbers == [str(at) for at in range(5)]
    for group, (asked,) in found:
        assert asked.file in {one.file for one in group.examples.questions}


def test_some_questions_come_misread(model: SentenceTransformer) -> None:
    asked = tuple(Example("ai ký kế hoạch", "a", (0,), ()) for _ in range(400))
    found = batches([searched_in(model, asked)], 32, random.Random(0), MARKS)
    read = [one.question for _, some in found for one in some]
    assert len(read) == len(asked)
    assert {fold(question) for question in read} == {"ai ky ke hoach"}
    share = sum(question != "ai ký kế hoạch" for question in read) / len(read)
    assert share == pytest.approx(MISREAD, abs=0.09)  # four standard deviations


def test_training_lowers_the_loss_and_leaves_the_passages_alone(model: SentenceTransformer) -> None:
    torch.manual_seed(0)
    unknown = (frozenset[int](),)
    asked = (Example("xin", "a", (2,), (), unknown), Example("chào", "a", (1,), (), unknown))
    group = with_apart(searched_in(model, asked))
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


def test_a_question_learns_which_piece_of_a_passage_answers(model: SentenceTransformer) -> None:
    torch.manual_seed(0)
    asked = Example("ế", "a", (0,), (), (frozenset({1}),))
    group = with_apart(searched_in(model, (asked,), ("xin chào",)))
    trainee = Trainee(model, OPTIONS)

    def loss(one: Example = asked) -> Tensor:
        _, vectors, is_asked = trainee.encode("query: ", [one.question])
        return piece_loss(group, one, 0, normalize(vectors - group.mean, dim=2)[0][is_asked[0]], 10.0)

    before = loss().item()
    descend(trainee, lambda: [group] * 40, lambda _: loss(), lambda _: None)
    assert loss() < before
    assert loss(replace(asked, answering=(frozenset({0}),))) > loss()
    assert loss(replace(asked, answering=(frozenset(),))) == 0  # it is not known which
    assert loss(replace(asked, answering=(frozenset({0, 1}),))) == 0  # nothing to tell apart


def test_a_question_that_nothing_answers_learns_to_be_like_nothing(model: SentenceTransformer) -> None:
    torch.manual_seed(0)
    asked = Example("xin", "a", (), ())
    group = searched_in(model, (asked,))
    trainee = Trainee(model, OPTIONS)

    def likeness() -> float:
        with torch.no_grad():
            _, vectors, is_asked = trainee.encode("query: ", [asked.question])
        return float(nearness(normalize(vectors - group.mean, dim=2), is_asked, group.tokens).max())

    before = likeness()
    assert before > NOWHERE_LATE
    descend(
        trainee, lambda: [(group, [asked])] * 40, lambda one: batch_loss(trainee, one, random.Random(0)), lambda _: None
    )
    assert likeness() < before - 0.1


def test_training_goes_on_from_an_adapter_that_was_trained_before(model: SentenceTransformer) -> None:
    steps = np.linspace(-1, 1, HIDDEN, dtype=np.float32)
    known = {VALUE: LowRank(steps[None], steps[:, None] ** 3)}
    trainee = Trainee(model, OPTIONS)
    trainee.go_on_from(known)
    found = trainee.adapter()
    assert found[VALUE].up @ found[VALUE].down == pytest.approx(known[VALUE].up @ known[VALUE].down, abs=1e-6)
    assert all((one.up == 0).all() for name, one in found.items() if name != VALUE)


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
