"""Versions that are damaged, half there or of another program: refused with the remedy, which helps."""

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from index.build import is_current
from index.errors import IndexUnavailableError
from index.opening import open_index
from index.text import TEXT_VERSION
from index.versions import (
    CURRENT_FILE,
    FORMAT_VERSION,
    MANIFEST_FILE,
    current_folder,
    file_digests,
    index_folder,
)
from ingest.library import LIBRARY_FILE, Library
from tests.fakes import build, open_fake

REMEDY = "run: python -m index build"
Harm = Callable[[Path], Any]
MISSING = f"is missing; {REMEDY}"
DAMAGED = f"is damaged (not the file that was built); {REMEDY}"


def refusal(data: Path) -> str:
    with pytest.raises(IndexUnavailableError) as caught:
        open_index(data)
    return str(caught.value)


def current(data: Path) -> bool:
    with Library(data / LIBRARY_FILE) as library:
        return is_current(data, library, "fake") is not None


def check_rebuilt(data: Path) -> None:
    """Check that the remedy is not answered with "up to date" and that it helps."""
    assert not current(data)
    build(data)
    assert current(data)
    assert len(open_fake(data).documents()) == 2


@pytest.mark.parametrize("name", ["../../etc", "0123456789abcdef", ".building-1"])
def test_a_pointer_to_nothing(data: Path, name: str) -> None:
    (index_folder(data) / CURRENT_FILE).write_text(name, encoding="utf-8")
    assert refusal(data) == f"{data / 'index'}: the current version {name!r} is missing; {REMEDY}"
    check_rebuilt(data)


@pytest.mark.parametrize("text", ["", "\n", " \n "])
def test_an_empty_pointer_is_no_index_yet(data: Path, text: str) -> None:
    (index_folder(data) / CURRENT_FILE).write_text(text, encoding="utf-8")
    assert refusal(data) == f"{data / 'index'}: there is no index yet; {REMEDY}"
    check_rebuilt(data)


def test_a_pointer_that_is_no_text(data: Path) -> None:
    (index_folder(data) / CURRENT_FILE).write_bytes(b"\xff\xfe\x00\x81")
    assert REMEDY in refusal(data)
    check_rebuilt(data)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (
            "text_version",
            TEXT_VERSION + 1,
            f"built with text version {TEXT_VERSION + 1}, this program has {TEXT_VERSION}",
        ),
        ("format_version", 99, f"built with format 99, this program has {FORMAT_VERSION}"),
        ("model_key", "fake:old weights", "built with model fake:old weights, this program has fake"),
    ],
)
def test_a_version_of_another_program_or_model_is_refused(data: Path, field: str, value: object, words: str) -> None:
    path = current_folder(data) / MANIFEST_FILE
    change_manifest(data, **{field: value})
    assert refusal(data) == f"{path.parent}: {words}; {REMEDY}"
    assert not current(data)


def change_manifest(data: Path, **changes: object) -> None:
    path = current_folder(data) / MANIFEST_FILE
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"model": "fake"}', "\x00", '{"khác": 1}', "null"])
def test_a_damaged_manifest_is_refused(data: Path, text: str) -> None:
    path = current_folder(data) / MANIFEST_FILE
    path.write_text(text, encoding="utf-8")
    assert refusal(data) == f"{path.parent}: the manifest is damaged or of another program; {REMEDY}"
    check_rebuilt(data)


def test_a_manifest_names_every_file_with_its_digest(data: Path) -> None:
    folder = current_folder(data)
    manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
    del found[MANIFEST_FILE]
    assert manifest["files"] == file_digests(folder) == found
    assert sorted(found) == sorted(FILES)


def remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


# What is harmed, how, and the first file in the manifest that is then not whole.
DAMAGES: dict[str, tuple[str, Harm, str]] = {
    "no library": ("library.db", remove, "library.db"),
    "half a library": ("library.db", halve, "library.db"),
    "no vectors": ("dense.faiss", remove, "dense.faiss"),
    "half the vectors": ("dense.faiss", halve, "dense.faiss"),
    "empty vectors": ("dense.faiss", empty, "dense.faiss"),
    "no tokens": ("tokens.npy", remove, "tokens.npy"),
    "half the tokens": ("tokens.npy", halve, "tokens.npy"),
    "empty mean": ("token_mean.npy", empty, "token_mean.npy"),
    "no starts of tokens": ("token_starts.npy", remove, "token_starts.npy"),
    "empty starts of tokens": ("token_starts.npy", empty, "token_starts.npy"),
    "half the places": ("token_places.npy", halve, "token_places.npy"),
    "no words": ("lexical", remove, "lexical/accented/data.csc.index.npy"),
    "no folded field": ("lexical/folded", remove, "lexical/folded/data.csc.index.npy"),
    "half the words": ("lexical/folded/data.csc.index.npy", halve, "lexical/folded/data.csc.index.npy"),
    "no vocabulary": ("lexical/accented/vocab.index.json", remove, "lexical/accented/vocab.index.json"),
    "half the vocabulary": ("lexical/accented/vocab.index.json", halve, "lexical/accented/vocab.index.json"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_version_is_refused_and_built_anew(data: Path, damage: str) -> None:
    folder = current_folder(data)
    name, harm, first = DAMAGES[damage]
    harm(folder / name)
    assert refusal(data) == f"{folder / first}: {MISSING if harm is remove else DAMAGED}"
    check_rebuilt(data)


FIELD = [*(f"{name}.csc.index.npy" for name in ("data", "indices", "indptr")), "params.index.json", "vocab.index.json"]
FILES = [
    *("library.db", "dense.faiss", "tokens.npy", "token_starts.npy", "token_mean.npy", "token_places.npy"),
    *(f"lexical/{field}/{name}" for field in ("accented", "folded") for name in FIELD),
]


def zeros(path: Path) -> None:
    path.write_bytes(b"\x00" * path.stat().st_size)


def ones(path: Path) -> None:
    path.write_bytes(b"\xff" * path.stat().st_size)


def flip(path: Path) -> None:
    """Change one bit in the middle, which a reader of the format may not notice."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("harm", [zeros, ones, flip])
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_of_the_right_size_is_refused_and_built_anew(data: Path, name: str, harm: Harm) -> None:
    path = current_folder(data) / name
    size = path.stat().st_size
    assert current(data)
    harm(path)
    assert path.stat().st_size == size
    assert refusal(data) == f"{path}: {DAMAGED}"
    check_rebuilt(data)
