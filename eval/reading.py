"""How well files are read, against proof-read transcripts: python -m eval.reading FOLDER."""

import argparse
import sys
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from eval.errors import EvalError
from eval.table import Table, as_markdown, as_terminal
from ingest.console import fail, use_utf8
from ingest.errors import ReadError
from ingest.folding import fold
from ingest.read import read_pages

FILES, TRUTH = "files", "truth"
_HEADER = ("file", "diacritics", "characters", "pages", "pages/s", "provenance")


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How close a text is to its transcript; both shares in [0, 1], 1 where there is nothing to read."""

    diacritics: float  # of the marked letters of the transcript, those read with the right mark
    characters: float  # 1 - edit distance / characters of the transcript, at least 0


@dataclass(frozen=True, slots=True)
class FileReading:
    """How a file was read; `accuracy` is None and `problem` says why where it was not."""

    name: str
    accuracy: Accuracy | None
    problem: str = ""
    pages: int = 0
    seconds: float = 0.0
    provenance: str = ""


def accuracy(read: str, transcript: str) -> Accuracy:
    """Compare a text with its transcript, whatever their white space and capitals.

    Capitals do not count because transcripts of old files keep the small letters that the files have
    and their fonts show as capitals.
    """
    read, transcript = _comparable(read), _comparable(transcript)
    plain_read, plain = _without_marks(read), _without_marks(transcript)
    marked = sum(a != b for a, b in zip(transcript, plain, strict=True))
    right = 0
    for step in Levenshtein.opcodes(plain, plain_read):
        if step.tag == "equal":
            letters = zip(transcript[step.src_start : step.src_end], read[step.dest_start : step.dest_end], strict=True)
            start = step.src_start
            right += sum(a == b and a != plain[start + place] for place, (a, b) in enumerate(letters))
    distance = Levenshtein.distance(transcript, read)
    return Accuracy(
        diacritics=right / marked if marked else 1.0,
        characters=max(0.0, 1 - distance / len(transcript)) if transcript else 1.0,
    )


def _comparable(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _without_marks(text: str) -> str:
    """Give the text with as many characters and no Vietnamese marks."""
    return "".join(fold(character)[:1] or character for character in text)


def read_folder(folder: Path) -> list[FileReading]:
    """Read every file of folder/files that folder/truth has a transcript of; raises EvalError where there is none."""
    transcripts = {path.stem: path for path in (folder / TRUTH).glob("*.txt")}
    files = sorted(path for path in (folder / FILES).glob("*") if path.is_file())
    if not files or not transcripts:
        raise EvalError(f"{folder}: needs {FILES}/ with documents and {TRUTH}/ with a .txt of the same name for each")
    return [_read(path, transcripts.get(path.stem)) for path in files]


def _read(path: Path, transcript: Path | None) -> FileReading:
    if transcript is None:
        return FileReading(path.name, None, f"{path.name}: no transcript {path.stem}.txt in {TRUTH}/")
    started = time.perf_counter()
    try:
        pages = read_pages(path)
    except ReadError as error:
        return FileReading(path.name, None, str(error))
    seconds = time.perf_counter() - started
    measured = accuracy("\n".join(pages.texts), transcript.read_text(encoding="utf-8"))
    return FileReading(path.name, measured, "", len(pages.texts), seconds, pages.provenance)


def shortfalls(readings: Sequence[FileReading], diacritics: float, characters: float) -> list[str]:
    """Give a line for each file that was not read, or not as well as the floors in [0, 1] ask for."""
    lines = []
    for reading in readings:
        if reading.accuracy is None:
            lines.append(reading.problem)
            continue
        measured = reading.accuracy
        for what, value, floor in (
            ("diacritics", measured.diacritics, diacritics),
            ("characters", measured.characters, characters),
        ):
            if value < floor:
                lines.append(f"{reading.name}: {what} {value:.4f}, must be at least {floor:.4f}")
    return lines


def table_of(readings: Sequence[FileReading]) -> Table:
    """Give the table of a folder, a row for each file; a file without pages of its own counts as one page."""
    rows = []
    for reading in readings:
        if reading.accuracy is None:
            rows.append((reading.name, "–", "–", "–", "–", "not read"))
            continue
        shares = (f"{reading.accuracy.diacritics:.4f}", f"{reading.accuracy.characters:.4f}")
        speed = f"{reading.pages / reading.seconds:.1f}" if reading.seconds else "–"
        rows.append((reading.name, *shares, str(reading.pages), speed, reading.provenance))
    return Table("files read, against their transcripts", _HEADER, tuple(rows))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit status 0, or 1 where a file was not read or is below a floor, 2 for a wrong folder."""
    use_utf8()
    options = _parser().parse_args(arguments)
    try:
        readings = read_folder(options.folder)
    except EvalError as error:
        return fail(str(error), 2)
    print((as_markdown if options.markdown else as_terminal)(table_of(readings)))
    lines = shortfalls(readings, options.diacritics, options.characters)
    for line in lines:
        fail(line)
    return 1 if lines else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.reading", description="Measure how well files are read.")
    parser.add_argument("folder", type=Path, help=f"holds {FILES}/ and {TRUTH}/ with the same names")
    parser.add_argument("--diacritics", type=float, default=0.0, help="floor of the share of marked letters read right")
    parser.add_argument("--characters", type=float, default=0.0, help="floor of the share of characters read right")
    parser.add_argument("--markdown", action="store_true", help="print the table in Markdown")
    return parser


if __name__ == "__main__":
    sys.exit(main())
