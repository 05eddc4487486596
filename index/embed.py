"""Text becomes unit vectors; beside training.py the only import of sentence_transformers."""

import copy
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np

from index.adapter import ADAPTER_FILE, QUESTION_ADAPTER_FILE, adapter_key, merge, read_adapter
from index.arrays import FloatArray
from index.batching import Batcher
from index.errors import ModelUnavailableError
from index.models import DEFAULT_MODEL, DEFAULT_MODEL_HUB_NAME, ModelEntry, entry_of
from index.offline_model import PACKAGE, ModelFileError, packaged_file, prepare_model
from index.text import one_spelling, segmented

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor


BATCH = 8  # passages at once; larger batches are slower on two cores and take more memory
QUESTIONS = 20  # embedded together at most; with more, the first wait longer than they save
PADDED_TO = 4  # tokens: so few lengths that most questions of a moment share one
_PADDED: dict[str, Any] = {"text": {"pad_to_multiple_of": PADDED_TO}}
_OUTPUTS = frozenset({"sentence_embedding", "token_embeddings", "attention_mask"})
_ENCODE: dict[str, Any] = {"normalize_embeddings": True, "show_progress_bar": False}


@dataclass(frozen=True, slots=True)
class Embedding:
    """A text as one vector and as one vector a token, all of unit length.

    The tokens are those of the text alone, without the prefix and the marks of its ends; a model
    that knows no tokens has the whole text for one.
    """

    whole: FloatArray  # (d,) float32
    tokens: FloatArray  # (t, d) float32


