"""Low-rank changes of a model's weights, trained on questions; what the trainers of both adapters share."""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from torch.nn.functional import linear, normalize

from index.adapter import Adapter, LowRank
from index.e5_file import PACKAGE
from index.embed import SentenceTransformerEmbedder, transformer_of
from index.errors import ModelUnavailableError
from index.late_interaction import TokenVectors, compact
from index.models import DEFAULT_MODEL, entry_of
from index.offline_model import packaged_file, prepare_model
from index.training_examples import Examples

Batch = TypeVar("Batch")

TRAINED = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
TOLD_EVERY = 20  # steps


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
    batch: int = 16  # questions
    tokens: int = 192  # of a passage, at most
    seed: int = 0


class LowRankLinear(nn.Module):
    """A linear layer that stays as it is, and a trained change of low rank."""

    def __init__(self, fixed: nn.Linear, options: TrainOptions) -> None:
        super().__init__()
        self.fixed = fixed
        self.scale = options.scale
        self.down = nn.Parameter(torch.randn(options.rank, fixed.in_features) * 0.02)
        self.up = nn.Parameter(torch.zeros(fixed.out_features, options.rank))

    def go_on_from(self, known: LowRank) -> None:
        """Begin with a change that was trained before, of at most this rank."""
        rank = len(known.down)
        with torch.no_grad():
            self.down[:rank] = torch.from_numpy(known.down)
            self.up[:, :rank] = torch.from_numpy(known.up) / self.scale

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
        self._bert = transformer_of(model)
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

    def go_on_from(self, known: Adapter) -> None:
        """Begin with changes that were trained before."""
        for name, one in known.items():
            self.changes[name].go_on_from(one)

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


def descend(
    trainee: Trainee,
    batches: Callable[[], list[Batch]],
    loss_of: Callable[[Batch], Tensor],
    tell: Callable[[str], None],
) -> None:
    """Lower the loss by AdamW; `batches` gives those of an epoch, equally many each time."""
    options = trainee.options
    optimizer = torch.optim.AdamW(trainee.parameters(), lr=options.rate, weight_decay=0.01)
    step = 0
    for epoch in range(options.epochs):
        losses: list[float] = []
        todo = batches()
        steps = options.epochs * len(todo)
        for batch in todo:
            for group in optimizer.param_groups:
                group["lr"] = options.rate * min(1.0, (step + 1) / 10) * max(0.05, 1 - step / steps)
            loss = loss_of(batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(trainee.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
            step += 1
            if step % TOLD_EVERY == 0:
                tell(f"step {step} of {steps}: loss {sum(losses[-TOLD_EVERY:]) / TOLD_EVERY:.3f}")
        tell(f"epoch {epoch + 1} of {options.epochs}: loss {sum(losses) / max(1, len(losses)):.3f}")


def training_parser(program: str, description: str | None, out: Path) -> argparse.ArgumentParser:
    """Give what reads the command line of a trainer: `folders` of texts, and `out`, the file to write."""
    parser = argparse.ArgumentParser(prog=program, description=description)
    parser.add_argument("folders", nargs="+", type=Path, help="folders of the texts that the questions are about")
    parser.add_argument("--out", type=Path, default=out, help="the adapter file (default: %(default)s)")
    return parser


def trainable_model() -> SentenceTransformer:
    """Load the packaged model as it comes; raises ModelUnavailableError where it is not installed."""
    packaged = packaged_file()
    if packaged is None:
        raise ModelUnavailableError(f"{PACKAGE} is not installed; run: pip install -r requirements.txt")
    with tempfile.TemporaryDirectory() as models:
        folder = prepare_model(packaged, Path(models))
        kinds = {"dtype": torch.bfloat16, "attn_implementation": "eager"}  # the fused kernel is slow backwards
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True, model_kwargs=kinds)


def embedder_of(model: SentenceTransformer) -> SentenceTransformerEmbedder:
    """Give the embedder around a model that is being trained."""
    return SentenceTransformerEmbedder(model, DEFAULT_MODEL, entry_of("e5-small"))


def token_vectors(embedder: SentenceTransformerEmbedder, texts: Sequence[str]) -> TokenVectors:
    """Give the token vectors of passages as an index keeps them."""
    return TokenVectors.of([compact(one.tokens) for one in embedder.embed_tokens(list(texts))], embedder.dimension)


def hit_at(first: int, examples: Examples, tokens: TokenVectors, embedder: SentenceTransformerEmbedder) -> float:
    """Give the share of questions of which late interaction has an answer among the `first` passages, in [0, 1]."""
    rows = np.arange(len(examples.texts))
    hits = 0
    for example in examples.questions:
        scores = tokens.scores(embedder.embed_question(example.question).tokens, rows)
        hits += int((scores > scores[list(example.right)].max()).sum()) < first
    return hits / len(examples.questions) if examples.questions else 0.0
