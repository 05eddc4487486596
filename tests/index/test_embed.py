"""A tiny transformer in the place of the real model: the tokens of a text, without prefix and ends."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.embed import SentenceTransformerEmbedder, load_embedder

SYLLABLES = "ai ký kế hoạch treo pano ở đâu query passage : ,".split()
TEXTS = ["ai ký kế hoạch", "treo pano", "ở đâu, ở đâu", ""]
COUNTS = [4, 2, 5, 0]


@pytest.fixture(scope="module", params=["e5-tiny", "other"])
def embedder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SentenceTransformerEmbedder:
    """A random model with a token for each syllable; the first wants "query: " and "passage: "."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    vocabulary = {word: row for row, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *SYLLABLES])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    torch.manual_seed(35)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    )
    bert = tmp_path_factory.mktemp("bert")
    BertModel(config).save_pretrained(str(bert))
    marks = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **marks).save_pretrained(str(bert))
    folder = tmp_path_factory.mktemp("models") / request.param
    SentenceTransformer(modules=[Transformer(str(bert)), Pooling(32)]).save(str(folder))
    return load_embedder(str(folder), tmp_path_factory.mktemp("data"))


def check_unit(rows: np.ndarray) -> None:
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=-1) == pytest.approx(np.ones(rows.shape[:-1]), abs=1e-5)


def test_a_text_has_a_vector_for_each_of_its_tokens(embedder: SentenceTransformerEmbedder) -> None:
    found = embedder.embed_tokens(TEXTS)
    assert [one.tokens.shape for one in found] == [(count, 32) for count in COUNTS]
    for one in found:
        check_unit(one.tokens)
        check_unit(one.whole)
    assert [len(embedder.embed_question(text).tokens) for text in TEXTS] == COUNTS
    assert embedder.embed_tokens([]) == []


def test_the_whole_is_what_the_text_has_without_tokens(embedder: SentenceTransformerEmbedder) -> None:
    wholes = embedder.embed_passages(TEXTS)
    for one, whole in zip(embedder.embed_tokens(TEXTS), wholes, strict=True):
        assert one.whole @ whole > 0.99  # bfloat16
    assert embedder.dimension == 32
    assert embedder.embed_passages([]).shape == (0, 32)


def test_a_text_has_the_same_tokens_beside_longer_ones(embedder: SentenceTransformerEmbedder) -> None:
    together = embedder.embed_tokens(TEXTS)
    for text, one in zip(TEXTS, together, strict=True):
        (alone,) = embedder.embed_tokens([text])
        assert np.abs(alone.tokens - one.tokens).max(initial=0) < 0.05  # bfloat16


def test_tokens_stand_in_the_order_of_the_text(embedder: SentenceTransformerEmbedder) -> None:
    """Of a model of one layer a token is most like itself in another place."""
    ab, ba = (embedder.embed_question(text).tokens for text in ("ký pano", "pano ký"))
    likeness = ab @ ba.T
    assert likeness[0].argmax() == 1
    assert likeness[1].argmax() == 0


def test_where_each_token_begins(embedder: SentenceTransformerEmbedder) -> None:
    found = embedder.token_starts([*TEXTS, "ở  đâu :ký"])
    assert found == [[0, 3, 6, 9], [0, 5], [0, 2, 5, 7, 9], [], [0, 3, 7, 8]]
    assert embedder.token_starts([]) == []


def test_a_model_without_tokens_has_the_whole_text_for_one(tiny_model: Path, tmp_path: Path) -> None:
    static = load_embedder(str(tiny_model), tmp_path)
    for found in (*static.embed_tokens(["ai ký kế hoạch", "treo pano"]), static.embed_question("treo pano")):
        assert found.tokens.shape == (1, static.dimension)
        assert np.array_equal(found.tokens[0], found.whole)
        check_unit(found.whole)
    assert static.token_starts(["treo pano"]) is None


def test_questions_of_several_threads_get_the_vectors_they_have_alone(embedder: SentenceTransformerEmbedder) -> None:
    alone = [embedder.embed_question(text) for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(10):
            for one, other in zip(alone, pool.map(embedder.embed_question, TEXTS), strict=True):
                assert one.tokens.shape == other.tokens.shape
                assert np.abs(one.tokens - other.tokens).max(initial=0) < 0.05  # bfloat16
                assert one.whole @ other.whole > 0.99
