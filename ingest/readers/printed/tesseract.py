"""Character recognition of one page by the program tesseract with its Vietnamese data."""

import io
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from ingest.errors import ReadError
from ingest.readers.printed.lines import Line, PageLines, pieces_of_row
from ingest.readers.printed.numerals import Box, counted_number

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE_SECONDS = 60.0  # a dense page takes 3 to 10
_POINTS = 72  # in an inch
_REMEDY = "install the packages tesseract-ocr and tesseract-ocr-vie (apt install tesseract-ocr tesseract-ocr-vie)"


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines read from an image, and the mean confidence over its letters, None where there are none."""

    page: PageLines
    confidence: float | None


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    box: Box
    row: tuple[str, ...]
    confidence: float


def recognise(image: "Image", dpi: float, name: str, seconds: float = PAGE_SECONDS) -> Recognised | None:
    """Read a grey image of a page; None where that takes longer than `seconds`.

    Raises ReadError, which names the file and the packages to install, where tesseract or its
    Vietnamese data are missing, and where tesseract gives up on the image.
    """
    raw = io.BytesIO()
    image.save(raw, "PPM")
    command = ["tesseract", "stdin", "stdout", "-l", "vie", "--psm", "3", "--dpi", str(round(dpi)), "tsv"]
    try:
        done = subprocess.run(
            command,
            input=raw.getvalue(),
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # more threads make one page slower
        )
    except FileNotFoundError as error:
        raise ReadError(f"{name}: is a scan, and the program tesseract is missing; {_REMEDY}") from error
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        raise ReadError(_reason(name, done.stderr.decode("utf-8", "replace")))
    scale = _POINTS / dpi
    words = list(_words(done.stdout.decode("utf-8", "replace")))
    page = PageLines(image.width * scale, image.height * scale, tuple(_lines(words, image, scale)))
    return Recognised(page, _confidence(words))


def _reason(name: str, errors: str) -> str:
    if "language" in errors or "traineddata" in errors:
        return f"{name}: is a scan, and tesseract has no data for Vietnamese; {_REMEDY}"
    last = next((line for line in reversed(errors.splitlines()) if line.strip()), "no reason given")
    return f"{name}: tesseract cannot read the image ({last}); scan the page again"


def _words(table: str) -> Iterator[_Word]:
    """Give the words of tesseract's table; its columns: level, page, block, paragraph, line, word,
    left, top, width, height, confidence, text."""
    for entry in table.splitlines()[1:]:
        fields = entry.split("\t")
        if len(fields) != 12 or fields[0] != "5" or not fields[11].strip():
            continue
        left, top, width, height = (int(field) for field in fields[6:10])
        box = (left, top, left + width, top + height)
        yield _Word(fields[11].strip(), box, tuple(fields[2:5]), float(fields[10]) / 100)


def _lines(words: Sequence[_Word], image: "Image", scale: float) -> Iterator[Line]:
    """Give the pieces of rows, all of the usual height: a box of letters without tails is lower."""
    rows: defaultdict[tuple[str, ...], list[_Word]] = defaultdict(list)
    for word in words:
        rows[word.row].append(word)
    extents = [(min(w.box[1] for w in row), max(w.box[3] for w in row)) for row in rows.values()]
    half = median([bottom - top for top, bottom in extents] or [0]) / 2
    for row, (top, bottom) in zip(rows.values(), extents, strict=True):
        after = " ".join(word.text for word in row[1:])
        first = replace(row[0], text=counted_number(row[0].text, after, image, row[0].box))
        middle = (top + bottom) / 2
        even = [
            Line(w.text, w.box[0] * scale, (middle - half) * scale, w.box[2] * scale, (middle + half) * scale)
            for w in (first, *row[1:])
        ]
        yield from (piece for piece in pieces_of_row(even) if any(char.isalnum() for char in piece.text))


def _confidence(words: Sequence[_Word]) -> float | None:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else None
