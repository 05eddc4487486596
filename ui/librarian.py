"""Looks after the library for the page: takes files in, corrects facts, takes back, has the index built."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from ingest.edits import EditError
from ingest.library import LIBRARY_FILE, Library
from ingest.types import Document
from ui.library_index import IndexBuilder, build_command, needs_build
from ui.library_intake import FileQueue
from ui.library_messages import (
    NO_DOCUMENT,
    NOTHING_TO_INDEX,
    NOTHING_TO_UNDO,
    change_text,
    refused_edit,
    undone_text,
)
from ui.library_opening import opened
from ui.library_types import Decision, FileOutcome, LibrarianError, Work

__all__ = ["Decision", "FileOutcome", "Librarian", "LibrarianError", "Work"]

_CHANGE_COUNTER = slice(24, 28)  # bytes of the file in which SQLite counts its changes


class Librarian:
    """The one who changes the library while others ask; called from several threads at once.

    Everything returns at once, and raises LibrarianError with a Vietnamese message where it cannot
    be done. After each change the index is built anew by another process.
    """

    def __init__(self, data: Path, command: Callable[[Path], list[str]] = build_command) -> None:
        """Look after the library of a data folder, which need not be there yet.

        An index that does not fit the library is built at once; `command` gives what builds it.
        """
        self._data = data
        self._changing = Lock()
        self._builder = IndexBuilder(data, command)
        self._queue = FileQueue(data, self._changing, self._builder.request)
        self._known_change: tuple[bytes, str] = (b"", "")
        self._known_documents: tuple[bytes, list[Document]] = (b"", [])
        if needs_build(data):
            self._builder.request()

    def work(self) -> Work:
        """Give where the work stands; never waits for a file or for the index."""
        files, done, total = self._queue.state()
        return Work(files, done, total, *self._builder.state(), self._change_text())

    def add(self, files: Sequence[tuple[str, Path]]) -> None:
        """Take in files in the background: for each the name that was typed and where its bytes are now.

        The files are moved away from there before this returns. Files given while others are read
        wait for their turn. Raises LibrarianError where nothing was given or the disk is full.
        """
        self._queue.add(files)

    def decide(self, name: str, decision: Decision) -> None:
        """Decide a conflict of `work().files` by the name of its file; no file is read again."""
        self._queue.decide(name, decision)

    def replace(self, doc_id: str, name: str, path: Path) -> None:
        """Take in a file in the place of a document, whatever its number; what was corrected by hand stays.

        In the background like `add`, with its outcome in `work().files`; the file is moved away.
        """
        with opened(self._data) as library:
            _document(library, doc_id)
        self._queue.add([(name, path)], doc_id)

    def edit(self, doc_id: str, changes: Mapping[str, str]) -> None:
        """Correct facts of a document by hand: `ingest.edits.EDITABLE` names them, "" takes what the text says.

        All of it is one change; what says the same as before is none. Raises LibrarianError that
        names the fact and what is wrong with it.
        """
        with self._change() as library:
            _document(library, doc_id)
            try:
                changed = library.edit(doc_id, changes)
            except EditError as error:
                raise LibrarianError(refused_edit(error)) from error
        if changed:
            self._builder.request()

    def edited(self, doc_id: str) -> dict[str, str]:
        """Give the facts of a document that were corrected by hand, by name."""
        with opened(self._data) as library:
            return library.edits(doc_id)

    def remove(self, doc_id: str) -> None:
        """Take a document out of the library; `undo` brings it back."""
        with self._change() as library:
            _document(library, doc_id)
            library.remove(doc_id)
        self._builder.request()

    def undo(self) -> str:
        """Take back the last change; gives in Vietnamese what was taken back."""
        with self._change() as library:
            change = library.last_change()
            if change is None:
                raise LibrarianError(NOTHING_TO_UNDO)
            library.undo()
        self._builder.request()
        return undone_text(change)

    def reindex(self) -> None:
        """Have the index built, also where a build has failed or nothing has changed."""
        if not self._counter():
            raise LibrarianError(NOTHING_TO_INDEX)
        self._builder.request()

    def documents(self) -> list[Document]:
        """Give the documents of the library, also those that the index does not have yet."""
        counter = self._counter()
        if not counter:
            return []
        if counter != self._known_documents[0]:
            with opened(self._data) as library:
                self._known_documents = counter, library.documents()
        return list(self._known_documents[1])

    def close(self) -> None:
        """End all work: files that wait are dropped, a build is killed, the old index stays as it is."""
        self._queue.close()
        self._builder.close()

    def _change_text(self) -> str:
        counter = self._counter()
        if not counter:
            return ""
        if counter != self._known_change[0]:
            try:
                with opened(self._data) as library:
                    self._known_change = counter, change_text(library.last_change())
            except LibrarianError:  # told to who changes something; who looks sees what is known
                return self._known_change[1]
        return self._known_change[1]

    def _counter(self) -> bytes:
        """Give what differs after every change of the library, by whatever process; nothing where there is none."""
        try:
            with (self._data / LIBRARY_FILE).open("rb") as file:
                return file.read(_CHANGE_COUNTER.stop)[_CHANGE_COUNTER]
        except OSError:
            return b""

    @contextmanager
    def _change(self) -> Iterator[Library]:
        """Give the library for one change at a time."""
        with self._changing, opened(self._data) as library:
            yield library


def _document(library: Library, doc_id: str) -> Document:
    document = library.document(doc_id)
    if document is None:
        raise LibrarianError(NO_DOCUMENT)
    return document
