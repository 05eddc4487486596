"""python -m eval.scans: the plans as PDF and as scans, how well they are read back and how well they answer."""

import argparse
import re
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from eval.errors import EvalError
from eval.plan_pdf import write_pdf, write_scan
from eval.run import ALL
from eval.scan_questions import HIT_FLOOR, Asked, Asking, heading, holds, keep_only, loss, row, take_in
from index.errors import IndexUnavailableError, ModelUnavailableError
from index.models import DEFAULT_MODEL
from ingest.console import fail, use_utf8
from ingest.errors import IngestError
from ingest.folding import fold
from ingest.library import Library
from ingest.metadata import FileMetadata, load_metadata
from ingest.passages import split_passages
from ingest.sync import file_name
from ingest.types import Document

_TEXT, _PDF, _SCANS = "text", "PDF", "scans"
_LIBRARIES = {_TEXT: "text.db", _PDF: "pdf.db", _SCANS: "scans.db"}
_PREFIX = 60  # letters of a passage that are looked for on its page


@dataclass(frozen=True, slots=True)
class Reading:
    """How well one file is read: shares in [0, 1], pages a second."""

    name: str
    pages: int
    provenance: str
    outline: float  # sections of the text found with the same locator and title, marks aside
    syllables: float  # of the text layer, 1 - edit distance / length
    page_numbers: float  # passages that stand on the page that they name
    speed: float | None  # None where an earlier run has read it


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files, read them, ask them; gives the exit status: 0, 1 on an error or below the floor."""
    use_utf8()
    options = _parser().parse_args(arguments)
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            libraries = {
                name: stack.enter_context(Library(options.folder / file, create=True))
                for name, file in _LIBRARIES.items()
            }
            documents = _read_all(options, libraries)
            return 0 if options.without_questions else _ask_all(options, libraries, documents)
    except (EvalError, IngestError, IndexUnavailableError, ModelUnavailableError) as error:
        return fail(str(error))
    except OSError as error:
        return fail(f"{error.filename or options.folder}: {error.strerror or error}; check disk and permissions")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.scans", description=__doc__)
    parser.add_argument("folder", type=Path, help="where PDFs, scans, libraries and the index are written")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of plans as .txt")
    parser.add_argument("--font", type=Path, help="TrueType font to print with (default: DejaVu Serif)")
    parser.add_argument("--again", action="store_true", help="recognise scans again that an earlier run has read")
    parser.add_argument("--without-questions", action="store_true", help="only measure how the files are read")
    parser.add_argument("--gold", type=Path, default=Path("eval/gold.jsonl"), help="the gold questions")
    parser.add_argument("--split", choices=("dev", "test", ALL), default=ALL, help="which half (default: all)")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="a sentence-transformers name or folder")
    return parser


def _read_all(options: argparse.Namespace, libraries: dict[str, Library]) -> dict[str, list[Document]]:
    """Take every plan in as text, PDF and scan, and print how well the last two are read."""
    plans = sorted(options.corpus.glob("*.txt"))
    if not plans:
        raise EvalError(f"{options.corpus}: holds no plan as .txt; give the folder with --corpus")
    facts = load_metadata(options.corpus)
    documents: dict[str, list[Document]] = {name: [] for name in libraries}
    print("outline  syllables  page numbers  pages/s  pages  provenance  file")
    for plan in plans:
        pdf = options.folder / f"{plan.stem}.pdf"
        paths = {_TEXT: plan, _PDF: pdf, _SCANS: printed(plan, pdf, options.font)}
        for name, path in paths.items():
            stated = facts.get(file_name(plan), FileMetadata())
            document, seconds = take_in(path, libraries[name], stated, again=options.again)
            documents[name].append(document)
            if name != _TEXT:
                print(_row(measured(document, documents[_TEXT][-1], text_layers(pdf), seconds)), flush=True)
    for name, library in libraries.items():
        keep_only(library, documents[name])
    return documents


def _ask_all(options: argparse.Namespace, libraries: dict[str, Library], documents: dict[str, list[Document]]) -> int:
    asking = Asking(options.folder, options.model, options.gold, options.split)
    print(f"\n{heading()}")
    asked: dict[str, Asked] = {}
    for name, library in libraries.items():
        asked[name] = asking.asked(name, library, documents[name], documents[_TEXT])
        print(row(asked[name], asked[_TEXT]), flush=True)
    is_held = holds(asked[_SCANS], asked[_TEXT])
    difference = f"hit@5 of the scans against the text: {-loss(asked[_SCANS], asked[_TEXT]):+.3f}"
    print(f"\n{difference}; the floor of {-HIT_FLOOR:+.2f} {'holds' if is_held else 'does not hold'}")
    return 0 if is_held else 1


def printed(plan: Path, pdf: Path, font: Path | None) -> Path:
    """Print a plan to a PDF and give its scan beside it, the one of an earlier run where the PDF is the same."""
    before = pdf.read_bytes() if pdf.is_file() else b""
    write_pdf(plan.read_text(encoding="utf-8"), pdf, font)
    scan = pdf.with_name(f"{pdf.stem}-scan.pdf")  # as write_scan names it
    return scan if scan.is_file() and pdf.read_bytes() == before else write_scan(pdf, pdf.parent)


def measured(document: Document, plan: Document, layers: Sequence[str], seconds: float | None) -> Reading:
    """Compare a reading of a plan with the plan's text and with the text layer of its PDF."""
    return Reading(
        name=document.source,
        pages=len(layers),
        provenance=document.provenance,
        outline=outline_agreement(plan, document),
        syllables=syllable_accuracy(layers, document),
        page_numbers=page_accuracy(layers, document),
        speed=None if seconds is None else len(layers) / seconds,
    )


