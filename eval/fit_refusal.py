"""Fits the model by which questions are refused: python -m eval.fit_refusal

Prints the coefficients for index/refusal.py, and what they refuse. What can be answered are the dev
questions of the gold files, with and without marks, those of calibration_gold.jsonl as terse and as
far from the documents' words as people put them; what cannot are the far ones of gold.jsonl and
calibration_gold.jsonl and those of far_questions.txt, many of which name a place that the documents
name too. The far ones of held_out_gold.jsonl are left for measuring. To be run again whenever the
embedding model changes.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from eval.gold import load_gold
from eval.variants import without_marks
from index.engine import Index
from index.opening import open_index
from index.refusal import CALIBRATED, Likeness, RefusalModel

_FOLDER = Path(__file__).parent
_GOLD_FILE = _FOLDER / "gold.jsonl"
_HELD_OUT_FILE = _FOLDER / "held_out_gold.jsonl"
_CALIBRATION_FILE = _FOLDER / "calibration_gold.jsonl"
_FAR_FILE = _FOLDER / "far_questions.txt"
SHIFT = 0.75  # of the logit: as far towards answering as 0.98 of the far questions, as typed, are still refused


def fitted(answerable: Sequence[Likeness], far: Sequence[Likeness]) -> RefusalModel:
    """Give the logistic model that tells both apart, with the origins and the threshold of the present one."""
    rows = np.array([(one.cosine, one.late) for one in (*answerable, *far)])
    labels = np.r_[np.ones(len(answerable)), np.zeros(len(far))]
    middle, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-9)
    model = LogisticRegression(C=10).fit((rows - middle) / spread, labels)
    per = model.coef_[0] / spread
    intercept = model.intercept_[0] - per @ middle + SHIFT
    cosine, late = (round(float(value), 1) for value in per)
    at_origin = intercept + cosine * CALIBRATED.cosine_origin + late * CALIBRATED.late_origin
    return replace(
        CALIBRATED,
        per_cosine=cosine,
        per_late=late,
        intercept=round(float(at_origin), 1),
    )


def refused(model: RefusalModel, likenesses: Sequence[Likeness]) -> float:
    """Give the share that the model refuses, in [0, 1]."""
    return float(np.mean([model.confidence(one, 0.0) < model.threshold for one in likenesses]))


def dev_questions(index: Index) -> tuple[list[str], list[str]]:
    """Give the dev questions that the documents answer, and those that are far from them."""
    dev, calibration, held_out = (
        [question for question in load_gold(path, index.documents()) if question.split == "dev"]
        for path in (_GOLD_FILE, _CALIBRATION_FILE, _HELD_OUT_FILE)
    )
    answerable = [one.text for one in (*dev, *calibration, *held_out) if one.groups]
    return answerable, [one.text for one in (*dev, *calibration) if one.refusal == "far"]


def main(arguments: list[str] | None = None) -> int:
    """Fit and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.fit_refusal", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="index folder (default: %(default)s)")
    index = open_index(parser.parse_args(arguments).data)
    answerable, far = dev_questions(index)
    far += _FAR_FILE.read_text(encoding="utf-8").splitlines()
    liked, unlike = (
        [index.likeness(form) for text in texts for form in (text, without_marks(text))] for texts in (answerable, far)
    )
    for name, model in (("now", CALIBRATED), ("fitted", fitted(liked, unlike))):
        print(f"{name}: {model}")
        print(f"    answerable refused {refused(model, liked):.3f} of {len(liked)}, ", end="")
        print(f"far refused {refused(model, unlike):.3f} of {len(unlike)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
