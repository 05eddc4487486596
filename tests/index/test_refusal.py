"""How sure it is that the documents speak of a question, by hand."""

from math import exp

import pytest

from index.models import DEFAULT_MODEL
from index.refusal import BY_WORDS, CALIBRATED, RefusalModel, refusal_model, unknown_share

MODEL = RefusalModel(per_cosine=10.0, per_unknown=-2.0, intercept=1.0, cosine_origin=0.8)


@pytest.mark.parametrize(
    ("best_cosine", "unknown", "sign"),
    [
        (0.8, 0.0, 1.0),  # 10 · 0 - 2 · 0 + 1
        (0.9, 0.5, 1.0),  # 10 · 0.1 - 2 · 0.5 + 1
        (0.7, 0.0, 0.0),
        (0.7, 1.0, -2.0),
        (1.0, 0.0, 3.0),
        (-1.0, 1.0, -19.0),  # no passage at all
    ],
)
def test_confidence_is_logistic(best_cosine: float, unknown: float, sign: float) -> None:
    assert MODEL.confidence(best_cosine, unknown) == pytest.approx(1 / (1 + exp(-sign)))


def test_an_even_sign_is_one_half() -> None:
    assert MODEL.confidence(0.7, 0.0) == pytest.approx(0.5)


def test_cosines_count_for_the_model_that_they_were_fitted_for() -> None:
    assert refusal_model(DEFAULT_MODEL) is CALIBRATED
    assert refusal_model("/models/another") is BY_WORDS
    assert BY_WORDS.confidence(-1.0, 0.2) == BY_WORDS.confidence(1.0, 0.2)
    assert CALIBRATED.confidence(0.8, 0.2) < CALIBRATED.confidence(0.9, 0.2)
    for model in (BY_WORDS, CALIBRATED):
        assert model.confidence(0.85, 1.0) < model.confidence(0.85, 0.0)


WORTH = {"ai": 0.0, "bao": 1.0, "chi": 3.0, "xeo": 4.0}


@pytest.mark.parametrize(
    ("terms", "known", "share"),
    [
        (["bao", "chi", "xeo"], {"bao", "chi"}, 0.5),
        (["bao", "xeo"], {"bao"}, 0.8),
        (["bao", "xeo", "xeo"], {"bao"}, 0.8),  # a word counts once
        (["bao", "chi"], {"bao", "chi"}, 0.0),
        (["bao", "chi"], set(), 1.0),
        (["ai"], {"ai"}, 1.0),  # nothing that weighs
        ([], set(), 1.0),
    ],
)
def test_the_share_of_words_that_no_passage_has(terms: list[str], known: set[str], share: float) -> None:
    assert unknown_share(terms, WORTH.__getitem__, known.__contains__) == pytest.approx(share)
