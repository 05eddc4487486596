"""Every question in every variant to a system; what is shown becomes results, results become cells."""

import random
import time
from collections.abc import Callable, Iterable, Sequence

from eval.metrics import METRICS, own_parts, ranking_parts
from eval.stats import estimate, quantiles
from eval.systems import System
from eval.types import Cell, GoldQuestion, Part, Result, Shown
from eval.variants import PLAIN, vary
from index.embed import Embedder
from index.engine import Index

ALL = "all"
TIMED = 200  # questions whose time is taken
_SEED = 20241217
_AT = (0.5, 0.95, 0.99)


def measure(
    system: System,
    questions: Sequence[GoldQuestion],
    variants: Sequence[str],
    progress: Callable[[], object] = lambda: None,
) -> list[Result]:
    """Ask a system every question in every variant and measure what it shows."""
    asked: dict[str, tuple[GoldQuestion, Shown]] = {}
    typed: dict[str, tuple[str, str]] = {}
    for variant in variants:
        for question in questions:
            key = f"{variant}/{question.question_id}"
            typed[key] = variant, vary(variant, question.question_id, question.text)
            asked[key] = question, system.show(typed[key][1])
            progress()
    ranked = ranking_parts(asked)
    return [
        Result(question, *typed[key], shown, ranked[key] | own_parts(question, shown))
        for key, (question, shown) in asked.items()
    ]


def cells_of(system: str, results: Sequence[Result], *, by_kind: bool) -> list[Cell]:
    """Give every measure for each split and variant, and for each kind of question where asked."""
    grouped: dict[tuple[str, str, str, str], list[Part]] = {}
    for result in results:
        kinds = (ALL, result.question.kind) if by_kind else (ALL,)
        for metric, part in result.parts.items():
            for split in (ALL, result.question.split):
                for kind in kinds:
                    grouped.setdefault((split, result.variant, kind, metric), []).append(part)
    order = {metric: row for row, metric in enumerate(METRICS)}
    cells = []
    for (split, variant, kind, metric), parts in sorted(grouped.items(), key=lambda item: order[item[0][3]]):
        if sum(part.of for part in parts) > 0:
            found = estimate(parts)
            cells.append(
                Cell(system, split, variant, kind, metric, found.value, found.low, found.high, found.questions)
            )
    return cells


def latency(index: Index, embedder: Embedder, questions: Sequence[GoldQuestion], system: str) -> list[Cell]:
    """Time `ask` and the embedding of the question alone, one after the other, in milliseconds.

    At most 200 questions, chosen by a fixed seed; the first two are asked once before, so that
    nothing is loaded while it is timed. `ask_to_embed` is the ratio of the medians.
    """
    chosen = random.Random(_SEED).sample(list(questions), min(TIMED, len(questions)))
    for question in chosen[:2]:
        index.ask(question.text)
    ask, embed = [], []
    for question in chosen:
        ask.append(_milliseconds(index.ask, question.text))
        embed.append(_milliseconds(embedder.embed_question, question.text))
    named = list(_named_quantiles("ask", ask)) + list(_named_quantiles("embed", embed))
    medians = dict(named)
    named.append(("ask_to_embed", medians["ask_p50_ms"] / medians["embed_p50_ms"]))
    return [Cell(system, ALL, PLAIN, ALL, name, value, None, None, len(chosen)) for name, value in named]


def _named_quantiles(what: str, times: Sequence[float]) -> Iterable[tuple[str, float]]:
    for at, value in zip(_AT, quantiles(times, _AT), strict=True):
        yield f"{what}_p{round(100 * at)}_ms", value


def _milliseconds(action: Callable[[str], object], text: str) -> float:
    started = time.perf_counter()
    action(text)
    return (time.perf_counter() - started) * 1000
