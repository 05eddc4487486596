"""Trains what is added to the model for questions alone: python -m index.train_question_adapter FOLDER...

To be run after index.train_adapter, with the same folders; writes data/question_adapter.safetensors; about 75 minutes
on two cores, half of that with --start, which goes on from an adapter that was trained before. Passages stay as they
are, so at every step a question is held against a whole document instead of what fits into a batch, and all layers can
learn how people ask: query-side fine-tuning, Lee, Sung, Kang and Chen, "Learning Dense Representations of Phrases at
Scale" (2021), section 6. Questions that no document answers learn to be like none. Afterwards run eval.fit_refusal.
"""

import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, normalize

from index.adapter import ADAPTER_FILE, QUESTION_ADAPTER_FILE, merge, read_adapter, reduced, write_adapter
from index.answer import say_the_same
from index.arrays import FloatArray
from index.diacritics import MODEL_FILE
from index.e5_file import ModelFileError
from index.embed import Embedding, transformer_of
from index.errors import ModelUnavailableError
from index.misreading import misread
from index.restoration import Model, read_model
from index.training import (
    Trainee,
    TrainOptions,
    descend,
    embedder_of,
    hit_at,
    late_likeness,
    token_vectors,
    trainable_model,
    training_parser,
)
from index.training_examples import HELD_OUT, QUESTIONS_FILE, Example, Examples, read_examples

OPTIONS = TrainOptions(first_layer=0, rank=64, epochs=4, batch=32)
GOING_ON = replace(OPTIONS, epochs=2, rate=1.5e-4, seed=1)  # from an adapter that was trained before
NOWHERE_LATE = 0.45  # likeness of what answers no question: what answers one should be above it, nothing else
NOWHERE_WHOLE = 0.55  # the same for the cosine
MISREAD = 0.25  # of the questions: with a syllable or two as a question without marks may be read
PIECE_WEIGHT = 0.3  # of telling, in a passage that answers, the sentence that does from the others
KEPT_RANK = 32  # of what is written: half the file for a twentieth of the squared change
AGAINST = 400  # passages that the questions of a batch are held against
LOOKALIKES = 4  # of them, those with most of a question's words
HARDEST = 31  # of them, those that a question learns from: the nearest that do not answer it


@dataclass(frozen=True, slots=True)
class Searched:
    """Questions with the vectors of the passages that they are held against."""

    examples: Examples
    tokens: tuple[Tensor, ...]  # of each passage (t, d): unit rows without what all share, bfloat16
    wholes: Tensor  # (p, d) unit rows
    mean: Tensor  # (d,), what all share
    alike: dict[int, frozenset[int]]  # of each passage that answers something, those that say the same
    pieces: tuple[Tensor, ...]  # of each passage: which of its tokens are in which of its pieces, (pieces, t) bool


Batch = tuple[Searched, list[Example]]


def searched(examples: Examples, passages: Sequence[Embedding], starts: Sequence[Sequence[int]]) -> Searched:
    """Take the vectors of the examples' passages; `starts` are the characters that their tokens begin at."""
    mean = torch.from_numpy(np.concatenate([one.tokens for one in passages]).mean(axis=0))
    rows = {row for example in examples.questions for row in example.right}
    return Searched(
        examples,
        tuple(normalize(torch.from_numpy(one.tokens) - mean, dim=1).bfloat16() for one in passages),
        torch.from_numpy(np.stack([one.whole for one in passages])),
        mean,
        {
            row: frozenset(at for at, other in enumerate(examples.texts) if _alike(examples.texts[row], other))
            for row in rows
        },
        tuple(
            torch.tensor([[first <= at < last for at in own] for first, last in spans])
            for spans, own in zip(examples.pieces, starts, strict=True)
        ),
    )


def _alike(text: str, other: str) -> bool:
    return text == other or say_the_same(text, other)  # of two texts of a syllable or two, no shingle says so


def together(examples: Examples) -> list[Examples]:
    """Put small documents together, as in a library; one of more than AGAINST passages is by itself."""
    groups: list[list[str]] = []
    room = 0
    for file, size in Counter(examples.files).items():
        if size > room:
            groups.append([])
            room = AGAINST
        groups[-1].append(file)
        room -= size
    return [examples.of(frozenset(files)) for files in groups]


def batches(groups: Sequence[Searched], size: int, chance: random.Random, marks: Model) -> list[Batch]:
    """Give all questions, some of them misread, in shuffled batches of one group each."""
    found: list[Batch] = []
    for group in groups:
        asked = [
            replace(one, question=misread(one.question, marks, chance)) if chance.random() < MISREAD else one
            for one in group.examples.questions
        ]
        chance.shuffle(asked)
        found += [(group, asked[at : at + size]) for at in range(0, len(asked), size)]
    chance.shuffle(found)
    return found


def held_against(group: Searched, asked: Sequence[Example], chance: random.Random) -> list[int]:
    """Choose the passages of a batch: all of a small group, else what answers, what looks like it, and some others."""
    if len(group.tokens) <= AGAINST:
        return list(range(len(group.tokens)))
    needed = {row for one in asked for row in (*one.right, *one.wrong[:LOOKALIKES])}
    others = [row for row in range(len(group.tokens)) if row not in needed]
    return sorted({*needed, *chance.sample(others, max(0, AGAINST - len(needed)))})