def text_layers(pdf: Path) -> list[str]:
    """Give the text of each page of a PDF as pdfium gives it, without the page numbers."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [re.sub(rf"(?m)^\s*{number}\s*$", "", text, count=1) for number, text in enumerate(texts, start=1)]


def outline_agreement(expected: Document, found: Document) -> float:
    """Give the share of sections found in order with the same locator and title, marks aside."""
    wanted, read = ([(fold(s.locator), fold(s.title)) for s in document.sections] for document in (expected, found))
    matches = SequenceMatcher(None, wanted, read, autojunk=False).get_matching_blocks()
    return sum(match.size for match in matches) / len(wanted)


def syllable_accuracy(layers: Sequence[str], document: Document) -> float:
    """Give 1 - edit distance / length in syllables; case counts, the order of columns does not."""
    from rapidfuzz.distance import Levenshtein

    errors = sum(
        Levenshtein.distance(_syllables(layer), _syllables(text))
        for layer, text in zip(layers, _pages(document), strict=True)
    )
    return 1 - errors / sum(len(_syllables(layer)) for layer in layers)


def page_accuracy(layers: Sequence[str], document: Document) -> float:
    """Give the share of passages that no other page of the text layer holds better than the one they name."""
    letters = [_letters(layer) for layer in layers]
    ends = [*document.page_starts[1:], len(document.text)]
    passages = split_passages(document)
    right = 0
    for passage in passages:
        assert passage.page is not None
        words = _letters(document.text[passage.start : min(passage.end, ends[passage.page - 1])])[:_PREFIX]
        found = [SequenceMatcher(None, words, page, autojunk=False).find_longest_match().size for page in letters]
        right += found[passage.page - 1] == max(found)
    return right / len(passages)


def _pages(document: Document) -> list[str]:
    ends = [*document.page_starts[1:], len(document.text)]
    return [document.text[start:end] for start, end in zip(document.page_starts, ends, strict=True)]


def _syllables(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _letters(text: str) -> str:
    return "".join(_syllables(fold(text)))


def _row(reading: Reading) -> str:
    speed = "–" if reading.speed is None else f"{reading.speed:.1f}"
    return (
        f"{reading.outline:7.3f}  {reading.syllables:9.4f}  {reading.page_numbers:12.3f}  {speed:>7}"
        f"  {reading.pages:5}  {reading.provenance:10}  {reading.name}"
    )


if __name__ == "__main__":
    sys.exit(main())
