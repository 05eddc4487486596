"""The gold questions asked of the same plans as text, PDF and scan: how much a reading costs the answers."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.carried_gold import Alignment, carry
from eval.gold import load_gold
from eval.run import ALL, cells_of, measure
from eval.systems import FULL, Answering, with_parts
from eval.variants import PLAIN
from eval.vectors import CACHE_FILE, RememberingEmbedder
from index.build import build_index
from index.embed import load_embedder
from index.opening import open_index
from ingest.library import Library
from ingest.metadata import FileMetadata
from ingest.parse import document_id, parse_again, read_document, sha256_of, source_of
from ingest.passages import split_passages
from ingest.types import Document

MEASURES = ("hit@1", "hit@5", "group_recall@5")
HIT_FLOOR = 0.02  # that hit@5 on scans may be below the text
_FLOOR_ON = "hit@5"
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Asked:
    """The measures of the full system on one reading of the plans, and the quotes that it has lost."""

    reading: str
    questions: int
    passages: int
    values: Mapping[str, float]
    quotes: int
    lost: int


def take_in(path: Path, library: Library, facts: FileMetadata, *, again: bool) -> tuple[Document, float | None]:
    """Read a file into a library; gives the seconds that it took, None for a scan that is there already.

    `again` recognises the characters of such a scan once more.
    """
    known = library.document(document_id(source_of(path)))
    seconds = None
    if known is not None and known.confidences and not again and known.sha256 == sha256_of(path):
        document = parse_again(known, facts)
    else:
        start = time.perf_counter()
        document = read_document(path, facts)
        seconds = time.perf_counter() - start
    library.put(document, split_passages(document))
    return document, seconds


def keep_only(library: Library, documents: Iterable[Document]) -> None:
    """Remove what an earlier run has left in a library."""
    for doc_id in library.digests().keys() - {document.doc_id for document in documents}:
        library.remove(doc_id)


class Asking:
    """Asks the plain gold questions of one library after the other; a folder keeps vectors, index and model."""

    def __init__(self, folder: Path, model: str, gold: Path, split: str) -> None:
        """Load the model; `split` is the half of the questions that is asked, or "all"."""
        self._folder, self._model, self._gold, self._split = folder, model, gold, split
        # One thread: with OMP_THREAD_LIMIT, which recognition wants small, more would give wrong vectors in silence.
        self._builder = load_embedder(model, folder, threads=1)
        self._remembering = RememberingEmbedder(self._builder, folder / CACHE_FILE)

    def asked(self, reading: str, library: Library, documents: Sequence[Document], plans: Sequence[Document]) -> Asked:
        """Index a library and ask it; `documents` are what it reads the `plans`, the quotes' documents, as."""
        gold = [q for q in load_gold(self._gold, plans) if self._split in (ALL, q.split)]
        pairs = zip(plans, documents, strict=True)
        carried = carry(gold, {plan.doc_id: Alignment(plan, document) for plan, document in pairs})
        passages = build_index(library, self._builder, self._folder, model=self._model).passages
        index = with_parts(open_index(self._folder), embedder=self._remembering)
        cells = cells_of(FULL, measure(Answering(FULL, index), carried.questions, [PLAIN]), by_kind=False)
        self._remembering.save()
        values = {cell.metric: cell.value for cell in cells if cell.split == ALL}
        return Asked(reading, len(gold), passages, values, carried.quotes, len(carried.lost))


def heading() -> str:
    """Give the line above the rows."""
    return f"{'':6}  {'  '.join(f'{name:>16}' for name in MEASURES)}  passages  questions  quotes not placed"


def row(asked: Asked, text: Asked) -> str:
    """Give the line of a reading, each measure with its difference to the text."""
    values = [f"{asked.values[name]:.3f} ({asked.values[name] - text.values[name]:+.3f})" for name in MEASURES]
    lost = f"{asked.lost} of {asked.quotes}"
    joined = "  ".join(f"{value:>16}" for value in values)
    return f"{asked.reading:6}  {joined}  {asked.passages:8}  {asked.questions:9}  {lost:>17}"


def loss(asked: Asked, text: Asked) -> float:
    """Give how far hit@5 of a reading is below that of the text."""
    return text.values[_FLOOR_ON] - asked.values[_FLOOR_ON]


def holds(asked: Asked, text: Asked) -> bool:
    """Say whether hit@5 of a reading is at most the floor below that of the text."""
    return loss(asked, text) <= HIT_FLOOR + _ROUNDING
