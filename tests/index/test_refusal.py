"""How sure it is that the documents speak of a question, by hand."""

from dataclasses import replace
from math import exp

import pytest

from index.intents import Intent
from index.models import DEFAULT_MODEL
from index.refusal import (
    BY_WORDS,
    CALIBRATED,
    Likeness,
    RefusalModel,
    asks_own_fact,
    refusal_model,
    unknown_share,
)
from ingest.types import Passage, SectionKind
from tests.fakes import understood

MODEL = RefusalModel(
    per_cosine=10.0,
    per_late=5.0,
    per_unknown=-2.0,
    intercept=1.0,
    cosine_origin=0.8,
    late_origin=0.4,
)


@pytest.mark.parametrize(
    ("cosine", "late", "unknown", "sign"),
    [
        (0.8, 0.4, 0.0, 1.0),  # 10 · 0 + 5 · 0 - 2 · 0 + 1
        (0.9, 0.4, 0.5, 1.0),  # 10 · 0.1 + 5 · 0 - 2 · 0.5 + 1
        (0.9, 0.6, 0.5, 2.0),  # 10 · 0.1 + 5 · 0.2 - 2 · 0.5 + 1
        (0.8, 0.2, 0.0, 0.0),
        (0.7, 0.4, 0.0, 0.0),
        (0.7, 0.0, 1.0, -4.0),
        (1.0, 1.0, 0.0, 6.0),
        (-1.0, -1.0, 1.0, -26.0),  # no passage at all
    ],
)
def test_confidence_is_logistic(cosine: float, late: float, unknown: float, sign: float) -> None:
    assert MODEL.confidence(Likeness(cosine, late), unknown) == pytest.approx(1 / (1 + exp(-sign)))


def test_an_even_sign_is_one_half() -> None:
    assert MODEL.confidence(Likeness(0.7, 0.4), 0.0) == pytest.approx(0.5)


def test_every_sign_counts_in_its_direction() -> None:
    middle = CALIBRATED.confidence(Likeness(0.85, 0.45), 0.2)
    assert middle < CALIBRATED.confidence(Likeness(0.86, 0.45), 0.2)
    assert middle < CALIBRATED.confidence(Likeness(0.85, 0.46), 0.2)
    assert middle > CALIBRATED.confidence(Likeness(0.84, 0.45), 0.2)
    assert middle > CALIBRATED.confidence(Likeness(0.85, 0.44), 0.2)
    assert middle >= CALIBRATED.confidence(Likeness(0.85, 0.45), 1.0)
    assert MODEL.confidence(Likeness(0.85, 0.45), 1.0) < MODEL.confidence(Likeness(0.85, 0.45), 0.0)


def test_likeness_counts_for_the_model_that_it_was_fitted_for() -> None:
    assert refusal_model(DEFAULT_MODEL) is CALIBRATED
    assert refusal_model("/models/another") is BY_WORDS
    assert BY_WORDS.confidence(Likeness(-1.0, -1.0), 0.2) == BY_WORDS.confidence(Likeness(1.0, 1.0), 0.2)
    assert BY_WORDS.confidence(Likeness(0.85, 0.45), 1.0) < BY_WORDS.threshold
    assert BY_WORDS.confidence(Likeness(0.85, 0.45), 0.0) > BY_WORDS.threshold


def test_what_the_calibrated_model_says_of_the_extremes() -> None:
    assert CALIBRATED.confidence(Likeness(0.55, 0.35), 0.0) < CALIBRATED.threshold
    assert CALIBRATED.confidence(Likeness(0.92, 0.70), 0.0) > CALIBRATED.threshold
    assert CALIBRATED.confidence(Likeness(-1.0, -1.0), 1.0) == pytest.approx(0.0)  # no passage, and no overflow


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


@pytest.mark.parametrize(
    ("intents", "kind", "documents", "expected"),
    [
        ({"own_number"}, "header", ("hue",), True),
        ({"own_date", "when"}, "header", ("hue", "vinh"), True),
        ({"own_date"}, "header", ("vinh",), False),
        ({"own_date"}, "header", (), False),
        ({"own_date"}, "tasks", ("hue",), False),
        ({"when"}, "header", ("hue",), False),
        ({"signature"}, "header", ("hue",), False),
        ({"signature"}, "signature", ("hue",), True),
        ({"who"}, "signature", ("hue",), False),
        ({"recipients"}, "recipients", ("hue",), True),
        ({"recipients"}, "recipients", ("vinh",), False),
        ({"own_date"}, "recipients", ("hue",), False),
    ],
)
def test_number_date_signature_and_recipients_of_a_document_that_is_named_stand_in_its_head_or_at_its_end(
    intents: set[Intent], kind: SectionKind, documents: tuple[str, ...], expected: bool
) -> None:
    question = replace(understood("giấy của Huế mang số mấy"), intents=frozenset(intents), documents=documents)
    best = Passage("hue:0", "hue", 0, 5, "Số 12", (), "Đoạn 1", kind, None, None)
    assert asks_own_fact(question, best) is expected
