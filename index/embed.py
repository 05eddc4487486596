"""Text becomes unit vectors; the only import of sentence_transformers."""

import hashlib
import os
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.arrays import FloatArray
from index.errors import ModelUnavailableError
from index.models import DEFAULT_MODEL, DEFAULT_MODEL_HUB_NAME, ModelEntry, entry_of
from index.offline_model import PACKAGE, ModelFileError, packaged_file, prepare_model
from index.text import one_spelling, segmented

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


_BATCH = 8  # passages at once; larger batches are slower on two cores and take more memory


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

    def embed_question(self, text: str) -> FloatArray:
        """Give a (d,) float32 unit vector."""
        ...


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, in bfloat16 where the processor computes in it."""

    def __init__(self, model: "SentenceTransformer", key: str, entry: ModelEntry) -> None:
        self._model = model
        self._entry = entry
        self._key = key

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
        return self._encode([self._entry.passage_prefix + self._words(text) for text in texts])

    def embed_question(self, text: str) -> FloatArray:
        """Give a (d,) float32 unit vector."""
        vector: FloatArray = self._encode([self._entry.question_prefix + self._words(text)])[0]
        return vector

    def _words(self, text: str) -> str:
        return segmented(text) if self._entry.needs_segmented_words else one_spelling(text)

    def _encode(self, texts: list[str]) -> FloatArray:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        vectors = self._model.encode(
            texts, batch_size=_BATCH, convert_to_tensor=True, normalize_embeddings=True, show_progress_bar=False
        )
        # bfloat16 rounds the norm as well: unit length again in float32.
        found: FloatArray = vectors.float().cpu().numpy()
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        unit: FloatArray = (found / np.maximum(norms, 1e-12)).astype(np.float32)
        return unit


def embed_in_batches(embedder: Embedder, texts: list[str]) -> Iterator[tuple[list[int], FloatArray]]:
    """Embed texts of like length together; gives rows of `texts` and their vectors, (n, d) float32."""
    order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
    for start in range(0, len(order), _BATCH):
        rows = order[start : start + _BATCH]
        yield rows, embedder.embed_passages([texts[row] for row in rows])


def model_key(model: str) -> str:
    """Give the key of a model's vectors without loading it; a folder's changes with its weights."""
    if model == DEFAULT_MODEL:
        packaged = packaged_file()
        origin = f"{PACKAGE}-{version(PACKAGE)}-{packaged.stat().st_size}" if packaged else DEFAULT_MODEL_HUB_NAME
        return f"{model}:{origin}"
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
    if threads is not None:
        torch.set_num_threads(threads)
    dtype = torch.bfloat16 if _computes_bfloat16() else torch.float32
    try:
        loaded = SentenceTransformer(name, device="cpu", local_files_only=True, model_kwargs={"dtype": dtype})
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise ModelUnavailableError(
            f"{model}: cannot be loaded from this machine ({type(error).__name__}: {str(error).splitlines()[0]}); give "
            f"the folder of a sentence-transformers model with --model, or leave --model out for {DEFAULT_MODEL}"
        ) from error
    return SentenceTransformerEmbedder(loaded, model_key(model), entry_of(name))


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
