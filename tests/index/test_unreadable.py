"""Files that cannot be read or are of another version, though the manifest agrees with them: refused."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.versions import current_folder, file_digests, read_manifest, write_manifest
from tests.fakes import DIMENSION, build, fill
from tests.index.conftest import HUE_PLAN
from tests.index.test_damage import DAMAGED, FILES, REMEDY, Harm, ones, refusal, zeros


def agree(data: Path) -> None:
    """Have the manifest of the current version agree with its files as they are now."""
    folder = current_folder(data)
    write_manifest(folder, replace(read_manifest(folder), files=file_digests(folder)))


@pytest.mark.parametrize("harm", [zeros, ones])
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_is_refused(data: Path, name: str, harm: Harm) -> None:
    """Also where the manifest agrees with it."""
    folder = current_folder(data)
    harm(folder / name)
    agree(data)
    message = refusal(data)
    assert message.startswith(f"{folder}: is damaged (")
    assert message.endswith(f"); {REMEDY}")
    assert "\n" not in message


def swap_in(data: Path, other: Path, *names: str) -> None:
    """Put files of another version in, and have the manifest agree with them."""
    for name in names:
        shutil.copy(current_folder(other) / name, current_folder(data) / name)
    agree(data)


def test_vectors_of_another_version_are_refused(data: Path, built: Path) -> None:
    fill(data, [HUE_PLAN])
    build(data)
    folder = current_folder(data)
    shutil.copy(current_folder(built) / "dense.faiss", folder / "dense.faiss")
    assert refusal(data) == f"{folder / 'dense.faiss'}: {DAMAGED}"
    swap_in(data, built, "dense.faiss")
    assert refusal(data) == (
        f"{folder}: vectors of [9, 18] passages for 9 passages; the files do not belong together; {REMEDY}"
    )


def test_tokens_of_another_version_are_refused(data: Path, built: Path) -> None:
    fill(data, [HUE_PLAN])
    build(data)
    folder = current_folder(data)
    theirs, ours = (len(np.load(current_folder(version) / "tokens.npy")) for version in (built, data))
    swap_in(data, built, "tokens.npy")
    assert refusal(data) == (
        f"{folder}: is damaged (({theirs}, {DIMENSION}) token vectors, ({ours},) places, {ours} tokens of "
        f"({DIMENSION},)); {REMEDY}"
    )
    swap_in(data, built, "token_starts.npy", "token_places.npy")  # of 18 passages, which fits the tokens
    assert refusal(data) == (
        f"{folder}: vectors of [9, 18] passages for 9 passages; the files do not belong together; {REMEDY}"
    )
