"""Small stand-ins for the embedding model: exact, deterministic, quick."""

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.abbreviations import read_abbreviations
from index.build import build_index, token_places
from index.context import indexed_text
from index.dense import Dense
from index.embed import Embedding
from index.engine import Index
from index.late_interaction import TokenVectors, compact
from index.lexical import Lexical
from index.question import DocumentNames, Question, understand
from index.text import folded_syllables
from index.versions import LEXICAL_FOLDER, SNAPSHOT_FILE, VECTORS_FILE, Manifest, current_folder, read_manifest
from ingest.folding import fold
from ingest.library import LIBRARY_FILE, Library
from ingest.passages import split_passages
from ingest.types import Document, Passage

FloatArray = NDArray[np.float32]
DIMENSION = 64
_SYLLABLE = re.compile(r"[^\W_]+")


def understood(question: str, names: Iterable[DocumentNames] = (), restore: Callable[[str], str] = str) -> Question:
    """Read a question whose abbreviations and names stay as they are typed."""
    return understand(question, names, str, restore, str)


def hashed_vector(text: str) -> FloatArray:
    """Give the unit vector of the counts of folded syllables, each hashed to one of 64 places."""
    vector = np.zeros(DIMENSION, np.float32)
    for syllable in folded_syllables(text) or [""]:
        vector[hashlib.sha256(syllable.encode()).digest()[0] % DIMENSION] += 1
    unit: FloatArray = vector / np.linalg.norm(vector)
    return unit


class FakeEmbedder:
    """Hashed syllables in place of a model; remembers every text that it was asked to embed."""

    def __init__(self, key: str = "fake") -> None:
        self.key = key
        self.dimension = DIMENSION
        self.embedded: list[str] = []

    def embed_passages(self, texts: list[str]) -> FloatArray:
        self.embedded += texts
        return np.array([hashed_vector(text) for text in texts], np.float32).reshape(len(texts), DIMENSION)

    def embed_tokens(self, texts: list[str]) -> list[Embedding]:
        self.embedded += texts
        return [self.embed_question(text) for text in texts]

    def token_starts(self, texts: list[str]) -> list[list[int]]:
        return [[match.start() for match in _SYLLABLE.finditer(fold(text))] for text in texts]

    def embed_question(self, text: str) -> Embedding:
        syllables = [hashed_vector(syllable) for syllable in folded_syllables(text)]
        return Embedding(hashed_vector(text), np.array(syllables, np.float32).reshape(-1, DIMENSION))


def index_of(documents: list[Document], passages: list[Passage] | None = None) -> Index:
    """Give an index in memory of these documents."""
    by_id = {document.doc_id: document for document in documents}
    cut = [p for document in documents for p in split_passages(document)] if passages is None else passages
    abbreviations = read_abbreviations(documents)
    texts = [indexed_text(passage, by_id[passage.doc_id], abbreviations) for passage in cut]
    embedder = FakeEmbedder()
    dense = Dense.of(embedder.embed_passages(texts))
    places = token_places(cut, by_id, embedder.token_starts(texts))
    tokens = TokenVectors.of([compact(one.tokens) for one in embedder.embed_tokens(texts)], DIMENSION, places)
    return Index(documents, cut, dense, Lexical.of(texts), embedder, tokens=tokens)


def fill(data: Path, documents: list[Document]) -> None:
    """Make the library under the data directory hold exactly these documents."""
    with Library(data / LIBRARY_FILE, create=True) as library:
        for doc_id in library.digests():
            library.remove(doc_id)
        for document in documents:
            library.put(document, split_passages(document))


def build(data: Path, embedder: FakeEmbedder | None = None) -> Manifest:
    """Build an index version from the library under the data directory."""
    embedder = embedder or FakeEmbedder()
    with Library(data / LIBRARY_FILE) as library:
        return build_index(library, embedder, data, model=embedder.key)


def open_fake(data: Path) -> Index:
    """Open the current version with the fake model in the place of its own."""
    folder = current_folder(data)
    with Library(folder / SNAPSHOT_FILE) as snapshot:
        documents, passages = snapshot.documents(), snapshot.passages()
    lexical = Lexical.load(folder / LEXICAL_FOLDER, len(passages))
    dense = Dense.load(folder / VECTORS_FILE)
    tokens = TokenVectors.load(folder)
    return Index(
        documents,
        passages,
        dense,
        lexical,
        FakeEmbedder(),
        read_manifest(folder),
        data,
        tokens=tokens,
    )
