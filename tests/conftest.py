"""What several tests share: the plans ingested, a tiny real model, the real one and its vectors."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from index.text import folded_syllables
from index.vectors import VECTORS_FILE
from ingest.__main__ import main as ingest
from ingest.library import LIBRARY_FILE, Library
from ingest.types import Document
from tests.plans import CORPUS, HUE, ROOT

# The same examples every time: what a change broke is told from what was always so. `make fuzz` looks further.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("default" if "FUZZ_EXAMPLES" in os.environ else "repeatable")


@pytest.fixture(scope="session")
def corpus_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the library of the five plans; tests copy it before they change it."""
    data = tmp_path_factory.mktemp("corpus") / "dữ liệu"
    assert ingest([str(CORPUS), "--data", str(data)]) == 0
    return data


@pytest.fixture(scope="session")
def corpus_documents(corpus_data: Path) -> list[Document]:
    """The five plans."""
    with Library(corpus_data / LIBRARY_FILE) as library:
        return library.documents()


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a real sentence-transformers model: the mean of a random vector for each syllable."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    words = sorted({word for text in [*texts, HUE] for word in folded_syllables(text)})
    tokenizer = Tokenizer(models.WordLevel({word: row for row, word in enumerate(["[UNK]", *words])}, "[UNK]"))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
            normalizers.Replace("đ", "d"),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.random.default_rng(35).standard_normal((len(words) + 1, 512)).astype(np.float32)
    folder = tmp_path_factory.mktemp("models") / "tiny"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)]).save(str(folder))
    return folder


@pytest.fixture(scope="session")
def real_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of converted models: the repository's own where there is one, so that it is made once."""
    kept = ROOT / "data" / "models"
    return kept if kept.is_dir() else tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def real_data(tmp_path_factory: pytest.TempPathFactory, corpus_data: Path, real_models: Path) -> Path:
    """The library of the five plans with the real model and the vectors that the repository's own data has.

    Vectors are kept by the words and the model that they are of: what is not there is computed.
    """
    data = Path(shutil.copytree(corpus_data, tmp_path_factory.mktemp("real") / "dữ liệu"))
    (data / "models").symlink_to(real_models)
    kept = ROOT / "data" / VECTORS_FILE
    if kept.is_file():
        shutil.copy(kept, data)
    return data
