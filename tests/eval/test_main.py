"""The whole command on a plan of one page, with hashed syllables in place of a model."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.__main__ import main
from eval.variants import VARIANTS
from index.engine import Index
from tests.fakes import build, fill, open_fake
from tests.plans import HUE, parsed

Run = Callable[..., tuple[int, str, str]]

QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "who-1",
        "kind": "who",
        "split": "dev",
        "question": "sở nào chủ trì chương trình văn nghệ ở nhà hát Sông Hương",
        "gold": [[{"document": "kế hoạch.txt", "quote": "Sở Văn hóa và Thể thao chủ trì tổ chức chương trình"}]],
        "short_answers": ["Sở Văn hóa và Thể thao"],
        "refusal": None,
    },
    {
        "id": "sign-1",
        "kind": "signature_recipients",
        "split": "test",
        "question": "ai ký kế hoạch",
        "gold": [[{"document": "kế hoạch.txt", "quote": "Hoàng Văn An"}]],
        "short_answers": ["Hoàng Văn An"],
        "refusal": None,
    },
    {"id": "far-1", "kind": "far", "split": "dev", "question": "nấu phở bò", "gold": [], "refusal": "far"},
    {"id": "near-1", "kind": "near", "split": "test", "question": "văn nghệ bao tiền", "gold": [], "refusal": "near"},
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `python -m eval` on the plan of Huế; gives status, output and errors."""
    data, gold = tmp_path / "data", tmp_path / "gold.jsonl"
    fill(data, [parsed(HUE)])
    build(data)
    gold.write_text("\n".join(json.dumps(q, ensure_ascii=False) for q in QUESTIONS), encoding="utf-8")

    def open_it(folder: Path, _progress: object = None) -> Index:
        return open_fake(folder)

    monkeypatch.setattr("eval.__main__.open_index", open_it)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main(["--data", str(data), "--gold", str(gold), "--out", str(tmp_path / "out"), *arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def report_of(tmp_path: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    return report


def test_a_run_measures_everything(run: Run, tmp_path: Path) -> None:
    status, printed, _ = run("--baselines", "--ablations")
    assert status == 0
    for title in ("full system, plain questions", "systems, dev", "variants, test", "kinds", "milliseconds"):
        assert title in printed
    report = report_of(tmp_path)
    cells = {(c["system"], c["split"], c["variant"], c["kind"], c["metric"]): c for c in report["cells"]}
    assert {key[2] for key in cells} == set(VARIANTS)
    assert cells["full system", "dev", "plain", "who", "hit@1"]["value"] == 1
    assert cells["full system", "all", "plain", "all", "hit@1"]["questions"] == 2
    assert cells["full system", "all", "no_marks", "all", "verbatim"]["value"] == 1
    assert cells["passages, BM25 only", "dev", "plain", "all", "hit@1"]["value"] == 1
    assert ("passages, BM25 only", "dev", "plain", "all", "far_refused") not in cells
    assert len(report["scores"]) == len(QUESTIONS) * len(VARIANTS)
    assert not list((tmp_path / "out").glob("*.new*"))


def test_the_markdown_report_shows_its_plots(run: Run, tmp_path: Path) -> None:
    run("--variants", "no_marks")
    text = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    drawn = re.findall(r"!\[.*?\]\((.*?)\)", text)
    assert {"variants.svg"} <= set(drawn)
    assert all((tmp_path / "out" / name).stat().st_size > 1_000 for name in drawn)


def test_misses_of_test_are_counted_but_not_listed(run: Run, tmp_path: Path) -> None:
    _, printed, _ = run("--variants", "none")
    report = report_of(tmp_path)
    assert all(miss["split"] == "dev" for miss in report["misses"])
    assert sum(counts["test"] for counts in report["miss_counts"].values()) >= 0
    assert "near-1" not in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "near-1" not in json.dumps(report["scores"]) + printed
    run("--variants", "none", "--show-test")
    listed = {(miss["id"], miss["fault"]) for miss in report_of(tmp_path)["misses"]}
    counted = sum(sum(counts.values()) for counts in report["miss_counts"].values())
    assert len(listed) == counted


def test_a_second_run_is_compared_with_the_first(run: Run, tmp_path: Path) -> None:
    run("--variants", "none")
    (tmp_path / "out" / "report.json").rename(tmp_path / "old.json")
    status, printed, _ = run("--variants", "none", "--against", str(tmp_path / "old.json"))
    assert status == 0
    assert "old.json (paired permutation test)" in printed
    assert all(change["before"] == change["now"] for change in report_of(tmp_path)["against"]["changes"])


def test_below_a_floor_the_status_is_1(run: Run, tmp_path: Path) -> None:
    gate = tmp_path / "gates.json"
    floors = [{"metric": "hit@5", "split": "all", "at_least": 0.5}]
    gate.write_text(json.dumps({"floors": floors}), encoding="utf-8")
    status, printed, _ = run("--variants", "none", "--gate", str(gate))
    assert status == 0
    assert "all 1 floors" in printed
    floors.append({"metric": "hit@5", "split": "all", "at_most": 0.25})
    gate.write_text(json.dumps({"floors": floors}), encoding="utf-8")
    status, _, said = run("--variants", "none", "--gate", str(gate))
    assert status == 1
    assert "below the floor: hit@5 all plain: 1.000, must be at most 0.250" in said


def test_one_half_alone(run: Run, tmp_path: Path) -> None:
    run("--split", "test", "--variants", "none")
    assert {cell["split"] for cell in report_of(tmp_path)["cells"]} == {"test", "all"}
    assert report_of(tmp_path)["misses"] == []


def test_a_gold_file_that_does_not_fit_is_an_error(run: Run, tmp_path: Path) -> None:
    wrong = dict(QUESTIONS[0], gold=[[{"document": "kế hoạch.txt", "quote": "Sở Y tế chủ trì"}]])
    (tmp_path / "gold.jsonl").write_text(json.dumps(wrong), encoding="utf-8")
    status, _, said = run()
    assert status == 1
    assert "line 1" in said
    assert "Sở Y tế chủ trì" in said


def test_an_unknown_variant_is_an_error(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--variants", "shouting")
    assert "no variant 'shouting'" in capsys.readouterr().err
