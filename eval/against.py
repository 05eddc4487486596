"""Two evaluations on the same questions: which difference is more than chance."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import EvalError
from eval.stats import compare
from eval.types import Result

COMPARED = ("hit@1", "hit@5", "group_recall@5", "hit_1500", "mrr@10", "short_answer", "refusal_recall", "false_refusal")
EVERY_VARIANT = "mean of variants"


@dataclass(frozen=True, slots=True)
class Score:
    """A question's own values; the key changes with its wording, so that only like is compared."""

    key: str
    split: str
    variant: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Change:
    """A measure before and now on the questions that both evaluations asked; `p` is two-sided."""

    metric: str
    split: str
    variant: str
    before: float
    now: float
    p: float
    questions: int


def scores_of(results: Iterable[Result]) -> list[Score]:
    """Give what each question got in the measures that are compared, in [0, 1]."""
    scores = []
    for result in results:
        question = result.question
        key = hashlib.sha256(f"{question.question_id}\n{question.text}".encode()).hexdigest()[:16]
        values = {metric: result.parts[metric].got for metric in COMPARED if metric in result.parts}
        scores.append(Score(key, question.split, result.variant, values))
    return scores


def read_scores(path: Path) -> list[Score]:
    """Read the scores of a previous report; raises EvalError where it is not one."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        return [Score(s["key"], s["split"], s["variant"], s["values"]) for s in report["scores"]]
    except OSError as error:
        raise EvalError(f"{path}: cannot be read ({error.strerror}); give a report.json with --against") from error
    except (ValueError, KeyError, TypeError) as error:
        raise EvalError(f"{path}: is not a report of python -m eval ({error!r}); give its report.json") from error


def changes(before: Sequence[Score], now: Sequence[Score]) -> list[Change]:
    """Compare every measure for each split and variant, and the questions' means over all variants.

    A question whose wording, split or variant is not in both is left out.
    """
    found = []
    old, new = _by_place(before), _by_place(now)
    for (metric, split, variant), values in new.items():
        previous = old.get((metric, split, variant), {})
        keys = [key for key in values if key in previous]
        if keys:
            result = compare([previous[key] for key in keys], [values[key] for key in keys])
            found.append(Change(metric, split, variant, result.before, result.now, result.p, len(keys)))
    return found


def _by_place(scores: Iterable[Score]) -> dict[tuple[str, str, str], dict[str, float]]:
    single: dict[tuple[str, str, str], dict[str, float]] = {}
    every: dict[tuple[str, str, str], dict[str, list[float]]] = {}
    for score in scores:
        for metric, value in score.values.items():
            single.setdefault((metric, score.split, score.variant), {})[score.key] = value
            place = metric, score.split, EVERY_VARIANT
            every.setdefault(place, {}).setdefault(score.key, []).append(value)
    pooled = {place: {k: sum(v) / len(v) for k, v in values.items()} for place, values in every.items()}
    return single | pooled


def as_entries(scores: Iterable[Score]) -> list[dict[str, Any]]:
    """Give the scores as they stand in a report."""
    return [{"key": s.key, "split": s.split, "variant": s.variant, "values": dict(s.values)} for s in scores]
