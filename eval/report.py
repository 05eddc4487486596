"""A report: tables on the terminal, report.json for programs, report.md with plots and misses for people."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eval.against import Change, Score, as_entries
from eval.metrics import METRICS
from eval.misses import FAULTS
from eval.stats import Bin, calibration_error
from eval.table import Cells, Table, as_markdown, as_terminal, change_table, tables
from eval.types import Cell

REPORT_FILE = "report.json"
MARKDOWN_FILE = "report.md"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Report:
    """All that an evaluation found out."""

    about: Mapping[str, str | int | float]  # gold file, data, model, numbers of questions and passages
    cells: Sequence[Cell]
    scores: Sequence[Score]  # of the full system, for a later --against
    misses: Sequence[Mapping[str, Any]]
    miss_counts: Mapping[str, Mapping[str, int]]
    earned: Mapping[str, Sequence[Change]] = field(default_factory=dict)  # by other system
    against: tuple[str, Sequence[Change]] | None = None  # previous report, changes since
    reliability: Mapping[str, Sequence[Bin]] = field(default_factory=dict)  # by split


def terminal_text(report: Report) -> str:
    """Give the tables of a report for the terminal."""
    parts = [about_text(report), *(as_terminal(table) for table in _tables(report)), _counts_text(report)]
    return "\n\n".join(part for part in parts if part)


def about_text(report: Report) -> str:
    """Give what was evaluated on lines of "name: value"."""
    return "\n".join(f"{name}: {value}" for name, value in report.about.items())


def write_report(report: Report, out: Path, *, plots: bool = True) -> list[Path]:
    """Write report.json and report.md with its plots into a folder; gives the files written."""
    out.mkdir(parents=True, exist_ok=True)
    _replace(out / REPORT_FILE, json.dumps(as_json(report), ensure_ascii=False, indent=1) + "\n")
    drawn: dict[str, str] = {}
    if plots:
        try:
            from eval.plots import draw
        except ImportError:  # matplotlib belongs to requirements-dev; numbers need no plots
            drawn = {}
        else:
            drawn = draw(Cells(report.cells), {s: list(bins) for s, bins in report.reliability.items()}, out)
    _replace(out / MARKDOWN_FILE, markdown_text(report, drawn))
    return [out / REPORT_FILE, out / MARKDOWN_FILE]


def as_json(report: Report) -> dict[str, Any]:
    """Give the report for programs; a cell is one number with what it is about."""
    return {
        "format": FORMAT,
        "about": dict(report.about),
        "cells": [_rounded(asdict(cell)) for cell in report.cells],
        "earned": {system: [_rounded(asdict(c)) for c in found] for system, found in report.earned.items()},
        "against": None
        if report.against is None
        else {"report": report.against[0], "changes": [_rounded(asdict(c)) for c in report.against[1]]},
        "reliability": {split: [_rounded(asdict(b)) for b in bins] for split, bins in report.reliability.items()},
        "miss_counts": {fault: dict(counts) for fault, counts in report.miss_counts.items()},
        "misses": [dict(miss) for miss in report.misses],
        "scores": as_entries(report.scores),
    }


def markdown_text(report: Report, drawn: Mapping[str, str]) -> str:
    """Give the report for people; `drawn` are plot files by title."""
    parts = ["# Evaluation", about_text(report).replace("\n", "  \n")]
    parts += [f"![{title}]({name})" for title, name in drawn.items()]
    parts += [as_markdown(table) for table in _tables(report)]
    for split, bins in report.reliability.items():
        parts.append(f"Expected calibration error, {split}: {calibration_error(bins):.3f}.")
    parts.append("## Measures\n\n" + "\n".join(f"- `{name}`: {meaning}" for name, meaning in METRICS.items()))
    parts.append(f"## Misses\n\n{_counts_text(report)}")
    for fault, meaning in FAULTS.items():
        found = [miss for miss in report.misses if miss["fault"] == fault]
        if found:
            parts.append(f"### {meaning} ({len(found)})\n\n" + "\n\n".join(_miss_text(miss) for miss in found))
    return "\n\n".join(parts) + "\n"


def _tables(report: Report) -> list[Table]:
    made = tables(Cells(report.cells), report.earned)
    if report.against is not None:
        made.append(change_table(report.against[1], report.against[0]))
    return made


def _counts_text(report: Report) -> str:
    """Count the misses of plain questions; which ones they are is listed for `dev` alone."""
    lines = [
        f"{meaning}: {', '.join(f'{split} {count}' for split, count in report.miss_counts[fault].items())}"
        for fault, meaning in FAULTS.items()
        if fault in report.miss_counts and any(report.miss_counts[fault].values())
    ]
    return "\n".join(f"- {line}" for line in lines)


def _miss_text(miss: Mapping[str, Any]) -> str:
    lines = [f"**{miss['id']}** ({miss['kind']}, {miss['split']}, {miss['variant']}): {miss['typed']}"]
    if miss["understood_as"] != miss["typed"]:
        lines.append(f"- understood as: {miss['understood_as']}")
    lines += [f"- gold: {' | '.join(group)}" for group in miss["gold"]]
    if miss["short_answers"]:
        lines.append(f"- short answer: {' | '.join(miss['short_answers'])}")
    answer = (miss["answer"] or "").replace("\n", " / ")
    lines.append(f"- {'refused' if miss['refused'] else 'answer'}: {answer}")
    lines += [f"- {line}" for line in miss["returned"]]
    return "\n".join(lines)


def _rounded(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in entry.items()}


def _replace(path: Path, text: str) -> None:
    """Write a file in whole or not at all."""
    draft = path.with_suffix(f".new{path.suffix}")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)
