"""The versions of the index on disk: each a whole folder, one of them current.

A version holds a manifest, a copy of the library it was made from, the vectors and the BM25
fields. It is built aside, renamed in whole, and made current by replacing one small file: a process
killed at any moment leaves the old version or the new one.
"""

import hashlib
import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from index.embed import model_key
from index.errors import IndexUnavailableError
from index.text import TEXT_VERSION

INDEX_FOLDER = "index"
CURRENT_FILE = "CURRENT"
MANIFEST_FILE = "manifest.json"
SNAPSHOT_FILE = "library.db"
VECTORS_FILE = "dense.faiss"
LEXICAL_FOLDER = "lexical"
FORMAT_VERSION = 8
_BUILDING = ".building-"
_REBUILD = "run: python -m index build"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version was made of; a version fits a program and a library only if all of it does."""

    model: str  # as given on the command line
    model_key: str
    dimension: int
    text_version: int
    format_version: int
    library_version: str
    passages_sha256: str  # of the texts that were embedded and indexed
    documents: int
    passages: int
    files: dict[str, str]  # SHA-256 of every file of the version, by its path in the folder


def index_folder(data: Path) -> Path:
    """Give the folder of all versions under the data directory."""
    return data / INDEX_FOLDER


def current_folder(data: Path) -> Path:
    """Give the folder of the current version; raises IndexUnavailableError where there is none."""
    folder = index_folder(data)
    name = _current_name(folder)
    if not name:
        raise IndexUnavailableError(f"{folder}: there is no index yet; {_REBUILD}")
    if not name.isalnum() or not (folder / name / MANIFEST_FILE).is_file():
        raise IndexUnavailableError(f"{folder}: the current version {name!r} is missing; {_REBUILD}")
    return folder / name


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a version; raises IndexUnavailableError where it is damaged."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8")))
        if not isinstance(manifest.files, dict):
            raise TypeError("files is no table")
        return manifest
    except (OSError, ValueError, TypeError) as error:
        raise IndexUnavailableError(f"{folder}: the manifest is damaged or of another program; {_REBUILD}") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest: the last file of a version."""
    (folder / MANIFEST_FILE).write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")


def file_digests(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of every file below a folder but the manifest, by its path in it."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST_FILE)
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in sorted(files)}


def check_whole(folder: Path, manifest: Manifest) -> None:
    """Raise IndexUnavailableError where a file of the version is missing or not the one that was built."""
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise IndexUnavailableError(f"{path}: is missing; {_REBUILD}")
        if _sha256(path) != digest:
            raise IndexUnavailableError(f"{path}: is damaged (not the file that was built); {_REBUILD}")


def open_version(data: Path, model: str | None = None) -> tuple[Path, Manifest]:
    """Give the current version and its manifest; `model` is the one it must be of, None for its own.

    Raises IndexUnavailableError where there is none, it is of another program or model, or damaged.
    """
    folder, manifest = fitting_version(data, model)
    check_whole(folder, manifest)
    return folder, manifest


def fitting_version(data: Path, model: str | None = None) -> tuple[Path, Manifest]:
    """Give the current version like `open_version`, at once: its files are not looked at."""
    folder = current_folder(data)
    manifest = read_manifest(folder)
    pairs = [
        ("format", manifest.format_version, FORMAT_VERSION),
        ("text version", manifest.text_version, TEXT_VERSION),
        ("model", manifest.model_key, model_key(model or manifest.model)),
    ]
    for name, found, expected in pairs:
        if found != expected:
            raise IndexUnavailableError(f"{folder}: built with {name} {found}, this program has {expected}; {_REBUILD}")
    return folder, manifest


def current_name(data: Path) -> str:
    """Give the name of the current version, which changes when another one is swapped in; "" where there is none."""
    return _current_name(index_folder(data))


def new_folder(data: Path) -> Path:
    """Make an empty folder to build in, beside the versions; leftovers of killed builds go."""
    parent = index_folder(data)
    parent.mkdir(parents=True, exist_ok=True)
    for leftover in parent.glob(f"{_BUILDING}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    folder = parent / f"{_BUILDING}{os.getpid()}"
    folder.mkdir()
    return folder


def make_current(data: Path, built: Path) -> Path:
    """Swap a finished folder in as the current version; gives its final place."""
    parent = index_folder(data)
    target = parent / secrets.token_hex(8)
    for path in built.rglob("*"):
        if path.is_file():
            _sync(path)
    os.replace(built, target)
    before = _current_name(parent)
    pointer = parent / f"{CURRENT_FILE}.new"
    pointer.write_text(target.name + "\n", encoding="utf-8")
    _sync(pointer)
    os.replace(pointer, parent / CURRENT_FILE)
    _remove_old(parent, keep={target.name, before})
    return target


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _current_name(parent: Path) -> str:
    try:
        return (parent / CURRENT_FILE).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _remove_old(parent: Path, keep: set[str]) -> None:
    """Remove versions but the current and the previous one, which a running server may still read."""
    for folder in parent.iterdir():
        if folder.is_dir() and folder.name.isalnum() and folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
