"""Takes files into the library one after the other in the background; a conflict waits until a person decides."""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Condition, Lock, Thread

from ingest.errors import ReadError
from ingest.intake import FileResult, Intake, SyncOptions
from ingest.isolated import IsolatedReader
from ingest.parse import read_document
from ingest.sync import file_name, files_to_read
from ingest.types import Document
from ingest.uploads import drop, files_folder, store, take_back
from ui.library_files import WaitingFiles
from ui.library_messages import (
    CLOSED,
    NO_CONFLICT,
    NO_DOCUMENT,
    NO_LIBRARY,
    NOT_KEPT,
    NOTHING_GIVEN,
    UNKNOWN_SUFFIX,
    conflict_with,
    duplicate_of,
    in_place_of,
    to_look_at,
    unreadable,
)
from ui.library_opening import opened
from ui.library_types import Decision, FileOutcome, FileStatus, LibrarianError

_JOIN_S = 0.2

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Given:
    """A file that waits at `path` under its safe name; `replaces` is the document whose place it takes."""

    name: str
    path: Path
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class _Conflict:
    """A document that was read and may be another version of the document `rival`."""

    given: _Given
    document: Document
    rival: str


class FileQueue:
    """The files that were given, what became of them, and the thread that reads them.

    `changing` is held while the library is changed, never while a file is read; `on_change` is told
    when the library has changed and no more files wait.
    """

    def __init__(self, data: Path, changing: Lock, on_change: Callable[[], None]) -> None:
        self._data = data
        self._changing = changing
        self._on_change = on_change
        self._adding = Lock()
        self._changed = Condition()  # guards all that follows
        self._waiting: deque[_Given] = deque()
        self._outcomes: dict[str, FileOutcome] = {}
        self._conflicts: dict[str, _Conflict] = {}
        self._done = self._total = 0
        self._is_closed = False
        self._reader = IsolatedReader()
        self._thread: Thread | None = None
        self._files = WaitingFiles(data)

    def state(self) -> tuple[tuple[FileOutcome, ...], int, int]:
        """Give the outcomes, and how many files of how many are done; 0 of 0 where nothing is read."""
        with self._changed:
            return tuple(self._outcomes.values()), self._done, self._total

    def add(self, files: Sequence[tuple[str, Path]], replaces: str | None = None) -> None:
        """Have files read by the names that were typed; raises LibrarianError."""
        if not files:
            raise LibrarianError(NOTHING_GIVEN)
        with self._adding:
            with self._changed:
                if self._is_closed:
                    raise LibrarianError(CLOSED)
                if not self._total:
                    self._outcomes = {name: self._outcomes[name] for name in self._conflicts}
                taken = set(self._outcomes)
            accepted: dict[str, Path | None] = {}
            try:
                for typed, path in files:
                    name, place = self._files.accept(typed, path, taken | accepted.keys())
                    accepted[name] = place
            except OSError as error:
                log.exception("a file that was given cannot be kept")
                raise LibrarianError(NOT_KEPT) from error
            finally:
                self._enqueue(accepted, replaces)

    def decide(self, name: str, decision: Decision) -> None:
        """Decide a conflict; raises LibrarianError."""
        with self._changed:
            conflict = self._conflicts.pop(name, None)
        if conflict is None:
            raise LibrarianError(NO_CONFLICT)
        if decision == "leave out":
            drop(conflict.given.path)
            with self._changed:
                self._outcomes.pop(name, None)
            return

        def decided(_new: Document, old: Document) -> Decision:
            # Another document than the one that the person was asked about: they are asked again.
            return decision if old.doc_id == conflict.rival or decision == "keep both" else "leave out"

        try:
            has_changed = self._settle(conflict.given, conflict.document, SyncOptions(again=True, decide=decided))
        except BaseException:
            with self._changed:
                self._conflicts[name] = conflict
            raise
        if has_changed:
            self._on_change()

    def close(self) -> None:
        """End the reading; files that wait and conflicts that are not decided are dropped."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        while self._thread is not None and self._thread.is_alive():
            self._reader.close()  # the file that is being read fails, and nobody is told
            self._thread.join(_JOIN_S)
        self._reader.close()
        self._files.close()

    def _enqueue(self, accepted: dict[str, Path | None], replaces: str | None) -> None:
        with self._changed:
            for name, place in accepted.items():
                if place is None:
                    self._outcomes[name] = FileOutcome(name, "failed", message=UNKNOWN_SUFFIX)
                    continue
                self._outcomes[name] = FileOutcome(name, "waiting")
                self._waiting.append(_Given(name, place, replaces))
                self._total += 1
            if self._thread is None and self._waiting:
                self._thread = Thread(target=self._work, name="file-reader", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def _work(self) -> None:
        has_changed = False
        while (given := self._next()) is not None:
            try:
                has_changed |= self._read(given)
            except Exception as error:  # of one file; the others go on
                if not isinstance(error, LibrarianError):
                    log.exception("%s cannot be taken in", given.name)
                self._tell(given, "failed", message=str(error) if isinstance(error, LibrarianError) else NO_LIBRARY)
                drop(given.path)
            if self._is_last() and has_changed:
                has_changed = False
                self._on_change()

    def _next(self) -> _Given | None:
        """Wait for a file; None when all ends."""
        with self._changed:
            while not self._is_closed:
                if self._waiting:
                    given = self._waiting.popleft()
                    self._outcomes[given.name] = FileOutcome(given.name, "reading")
                    return given
                self._changed.wait()
        return None

    def _is_last(self) -> bool:
        """Count a file as done; say whether no other one waits."""
        with self._changed:
            self._done += 1
            if self._waiting:
                return False
            self._done = self._total = 0
        self._reader.close()
        return True

    def _read(self, given: _Given) -> bool:
        """Read a file and take it in; says whether the library has changed."""
        try:
            document = read_document(given.path, read=self._reader.read)
        except ReadError as error:
            log.info("%s", error)
            self._tell(given, "failed", message=unreadable(str(error)))
            drop(given.path)
            return False
        return self._settle(given, document, SyncOptions(again=True))

    def _settle(self, given: _Given, document: Document, options: SyncOptions) -> bool:
        """Store a document that was read, or find out why not; says whether the library has changed."""
        folder = files_folder(self._data)
        is_new = not (folder / given.name).exists()
        try:
            with self._changing, opened(self._data) as library:
                files = {file_name(path): path for path in files_to_read(folder)}
                storing = partial(store, self._data, given.path)
                intake = Intake(library, folder, files, options, self._reader.read, storing)
                old = None if given.replaces is None else library.document(given.replaces)
                if given.replaces is not None and old is None:
                    raise LibrarianError(NO_DOCUMENT)
                result = intake.settle(document) if old is None else intake.put_in_place(document, old)
                kept = library.edits(document.doc_id)
        except LibrarianError:
            take_back(self._data, given.path, keep=not is_new)
            raise
        self._tell_result(given, document, result, kept)
        return result.status in ("added", "replaced")

    def _tell_result(self, given: _Given, document: Document, result: FileResult, kept: dict[str, str]) -> None:
        other, stored = result.other, result.document
        if result.status == "conflict" and other is not None:
            with self._changed:
                self._conflicts[given.name] = _Conflict(given, document, other.doc_id)
            self._tell(given, "conflict", document, other.doc_id, conflict_with(other))
        elif result.status in ("added", "replaced") and stored is not None:
            status: FileStatus = "added" if result.status == "added" else "replaced"
            said = [to_look_at(stored)] if status == "added" or other is None else [in_place_of(other, kept)]
            self._tell(given, status, stored, stored.doc_id, " ".join(said))
        else:
            twin = other or stored or document
            self._tell(given, "duplicate", document, twin.doc_id, duplicate_of(twin))
            drop(given.path)

    def _tell(
        self,
        given: _Given,
        status: FileStatus,
        document: Document | None = None,
        doc_id: str | None = None,
        message: str = "",
    ) -> None:
        title = "" if document is None else document.facts.title
        with self._changed:
            if not self._is_closed:
                self._outcomes[given.name] = FileOutcome(given.name, status, title, doc_id, message)
