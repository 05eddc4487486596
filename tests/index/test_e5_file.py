"""The packaged model file is read exactly; a damaged one is refused with its remedy."""

import struct
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from index.offline_model import ModelFileError, prepare_model

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁xin", "▁chào", "▁", "x", "ế"]
SCORES = [0.0, 0.0, 0.0, 0.0, -1.5, -2.5, -3.0, -4.0, -5.0]
HIDDEN, WIDE, POSITIONS, TYPES = 32, 64, 4, 2
WORDS = len(PIECES) + 1  # as in the real file, more rows than pieces


def four_bits(rows: int, width: int) -> bytes:
    """Blocks with scale 0.5 whose bytes count 0xA0, 0xA1, … 0xAF."""
    block = struct.pack("<e", 0.5) + bytes(0xA0 + j for j in range(16))
    return block * (rows * width // 32)


def floats(count: int) -> bytes:
    return np.arange(count, dtype="<f4").tobytes()


def tiny_tensors() -> dict[str, tuple[int, int, bytes]]:
    """Type, number of values and bytes of each tensor of a model with one layer."""
    tensors = {
        "emb.word": (1, WORDS * HIDDEN, four_bits(WORDS, HIDDEN)),
        "emb.pos": (0, POSITIONS * HIDDEN, floats(POSITIONS * HIDDEN)),
        "emb.type": (0, TYPES * HIDDEN, floats(TYPES * HIDDEN)),
    }
    for name in ("q", "k", "v", "ao", "fi", "fo"):
        out = WIDE if name == "fi" else HIDDEN
        width = WIDE if name == "fo" else HIDDEN
        tensors[f"l0.{name}.w"] = (1, out * width, four_bits(out, width))
        tensors[f"l0.{name}.b"] = (0, out, floats(out))
    for name in ("emb.ln", "l0.aln", "l0.oln"):
        tensors[f"{name}.w"] = (0, HIDDEN, floats(HIDDEN))
        tensors[f"{name}.b"] = (0, HIDDEN, floats(HIDDEN))
    return tensors


def tiny_file(path: Path) -> Path:
    """Writes a file in the layout that `index.e5_file` reads."""
    texts = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, texts)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, 2, WIDE, WORDS, POSITIONS, TYPES, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, texts)))
    head += offsets.tobytes() + np.array(SCORES, "<f4").tobytes() + b"".join(texts)
    head += struct.pack("<iI", 1, 3) + b"map"
    tensors = tiny_tensors()
    start = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    head += struct.pack("<i", len(tensors))
    for name, (kind, count, raw) in tensors.items():
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", kind, count, start, len(raw))
        start += len(raw)
    path.write_bytes(head + b"".join(raw for _, _, raw in tensors.values()))
    return path


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return tiny_file(tmp_path / "tiny.bin")


def test_four_bit_values_by_hand(tiny: Path, tmp_path: Path) -> None:
    weights = load_file(prepare_model(tiny, tmp_path / "models") / "model.safetensors")
    word = weights["embeddings.word_embeddings.weight"]
    # low four bits 0…15 are values 0…15, the high four bits 0xA are values 16…31
    expected = [(low - 8) * 0.5 for low in range(16)] + [(10 - 8) * 0.5] * 16
    assert word.shape == (WORDS, HIDDEN)
    assert word.dtype == np.float32
    assert word[0].tolist() == expected
    assert word[-1].tolist() == expected
    assert expected[:2] == [-4.0, -3.5]
    assert expected[15:17] == [3.5, 1.0]
    assert weights["encoder.layer.0.output.dense.weight"].shape == (HIDDEN, WIDE)
    assert weights["encoder.layer.0.intermediate.dense.bias"].tolist() == list(range(WIDE))
    assert len(weights) == len(tiny_tensors())


@pytest.mark.parametrize("kept", [3, 30, 60, 200, 700, -1])
def test_truncated_file(tiny: Path, tmp_path: Path, kept: int) -> None:
    data = tiny.read_bytes()
    tiny.write_bytes(data[:kept])
    with pytest.raises(ModelFileError) as caught:
        prepare_model(tiny, tmp_path / "models")
    message = str(caught.value)
    assert str(tiny) in message
    assert "pip install --force-reinstall" in message
    if kept == -1:  # both values: bytes needed and there
        assert f"{len(data)} bytes" in message
        assert f"{len(data) - 1} bytes" in message
    assert [path.name for path in (tmp_path / "models").iterdir()] == [".lock"]


@pytest.mark.parametrize(
    ("at", "value", "needed", "found"),
    [
        (0, b"GGUF", "b'E5S1'", "b'GGUF'"),
        (4, struct.pack("<I", 2), "version 1", "version 2"),
        (40, struct.pack("<i", 64), "blocks of 32", "blocks of 64"),
        (8, struct.pack("<i", 64), "tensor emb.word with 640 values", "elements=320"),
        (12, struct.pack("<i", 2), "tensor l1.q.w", "kind=-1"),
    ],
)
def test_wrong_file(tiny: Path, tmp_path: Path, at: int, value: bytes, needed: str, found: str) -> None:
    data = tiny.read_bytes()
    tiny.write_bytes(data[:at] + value + data[at + len(value) :])
    with pytest.raises(ModelFileError, match="pip install --force-reinstall") as caught:
        prepare_model(tiny, tmp_path / "models")
    assert needed in str(caught.value)
    assert found in str(caught.value)
