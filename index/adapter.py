"""What fine-tuning adds to the default model: low-rank matrices, merged into its weights when it is loaded.

Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models" (2021), section 4.1. Trained by
`python -m index.train_adapter`.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from index.arrays import FloatArray
from index.e5_file import ModelFileError

if TYPE_CHECKING:
    from torch import nn

ADAPTER_FILE = Path(__file__).parent / "data" / "adapter.safetensors"
QUESTION_ADAPTER_FILE = ADAPTER_FILE.with_name("question_adapter.safetensors")  # on top of it, for questions alone
_DOWN, _UP = ".down", ".up"  # behind the name of the weight that they belong to
_REMEDY = "fetch the file again from where the program came from"


@dataclass(frozen=True, slots=True)
class LowRank:
    """A change of one weight matrix: `up @ down`."""

    down: FloatArray  # (rank, inputs)
    up: FloatArray  # (outputs, rank)


Adapter = dict[str, LowRank]  # by the name of the weight in BertModel


def merge(adapter: Adapter, model: "nn.Module") -> None:
    """Add the changes to the weights of a model; raises ModelFileError, and changes none, where they do not fit."""
    import torch

    weights = dict(model.named_parameters())
    for name, one in adapter.items():
        if name not in weights or weights[name].shape != (len(one.up), one.down.shape[1]):
            raise ModelFileError(f"the adapter changes {name}, which the model does not have in this shape; {_REMEDY}")
    with torch.no_grad():
        for name, one in adapter.items():
            weight = weights[name]
            weight.copy_(weight.float() + torch.from_numpy(one.up @ one.down))


def reduced(adapter: Adapter, rank: int) -> Adapter:
    """Give the nearest changes of at most this rank (Eckart and Young, 1936)."""
    return {name: _reduced(one, rank) for name, one in adapter.items()}


def _reduced(one: LowRank, rank: int) -> LowRank:
    left, of_left = np.linalg.qr(one.up)
    right, of_right = np.linalg.qr(one.down.T)
    up, sizes, down = np.linalg.svd(of_left @ of_right.T)
    roots = np.sqrt(sizes[:rank])
    return LowRank(
        ((down[:rank] * roots[:, None]) @ right.T).astype(np.float32),
        (left @ (up[:, :rank] * roots)).astype(np.float32),
    )


def adapter_key(path: Path) -> str:
    """Give a short digest of an adapter file: vectors of models with other ones are not mixed up."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def read_adapter(path: Path) -> Adapter:
    """Read an adapter file; raises ModelFileError where it is damaged, OSError where there is none."""
    if not path.is_file():
        raise FileNotFoundError(f"{path}: there is no such file; {_REMEDY}")
    try:
        arrays = {name: values.astype(np.float32) for name, values in load_file(path).items()}
        names = [name.removesuffix(_DOWN) for name in arrays if name.endswith(_DOWN)]
        adapter = {name: LowRank(arrays[name + _DOWN], arrays[name + _UP]) for name in names}
    except (SafetensorError, KeyError) as error:
        raise ModelFileError(f"{path}: is damaged ({error}); {_REMEDY}") from error
    if 2 * len(adapter) != len(arrays) or any(one.down.shape[:1] != one.up.shape[1:] for one in adapter.values()):
        raise ModelFileError(f"{path}: is damaged (matrices that do not belong together); {_REMEDY}")
    return adapter


def write_adapter(path: Path, adapter: Adapter) -> None:
    """Write an adapter as float16: the same bytes for the same matrices."""
    halves = {}
    for name, one in sorted(adapter.items()):
        halves[name + _DOWN] = np.ascontiguousarray(one.down, np.float16)
        halves[name + _UP] = np.ascontiguousarray(one.up, np.float16)
    save_file(halves, path)
