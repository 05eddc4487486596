"""The model by which questions are refused is fitted to what tells them apart."""

import json
from pathlib import Path

import pytest

from eval import fit_refusal
from eval.fit_refusal import fitted, refused
from index.refusal import Likeness
from index.text import folded_syllables
from ingest.folding import fold

EVAL = Path(fit_refusal.__file__).parent
NEAR = [Likeness(0.86 + step / 1000, 0.5) for step in range(20)]
FAR = [Likeness(0.76 + step / 1000, 0.5) for step in range(20)]


def test_what_differs_decides_and_what_does_not_has_no_weight() -> None:
    model = fitted(NEAR, FAR)
    assert (refused(model, NEAR), refused(model, FAR)) == (0.0, 1.0)
    assert model.per_cosine > 0
    assert model.per_late == 0


def test_between_both_it_is_shifted() -> None:
    middle = Likeness(0.8195, 0.5)
    assert fitted(NEAR, FAR).confidence(middle, 0.0) == pytest.approx(0.5, abs=0.2)
    assert fitted([middle], [middle]).confidence(middle, 0.0) == pytest.approx(
        1 / (1 + 2.718**-fit_refusal.SHIFT), abs=0.02
    )


def test_no_far_question_of_the_fit_is_one_of_those_that_measure() -> None:
    far = (EVAL / "far_questions.txt").read_text(encoding="utf-8").splitlines()
    measuring = {
        fold(json.loads(line)["question"])
        for name in ("gold.jsonl", "held_out_gold.jsonl", "other_gold.jsonl")
        for line in (EVAL / name).read_text(encoding="utf-8").splitlines()
    }
    assert len(far) == len({*map(fold, far)}) >= 75
    assert not measuring & {*map(fold, far)}


def test_no_question_of_the_fit_has_half_of_its_syllables_in_common_with_one_that_measures() -> None:
    def asked(name: str) -> list[frozenset[str]]:
        lines = (EVAL / name).read_text(encoding="utf-8").splitlines()
        return [frozenset(folded_syllables(json.loads(line)["question"])) for line in lines]

    measuring = [*asked("gold.jsonl"), *asked("held_out_gold.jsonl")]
    fitted_to = asked("calibration_gold.jsonl")
    assert len(fitted_to) >= 450
    assert not [one for one in fitted_to for other in measuring if 2 * len(one & other) >= len(one | other)]
