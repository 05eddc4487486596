"""Opens the current version of the index, with its model; and the next one with the same model."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from index.dense import Dense
from index.diacritics import load_restorer
from index.embed import Embedder, load_embedder
from index.engine import Index
from index.errors import IndexUnavailableError
from index.late_interaction import TokenVectors
from index.lexical import Lexical
from index.refusal import refusal_model
from index.versions import LEXICAL_FOLDER, SNAPSHOT_FILE, VECTORS_FILE, current_name, open_version
from ingest.errors import LibraryError
from ingest.library import Library

_REBUILD = "run: python -m index build"


class IndexOpener:
    """Opens the current version again whenever another one is swapped in; the model is loaded once."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._embedder: Embedder | None = None

    def version(self) -> str:
        """Give what changes when another version is swapped in, "" where there is none; reads one small file."""
        return current_name(self._data)

    def open(self) -> Index:
        """Open the current version; raises IndexUnavailableError like `open_index`.

        A version that two builds have overtaken in the meantime is removed from under the reading:
        then the newest one is opened.
        """
        while True:
            before = self.version()
            try:
                index = open_index(self._data, embedder=self._embedder)
            except IndexUnavailableError:
                if self.version() == before:
                    raise
            else:
                self._embedder = index.embedder
                return index


def open_index(data: Path, progress: Callable[[str], None] | None = None, *, embedder: Embedder | None = None) -> Index:
    """Open the current index version and its model; `embedder` is one that is loaded, used where it is of that model.

    Raises IndexUnavailableError where there is none, or it is of another program, model or damaged.
    """
    folder, manifest = open_version(data)
    try:
        with Library(folder / SNAPSHOT_FILE) as snapshot:
            documents, passages = snapshot.documents(), snapshot.passages()
        dense = Dense.load(folder / VECTORS_FILE)
        lexical = Lexical.load(folder / LEXICAL_FOLDER, len(passages))
        tokens = TokenVectors.load(folder)
    except (LibraryError, OSError, RuntimeError, ValueError, KeyError) as error:
        reason = str(error).splitlines()[0][:200]
        raise IndexUnavailableError(f"{folder}: is damaged ({reason}); {_REBUILD}") from error
    counts = {dense.shape[0], tokens.passages}
    if counts != {len(passages)} or dense.shape[1] != manifest.dimension:
        raise IndexUnavailableError(
            f"{folder}: vectors of {sorted(counts)} passages for {len(passages)} passages; the files do not belong "
            f"together; {_REBUILD}"
        )
    if embedder is None or embedder.key != manifest.model_key:
        embedder = load_embedder(manifest.model, data, progress, threads=1)
    return Index(
        documents,
        passages,
        dense,
        lexical,
        embedder,
        manifest,
        data,
        refusal=refusal_model(manifest.model),
        restore=lru_cache(maxsize=1_000)(load_restorer().restore),  # a conversation reads a question again and again
        tokens=tokens,
    )
