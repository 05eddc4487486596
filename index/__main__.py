"""python -m index build | ask | benchmark: the library becomes an index, questions become cited answers."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from index.benchmark import run_benchmark
from index.build import build_index, is_current, open_library
from index.embed import load_embedder
from index.engine import Index
from index.errors import FilterError, IndexUnavailableError, ModelUnavailableError, VerbatimError
from index.filters import search_options
from index.models import DEFAULT_MODEL
from index.opening import open_index
from index.report import answer_fields
from index.types import Answer, Citation, SearchOptions
from ingest.console import fail, use_utf8
from ingest.errors import IngestError
from ingest.reading import readable

_REFUSED = "Các đoạn gần nhất, chỉ có thể liên quan:"


def main(arguments: list[str] | None = None) -> int:
    """Run a command; gives the exit status: 0, 1 on an error, 2 for a question that cannot be asked."""
    use_utf8()
    options = _parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except (IngestError, IndexUnavailableError, ModelUnavailableError, FilterError, VerbatimError) as error:
        return fail(str(error))
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - flushed when Python ends
        return 0
    except OSError as error:
        where = f"{error.filename or options.data}: {error.strerror}" if error.strerror else str(error)
        return fail(f"{where}; the index is as it was; check the disk and the permissions")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="Build the index and ask it.")
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="make the index of the library")
    build.add_argument("--model", default=DEFAULT_MODEL, help="a sentence-transformers name or folder")
    ask = commands.add_parser("ask", help="answer a question, or a file of questions")
    ask.add_argument("question", nargs="?", help="the question, in quotation marks")
    ask.add_argument("--questions", type=Path, help='a file with a line {"id": …, "question": …} each')
    ask.add_argument("--top", type=_positive, default=SearchOptions().top, help="distinct answers to show")
    ask.add_argument("--document", action="append", default=[], help="only this document: id, file name or number")
    ask.add_argument("--place", action="append", default=[], help="only documents of this place")
    ask.add_argument("--kind", action="append", default=[], help="only sections of this kind, for example tasks")
    ask.add_argument("--as-typed", action="store_true", help="search the question as it is: no marks restored")
    ask.add_argument("--json", action="store_true", help="print the answer for programs")
    benchmark = commands.add_parser("benchmark", help="print times and memory of answers on this machine")
    for command in (build, ask, benchmark):
        command.add_argument("--data", type=Path, default=Path("data"), help="where all is kept (default: data)")
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{value} is not at least 1")
    return value


def _build(options: argparse.Namespace) -> int:
    with open_library(options.data) as library:
        manifest = is_current(options.data, library, options.model)
        if manifest is None:
            embedder = load_embedder(options.model, options.data, lambda line: print(line, file=sys.stderr))
            with tqdm(unit="text", desc="embedding", disable=not sys.stderr.isatty()) as bar:

                def progress(done: int, total: int) -> None:
                    bar.total = total
                    bar.update(done - bar.n)

                manifest = build_index(library, embedder, options.data, model=options.model, progress=progress)
            print(f"built: {manifest.passages} passages of {manifest.documents} documents, model {manifest.model}")
        else:
            print(f"up to date: {manifest.passages} passages of {manifest.documents} documents")
    return 0


def _ask(options: argparse.Namespace) -> int:
    if (options.question is None) == (options.questions is None):
        return fail('give one question in quotation marks, or --questions FILE.jsonl; for example: ask "ai ký?"', 2)
    questions: Iterable[tuple[str | int | None, str]] = [(None, options.question or "")]
    if options.questions is not None:
        questions = list(_read_questions(options.questions))
    index = open_index(options.data, lambda line: print(line, file=sys.stderr))
    if index.stale():
        return fail(f"{options.data}: the library has changed since the index was built; run: python -m index build")
    search = search_options(index, options.top, options.document, options.place, options.kind)
    search = replace(search, as_typed=options.as_typed)
    return _answer_all(index, questions, search, as_json=options.json or options.questions is not None)


def _benchmark(options: argparse.Namespace) -> int:
    run_benchmark(options.data)
    return 0


def _answer_all(
    index: Index, questions: Iterable[tuple[str | int | None, str]], search: SearchOptions, *, as_json: bool
) -> int:
    status = 0
    for question_id, question in questions:
        answer = index.ask(question, search)
        if as_json:
            print(json.dumps(answer_fields(answer, question_id), ensure_ascii=False), flush=True)
        else:
            _print(answer)
            status = 2 if answer.refusal == "invalid_question" else 0
    return status


def _read_questions(path: Path) -> Iterator[tuple[str | int | None, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FilterError(f"{path}: is not UTF-8; save it with the encoding UTF-8") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            yield entry.get("id"), str(entry["question"])
        except (ValueError, KeyError, AttributeError) as error:
            raise FilterError(f'{path}, line {number}: is not {{"id": …, "question": …}}; correct the line') from error


def _print(answer: Answer) -> None:
    if answer.understood_as != answer.question:
        print(f"Hiểu câu hỏi là: {answer.understood_as}")
    print(answer.text)
    if answer.nearest:
        print(f"\n{_REFUSED}")
    for citation in answer.citations or answer.nearest:
        _print_citation(citation)


def _print_citation(citation: Citation) -> None:
    facts, passage = citation.document.facts, citation.passage
    where = [facts.title, f"số {facts.number}" if facts.number else "", facts.place or "", passage.locator]
    print(f"\n[{citation.label}] {' · '.join(part for part in where if part)}")
    if passage.unit:
        print(f"    Đơn vị: {passage.unit}")
    for line in readable(passage.text).text.split("\n"):
        print(f"    {line}")


_COMMANDS = {"build": _build, "ask": _ask, "benchmark": _benchmark}

if __name__ == "__main__":
    sys.exit(main())
