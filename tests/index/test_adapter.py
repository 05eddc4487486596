"""What training added to the model is merged exactly; a damaged or foreign adapter is refused."""

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file
from torch import nn

from index.adapter import (
    ADAPTER_FILE,
    QUESTION_ADAPTER_FILE,
    LowRank,
    adapter_key,
    merge,
    read_adapter,
    reduced,
    write_adapter,
)
from index.e5_file import PACKAGE, ModelFileError
from index.embed import model_key
from index.models import DEFAULT_MODEL
from index.offline_model import packaged_file
from index.train_question_adapter import KEPT_RANK

FIRST, SECOND = "0.weight", "1.weight"
MEBIBYTE = 1 << 20


def two_layers() -> nn.Module:
    """Weights 0.weight (2, 3) and 1.weight (3, 2), all 1."""
    model = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 3))
    for values in model.parameters():
        nn.init.ones_(values)
    return model


def adapter_file(path: Path, name: str = FIRST, outputs: int = 2) -> Path:
    """An adapter of rank 1 that adds 2 to the third column of one weight."""
    write_adapter(path, {name: LowRank(np.array([[0, 0, 0.5]], np.float32), np.full((outputs, 1), 4.0, np.float32))})
    return path


def test_change_by_hand() -> None:
    model = two_layers()
    one = LowRank(np.array([[1, 0, 2]], np.float32), np.array([[1], [10]], np.float32))
    merge({FIRST: one}, model)
    assert model.get_parameter(FIRST).tolist() == [[2.0, 1.0, 3.0], [11.0, 1.0, 21.0]]
    assert model.get_parameter(SECOND).tolist() == [[1.0, 1.0]] * 3
    assert model.get_parameter("0.bias").tolist() == [1.0, 1.0]


def test_weights_keep_their_type(tmp_path: Path) -> None:
    model = two_layers().to(torch.bfloat16)
    merge(read_adapter(adapter_file(tmp_path / "adapter.safetensors")), model)
    assert model.get_parameter(FIRST).dtype == torch.bfloat16
    assert model.get_parameter(FIRST).tolist() == [[1.0, 1.0, 3.0]] * 2


@pytest.mark.parametrize(("name", "outputs"), [("2.weight", 2), (FIRST, 3)])
def test_adapter_of_another_model_is_refused(tmp_path: Path, name: str, outputs: int) -> None:
    model = two_layers()
    both = read_adapter(adapter_file(tmp_path / "fits.safetensors"))
    both |= read_adapter(adapter_file(tmp_path / "adapter.safetensors", name, outputs))
    with pytest.raises(ModelFileError, match=f"the adapter changes {name}, which the model does not have"):
        merge(both, model)
    assert model.get_parameter(FIRST).tolist() == [[1.0] * 3] * 2


def test_damaged_adapter_is_refused_with_its_remedy(tmp_path: Path) -> None:
    whole = adapter_file(tmp_path / "whole.safetensors").read_bytes()
    (cut := tmp_path / "cut.safetensors").write_bytes(whole[:-1])
    save_file({f"{FIRST}.down": np.zeros((1, 3), np.float16)}, lone := tmp_path / "lone.safetensors")
    pair = {f"{FIRST}.down": np.zeros((1, 4), np.float16), f"{FIRST}.up": np.zeros((4, 2), np.float16)}
    save_file(pair, unlike := tmp_path / "unlike.safetensors")
    for path in (cut, lone, unlike):
        with pytest.raises(ModelFileError, match=r"is damaged .* fetch the file again") as caught:
            read_adapter(path)
        assert str(path) in str(caught.value)
    with pytest.raises(FileNotFoundError, match="fetch the file again"):
        read_adapter(tmp_path / "none.safetensors")


def test_written_adapter_is_read_again(tmp_path: Path) -> None:
    path = adapter_file(tmp_path / "adapter.safetensors")
    adapter = read_adapter(path)
    assert list(adapter) == [FIRST]
    assert adapter[FIRST].up.dtype == np.float32
    write_adapter(again := tmp_path / "again.safetensors", adapter)
    assert again.read_bytes() == path.read_bytes()


def test_a_change_is_reduced_to_its_larger_part() -> None:
    # 3 along (1, 0) -> (0, 1, 0) and 1 along (0, 1) -> (1, 0, 0), with mixed matrices.
    down = np.array([[1, 1], [1, -1]], np.float32)
    up = np.array([[0.5, -0.5], [1.5, 1.5], [0, 0]], np.float32)
    adapter = {FIRST: LowRank(down, up)}
    assert (up @ down).tolist() == [[0, 1], [3, 0], [0, 0]]
    (whole,), (half,) = reduced(adapter, 2).values(), reduced(adapter, 1).values()
    assert whole.up @ whole.down == pytest.approx(up @ down, abs=1e-6)
    assert half.down.shape == (1, 2)
    assert half.up @ half.down == pytest.approx(np.array([[0, 0], [3, 0], [0, 0]]), abs=1e-6)


def test_own_adapters_are_small_and_part_of_the_models_key() -> None:
    for path, rank in ((ADAPTER_FILE, 16), (QUESTION_ADAPTER_FILE, KEPT_RANK)):
        assert path.stat().st_size < 6 * MEBIBYTE
        assert {one.down.shape[0] for one in read_adapter(path).values()} == {rank}
    assert packaged_file() is not None
    key = model_key(DEFAULT_MODEL)
    assert key.startswith(f"{DEFAULT_MODEL}:{PACKAGE}-")
    assert key.endswith(f"+{adapter_key(ADAPTER_FILE)}+{adapter_key(QUESTION_ADAPTER_FILE)}")