class Embedder(Protocol):
    """Gives unit vectors; equal `key`s give equal vectors for equal texts."""

    @property
    def key(self) -> str:
        """Name of the model and of its weights."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def embed_passages(self, texts: list[str]) -> FloatArray:
        """Give (n, d) float32 unit rows, also for 0 and 1 texts."""
        ...

    def embed_tokens(self, texts: list[str]) -> list[Embedding]:
        """Give passages with the vectors of their tokens."""
        ...

    def token_starts(self, texts: list[str]) -> list[list[int]] | None:
        """Give the character of its text that each token of `embed_tokens` begins at; None where it is not known."""
        ...

    def embed_question(self, text: str) -> Embedding:
        """Give a question with the vectors of its tokens."""
        ...


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, in bfloat16 where the processor computes in it."""

    def __init__(
        self,
        model: "SentenceTransformer",
        key: str,
        entry: ModelEntry,
        for_questions: "SentenceTransformer | None" = None,
    ) -> None:
        """`for_questions` has the tokens of `model` and other weights; None where one model is for both."""
        self._model = model
        self._question_model = for_questions or model
        self._entry = entry
        self._key = key
        self._prefix_tokens: dict[str, int] = {}
        self._questions = Batcher(self._embed_questions, QUESTIONS, self._padded_length)

    @property
    def key(self) -> str:
        """Name of the model and of its weights."""
        return self._key

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def embed_passages(self, texts: list[str]) -> FloatArray:
        """Give (n, d) float32 unit rows, also for 0 and 1 texts."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        prefixed = [self._entry.passage_prefix + self._words(text) for text in texts]
        return _unit_rows(self._model.encode(prefixed, convert_to_tensor=True, batch_size=BATCH, **_ENCODE))

    def embed_tokens(self, texts: list[str]) -> list[Embedding]:
        """Give passages with the vectors of their tokens."""
        if not texts:
            return []
        prefix = self._entry.passage_prefix
        prefixed = [prefix + self._words(text) for text in texts]
        found = self._model.encode(prefixed, output_value=None, batch_size=BATCH, **_ENCODE)
        return [self._embedding(features, prefix) for features in found]

    def token_starts(self, texts: list[str]) -> list[list[int]] | None:
        """Give the character of its text that each token of `embed_tokens` begins at.

        None for a model that cannot tell, or that reads the texts in words of its own.
        """
        tokenizer = self._model.tokenizer
        if not getattr(tokenizer, "is_fast", False) or self._entry.needs_segmented_words:
            return None
        prefix = self._entry.passage_prefix
        if not texts:
            return []
        prefixed = [prefix + self._words(text) for text in texts]
        found = tokenizer(prefixed, truncation=True, max_length=self._model.max_seq_length, return_offsets_mapping=True)
        inner = self._inner(prefix)
        return [
            # The space before a word is the beginning of its token, as the tokenizer counts.
            [start - len(prefix) + text[start].isspace() for start, _ in offsets[inner]]
            for text, offsets in zip(prefixed, found["offset_mapping"], strict=True)
        ]

    def embed_question(self, text: str) -> Embedding:
        """Give a question with the vectors of its tokens; questions of several threads are embedded together."""
        return self._questions(self._entry.question_prefix + self._words(text))

    def _embed_questions(self, prefixed: list[str]) -> list[Embedding]:
        """Embed questions of one padded length: beside others of its length each has the digits that it has alone."""
        import torch

        # `encode` goes through every weight of the model each time, a fifth of a question's time.
        with torch.inference_mode():
            found = self._question_model(self._question_model.preprocess(prefixed, processing_kwargs=_PADDED))
        rows = ({name: found[name][row] for name in _OUTPUTS & found.keys()} for row in range(len(prefixed)))
        return [self._embedding(features, self._entry.question_prefix) for features in rows]

    def _padded_length(self, prefixed: str) -> int:
        if not callable(self._model.tokenizer):  # word vectors have no tokens, and no padding either
            return 0
        return -(-len(self._model.tokenizer(prefixed, truncation=True)["input_ids"]) // PADDED_TO) * PADDED_TO

    def _embedding(self, features: "dict[str, Tensor]", prefix: str) -> Embedding:
        whole = _unit_rows(features["sentence_embedding"][None])
        if "token_embeddings" not in features:  # a model without context, as of word vectors
            return Embedding(whole[0], tokens=whole)
        tokens = _unit_rows(features["token_embeddings"][features["attention_mask"].bool()])
        return Embedding(whole[0], tokens[self._inner(prefix)])

    def _inner(self, prefix: str) -> slice:
        """Give the tokens behind the prefix and before the mark of the end."""
        if prefix not in self._prefix_tokens:
            self._prefix_tokens[prefix] = len(self._model.tokenizer(prefix.strip())["input_ids"]) - 1
        return slice(self._prefix_tokens[prefix], -1)

    def _words(self, text: str) -> str:
        return segmented(text) if self._entry.needs_segmented_words else one_spelling(text)


def _unit_rows(vectors: "Tensor") -> FloatArray:
    """Give rows of unit length, also where bfloat16 rounded the norm."""
    found: FloatArray = vectors.float().cpu().numpy()
    unit: FloatArray = (found / np.maximum(np.linalg.norm(found, axis=-1, keepdims=True), 1e-12)).astype(np.float32)
    return unit


def model_key(model: str) -> str:
    """Give the key of a model's vectors without loading it; a folder's changes with its weights."""
    if model == DEFAULT_MODEL:
        packaged = packaged_file()
        origin = f"{PACKAGE}-{version(PACKAGE)}-{packaged.stat().st_size}" if packaged else DEFAULT_MODEL_HUB_NAME
        return f"{model}:{origin}+{adapter_key(ADAPTER_FILE)}+{adapter_key(QUESTION_ADAPTER_FILE)}"
    folder = Path(model)
    if not folder.is_dir():
        return model
    weights = sorted(p for p in folder.rglob("*") if p.suffix in (".safetensors", ".bin", ".json"))
    state = [(p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in weights]
    return f"{folder.resolve().name}:{hashlib.sha256(repr(state).encode()).hexdigest()[:16]}"


def load_embedder(
    model: str, data: Path, progress: Callable[[str], None] | None = None, *, threads: int | None = None
) -> SentenceTransformerEmbedder:
    """Load a model by name or folder; the default is unpacked under `data` the first time.

    `threads` is how many compute one call, all cores where it is None: a build wants all, a server
    that answers several people at once wants one a question. Nothing is fetched: a model that is
    not on this machine raises ModelUnavailableError.
    """
    name = model
    if model == DEFAULT_MODEL:
        name = _default_folder(data, progress)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    # With more threads than this variable allows, the processor's matrix products come out wrong.
    allowed = int(os.environ.get("OMP_THREAD_LIMIT") or torch.get_num_threads())
    torch.set_num_threads(min(allowed, threads or torch.get_num_threads()))
    dtype = torch.bfloat16 if _computes_bfloat16() else torch.float32
    try:
        loaded = SentenceTransformer(name, device="cpu", local_files_only=True, model_kwargs={"dtype": dtype})
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise ModelUnavailableError(
            f"{model}: cannot be loaded from this machine ({type(error).__name__}: {str(error).splitlines()[0]}); give "
            f"the folder of a sentence-transformers model with --model, or leave --model out for {DEFAULT_MODEL}"
        ) from error
    for_questions = None
    if model == DEFAULT_MODEL:
        try:
            merge(read_adapter(ADAPTER_FILE), transformer_of(loaded))
            for_questions = _copied(loaded)
            merge(read_adapter(QUESTION_ADAPTER_FILE), transformer_of(for_questions))
        except (OSError, ModelFileError) as error:
            raise ModelUnavailableError(str(error)) from error
    return SentenceTransformerEmbedder(loaded, model_key(model), entry_of(name), for_questions)


def transformer_of(model: "SentenceTransformer") -> Any:
    """Give the transformer in a model, whose weights an adapter changes."""
    return cast(Any, model[0]).auto_model


def _copied(model: "SentenceTransformer") -> "SentenceTransformer":
    """Copy a model whose layers are to change; the vectors of its vocabulary, four fifths of it, are shared."""
    shared = (model.tokenizer, transformer_of(model).embeddings)
    return copy.deepcopy(model, {id(one): one for one in shared})


def _default_folder(data: Path, progress: Callable[[str], None] | None) -> str:
    packaged = packaged_file()
    if packaged is None:
        return DEFAULT_MODEL_HUB_NAME
    try:
        return str(prepare_model(packaged, data / "models", progress))
    except ModelFileError as error:
        raise ModelUnavailableError(str(error)) from error


def _computes_bfloat16() -> bool:
    """Say whether the processor multiplies bfloat16 itself; elsewhere it is slower than float32."""
    import torch

    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))