def batch_loss(trainee: Trainee, batch: Batch, chance: random.Random) -> Tensor:
    """Give the loss of a batch: each question tells its answer from the nearest passages that are none."""
    options, (group, asked) = trainee.options, batch
    rows = held_against(group, asked, chance)
    wholes, vectors, is_asked = trainee.encode("query: ", [one.question for one in asked])
    vectors = normalize(vectors - group.mean, dim=2)
    near = nearness(vectors.detach(), is_asked, [group.tokens[row] for row in rows])
    losses = []
    nowhere = torch.ones(1, 1)
    for at, one in enumerate(asked):
        chosen = learnt_from(group, one, rows, near[at], chance)
        tokens = nn.utils.rnn.pad_sequence([group.tokens[row] for row in chosen], batch_first=True).float()
        is_own = torch.arange(tokens.shape[1]) < torch.tensor([len(group.tokens[row]) for row in chosen])[:, None]
        late = late_likeness(vectors[at : at + 1], is_asked[at : at + 1], tokens, is_own)
        whole = wholes[at : at + 1] @ group.wholes[chosen].T
        late, whole = torch.cat([late, nowhere * NOWHERE_LATE], 1), torch.cat([whole, nowhere * NOWHERE_WHOLE], 1)
        target = torch.tensor([0 if one.right else len(chosen)])
        losses.append(cross_entropy(late * options.late_sharpness, target))
        losses.append(options.dense_weight * cross_entropy(whole * options.dense_sharpness, target))
        if one.right:
            own = vectors[at][is_asked[at]]
            losses.append(PIECE_WEIGHT * piece_loss(group, one, chosen[0], own, options.late_sharpness))
    return torch.stack(losses).sum() / len(asked)


def piece_loss(group: Searched, one: Example, answer: int, asked: Tensor, sharpness: float) -> Tensor:
    """Give the loss of telling the pieces of a passage that answer the question's tokens (i, d) from its others."""
    pieces = group.pieces[answer]
    right = one.answering[one.right.index(answer)]
    is_right = torch.tensor([at in right for at in range(len(pieces))])
    if is_right.all() or not is_right.any():
        return torch.zeros(())
    products = group.tokens[answer].float() @ asked.T
    best = torch.stack([products.masked_fill(~held[:, None], -1).amax(0) for held in pieces])
    logits = best.mean(1) * sharpness
    return logits.logsumexp(0) - logits[is_right].logsumexp(0)


def nearness(asked: Tensor, is_asked: Tensor, passages: Sequence[Tensor]) -> FloatArray:
    """Give late interaction of questions (q, i, d) with passages of (t, d) each, (q, p) float32."""
    products = (torch.cat(list(passages)) @ asked[is_asked].bfloat16().T).float().numpy()
    best = np.maximum.reduceat(products, np.cumsum([0, *map(len, passages[:-1])]), axis=0)
    counts = is_asked.sum(1).numpy()
    sums = np.add.reduceat(best, np.cumsum([0, *counts[:-1]]), axis=1)
    found: FloatArray = (sums / counts).T
    return found


def learnt_from(
    group: Searched, one: Example, rows: Sequence[int], near: FloatArray, chance: random.Random
) -> list[int]:
    """Give of the `rows` first one that answers, if any does, then the nearest that neither answer nor say the same."""
    nearness_of = dict(zip(rows, near.tolist(), strict=True))
    answers = {row for right in one.right for row in group.alike[right]}
    wrong = [rows[at] for at in np.argsort(-near, kind="stable") if rows[at] not in answers][:HARDEST]
    if not one.right:
        return wrong
    # By turns the one that is found best and any: a question has its answer in one passage, but may in several.
    answer = max(one.right, key=nearness_of.__getitem__) if chance.random() < 0.5 else chance.choice(one.right)
    return [answer, *wrong]


def main(arguments: list[str] | None = None) -> int:
    """Train, write the adapter, print how many questions over held-out documents are answered without and with it."""
    parser = training_parser("python -m index.train_question_adapter", __doc__, QUESTION_ADAPTER_FILE)
    parser.add_argument("--start", type=Path, help="an adapter file to go on from, for example the present one")
    given = parser.parse_args(arguments)
    try:
        model = trainable_model()
        start = read_adapter(given.start) if given.start else {}
    except (ModelUnavailableError, ModelFileError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    merge(read_adapter(ADAPTER_FILE), transformer_of(model))
    embedder = embedder_of(model)
    examples = read_examples(QUESTIONS_FILE, given.folders)
    held_out = examples.of(HELD_OUT)
    hits = partial(hit_at, examples=held_out, tokens=token_vectors(embedder, held_out.texts), embedder=embedder)
    print(f"held out, without: hit@1 {hits(1):.3f}, hit@5 {hits(5):.3f}")
    groups = [
        searched(part, embedder.embed_tokens(list(part.texts)), embedder.token_starts(list(part.texts)) or [])
        for folder in given.folders
        for part in together(examples.of(_files_in(folder, examples) - HELD_OUT))
    ]
    options = GOING_ON if start else OPTIONS
    torch.manual_seed(options.seed)
    trainee = Trainee(model, options)
    trainee.go_on_from(start)
    chance = random.Random(options.seed)
    marks = read_model(MODEL_FILE.read_bytes())
    descend(
        trainee,
        lambda: batches(groups, options.batch, chance, marks),
        lambda one: batch_loss(trainee, one, chance),
        print,
    )
    write_adapter(given.out, reduced(trainee.adapter(), KEPT_RANK))
    print(f"{given.out}: {given.out.stat().st_size:,} bytes")
    print(f"held out, with: hit@1 {hits(1):.3f}, hit@5 {hits(5):.3f}")
    return 0


def _files_in(folder: Path, examples: Examples) -> frozenset[str]:
    return frozenset(file for file in examples.files if (folder / file).is_file())


if __name__ == "__main__":
    raise SystemExit(main())
