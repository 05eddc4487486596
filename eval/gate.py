"""Floors that must hold: data in a file, checked against the cells of a report."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from eval.errors import EvalError
from eval.systems import FULL
from eval.types import Cell
from eval.variants import PLAIN

_ALL = "all"
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Floor:
    """A measure of the full system and what it must reach; in the unit of the measure.

    With `compared_with`, the difference to the same measure in that variant is meant.
    """

    metric: str
    split: str
    at_least: float | None = None
    at_most: float | None = None
    variant: str = PLAIN
    kind: str = _ALL
    compared_with: str | None = None

    @property
    def name(self) -> str:
        """What the floor is about, for a person."""
        parts = [self.metric, self.split, self.variant, *([] if self.kind == _ALL else [self.kind])]
        return " ".join(parts) + (f" minus {self.compared_with}" if self.compared_with else "")


def read_floors(path: Path) -> list[Floor]:
    """Read the floors of a gate file; raises EvalError where one cannot be understood."""
    try:
        floors = [Floor(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))["floors"]]
    except OSError as error:
        raise EvalError(f"{path}: cannot be read ({error.strerror}); give the gate file with --gate") from error
    except (ValueError, KeyError, TypeError) as error:
        raise EvalError(f"{path}: is not a gate file ({error!r}); see eval/gates.json") from error
    for floor in floors:
        if (floor.at_least is None) == (floor.at_most is None):
            raise EvalError(f"{path}: {floor.name} needs either at_least or at_most")
    return floors


def failures(floors: Iterable[Floor], cells: Iterable[Cell]) -> list[str]:
    """Give a line for each floor that does not hold, or that this run has not measured."""
    values = {(c.metric, c.split, c.variant, c.kind): c.value for c in cells if c.system == FULL}
    lines = []
    for floor in floors:
        value = values.get((floor.metric, floor.split, floor.variant, floor.kind))
        other = values.get((floor.metric, floor.split, floor.compared_with or floor.variant, floor.kind))
        if value is None or other is None:
            lines.append(f"{floor.name}: not measured in this run; leave out --split and --variants")
            continue
        if floor.compared_with:
            value -= other
        if floor.at_least is not None and value < floor.at_least - _ROUNDING:
            lines.append(f"{floor.name}: {value:.3f}, must be at least {floor.at_least:.3f}")
        if floor.at_most is not None and value > floor.at_most + _ROUNDING:
            lines.append(f"{floor.name}: {value:.3f}, must be at most {floor.at_most:.3f}")
    return lines
