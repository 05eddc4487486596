"""Trains what is added to the packaged model: python -m index.train_adapter FOLDER...

Reads data/training_questions.jsonl and, from the folders, the texts that its questions are about; writes
data/adapter.safetensors; about 50 minutes on two cores. Only the upper layers change, by matrices of low rank, so that
little is forgotten; the loss is that of late interaction, which ranks, and in small part that of whole vectors, which
find candidates. Afterwards run index.train_question_adapter, then eval.fit_refusal: all likenesses have moved.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize

from index.adapter import ADAPTER_FILE, write_adapter
from index.errors import ModelUnavailableError
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

TOGETHER = 8  # questions of one document side by side in a batch: its passages are each other's wrong answers
MOVING = 0.02  # share of a batch in the running mean of token vectors
# The second goes on with what the first has made.
ROUNDS = (TrainOptions(), TrainOptions(rate=1.4e-4, epochs=1, seed=1))


def batches(examples: Sequence[Example], options: TrainOptions, chance: random.Random) -> Iterator[list[Example]]:
    """Give the examples in shuffled batches, TOGETHER of a document side by side; the last, if short, is left out."""
    of_file = defaultdict(list)
    for example in examples:
        of_file[example.file].append(example)
    parts = []
    for own in of_file.values():
        chance.shuffle(own)
        parts += [own[at : at + TOGETHER] for at in range(0, len(own), TOGETHER)]
    chance.shuffle(parts)
    flat = [example for part in parts for example in part]
    for at in range(0, len(flat) - options.batch + 1, options.batch):
        yield flat[at : at + options.batch]


def batch_loss(
    trainee: Trainee, examples: Examples, batch: Sequence[Example], mean: Tensor, pick: random.Random
) -> Tensor:
    """Give the loss of a batch, a right and a wrong passage a question; moves the mean of token vectors in place."""
    options = trainee.options
    right = [pick.choice(one.right) for one in batch]
    rows = list(dict.fromkeys([*right, *(pick.choice(one.wrong) for one in batch if one.wrong)]))
    wholes, tokens, own = trainee.encode("passage: ", [examples.texts[row] for row in rows])
    asked_wholes, asked, is_asked = trainee.encode("query: ", [one.question for one in batch])
    mean.mul_(1 - MOVING).add_(tokens.detach()[own].mean(0), alpha=MOVING)
    target = torch.tensor([rows.index(row) for row in right])
    also_right = torch.tensor(
        [[row in one.right and row != chosen for row in rows] for one, chosen in zip(batch, right, strict=True)]
    )
    late = late_likeness(normalize(asked - mean, dim=2), is_asked, normalize(tokens - mean, dim=2), own)
    loss = cross_entropy((late * options.late_sharpness).masked_fill(also_right, -1e4), target)
    dense = asked_wholes @ wholes.T * options.dense_sharpness
    return loss + options.dense_weight * cross_entropy(dense.masked_fill(also_right, -1e4), target)


def train(trainee: Trainee, examples: Examples, tell: Callable[[str], None]) -> None:
    """Train the changes on the examples; the same changes for the same examples, options and processor."""
    options, chance = trainee.options, random.Random(trainee.options.seed)
    with torch.no_grad():
        some = chance.sample(examples.texts, min(len(examples.texts), 64))
        _, tokens, own = trainee.encode("passage: ", some)
    mean = tokens[own].mean(0)
    descend(
        trainee,
        lambda: list(batches(examples.questions, options, chance)),
        lambda batch: batch_loss(trainee, examples, batch, mean, chance),
        tell,
    )


def main(arguments: list[str] | None = None) -> int:
    """Train, write the adapter, print how many questions over held-out documents are answered with it."""
    given = training_parser("python -m index.train_adapter", __doc__, ADAPTER_FILE).parse_args(arguments)
    try:
        model = trainable_model()
    except ModelUnavailableError as error:
        print(error, file=sys.stderr)
        return 1
    examples = read_examples(QUESTIONS_FILE, given.folders)
    examples = replace(examples, questions=tuple(one for one in examples.questions if one.right))
    held_out, kept = examples.of(HELD_OUT), examples.of(frozenset(examples.files) - HELD_OUT)
    torch.manual_seed(ROUNDS[0].seed)
    print(f"{len(kept.questions)} questions, held out {len(held_out.questions)} over {len(held_out.texts)} passages")
    trainee = Trainee(model, ROUNDS[0])
    for options in ROUNDS:
        trainee.options = options
        train(trainee, kept, print)
    write_adapter(given.out, trainee.adapter())
    print(f"{given.out}: {given.out.stat().st_size:,} bytes")
    embedder = embedder_of(model)
    hits = partial(hit_at, examples=held_out, tokens=token_vectors(embedder, held_out.texts), embedder=embedder)
    print(f"held out: hit@1 {hits(1):.3f}, hit@5 {hits(5):.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
