"""The plots of a report; the only import of matplotlib."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matplotlib import pyplot, rc_context

from eval.stats import Bin
from eval.systems import FULL
from eval.table import ALL, Cells
from eval.variants import PLAIN

_BLUE, _LIGHT, _GREY = "#1f4e79", "#8fb4d9", "#999999"
_MEASURES = (("hit@1", _BLUE), ("hit@5", _LIGHT))


def draw(cells: Cells, steps: dict[str, list[Bin]], folder: Path) -> dict[str, str]:
    """Draw what was measured as SVG files in `folder`; gives file names by title."""
    folder.mkdir(parents=True, exist_ok=True)
    pyplot.switch_backend("svg")
    split = cells.splits[0]
    drawn = {}
    named = (("system", "Systems"), ("variant", "Variants"), ("kind", "Kinds of questions"))
    with rc_context({"svg.hashsalt": "eval"}):  # equal figures, equal files
        for field, title in named:
            names = [name for name in cells.names(field) if cells.get("hit@1", split, **_place(field, name))]
            if len(names) > 1:
                drawn[f"{title}, {split}"] = _bars(cells, split, field, names, folder / f"{field}s.svg")
        if steps:
            drawn["Confidence against what came true"] = _reliability(steps, folder / "reliability.svg")
    return drawn


def _place(field: str, name: str) -> dict[str, str]:
    return {"system": FULL, "variant": PLAIN, "kind": ALL} | {field: name}


def _bars(cells: Cells, split: str, field: str, names: Sequence[str], path: Path) -> str:
    """Bars of Hit@1 and Hit@5 with their 95 % intervals, a row for each name."""
    figure, axes = pyplot.subplots(figsize=(8, 0.9 + 0.42 * len(names)), layout="constrained")
    for offset, (metric, colour) in zip((-0.2, 0.2), _MEASURES, strict=True):
        found = [cells.get(metric, split, **_place(field, name)) for name in names]
        values = [cell.value if cell else 0.0 for cell in found]
        low = [cell.value - (cell.low or 0.0) if cell else 0.0 for cell in found]
        high = [(cell.high or 0.0) - cell.value if cell else 0.0 for cell in found]
        rows = [row + offset for row in range(len(names))]
        axes.barh(rows, values, 0.36, xerr=[low, high], color=colour, ecolor=_GREY, label=metric)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.legend(loc="lower left")
    return _saved(figure, path)


def _reliability(steps: dict[str, list[Bin]], path: Path) -> str:
    figure, axes = pyplot.subplots(figsize=(5, 5), layout="constrained")
    axes.plot([0, 1], [0, 1], color=_GREY, linestyle="--")
    for (split, bins), colour in zip(steps.items(), (_BLUE, _LIGHT), strict=False):
        axes.plot([b.confidence for b in bins], [b.came_true for b in bins], "o-", color=colour, label=split)
        for step in bins:
            axes.annotate(str(step.questions), (step.confidence, step.came_true), fontsize=8)
    axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="confidence that the documents answer", ylabel="share that they do")
    axes.legend(loc="upper left")
    return _saved(figure, path)


def _saved(figure: Any, path: Path) -> str:
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    return path.name
