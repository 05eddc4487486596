"""Opens the current version of the index, with its model."""

from collections.abc import Callable
from pathlib import Path

from index.dense import Dense
from index.diacritics import load_restorer
from index.embed import load_embedder
from index.engine import Index
from index.errors import IndexUnavailableError
from index.late_interaction import TokenVectors
from index.lexical import Lexical
from index.refusal import refusal_model
from index.sentence_vectors import SentenceVectors
from index.versions import LEXICAL_FOLDER, SNAPSHOT_FILE, VECTORS_FILE, open_version
from ingest.errors import LibraryError
from ingest.library import Library

_REBUILD = "run: python -m index build"


def open_index(data: Path, progress: Callable[[str], None] | None = None) -> Index:
    """Open the current index version and its model.

    Raises IndexUnavailableError where there is none, or it is of another program, model or damaged.
    """
    folder, manifest = open_version(data)
    try:
        with Library(folder / SNAPSHOT_FILE) as snapshot:
            documents, passages = snapshot.documents(), snapshot.passages()
        dense = Dense.load(folder / VECTORS_FILE)
        lexical = Lexical.load(folder / LEXICAL_FOLDER, len(passages))
        sentences, tokens = SentenceVectors.load(folder), TokenVectors.load(folder)
    except (LibraryError, OSError, RuntimeError, ValueError, KeyError) as error:
        reason = str(error).splitlines()[0][:200]
        raise IndexUnavailableError(f"{folder}: is damaged ({reason}); {_REBUILD}") from error
    counts = {dense.shape[0], sentences.passages, tokens.passages}
    if counts != {len(passages)} or dense.shape[1] != manifest.dimension:
        raise IndexUnavailableError(
            f"{folder}: vectors of {sorted(counts)} passages for {len(passages)} passages; the files do not belong "
            f"together; {_REBUILD}"
        )
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
        restore=load_restorer().restore,
        sentences=sentences,
        tokens=tokens,
    )
