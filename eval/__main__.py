"""python -m eval: how good the answers are, measured on gold questions."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tqdm import tqdm

from eval.ablations import ablations
from eval.against import Change, changes, read_scores, scores_of
from eval.errors import EvalError
from eval.gate import Floor, failures, read_floors
from eval.gold import content_share, load_gold
from eval.metrics import at_best
from eval.misses import as_entries, counted, misses_of
from eval.report import Report, terminal_text, write_report
from eval.run import ALL, cells_of, latency, measure
from eval.stats import Bin, reliability
from eval.systems import FULL, Answering, System, baselines, part, span_of, with_parts
from eval.types import Cell, GoldQuestion, Result
from eval.variants import PLAIN, VARIANTS
from eval.vectors import CACHE_FILE, RememberingEmbedder
from index.engine import Index
from index.errors import IndexUnavailableError, ModelUnavailableError
from index.opening import open_index
from ingest.console import fail, use_utf8
from ingest.errors import IngestError


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate and report; gives the exit status: 0, 1 on an error or below a floor."""
    use_utf8()
    options = _parser().parse_args(arguments)
    try:
        floors = read_floors(options.gate) if options.gate else []
        report = evaluate(options)
        print(terminal_text(report))
        files = write_report(report, options.out)
        print("\n" + "\n".join(f"written: {path}" for path in files))
    except (EvalError, IngestError, IndexUnavailableError, ModelUnavailableError) as error:
        return fail(str(error))
    except OSError as error:
        return fail(f"{error.filename or options.out}: {error.strerror or error}; check the disk and the permissions")
    return _gate(floors, report.cells, options.gate)


def evaluate(options: argparse.Namespace) -> Report:
    """Measure the systems that were asked for; options are those of the command line."""
    previous = read_scores(options.against) if options.against else None
    index = open_index(options.data, lambda line: print(line, file=sys.stderr))
    if index.stale():
        raise EvalError(f"{options.data}: the library is newer than its index; run: python -m index build")
    gold = load_gold(options.gold, index.documents())
    questions = [question for question in gold if options.split in (ALL, question.split)]
    if not questions:
        raise EvalError(f"{options.gold}: has no question of the split {options.split}")
    embedder = RememberingEmbedder(part(index, "embedder"), options.out / CACHE_FILE)
    try:
        results = _measure_all(_systems(with_parts(index, embedder=embedder), options), questions, options.variants)
    finally:
        embedder.save()
    full = results[FULL]
    cells = [cell for name, found in results.items() for cell in cells_of(name, found, by_kind=name == FULL)]
    cells += latency(index, part(index, "embedder"), questions, FULL)
    shares = [content_share(q, {d.doc_id: d for d in index.documents()}) for q in questions if q.groups]
    if shares:
        cells.append(Cell(FULL, ALL, PLAIN, ALL, "content_share_median", median(shares), None, None, len(shares)))
    misses = misses_of(full)
    return Report(
        about=_about(options, index, questions, shares),
        cells=cells,
        scores=scores_of(full),
        misses=as_entries(misses, show_test=options.show_test),
        miss_counts=counted(misses),
        earned=_earned(results),
        against=None if previous is None else (str(options.against), changes(previous, scores_of(full))),
        reliability=_reliability(full),
    )


def _systems(index: Index, options: argparse.Namespace) -> list[System]:
    systems: list[System] = [Answering(FULL, index)]
    if options.baselines:
        systems += baselines(index, options.out)
    if options.ablations:
        systems += ablations(index, options.out)
    return systems


def _measure_all(
    systems: Sequence[System], questions: Sequence[GoldQuestion], variants: Sequence[str]
) -> dict[str, list[Result]]:
    total = len(systems) * len(questions) * len(variants)
    results = {}
    with tqdm(total=total, unit="question", disable=not sys.stderr.isatty()) as bar:
        for system in systems:
            bar.set_description(system.name)
            results[system.name] = measure(system, questions, variants, bar.update)
    return results


def _earned(results: dict[str, list[Result]]) -> dict[str, list[Change]]:
    full = scores_of(results[FULL])
    return {name: changes(scores_of(found), full) for name, found in results.items() if name != FULL}


def _reliability(results: Sequence[Result]) -> dict[str, list[Bin]]:
    """How often the documents do answer where the program is so sure; nothing where it does not say."""
    steps = {}
    for split in ("dev", "test"):
        said = [
            (result.shown.confidence, result.question.refusal is None)
            for result in results
            if result.variant == PLAIN and result.question.split == split and result.shown.confidence is not None
        ]
        if said:
            steps[split] = reliability([confidence for confidence, _ in said], [answers for _, answers in said])
    return steps


def _about(
    options: argparse.Namespace, index: Index, questions: Sequence[GoldQuestion], shares: Sequence[float]
) -> dict[str, str | int | float]:
    splits = ", ".join(f"{sum(q.split == s for q in questions)} {s}" for s in ("dev", "test"))
    manifest = index.manifest
    hit, recall = at_best(questions, [span_of(passage) for passage in part(index, "passages")])
    return {
        "gold": f"{options.gold}: {len(questions)} questions ({splits}), {len(shares)} answered by the documents",
        "question words in the gold lines, median share": round(median(shares), 3) if shares else "–",
        "at best, every passage found": f"hit@5 {hit:.3f}, group_recall@5 {recall:.3f}",
        "data": f"{options.data}: {manifest.passages} passages of {manifest.documents} documents" if manifest else "",
        "model": manifest.model_key if manifest else "",
    }


def _gate(floors: Sequence[Floor], cells: Sequence[Cell], path: Path | None) -> int:
    lines = failures(floors, cells)
    for line in lines:
        print(f"below the floor: {line}", file=sys.stderr)
    if floors and not lines:
        print(f"all {len(floors)} floors of {path} hold")
    return 1 if lines else 0


def _variants(text: str) -> list[str]:
    if text in (ALL, "none"):
        return list(VARIANTS) if text == ALL else [PLAIN]
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in VARIANTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no variant {unknown[0]!r}; known: {', '.join(VARIANTS)}")
    return list(dict.fromkeys([PLAIN, *names]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="Measure how good the answers are.")
    parser.add_argument("--gold", type=Path, default=Path("eval/gold.jsonl"), help="the gold questions")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where library and index are (default: data)")
    parser.add_argument("--split", choices=("dev", "test", ALL), default=ALL, help="which half (default: all)")
    parser.add_argument("--variants", type=_variants, default=list(VARIANTS), help="all, none, or names with commas")
    parser.add_argument("--baselines", action="store_true", help="also measure plain ways to search")
    parser.add_argument("--ablations", action="store_true", help="also measure the system without each part")
    parser.add_argument("--against", type=Path, help="a previous report.json to compare with")
    parser.add_argument("--gate", type=Path, help="floors to hold, for example eval/gates.json")
    parser.add_argument("--out", type=Path, default=Path("data/eval"), help="where the report goes")
    parser.add_argument("--show-test", action="store_true", help="also list the misses of test; then do not tune")
    return parser


if __name__ == "__main__":
    sys.exit(main())
