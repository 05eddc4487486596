"""Floors and comparisons: what holds, what does not, and what was not measured."""

import json
from pathlib import Path

import pytest

from eval.against import EVERY_VARIANT, Score, as_entries, changes, read_scores
from eval.errors import EvalError
from eval.gate import Floor, failures, read_floors
from eval.metrics import METRICS
from eval.systems import FULL
from eval.types import Cell
from eval.variants import VARIANTS
from tests.plans import ROOT


def cell(value: float, metric: str = "hit@1", variant: str = "plain", system: str = FULL) -> Cell:
    return Cell(system, "test", variant, "all", metric, value, None, None, 10)


@pytest.mark.parametrize(
    ("floor", "said"),
    [
        (Floor("hit@1", "test", at_least=0.85), []),
        (Floor("hit@1", "test", at_least=0.851), ["hit@1 test plain: 0.850, must be at least 0.851"]),
        (Floor("hit@1", "test", at_most=0.85), []),
        (Floor("hit@1", "test", at_most=0.84), ["hit@1 test plain: 0.850, must be at most 0.840"]),
        (Floor("hit@1", "test", at_least=-0.05, variant="no_marks", compared_with="plain"), []),
        (
            Floor("hit@1", "test", at_least=-0.01, variant="no_marks", compared_with="plain"),
            ["hit@1 test no_marks minus plain: -0.050, must be at least -0.010"],
        ),
        (
            Floor("hit@5", "test", at_least=0.0),
            ["hit@5 test plain: not measured in this run; leave out --split and --variants"],
        ),
        (
            Floor("hit@1", "test", at_least=0.0, kind="who"),
            ["hit@1 test plain who: not measured in this run; leave out --split and --variants"],
        ),
    ],
)
def test_floors(floor: Floor, said: list[str]) -> None:
    cells = [cell(0.85), cell(0.80, variant="no_marks"), cell(0.1, system="other")]
    assert failures([floor], cells) == said


def test_the_committed_floors_are_about_what_is_measured() -> None:
    floors = read_floors(ROOT / "eval" / "gates.json")
    assert {floor.metric for floor in floors} <= set(METRICS) | {"ask_to_embed", "content_share_median"}
    assert {floor.variant for floor in floors} <= set(VARIANTS)
    assert {floor.split for floor in floors} <= {"test", "all"}


def test_the_ratchet_holds_both_halves_as_typed_with_marks_and_without() -> None:
    floors = read_floors(ROOT / "eval" / "ratchet.json")
    assert {floor.metric for floor in floors} <= set(METRICS)
    assert {(floor.split, floor.variant) for floor in floors} == {
        (split, variant) for split in ("dev", "test", "all") for variant in ("plain", "no_marks")
    }
    assert len({floor.name for floor in floors}) == len(floors)


@pytest.mark.parametrize(
    "content", ["", "[]", '{"floors": [{"metric": "hit@1"}]}', '{"floors": [{"metric": "hit@1", "split": "test"}]}']
)
def test_a_wrong_gate_file_is_an_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gates.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvalError, match=r"gates\.json"):
        read_floors(path)


def score(key: str, value: float, variant: str = "plain", split: str = "dev") -> Score:
    return Score(key, split, variant, {"hit@1": value})


def test_only_what_both_asked_is_compared() -> None:
    before = [score("a", 0), score("b", 1), score("gone", 0), score("c", 0, split="test")]
    now = [score("a", 1), score("b", 1), score("new", 1), score("a", 0, "no_marks")]
    found = {change.variant: change for change in changes(before, now)}
    assert (found["plain"].before, found["plain"].now, found["plain"].questions) == (0.5, 1.0, 2)
    # The mean of the variants of a is 0.5 now, and was 0; that of b stays 1.
    assert (found[EVERY_VARIANT].before, found[EVERY_VARIANT].now) == (0.5, 0.75)
    assert set(found) == {"plain", EVERY_VARIANT}


def test_scores_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps({"scores": as_entries([score("a", 1 / 3)])}), encoding="utf-8")
    assert read_scores(path) == [score("a", 1 / 3)]
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(EvalError, match=r"report\.json"):
        read_scores(path)
    with pytest.raises(EvalError, match="--against"):
        read_scores(tmp_path / "none.json")
