"""The library becomes a new index version, swapped in whole."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from index.abbreviations import read_abbreviations
from index.context import indexed_text, places_in
from index.dense import Dense
from index.embed import Embedder
from index.errors import IndexUnavailableError
from index.late_interaction import PlaceArray, TokenVectors
from index.lexical import Lexical
from index.text import TEXT_VERSION
from index.vectors import VECTORS_FILE as VECTOR_CACHE_FILE
from index.vectors import embed_tokens_cached
from index.versions import (
    FORMAT_VERSION,
    LEXICAL_FOLDER,
    SNAPSHOT_FILE,
    VECTORS_FILE,
    Manifest,
    file_digests,
    fitting_version,
    index_folder,
    make_current,
    new_folder,
    open_version,
    write_manifest,
)
from ingest.library import LIBRARY_FILE, Library
from ingest.types import Document, Passage

_LOCK_FILE = ".lock"
_LOCK_WAIT_S = 5.0


def is_current(data: Path, library: Library, model: str) -> Manifest | None:
    """Give the manifest of the current version if it fits library, model and program, else None."""
    try:
        _, manifest = open_version(data, model)
    except IndexUnavailableError:
        return None
    return manifest if manifest.library_version == library.version() else None


def is_stale(data: Path, library: Library) -> bool:
    """Say at once whether an index has to be built: there is none that fits the library and the program."""
    try:
        _, manifest = fitting_version(data)
    except IndexUnavailableError:
        return True
    return manifest.library_version != library.version()


def is_building(data: Path) -> bool:
    """Say whether a build is running, in whatever process."""
    if not index_folder(data).is_dir():
        return False
    try:
        with FileLock(index_folder(data) / _LOCK_FILE, timeout=0):
            return False
    except Timeout:
        return True


def build_index(
    library: Library,
    embedder: Embedder,
    data: Path,
    *,
    model: str,
    progress: Callable[[int, int], None] | None = None,
) -> Manifest:
    """Build a version from the library under `data` and make it current.

    `progress` is told how many texts of how many have their vectors. Raises
    IndexUnavailableError while another build is running; an OSError (a full disk) leaves the
    current version as it was.
    """
    index_folder(data).mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(index_folder(data) / _LOCK_FILE, timeout=_LOCK_WAIT_S):
            folder = new_folder(data)
            try:
                return _build(library, embedder, data, folder, model, progress)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except Timeout as error:
        raise IndexUnavailableError(f"{data}: another build is running; wait until it is done") from error


def _build(
    library: Library,
    embedder: Embedder,
    data: Path,
    folder: Path,
    model: str,
    progress: Callable[[int, int], None] | None,
) -> Manifest:
    library.copy_to(folder / SNAPSHOT_FILE)
    with Library(folder / SNAPSHOT_FILE) as snapshot:
        documents = {document.doc_id: document for document in snapshot.documents()}
        passages = snapshot.passages()
        library_version = snapshot.version()
    abbreviations = read_abbreviations(documents.values())
    texts = [indexed_text(passage, documents[passage.doc_id], abbreviations) for passage in passages]
    cache = data / VECTOR_CACHE_FILE
    embedded = embed_tokens_cached(texts, embedder, cache, lambda done: progress and progress(done, len(texts)))
    wholes = np.array([one.whole for one in embedded], np.float32).reshape(len(texts), embedder.dimension)
    Dense.of(wholes).save(folder / VECTORS_FILE)
    places = token_places(passages, documents, embedder.token_starts(texts))
    TokenVectors.of([one.tokens for one in embedded], embedder.dimension, places).save(folder)
    (folder / LEXICAL_FOLDER).mkdir()
    Lexical.of(texts).save(folder / LEXICAL_FOLDER)
    manifest = Manifest(
        model=model,
        model_key=embedder.key,
        dimension=embedder.dimension,
        text_version=TEXT_VERSION,
        format_version=FORMAT_VERSION,
        library_version=library_version,
        passages_sha256=hashlib.sha256(json.dumps(texts).encode()).hexdigest(),
        documents=len(documents),
        passages=len(passages),
        files=file_digests(folder),
    )
    write_manifest(folder, manifest)
    make_current(data, folder)
    return manifest


def token_places(
    passages: Sequence[Passage], documents: Mapping[str, Document], starts: Sequence[Sequence[int]] | None
) -> list[PlaceArray] | None:
    """Give where each token stands in its passage's text; `starts` are the characters of the indexed texts."""
    if starts is None:
        return None
    return [places_in(passage, documents[passage.doc_id], at) for passage, at in zip(passages, starts, strict=True)]


def open_library(data: Path) -> Library:
    """Open the library under the data directory; raises LibraryError where there is none."""
    return Library(data / LIBRARY_FILE)
