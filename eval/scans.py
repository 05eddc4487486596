"""python -m eval.scans: the plans as PDF and as scans, and how well they are read back."""

import argparse
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from eval.plan_pdf import write_pdf, write_scan
from ingest.console import fail, use_utf8
from ingest.errors import IngestError
from ingest.folding import fold
from ingest.parse import read_document
from ingest.passages import split_passages
from ingest.types import Document

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
    speed: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files, read them and print a line for each; gives the exit status."""
    use_utf8()
    parser = argparse.ArgumentParser(prog="python -m eval.scans", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the PDFs and scans are written")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of plans as .txt")
    parser.add_argument("--font", type=Path, help="TrueType font to print with (default: DejaVu Serif)")
    options = parser.parse_args(arguments)
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        print("outline  syllables  page numbers  pages/s  pages  provenance  file")
        for plan in sorted(options.corpus.glob("*.txt")):
            pdf = options.folder / f"{plan.stem}.pdf"
            write_pdf(plan.read_text(encoding="utf-8"), pdf, options.font)
            for path in (pdf, write_scan(pdf, options.folder)):
                print(_row(measured(path, plan, pdf)), flush=True)
    except IngestError as error:
        return fail(str(error))
    except OSError as error:
        return fail(f"{error.filename or options.folder}: {error.strerror or error}; check disk and permissions")
    return 0


def measured(path: Path, plan: Path, pdf: Path) -> Reading:
    """Read a file made of a plan and compare it with the plan's text and with the text layer of its PDF."""
    start = time.perf_counter()
    document = read_document(path)
    seconds = time.perf_counter() - start
    layers = text_layers(pdf)
    return Reading(
        name=path.name,
        pages=len(layers),
        provenance=document.provenance,
        outline=outline_agreement(read_document(plan), document),
        syllables=syllable_accuracy(layers, document),
        page_numbers=page_accuracy(layers, document),
        speed=len(layers) / seconds,
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
    return (
        f"{reading.outline:7.3f}  {reading.syllables:9.4f}  {reading.page_numbers:12.3f}  {reading.speed:7.1f}"
        f"  {reading.pages:5}  {reading.provenance:10}  {reading.name}"
    )


if __name__ == "__main__":
    sys.exit(main())
