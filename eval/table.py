"""Tables of cells, once for the terminal and the Markdown report."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.against import EVERY_VARIANT, Change
from eval.metrics import METRICS
from eval.systems import FULL
from eval.types import Cell
from eval.variants import PLAIN

ALL = "all"
_SPLITS = ("dev", "test")
_RANKED = ("hit@1", "hit@3", "hit@5", "group_recall@5", "hit_1500", "mrr@10", "ndcg@10", "citation_precision")
_ASKED = ("hit@1", "hit@5", "group_recall@5", "hit_1500", "mrr@10", "short_answer")
_REFUSED = ("false_refusal", "near_refused", "far_refused")
_EARNED = (("hit@1", PLAIN), ("hit@1", EVERY_VARIANT), ("hit@5", EVERY_VARIANT), ("mrr@10", EVERY_VARIANT))


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table of text; the first column names the row."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Cells:
    """The cells of a report, looked up by what they are about."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self._cells = {(c.system, c.split, c.variant, c.kind, c.metric): c for c in cells}

    def get(self, metric: str, split: str, system: str = FULL, variant: str = PLAIN, kind: str = ALL) -> Cell | None:
        """Give a cell, None where it was not measured."""
        return self._cells.get((system, split, variant, kind, metric))

    def text(self, metric: str, split: str, system: str = FULL, variant: str = PLAIN, kind: str = ALL) -> str:
        """Give a value with three decimals, "–" where it was not measured."""
        cell = self.get(metric, split, system, variant, kind)
        return f"{cell.value:.3f}" if cell else "–"

    def names(self, field: str) -> list[str]:
        """Give the systems, splits, variants or kinds in order of appearance."""
        return list(dict.fromkeys(getattr(cell, field) for cell in self._cells.values()))

    @property
    def splits(self) -> list[str]:
        """The measured splits, without their sum."""
        return [split for split in _SPLITS if split in self.names("split")]


def tables(cells: Cells, earned: Mapping[str, Sequence[Change]]) -> list[Table]:
    """Give the tables of a report; `earned` is each other system "before" and the full system "now"."""
    made = [_measures(cells)]
    several = len(cells.names("system")) > 1
    for split in cells.splits:
        if several:
            made += [_systems(cells, split, variant) for variant in (PLAIN, "no_marks") if _has(cells, split, variant)]
    if several and earned:
        made.append(_earnings(earned, cells.splits[0]))
    for split in cells.splits:
        made.append(_variants(cells, split))
    return [*made, _kinds(cells), _latency(cells)]


def _has(cells: Cells, split: str, variant: str) -> bool:
    return cells.get("hit@1", split, variant=variant) is not None


def _measures(cells: Cells) -> Table:
    rows = []
    for metric in METRICS:
        found = [cells.get(metric, split) for split in cells.splits]
        if any(found):
            rows.append((metric, *(_with_interval(cell) for cell in found)))
    return Table(f"{FULL}, plain questions: value [95 % interval] (questions)", ("", *cells.splits), tuple(rows))


def _with_interval(cell: Cell | None) -> str:
    if cell is None:
        return "–"
    return f"{cell.value:.3f} [{cell.low:.2f}–{cell.high:.2f}] ({cell.questions})"


def _systems(cells: Cells, split: str, variant: str) -> Table:
    columns = (*_RANKED, "short_answer", *_REFUSED)
    rows = [
        (system, *(cells.text(metric, split, system, variant) for metric in columns))
        for system in cells.names("system")
    ]
    return Table(f"systems, {split}, {variant}", ("", *columns), tuple(rows))


def _earnings(earned: Mapping[str, Sequence[Change]], split: str) -> Table:
    rows = []
    for system, found in earned.items():
        by_place = {(change.split, change.metric, change.variant): change for change in found}
        row = [system]
        for metric, variant in _EARNED:
            change = by_place.get((split, metric, variant))
            row.append(f"{change.now - change.before:+.3f} (p {_chance(change.p)})" if change else "–")
        rows.append(tuple(row))
    header = ("", *(f"{metric}, {variant}" for metric, variant in _EARNED))
    return Table(f"what the full system has over each, {split} (paired permutation test)", header, tuple(rows))


def _variants(cells: Cells, split: str) -> Table:
    columns = (*_ASKED, *_REFUSED)
    rows = []
    for variant in cells.names("variant"):
        row = [variant]
        for metric in columns:
            plain, cell = cells.get(metric, split), cells.get(metric, split, variant=variant)
            change = f" {cell.value - plain.value:+.3f}" if cell and plain and variant != PLAIN else ""
            row.append(cells.text(metric, split, variant=variant) + change)
        rows.append(tuple(row))
    return Table(f"variants, {split}: value and difference to plain", ("", *columns), tuple(rows))


def _kinds(cells: Cells) -> Table:
    columns = ("hit@1", "hit@5", "group_recall@5", "short_answer", "refusal_recall")
    header = ("", *(f"{split} {metric}" for split in cells.splits for metric in ("n", *columns)))
    rows = []
    for kind in cells.names("kind"):
        row = [kind]
        for split in cells.splits:
            found = [cells.get(metric, split, kind=kind) for metric in ("hit@5", "refusal_recall")]
            row.append(str(sum(cell.questions for cell in found if cell)))
            row += [cells.text(metric, split, kind=kind) for metric in columns]
        rows.append(tuple(row))
    return Table("kinds, plain questions", header, tuple(rows))


def _latency(cells: Cells) -> Table:
    rows = []
    for what in ("ask", "embed"):
        values = [cells.get(f"{what}_p{at}_ms", ALL) for at in (50, 95, 99)]
        if all(values):
            rows.append((what, *(f"{cell.value:.1f}" for cell in values if cell)))
    ratio = cells.text("ask_to_embed", ALL)
    return Table(f"milliseconds; an answer takes {ratio} times its embedding", ("", "p50", "p95", "p99"), tuple(rows))


def change_table(found: Sequence[Change], before: str) -> Table:
    """Give the comparison with a previous report."""
    rows = tuple(
        (
            f"{c.metric} {c.split} {c.variant}",
            f"{c.before:.3f}",
            f"{c.now:.3f}",
            f"{c.now - c.before:+.3f}",
            _chance(c.p),
            str(c.questions),
        )
        for c in found
        if c.variant in (PLAIN, EVERY_VARIANT)
    )
    return Table(f"against {before} (paired permutation test)", ("", "before", "now", "change", "p", "n"), rows)


def as_terminal(table: Table) -> str:
    """Give a table with aligned columns."""
    lines = [table.header, *table.rows]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(table.header))]
    text = [
        "  ".join(
            value + " " * (width - _width(value)) if column == 0 else " " * (width - _width(value)) + value
            for column, (value, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    return "\n".join([table.title, *text])


def as_markdown(table: Table) -> str:
    """Give a table in Markdown."""
    rule = ["---", *("---:" for _ in table.header[1:])]
    lines = [table.header, rule, *table.rows]
    return f"### {table.title}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _chance(p: float) -> str:
    return f"{p:.3f}" if p >= 0.001 else "<0.001"


def _width(text: str) -> int:
    return sum(not unicodedata.combining(char) for char in text)
