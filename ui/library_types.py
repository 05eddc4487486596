"""What the page sees of the librarian's work: frozen values, polled while files are read and the index is built."""

from dataclasses import dataclass
from typing import Literal

FileStatus = Literal["waiting", "reading", "added", "replaced", "duplicate", "conflict", "failed"]
IndexState = Literal["idle", "waiting", "running", "failed"]
Decision = Literal["replace", "keep both", "leave out"]


class LibrarianError(Exception):
    """Something that was asked for cannot be done; the message says in Vietnamese what, and what to do next."""


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file that was given; `message` says in Vietnamese what to do, "" where nothing is."""

    name: str  # as the library knows it: safe, and no two in a batch are the same; `decide` wants it
    status: FileStatus
    title: str = ""  # of its document, "" as long as it is not read
    doc_id: str | None = None  # of its document in the library; of the other document at a conflict or a duplicate
    message: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """Where the work stands at one moment."""

    files: tuple[FileOutcome, ...] = ()  # of the last batch, and earlier ones whose conflict is not decided
    reading: int = 0  # files of the batch under way that are done, in [0, total]
    total: int = 0  # files of the batch under way, 0 where none is
    indexing: IndexState = "idle"
    index_message: str = ""  # Vietnamese
    last_change: str = ""  # Vietnamese: what `undo` would take back, "" where nothing
