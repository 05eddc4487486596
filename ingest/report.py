"""What the library holds, for the librarian: a line a file, a table, and JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import fmean

from ingest.errors import printable
from ingest.library import Library
from ingest.sync import FileResult
from ingest.types import Document, ReadingWarning, WarningCode

_WARNINGS: dict[WarningCode, str] = {
    "no_sections": "no numbered sections",
    "no_title": "no title",
    "no_number": "no number",
    "incomplete_number": "number left blank",
    "no_date": "no date",
    "incomplete_date": "date incomplete",
    "repeated_label": "section number repeats",
    "label_out_of_order": "section number out of order",
    "no_signature": "no signature",
}
_CONVERTED = "converted "
_HEADINGS = ("document", "version", "provenance", "encoding", "pages", "OCR", "sections", "passages")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the report.

    `encoding` is the one that was found, None where characters were recognised; `confidences` are
    those of the recognition of each page, in [0, 1].
    """

    source: str
    doc_id: str
    version: int
    former_versions: int
    title: str
    number: str | None
    issuer: str | None
    date: str | None
    provenance: str
    encoding: str | None
    pages: int | None
    confidence: float | None  # mean over the pages that were recognised
    confidences: tuple[float | None, ...]
    sections: int
    passages: int
    warnings: tuple[str, ...]
    notes: tuple[str, ...]


def entries(library: Library) -> list[Entry]:
    """Give what the library holds, in order of the ids."""
    passages, versions = library.passage_counts(), library.versions()
    return [
        _entry(document, *versions[document.doc_id], passages.get(document.doc_id, 0))
        for document in library.documents()
        if document.doc_id in versions  # another process may be changing the library
    ]


def fields_of(entry: Entry) -> dict[str, object]:
    """Give an entry for programs; see docs/json.md."""
    return asdict(entry)


def table(listed: Sequence[Entry]) -> str:
    """Give a table for a terminal, with warnings and notes below their document."""
    rows = [_HEADINGS, *map(_cells, listed)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = [_aligned(_HEADINGS, widths)]
    for entry in listed:
        lines.append(_aligned(_cells(entry), widths))
        lines += [printable(f"    {line}") for line in ("; ".join(entry.warnings), *entry.notes) if line]
    return "\n".join(lines)


def file_line(result: FileResult) -> str:
    """Give the line that says what became of a file."""
    parts = [result.message] if result.message else []
    if result.document is not None and result.status in ("added", "replaced", "kept"):
        parts.append(f"{len(result.document.sections)} sections, {result.passages} passages")
        parts += [*map(_warning, result.document.warnings), *result.document.notes]
    return printable(f"{result.status:<9} {result.source}: {'; '.join(parts)}".rstrip(": "))


def _entry(document: Document, version: int, former_versions: int, passages: int) -> Entry:
    facts = document.facts
    known = [confidence for confidence in document.confidences if confidence is not None]
    return Entry(
        source=document.source,
        doc_id=document.doc_id,
        version=version,
        former_versions=former_versions,
        title=facts.title,
        number=facts.number,
        issuer=facts.issuer,
        date=facts.date,
        provenance=document.provenance,
        encoding=_encoding(document.provenance),
        pages=len(document.page_starts) or None,
        confidence=fmean(known) if known else None,
        confidences=document.confidences,
        sections=len(document.sections),
        passages=passages,
        warnings=tuple(map(_warning, document.warnings)),
        notes=document.notes,
    )


def _encoding(provenance: str) -> str | None:
    if provenance.startswith(_CONVERTED):
        return provenance.removeprefix(_CONVERTED)
    return None if provenance.startswith("OCR") else "Unicode"


def _cells(entry: Entry) -> tuple[str, ...]:
    return (
        printable(entry.source),
        str(entry.version),
        entry.provenance,
        entry.encoding or "-",
        str(entry.pages or "-"),
        _recognised(entry.confidences),
        str(entry.sections),
        str(entry.passages),
    )


def _recognised(confidences: Sequence[float | None]) -> str:
    """Give the mean and the worst page: a mean hides the one page that nobody can read."""
    known = [(confidence, page) for page, confidence in enumerate(confidences, start=1) if confidence is not None]
    if not known:
        return "-"
    lowest, page = min(known)
    return f"{fmean(confidence for confidence, _ in known):.2f} (page {page}: {lowest:.2f})"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _warning(warning: ReadingWarning) -> str:
    return _WARNINGS[warning.code] + (f" ({warning.detail})" if warning.detail else "")
